"""Agreement against published tables: Shrout and Fleiss, the wine tastings, Montgomery."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.ranking.maths.agreement import (
    Reliability,
    block,
    concordance,
    intraclass,
    reliability,
    with_the_others,
    word,
)
from award.ranking.maths.severity import Variances, henderson
from award.ranking.maths.table import Table
from tests.ranking.maths.tables import expected, mini, table

WINES = expected("wine_reports_kendall_w.json")["reports"]


def complete(by_nomination: list[list[float]]) -> Table:
    return Table.of(
        (f"N{n:02}", f"J{j:02}", float(value))
        for n, row in enumerate(by_nomination)
        for j, value in enumerate(row)
    )


def tasting(report: dict[str, Any]) -> Table:
    return complete([list(wine) for wine in zip(*report["ranks"], strict=True)])


def test_the_six_coefficients_of_shrout_and_fleiss() -> None:
    right = expected("shrout_fleiss_1979.json")
    found = intraclass(complete(right["targets_x_judges"]))
    assert found is not None
    coefficients = {
        "ICC11": found.icc11,
        "ICC21": found.icc21,
        "ICC31": found.icc31,
        "ICC1k": found.icc1k,
        "ICC2k": found.icc2k,
        "ICC3k": found.icc3k,
    }
    assert coefficients == pytest.approx(right["ICC"], abs=1e-6)


def test_jurors_who_only_differ_by_an_offset_are_of_one_mind_about_the_order() -> None:
    found = intraclass(complete([[1, 2], [2, 3], [5, 6]]))
    assert found is not None
    assert found.icc31 == found.icc3k == 1
    assert found.icc21 is not None
    assert found.icc21 < 1


def test_coefficients_that_would_divide_by_zero_are_none() -> None:
    same = intraclass(complete([[0.3, 0.1 + 0.2], [0.3, 0.3]]))
    assert same is not None
    assert same.icc11 is same.icc21 is same.icc31 is same.icc1k is same.icc2k is same.icc3k is None
    crossed = intraclass(complete([[1, 2], [2, 1]]))
    assert crossed is not None
    assert (crossed.icc11, crossed.icc31) == (-1, -1)
    assert crossed.icc21 is crossed.icc1k is crossed.icc3k is None


@pytest.mark.parametrize("name", WINES)
def test_kendalls_w_of_the_wine_tastings(name: str) -> None:
    right, given = WINES[name], tasting(WINES[name])
    found = concordance(given)
    assert found is not None
    assert found.w == pytest.approx(right["W"], abs=1e-9)
    assert found.p == pytest.approx(right["p_chi2"], abs=1e-9)
    assert given.nomination_sums(given.value) == pytest.approx(right["votes_against"])
    published = right["published"]
    if published["W"] is not None:
        assert found.w == pytest.approx(published["W"], abs=6e-5)
        assert found.p == pytest.approx(published["p"], abs=6e-5)


@pytest.mark.parametrize("name", WINES)
def test_each_judge_of_the_wine_tastings_against_the_others(name: str) -> None:
    right = WINES[name]
    found = with_the_others(tasting(right))
    assert found is not None
    by_judge = dict(zip(right["judges"], found, strict=True))
    assert by_judge == pytest.approx(right["spearman_with_sum_of_others"], abs=1e-9)
    for judge, published in (right["published"]["R"] or {}).items():
        assert by_judge[judge] == pytest.approx(published, abs=6e-5)


def test_kendalls_w_corrected_for_ties_by_hand() -> None:
    # Ranks 1, 2.5, 2.5, 4 and 1.5, 1.5, 3, 4: sums 2.5, 4, 5.5, 8, whose squares are 16.5;
    # 12 * 16.5 / (4 * 60 - 2 * (6 + 6)) = 198/216.
    found = concordance(complete([[1, 5], [3, 5], [3, 6], [9, 7]]))
    assert found is not None
    assert found.w == pytest.approx(198 / 216)
    assert found.chi_square == pytest.approx(2 * 3 * 198 / 216)


def test_jurors_of_one_order_have_full_concordance_and_follow_the_others() -> None:
    given = complete([[1, 10, 4], [2, 20, 4.5], [2, 20, 4.5], [8, 21, 5]])
    found, judges = concordance(given), with_the_others(given)
    assert found is not None
    assert found.w == pytest.approx(1)
    assert judges == pytest.approx([1, 1, 1])


def test_a_juror_who_gives_everyone_the_same_follows_nobody() -> None:
    given = complete([[3, 1], [3, 2], [3, 4]])
    judges = with_the_others(given)
    assert judges is not None
    assert np.isnan(judges).all()
    assert concordance(given) is not None


def test_no_order_by_anybody_has_no_concordance() -> None:
    assert concordance(complete([[3, 2], [3, 2]])) is None


@pytest.mark.parametrize(
    "given",
    [
        mini(),
        Table.of([("N1", "J1", 1.0), ("N1", "J2", 2.0)]),
        Table.of([("N1", "J1", 1.0), ("N2", "J1", 2.0)]),
        Table.of([("N1", "J1", 1.0), ("N1", "J2", 2.0), ("N2", "J1", 2.0)]),
        Table.of([("N1", "J1", 1.0), ("N1", "J1", 2.0), ("N2", "J1", 2.0), ("N2", "J2", 2.0)]),
    ],
    ids=["incomplete", "one nomination", "one juror", "one missing", "one twice"],
)
def test_other_tables_than_complete_blocks_have_none_of_these(given: Table) -> None:
    assert block(given) is None
    assert intraclass(given) is None
    assert concordance(given) is None
    assert with_the_others(given) is None


def test_the_reliability_of_a_balanced_incomplete_design() -> None:
    given = table("montgomery_bibd.csv", "t", "b", "y")
    right = expected("montgomery_bibd_expected.json")["crossed_REML"]
    t, b, e = right["t"], right["b"], right["residual"]
    found = reliability(given, Variances(t, b, e))
    assert found == Reliability(
        pytest.approx(t / (t + b + e)), pytest.approx(t / (t + e / 3)), pytest.approx(3)
    )


def test_the_reliability_of_one_sheet_is_the_random_jurors_coefficient_of_a_block() -> None:
    given = complete(expected("shrout_fleiss_1979.json")["targets_x_judges"])
    single, block_wise = reliability(given, henderson(given)), intraclass(given)
    assert single is not None
    assert block_wise is not None
    assert single.single == pytest.approx(block_wise.icc21)
    assert single.mean == pytest.approx(block_wise.icc3k)


def test_uneven_numbers_of_sheets_are_averaged_by_their_error() -> None:
    sheets = [("N1", f"J{at}", 1.0 * at) for at in range(4)] + [("N2", "J0", 5.0)]
    found = reliability(Table.of(sheets), Variances(1.0, 0.5, 2.0))
    assert found is not None
    assert found.sheets == pytest.approx(1.6)  # errors of 2/4 and 2/1: 2/1.6 at the mean
    assert found.mean == pytest.approx(1 / (1 + 1.25))


def test_without_variance_there_is_no_reliability() -> None:
    assert reliability(mini(), Variances(0.0, 0.0, 0.0)) is None
    assert reliability(mini(), Variances(0.0, 1.0, 0.0)) == Reliability(
        0, 0, pytest.approx(24 / np.sum(1 / mini().per_nomination))
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-0.5, "none"),
        (0.19, "none"),
        (0.2, "low"),
        (0.4, "moderate"),
        (0.6, "good"),
        (0.79, "good"),
        (0.8, "very good"),
        (1.0, "very good"),
    ],
)
def test_a_value_in_a_word(value: float, said: str) -> None:
    assert word(value) == said


blocks = st.integers(2, 5).flatmap(
    lambda jurors: st.lists(
        st.lists(st.integers(1, 5), min_size=jurors, max_size=jurors), min_size=2, max_size=6
    )
)


@given(blocks)
def test_concordance_lies_between_none_and_full_and_knows_no_names(rows: list[list[int]]) -> None:
    found = concordance(complete([list(map(float, row)) for row in rows]))
    turned = concordance(complete([list(map(float, row[::-1])) for row in rows[::-1]]))
    if found is None or turned is None:
        assert found is turned is None
        return
    assert -1e-12 <= found.w <= 1 + 1e-12
    assert 0 <= found.p <= 1
    assert turned.w == pytest.approx(found.w)


@given(blocks, st.lists(st.integers(-20, 20), min_size=5, max_size=5))
def test_the_jurors_offsets_move_only_what_counts_them(
    rows: list[list[int]], offsets: list[int]
) -> None:
    plain = complete([list(map(float, row)) for row in rows])
    moved = plain.with_values(plain.value + np.array(offsets, dtype=float)[plain.juror])
    one, other = intraclass(plain), intraclass(moved)
    assert one is not None
    assert other is not None
    assert other.icc31 == pytest.approx(one.icc31)
    assert other.icc3k == pytest.approx(one.icc3k)
    assert concordance(moved) == concordance(plain)
