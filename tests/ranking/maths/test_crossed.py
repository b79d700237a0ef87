"""The random model against lme4, against the dense covariance, and at its edges."""

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award.ranking.maths import crossed as module
from award.ranking.maths.crossed import crossed
from award.ranking.maths.table import Floats, Table
from tests.ranking.maths.tables import expected, mini, table


def penicillin() -> Table:
    return table("penicillin.csv", "sample", "plate", "diameter")


def montgomery() -> Table:
    return table("montgomery_bibd.csv", "t", "b", "y")


def turned(given: Table) -> Table:
    """Nominations and jurors change places."""
    names = [
        (given.jurors[j], given.nominations[n])
        for n, j in zip(given.nomination, given.juror, strict=True)
    ]
    return Table.of((n, j, y) for (n, j), y in zip(names, given.value, strict=True))


def _agrees(given: Table, right: dict[str, Any], keys: tuple[str, str]) -> None:
    found = crossed(given)
    assert found.variances.nomination == pytest.approx(right[keys[0]], rel=1e-4)
    assert found.variances.juror == pytest.approx(right[keys[1]], rel=1e-4)
    assert found.variances.residual == pytest.approx(right["residual"], rel=1e-4)
    assert found.criterion == pytest.approx(right["criterion"], abs=1e-5)


def test_the_incomplete_table_agrees_with_lme4() -> None:
    found, right = crossed(mini()), expected("miniA_expected.json")["crossed_reml"]
    _agrees(mini(), right, ("nomination", "juror"))
    assert found.mu == pytest.approx(right["mu"], abs=1e-5)
    nominations = dict(zip(mini().nominations, found.nominations, strict=True))
    assert nominations == pytest.approx(right["nomination_blup"], abs=1e-5)
    jurors = dict(zip(mini().jurors, found.jurors, strict=True))
    assert jurors == pytest.approx(right["juror_blup"], abs=1e-5)


def test_a_balanced_table_agrees_with_lme4() -> None:
    found, right = crossed(penicillin()), expected("penicillin_expected.json")
    _agrees(penicillin(), right["REML"], ("sample", "plate"))
    assert round(found.criterion, 2) == 330.86
    assert found.mu == pytest.approx(right["REML"]["intercept"], abs=1e-5)
    nominations = dict(zip(penicillin().nominations, found.nominations, strict=True))
    assert nominations == pytest.approx(right["sample_blup"], abs=1e-5)
    jurors = dict(zip(penicillin().jurors, found.jurors, strict=True))
    assert jurors == pytest.approx(right["plate_blup"], abs=1e-5)


def test_a_balanced_incomplete_design_agrees_with_lme4() -> None:
    found, right = crossed(montgomery()), expected("montgomery_bibd_expected.json")["crossed_REML"]
    _agrees(montgomery(), right, ("t", "b"))
    assert found.nominations == pytest.approx(right["t_blup"], abs=1e-5)
    assert found.jurors == pytest.approx(right["b_blup"], abs=1e-5)


@pytest.mark.parametrize("of", [mini, penicillin, montgomery])
def test_it_does_not_matter_which_side_is_larger(of: Callable[[], Table]) -> None:
    one, other = crossed(of()), crossed(turned(of()))
    assert one.variances.nomination == pytest.approx(other.variances.juror, rel=1e-5)
    assert one.variances.juror == pytest.approx(other.variances.nomination, rel=1e-5)
    assert one.nominations == pytest.approx(other.jurors, abs=1e-5)
    assert one.jurors == pytest.approx(other.nominations, abs=1e-5)
    assert one.criterion == pytest.approx(other.criterion, abs=1e-8)


def _dense(given: Table, ratios: Floats) -> tuple[float, float]:
    """Criterion and mu from the covariance as it is written down; ratios (nomination, juror)."""
    at, by, y = given.nomination, given.juror, given.value
    v = np.eye(len(y)) + ratios[0] * (at[:, None] == at) + ratios[1] * (by[:, None] == by)
    told, weighed = np.linalg.inv(v).sum(), np.linalg.solve(v, y)
    mu = weighed.sum() / told
    free = len(y) - 1
    squares = (y - mu) @ np.linalg.solve(v, y - mu)
    criterion = np.linalg.slogdet(v)[1] + math.log(told)
    return criterion + free * (1 + math.log(2 * math.pi * squares / free)), mu


