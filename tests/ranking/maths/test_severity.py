"""Juror effects and variances against lme4, R's lm and a published design."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.ranking.maths import severity as module
from award.ranking.maths.severity import additive_effects, henderson, severity
from award.ranking.maths.table import Table
from tests.ranking.maths.tables import expected, mini, table


def test_reml_with_nominations_fixed_agrees_with_lme4() -> None:
    found, right = severity(mini()), expected("miniA_expected.json")["nomination_fixed_reml"]
    assert found.residual == pytest.approx(right["residual"], rel=1e-4)
    assert found.juror == pytest.approx(right["juror"], rel=1e-4)
    assert found.criterion == pytest.approx(right["criterion"], abs=1e-6)
    effects = dict(zip(mini().jurors, found.effects, strict=True))
    assert effects == pytest.approx(right["juror_blup"], abs=1e-5)


def test_the_spread_is_a_root_of_the_covariance() -> None:
    found, equations = severity(mini()), module.reduced(mini())
    m = len(found.effects)
    right = found.residual * np.linalg.inv(equations.matrix + found.ratio * np.eye(m))
    assert np.allclose(found.spread @ found.spread.T, right)


def test_hendersons_closed_form_agrees_with_the_reference() -> None:
    found, right = henderson(mini()), expected("miniA_expected.json")["henderson3"]
    assert found.nomination == pytest.approx(right["nomination"], abs=1e-6)
    assert found.juror == pytest.approx(right["juror"], abs=1e-6)
    assert found.residual == pytest.approx(right["residual"], abs=1e-6)


def test_a_balanced_table_in_closed_form() -> None:
    found = henderson(table("penicillin.csv", "sample", "plate", "diameter"))
    assert found.nomination == pytest.approx(3.7309179, abs=1e-6)
    assert found.juror == pytest.approx(0.7169082, abs=1e-6)
    assert found.residual == pytest.approx(0.3024155, abs=1e-6)


def test_least_squares_of_a_balanced_incomplete_design() -> None:
    given, right = (
        table("montgomery_bibd.csv", "t", "b", "y"),
        expected("montgomery_bibd_expected.json"),
    )
    effects = additive_effects(given)
    assert effects.sum() == pytest.approx(0, abs=1e-9)
    corrected = given.nomination_means(given.value - effects[given.juror])
    assert corrected - corrected.mean() == pytest.approx(right["intrablock_effect_t"], abs=1e-6)
    assert henderson(given).residual == pytest.approx(right["mse"], abs=1e-6)


def test_many_jurors_take_the_closed_form(monkeypatch: pytest.MonkeyPatch) -> None:
    variances = henderson(mini())
    monkeypatch.setattr(module, "_MOST_BY_EIGENVALUES", 5)
    found = severity(mini())
    assert (found.juror, found.residual) == (variances.juror, variances.residual)
    m = len(found.effects)
    matrix = module.reduced(mini()).matrix + found.ratio * np.eye(m)
    assert found.effects == pytest.approx(np.linalg.solve(matrix, module.reduced(mini()).right))
    assert np.allclose(found.spread @ found.spread.T, found.residual * np.linalg.inv(matrix))


def test_one_sheet_each_teaches_nothing() -> None:
    found = severity(Table.of([("N1", "J1", 1.0), ("N2", "J2", 5.0)]))
    assert found.effects == pytest.approx([0, 0])
    assert found.residual == found.juror == 0


def test_the_same_scores_everywhere_are_no_difference() -> None:
    found = severity(Table.of((f"N{n}", f"J{j}", 3.0) for n in range(4) for j in range(3)))
    assert found.effects == pytest.approx([0, 0, 0])
    assert found.residual == 0


def test_a_juror_who_shares_no_nomination_has_no_effect() -> None:
    shared = [(f"N{n}", f"J{j}", float(n + j * j)) for n in range(4) for j in range(3)]
    given = Table.of([*shared, ("N9", "J9", 5.0)])
    assert given.groups[0] == 2
    assert severity(given).effects[given.jurors.index("J9")] == 0


def test_a_juror_with_one_sheet_counts_little() -> None:
    uneven = [0.0, 1.3, -0.8, 0.4, -1.1]
    shared = [
        (f"N{n}", f"J{j}", n + 0.6 * j + uneven[(3 * n + 2 * j) % 5])
        for n in range(9)
        for j in range(4)
    ]
    found = severity(Table.of([*shared, ("N1", "J9", 5.0)]))
    raw = 5.0 - np.mean([value for name, _, value in shared if name == "N1"])
    assert 0 < found.effects[-1] < raw / 2


scores = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(1, 5)),
    min_size=8,
    unique_by=lambda one: one[:2],
).map(lambda rows: [(f"N{n}", f"J{j}", float(x)) for n, j, x in rows])


@given(scores)
def test_names_mean_nothing(sheets: list[tuple[str, str, float]]) -> None:
    renamed = [(f"x{9 - int(n[1:])}", f"y{9 - int(j[1:])}", x) for n, j, x in sheets]
    ours, theirs = Table.of(sheets), Table.of(renamed)
    one = dict(zip(ours.jurors, severity(ours).effects, strict=True))
    other = dict(zip(theirs.jurors, severity(theirs).effects, strict=True))
    assert one == pytest.approx({f"J{9 - int(j[1:])}": s for j, s in other.items()}, abs=1e-4)


@given(scores, st.sampled_from([0.5, 4.0, 25.0]))
def test_another_scale_scales(sheets: list[tuple[str, str, float]], times: float) -> None:
    found = severity(Table.of(sheets))
    scaled = severity(Table.of((n, j, 10 + times * x) for n, j, x in sheets))
    assert scaled.effects == pytest.approx(times * found.effects, abs=1e-4 * times)
