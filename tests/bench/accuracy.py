"""`make bench-accuracy`: how many of the true five winners each method finds, against the goals.

The competitions are drawn by the recipe of `tests/ranking/data/accuracy_goal.json`, the same for
every method; a few minutes for all (`ARGS="--competitions 50"` for a first look, too few for a
verdict). Where the recipe gives no number: jurors at random score another nomination than the one
before them; the mean qualities of tracks have the standard deviation 1, with which the z-score
loses as much as the recipe says.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import msgspec
import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table as Shown

from award.ranking.maths.calibration import calibration
from award.ranking.maths.chance import chance
from award.ranking.maths.corrected import corrected
from award.ranking.maths.others import z_scores
from award.ranking.maths.table import Floats, Table
from tests.bench.competitions import WINNERS, Competition, Setting

_PROCESSES = 2
_COMPETITIONS, _FEWEST, _COVERED = 1000, 20, 200
_DRAWS = 4000
_COVERAGE = (0.87, 0.93)
_FIRST, _SECOND, _SHORTLIST = 3, 20, 60
_TWO_ROUNDS = 0.70
_METHODS = ("mean", "W", "F", "z-score")


class Goal(msgspec.Struct, frozen=True):
    """A method must find so many percent more of the true five than the plain mean does."""

    name: str
    setting: Setting
    method: str
    least: float


GOALS = [
    Goal("S = 1", Setting(severity=1.0), "W", 12),
    Goal("S = 1.5", Setting(severity=1.5), "W", 24),
    Goal("S = 0", Setting(severity=0.0), "W", -2),
    Goal("S = 1, d = 0.2", Setting(ranges=0.2), "F", 17),
    Goal("3 of 25 jurors at random", Setting(at_random=3), "F", 26),
    Goal("5 tracks, 10 % across", Setting(tracks=5, apart=1.0, across=0.1), "W", 4),
]


class Row(msgspec.Struct, frozen=True):
    """One line of the table, in words; `kept` is None for what is only compared."""

    name: str
    method: str
    found: str
    measured: str
    goal: str = ""
    kept: bool | None = None


def _competition(setting: Setting, number: int, seed: int) -> Competition:
    return Competition(setting, np.random.Generator(np.random.PCG64([seed, number])))


def _found(competition: Competition, score: Floats) -> float:
    """The share of the true five that are among the first five."""
    chosen = np.argsort(-score, kind="stable")[:WINNERS]
    return float(np.isin(chosen, competition.best).mean())


def _one_round(number: int, *, seed: int, setting: Setting) -> list[float]:
    """The share of the true five by each of the methods."""
    competition = _competition(setting, number, seed)
    table = competition.sheets(competition.seats())
    found = corrected(table)
    mean = table.nomination_means(table.value)
    full = calibration(table, found).score
    return [_found(competition, one) for one in (mean, found.score, full, z_scores(table))]


def _two_rounds(number: int, *, seed: int) -> list[float]:
    """The share of the true five after 3 sheets each and 20 more for the best 60, all counted."""
    competition = _competition(Setting(), number, seed)
    seats = competition.seats(_FIRST)
    first = competition.sheets(seats)
    shortlist = np.argsort(-corrected(first).score, kind="stable")[:_SHORTLIST]
    second = competition.sheets(competition.seats(_SECOND, to=shortlist, taken=seats))
    both = Table.of([*_rows(first), *_rows(second)])
    return [
        _found(competition, one)
        for one in (both.nomination_means(both.value), corrected(both).score)
    ]


def _covered(number: int, *, seed: int) -> list[float]:
    """The share of all nominations whose true rank is within the interval."""
    competition = _competition(Setting(), number, seed)
    table = competition.sheets(competition.seats())
    found = corrected(table)
    order = np.argsort(-found.score, kind="stable")
    last = int(order[WINNERS - 1])
    known = chance(table, found, order, last, winners=WINNERS, draws=_DRAWS, seed=seed)
    rank = np.argsort(np.argsort(-competition.quality)) + 1
    return [float(np.mean((known.rank_low <= rank) & (rank <= known.rank_high)))]


def _rows(table: Table) -> Iterable[tuple[str, str, float]]:
    return zip(
        [table.nominations[one] for one in table.nomination],
        [table.jurors[one] for one in table.juror],
        table.value.tolist(),
        strict=True,
    )


def _gains(goal: Goal, found: Floats) -> list[Row]:
    """A row for each method, the one with the goal marked; `found` is (competitions, methods)."""
    plain = found[:, 0]
    rows = []
    for place, method in enumerate(_METHODS):
        mine = found[:, place]
        ratio = mine.mean() / plain.mean()
        gain = 100 * (ratio - 1)
        error = 100 * _error(mine - ratio * plain) / plain.mean()
        name, measured = (goal.name, "") if not place else ("", f"{gain:+.1f} % ± {error:.1f}")
        row = Row(name, method, f"{mine.mean():.3f}", measured)
        if method == goal.method:
            kept = bool(gain >= goal.least)
            row = msgspec.structs.replace(row, goal=f"≥ {goal.least:+g} %", kept=kept)
        rows.append(row)
    return rows


def _rounds(found: Floats) -> list[Row]:
    """Mean and W after two rounds; `found` is (competitions, 2)."""
    mean, ours = found.mean(axis=0)
    measured = f"{ours:.3f} ± {_error(found[:, 1]):.3f}"
    return [
        Row("two rounds, as many sheets", "mean", f"{mean:.3f}", ""),
        Row("", "W", measured, "", f"≥ {_TWO_ROUNDS:.2f}", bool(ours >= _TWO_ROUNDS)),
    ]


def _coverage(inside: Floats) -> Row:
    """The share of true ranks within their intervals; `inside` is (competitions, 1)."""
    low, high = _COVERAGE
    measured = f"{inside.mean():.3f} ± {_error(inside[:, 0]):.3f}"
    kept = bool(low <= inside.mean() <= high)
    return Row("true ranks in 90 % intervals", "W", "", measured, f"{low}–{high}", kept)


def _error(each: Floats) -> float:
    """The standard error of the mean."""
    return float(each.std(ddof=1) / np.sqrt(len(each)))


def _all_rows(competitions: int, seed: int) -> list[Row]:
    with ProcessPoolExecutor(_PROCESSES) as pool:

        def each(what: Callable[[int], list[float]], name: str, count: int) -> Floats:
            done = pool.map(what, range(count), chunksize=5)
            return np.array(list(track(done, description=name, total=count)))

        rows: list[Row] = []
        for goal in GOALS:
            what = partial(_one_round, seed=seed, setting=goal.setting)
            rows += _gains(goal, each(what, goal.name, competitions))
        rows += _rounds(each(partial(_two_rounds, seed=seed), "two rounds", competitions))
        fewer = min(_COVERED, competitions)
        return [*rows, _coverage(each(partial(_covered, seed=seed), "intervals", fewer))]


def _shown(rows: list[Row], competitions: int) -> bool:
    """The table; whether all goals were kept."""
    shown = Shown(
        title=f"Found of the true five in {competitions} competitions each; ± standard error"
    )
    for name in ("", "method", "found", "against the mean", "goal"):
        shown.add_column(name)
    for row in rows:
        verdict = "" if row.kept is None else " kept" if row.kept else " MISSED"
        shown.add_row(row.name, row.method, row.found, row.measured, row.goal + verdict)
    Console().print(shown)
    return all(row.kept is not False for row in rows)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench-accuracy", description="found of the true 5")
    parser.add_argument("--competitions", type=int, default=_COMPETITIONS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    competitions = max(given.competitions, _FEWEST)
    return 0 if _shown(_all_rows(competitions, given.seed), competitions) else 1


if __name__ == "__main__":
    sys.exit(main())