@pytest.mark.parametrize("ratios", [(0.4, 0.9), (3.0, 0.0), (0.0, 0.2), (0.0, 0.0)])
def test_the_criterion_is_that_of_the_dense_covariance(ratios: tuple[float, float]) -> None:
    given = mini()
    fit = module._Fit(module._Design(given, given.value), np.array(ratios))
    assert (fit.criterion, fit.mu) == pytest.approx(_dense(given, np.array(ratios)), abs=1e-9)


@pytest.mark.parametrize("logs", [(-1.0, 0.5), (2.0, -3.0)])
def test_the_slope_is_that_of_the_criterion(logs: tuple[float, float]) -> None:
    design = module._Design(mini(), mini().value)
    step, at = 1e-5, np.array(logs)
    slope = module._Fit(design, np.exp(at)).slope
    for place in range(2):
        move = step * (np.arange(2) == place)
        up, down = (module._Fit(design, np.exp(at + one)).criterion for one in (move, -move))
        assert slope[place] == pytest.approx((up - down) / (2 * step), abs=1e-6)


scores = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(1, 5)),
    min_size=8,
    unique_by=lambda one: one[:2],
).map(lambda rows: Table.of((f"N{n}", f"J{j}", float(x)) for n, j, x in rows))


@settings(max_examples=20)
@given(scores)
def test_no_other_ratios_are_more_likely(given: Table) -> None:
    found = crossed(given)
    single = [counts.max() == 1 for counts in (given.per_nomination, given.per_juror)]
    if found.variances.residual <= 0:
        return
    for g, h in itertools.product((0.0, 0.1, 0.5, 2.0, 10.0), repeat=2):
        ratios = np.where(single, 0, np.array([g, h]))
        assert found.criterion <= _dense(given, ratios)[0] + 1e-6


def test_of_two_valleys_the_lower_is_found() -> None:
    """From Henderson's variances alone the search ends in the other, a full unit above."""
    sheets = "01:5 03:4 10:2 22:4 23:5 24:4 34:2 40:5 43:3 50:3 51:1 61:4"
    given = Table.of((f"N{one[0]}", f"J{one[1]}", float(one[3])) for one in sheets.split())
    assert crossed(given).criterion == pytest.approx(38.672724, abs=1e-5)
    single = module._Fit(module._Design(given, given.value), np.zeros(2))
    assert single.criterion > 39.5


def test_no_difference_between_jurors_is_zero() -> None:
    given = Table.of((f"N{n}", f"J{j}", n + (n + j) % 3) for n in range(6) for j in range(3))
    assert crossed(given).variances.juror == 0
    assert crossed(given).jurors == pytest.approx(np.zeros(3))


def test_the_same_scores_everywhere_are_no_difference() -> None:
    found = crossed(Table.of((f"N{n}", f"J{j}", 3.0) for n in range(4) for j in range(3)))
    assert found.mu == 3
    assert found.variances == module.Variances(0.0, 0.0, 0.0)
    assert found.criterion == -math.inf


def test_one_sheet_alone_has_no_variance() -> None:
    found = crossed(Table.of([("N1", "J1", 4.0)]))
    assert (found.mu, found.variances.residual) == (4, 0)
    assert math.isnan(found.criterion)


def test_one_sheet_each_is_all_residual() -> None:
    found = crossed(Table.of([("N1", "J1", 1.0), ("N2", "J2", 5.0)]))
    assert (found.variances.nomination, found.variances.juror) == (0, 0)
    assert found.variances.residual == pytest.approx(8)


def test_a_single_juror_is_no_difference_between_jurors() -> None:
    found = crossed(Table.of((f"N{n}", "J1", float(n)) for n in range(5)))
    assert (found.variances.nomination, found.variances.juror) == (0, 0)
    assert found.variances.residual == pytest.approx(2.5)


def test_scores_without_error_leave_no_residual() -> None:
    found = crossed(Table.of((f"N{n}", f"J{j}", n + 2.0 * j) for n in range(6) for j in range(3)))
    assert found.variances.residual == pytest.approx(0, abs=1e-6)
    assert np.diff(found.nominations) == pytest.approx(np.ones(5), abs=1e-4)
    assert np.diff(found.jurors) == pytest.approx(np.full(2, 2), abs=1e-4)


def test_groups_that_share_no_nomination_have_one_mean() -> None:
    given = Table.of(
        (f"N{side}{n}", f"J{side}{j}", n + 0.5 * j + (n * j) % 2 + 3 * side)
        for side in range(2)
        for n in range(4)
        for j in range(3)
    )
    assert given.groups[0] == 2
    assert crossed(given).mu == pytest.approx(given.value.mean())
