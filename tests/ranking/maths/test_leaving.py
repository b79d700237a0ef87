"""The winners without one juror: the shortcut against the same equations solved anew."""

import numpy as np
import pytest

from award.ranking.maths import fixed
from award.ranking.maths import leaving as module
from award.ranking.maths.border import Border
from award.ranking.maths.corrected import Corrected, corrected
from award.ranking.maths.leaving import winners_without
from award.ranking.maths.severity import reduced
from award.ranking.maths.table import Floats, Table
from tests.ranking.maths.tables import mini


def thin() -> Table:
    """Fewer sheets of each juror than jurors, and nominations with one sheet."""
    random = np.random.Generator(np.random.PCG64(2))
    lenient = random.normal(size=20)
    return Table.of(
        (f"N{n:02}", f"J{j:02}", n / 6 + lenient[j] + float(random.normal()))
        for n in range(36)
        for j in random.choice(20, 1 + n % 4, replace=False)
    )


def solved_anew(table: Table, found: Corrected, juror: int) -> Floats:
    kept = table.juror != juror
    rest, at = table.only(kept), np.unique(table.nomination[kept])
    equations, ratio = reduced(rest), found.severity.ratio
    effects = np.zeros(len(rest.jurors))
    if np.isfinite(ratio):
        effects = np.linalg.solve(
            equations.matrix + ratio * np.eye(len(rest.jurors)), equations.right
        )
    score = np.full(len(table.nominations), -np.inf)
    raw = rest.nomination_means(rest.value - effects[rest.juror])
    score[at] = fixed.score(found, raw, rest.per_nomination)
    return score


def no_offsets() -> Table:
    """No juror differs from the others by more than chance."""
    return Table.of((f"N{n}", f"J{j}", float(n + (n + j) % 4)) for n in range(4) for j in range(4))


@pytest.mark.parametrize("given", [mini(), thin(), no_offsets()], ids=["mini", "thin", "equal"])
def test_the_shortcut_solves_the_same_equations(given: Table) -> None:
    found = corrected(given)
    solver = module._Leaving(given, found)
    for juror in range(len(given.jurors)):
        assert solver.score(juror) == pytest.approx(solved_anew(given, found, juror), abs=1e-9)


def test_both_ways_to_solve_are_tried_above() -> None:
    for given, fewer in ((mini(), False), (thin(), True)):
        assert (given.per_juror.max() < len(given.jurors)) == fewer
        assert np.isfinite(corrected(given).severity.ratio)
    assert np.isinf(corrected(no_offsets()).severity.ratio)


@pytest.mark.parametrize("most", [100, 0])
def test_a_winner_without_another_juror_hangs_on_that_one(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST", most or 2)
    random = np.random.Generator(np.random.PCG64(3))
    shared = [
        (f"N{n}", f"J{j}", n / 4 + float(random.normal()) / 9) for n in range(6) for j in range(4)
    ]
    given = Table.of([*shared, ("N9", "J2", 9.0)])
    found = corrected(given)
    others = winners_without(given, found, Border.of(found.score, 1))
    assert list(others) == [2]
    assert given.nominations[others[2][0]] != "N9"


def test_the_only_juror_decides_all() -> None:
    given = Table.of([("N1", "J1", 1.0), ("N2", "J1", 2.0)])
    found = corrected(given)
    assert [
        (j, won.tolist())
        for j, won in winners_without(given, found, Border.of(found.score, 1)).items()
    ] == [(0, [])]


def test_nobody_decides_where_all_are_tied() -> None:
    given = Table.of((f"N{n}", f"J{j}", 3.0) for n in range(4) for j in range(3))
    found = corrected(given)
    assert winners_without(given, found, Border.of(found.score, 2)) == {}


def test_who_is_passed_over_takes_no_place() -> None:
    given = mini()
    found = corrected(given)
    border = Border.of(found.score, 5)
    alone = Border(border.inside, np.zeros_like(border.inside))
    assert winners_without(given, found, border)
    assert winners_without(given, found, alone) == {}


def test_with_many_jurors_those_with_most_pull_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    given = thin()
    found = corrected(given)
    border = Border.of(found.score, 8)
    scores = [solved_anew(given, found, juror) for juror in range(len(given.jurors))]
    by_all = {juror for juror, score in enumerate(scores) if not border.holds(score)}
    monkeypatch.setattr(module, "_MOST", 10)
    others = winners_without(given, found, border)
    assert set(others) <= by_all
    assert len(others) >= 0.8 * len(by_all) > 3
    for juror, won in others.items():
        best = np.sort(scores[juror])[::-1][:8]
        assert scores[juror][won] == pytest.approx(best)
