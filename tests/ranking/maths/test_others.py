"""The scores beside W, against the reference tables, the practice round and by hand."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import award.demo
from award.ranking.maths.others import Additive, additive, borda, medians, trimmed_means, z_scores
from award.ranking.maths.ranks import ranks
from award.ranking.maths.table import Table
from tests.ranking.maths.tables import expected, mini, table

WEIGHTS = {"K1": 25, "K2": 25, "K3": 15, "K4": 15, "K5": 10, "K6": 10}
ENOUGH = 75


def practice_round() -> Table:
    """Calibration and first round in percent: valid sheets with 75 of the weight of 100."""
    sheets: dict[tuple[str, str], dict[str, str]] = {}
    scores = Path(award.demo.__file__).parent / "data" / "scores.csv"
    with scores.open(newline="", encoding="utf-8") as source:
        for row in csv.DictReader(source):
            valid = row["stage"] != "endrunde" and row["status"] == "gueltig"
            if valid and row["points"]:
                sheet = sheets.setdefault((row["nomination_id"], row["juror_id"]), {})
                sheet[row["criterion_id"]] = row["points"]
    rows = []
    for (nomination, juror), sheet in sheets.items():
        there = sum(WEIGHTS[key] for key in sheet)
        if there >= ENOUGH:
            share = sum(WEIGHTS[key] * (int(points) - 1) * 25 for key, points in sheet.items())
            rows.append((nomination, juror, share / there))
    return Table.of(rows)


def best(given: Table, value: np.ndarray, places: int) -> list[str]:
    return [given.nominations[at] for at in np.argsort(-value, kind="stable")[:places]]


def one_juror(*values: float) -> Table:
    return Table.of((f"N{at}", "J1", value) for at, value in enumerate(values))


def one_nomination(*values: float) -> Table:
    return Table.of(("N1", f"J{at}", value) for at, value in enumerate(values))


def test_equal_values_share_the_mean_of_their_ranks() -> None:
    found = ranks(np.array([1, 0, 1, 1, 0]), np.array([3.0, 7, 1, 3 + 1e-12, 5]))
    assert list(found.rank) == [2.5, 2, 1, 2.5, 1]
    assert list(found.alike) == [2, 1, 1, 2, 1]


def test_nothing_has_no_ranks() -> None:
    found = ranks(np.zeros(0, dtype=np.intp), np.zeros(0))
    assert len(found.rank) == len(found.alike) == 0


def test_up_to_four_sheets_are_not_trimmed() -> None:
    found = trimmed_means(one_nomination(1, 2, 3, 10))
    assert found.value == pytest.approx([4])
    assert list(found.each_end) == [0]


def test_of_five_sheets_the_lowest_and_the_highest_are_left_out() -> None:
    found = trimmed_means(one_nomination(9, 1, 4, 5, 3))
    assert found.value == pytest.approx([4])
    assert list(found.each_end) == [1]


def test_of_ten_sheets_two_are_left_out_at_each_end() -> None:
    found = trimmed_means(one_nomination(90, 80, 1, 2, 3, 4, 5, 6, -80, -90))
    assert found.value == pytest.approx([3.5])
    assert list(found.each_end) == [2]


def test_the_median_is_the_middle_or_the_mean_of_two() -> None:
    sheets = [("N1", "J1", 9.0), ("N1", "J2", 1.0), ("N1", "J3", 2.0), ("N3", "J1", 5.0)]
    sheets += [("N2", f"J{at}", value) for at, value in enumerate([1.0, 4.0, 2.0, 50.0])]
    assert list(medians(Table.of(sheets))) == [2, 3, 5]


def test_z_scores_by_the_jurors_own_mean_and_deviation_agree_with_the_reference() -> None:
    right = expected("miniA_expected.json")["severity_corrected"]["nominations"]
    assert z_scores(mini(), prior=0) == pytest.approx(
        [right[one]["zscore_mean"] for one in mini().nominations], abs=1e-6
    )


def test_a_juror_of_five_sheets_keeps_half_of_the_distance_to_all() -> None:
    own, other = [1.0, 2, 3, 4, 5], [5.0, 5, 7, 9, 9]
    sheets = [(f"N{at}", "J1", value) for at, value in enumerate(own)]
    sheets += [(f"N{at}", "J2", value) for at, value in enumerate(other)]
    overall, deviation = np.mean(own + other), np.std(own + other, ddof=1)
    right = np.zeros(5)
    for values in (own, other):
        centre = (np.mean(values) + overall) / 2
        spread = (np.std(values, ddof=1) + deviation) / 2
        right += (np.array(values) - centre) / spread / 2
    assert z_scores(Table.of(sheets)) == pytest.approx(right)


def test_a_juror_with_one_sheet_or_one_score_is_measured_by_all_sheets() -> None:
    sheets = [("N1", "J1", 2.0), ("N2", "J1", 2.0), ("N1", "J2", 6.0)]
    deviation = np.std([2, 2, 6], ddof=1)
    keeps = 2 / 7, 1 / 6
    first = (2 - (10 / 3 + keeps[0] * (2 - 10 / 3))) / deviation
    second = (6 - (10 / 3 + keeps[1] * (6 - 10 / 3))) / deviation
    assert z_scores(Table.of(sheets)) == pytest.approx([(first + second) / 2, first])


def test_the_same_score_everywhere_has_z_scores_of_zero() -> None:
    assert list(z_scores(one_juror(3, 3, 3))) == [0, 0, 0]
    assert list(z_scores(one_juror(3))) == [0]


def test_borda_counts_by_the_place_in_the_jurors_list() -> None:
    assert borda(one_juror(10, 20, 20, 90)) == pytest.approx([0.125, 0.5, 0.5, 0.875])


def test_borda_of_a_list_of_one_is_the_middle() -> None:
    assert borda(one_juror(5)) == pytest.approx([0.5])


def test_borda_of_whole_lists_has_the_order_of_the_published_count() -> None:
    examples = expected("schulze_condorcet.json")["examples"]
    for example in examples:
        rows = []
        for at, ballot in enumerate(example["ballots"].split(",")):
            times, listed = ballot.split(" ")
            rows += [
                (name, f"J{at}-{voter}", float(-place))
                for voter in range(int(times))
                for place, name in enumerate(listed)
            ]
        given = Table.of(rows)
        voters, each = len(given.jurors), len(given.nominations)
        # Borda's points are 0 for the last; here the middle of the list is 0.5.
        points = (borda(given) * each - 0.5) * voters
        assert dict(zip(given.nominations, points, strict=True)) == pytest.approx(example["borda"])


def test_additive_of_the_practice_round_agrees_with_an_independent_calculation() -> None:
    given, right = practice_round(), expected("truth.json")["reference"]
    found = additive(given)
    assert dict(zip(given.nominations, found.value, strict=True)) == pytest.approx(
        right["adjustedPercent"], abs=1e-3
    )
    assert dict(zip(given.jurors, found.effects, strict=True)) == pytest.approx(
        right["jurorEffectPercent"], abs=1e-3
    )
    means = given.nomination_means(given.value)
    assert dict(zip(given.nominations, means, strict=True)) == pytest.approx(
        right["rawMeanPercent"], abs=1e-3
    )
    assert found.effects.sum() == pytest.approx(0, abs=1e-9)


def test_additive_changes_two_places_of_the_practice_rounds_shortlist() -> None:
    given, right = practice_round(), expected("truth.json")["reference"]
    plain = best(given, given.nomination_means(given.value), 12)
    adjusted = best(given, additive(given).value, 12)
    assert plain == right["top12Raw"]
    assert adjusted == right["top12Adjusted"]
    assert sorted(set(adjusted) - set(plain)) == right["enteringThroughAdjustment"]


def test_additive_of_a_balanced_incomplete_design() -> None:
    found = additive(table("montgomery_bibd.csv", "t", "b", "y"))
    right = expected("montgomery_bibd_expected.json")
    # Blocks of three in four: the mean of the adjusted values is the mean of all.
    assert found.value - right["grand_mean"] == pytest.approx(
        right["intrablock_effect_t"], abs=1e-6
    )


def test_additive_of_groups_that_share_nothing_is_centred_in_each() -> None:
    sheets = [("N1", "J1", 1.0), ("N1", "J2", 3.0), ("N2", "J3", 7.0), ("N2", "J4", 8.0)]
    found = additive(Table.of(sheets))
    assert found.effects == pytest.approx([-1, 1, -0.5, 0.5])
    assert found.value == pytest.approx([2, 7.5])


def test_additive_of_one_sheet_each_is_the_sheet() -> None:
    found = additive(Table.of([("N1", "J1", 1.0), ("N2", "J2", 5.0)]))
    assert found.effects == pytest.approx([0, 0])
    assert found.value == pytest.approx([1, 5])


scores = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(1, 5)),
    min_size=1,
    unique_by=lambda one: one[:2],
).map(lambda rows: [(f"N{n}", f"J{j}", float(x)) for n, j, x in rows])


def all_of(sheets: list[tuple[str, str, float]]) -> dict[str, list[float]]:
    given = Table.of(sheets)
    columns = (
        trimmed_means(given).value,
        medians(given),
        z_scores(given),
        borda(given),
        additive(given).value,
    )
    each = np.transpose(columns).tolist()
    return dict(zip(given.nominations, each, strict=True))


@given(scores)
def test_names_mean_nothing(sheets: list[tuple[str, str, float]]) -> None:
    renamed = all_of([(f"x{9 - int(n[1:])}", f"y{9 - int(j[1:])}", x) for n, j, x in sheets])
    for name, values in all_of(sheets).items():
        assert values == pytest.approx(renamed[f"x{9 - int(name[1:])}"], abs=1e-6)


@given(scores, st.sampled_from([0.5, 4.0, 25.0]))
def test_another_scale_scales_or_changes_nothing(
    sheets: list[tuple[str, str, float]], times: float
) -> None:
    scaled = all_of([(n, j, 10 + times * x) for n, j, x in sheets])
    for name, (trimmed, median, z_score, place, least_squares) in all_of(sheets).items():
        moved = [10 + times * one for one in (trimmed, median, least_squares)]
        assert scaled[name] == pytest.approx([*moved[:2], z_score, place, moved[2]], abs=1e-6)


@given(scores, st.integers(-3, 3))
def test_a_constant_added_by_a_juror_moves_neither_borda_nor_additive_differences(
    sheets: list[tuple[str, str, float]], constant: int
) -> None:
    given, moved = (
        Table.of(sheets),
        Table.of((n, j, x + constant * (j == "J0")) for n, j, x in sheets),
    )
    assert borda(moved) == pytest.approx(borda(given))
    if given.groups[0] == 1:
        before, after = additive(given), additive(moved)
        assert centred(after) == pytest.approx(centred(before), abs=1e-6)


def centred(found: Additive) -> np.ndarray:
    return found.value - found.value.mean()
