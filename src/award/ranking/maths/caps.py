"""Winners with caps, for example one per federal state; pure.

One cap divides the nominations, and going down the list is exact. Several caps cross each other:
then the best list is a small integer programme (HiGHS by `scipy.optimize.milp`).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TypeAlias

import msgspec
import numpy as np
from scipy import optimize, sparse

from award.ranking.maths.table import Floats, Ints

_SAME_TOTAL = 1e-6  # what the solver can tell apart
_Cell: TypeAlias = tuple[str | None, ...]


class Cap(msgspec.Struct, frozen=True):
    """At most `limit` winners of each group; `groups` (n,) says whose group is which.

    A nomination whose group is None is in none, and the cap is nothing to it.
    """

    name: str
    groups: Sequence[str | None]
    limit: int


class Full(msgspec.Struct, frozen=True):
    """A group of a cap that the winners `by` fill."""

    cap: str
    group: str
    by: list[int]


class PassedOver(msgspec.Struct, frozen=True):
    """A nomination that stands before a winner and does not win, and the groups it is shut out by.

    There is always at least one: without, it would have taken the place of the last winner.
    """

    nomination: int
    full: list[Full]


class Capped(msgspec.Struct, frozen=True):
    """The winners and who was passed over, both in order, by their places in the scores.

    `missing` is how many of the winners' places nobody may take. If it is not 0, the caps are
    infeasible with that many winners, and everybody else whom a cap shuts out is passed over.
    """

    winners: list[int]
    passed_over: list[PassedOver]
    missing: int


def capped(score: Floats, order: Ints, winners: int, caps: Sequence[Cap]) -> Capped:
    """The winners out of `order`, the ranked nominations from the first on, by `score` (n,).

    As many as may win, up to `winners`; of such lists one with the highest sum of scores; of
    those that are equal in this (within 1e-6 if caps cross) the one that takes the first in the
    order where they differ.
    """
    ranked = [int(one) for one in order]
    if len(caps) > 1:
        chosen = _by_programme(score, ranked, winners, caps)
    else:
        chosen = _down_the_list(ranked, winners, caps)
    missing = winners - len(chosen)
    taken = set(chosen)
    end = len(ranked) if missing or not chosen else ranked.index(chosen[-1])
    passed = [_passed(one, chosen, caps) for one in ranked[:end] if one not in taken]
    return Capped(chosen, [one for one in passed if one.full], missing)


def _passed(nomination: int, chosen: Sequence[int], caps: Sequence[Cap]) -> PassedOver:
    full = []
    for cap in caps:
        group = cap.groups[nomination]
        by = [one for one in chosen if group is not None and cap.groups[one] == group]
        if group is not None and len(by) >= cap.limit:
            full.append(Full(cap.name, group, by))
    return PassedOver(nomination, full)


def _down_the_list(ranked: Sequence[int], winners: int, caps: Sequence[Cap]) -> list[int]:
    """Take each whose groups have room; without crossing caps nothing better is given up for it."""
    chosen: list[int] = []
    room = _Room(caps)
    for one in ranked:
        if len(chosen) == winners:
            break
        if room.has(one):
            room.take(one)
            chosen.append(one)
    return chosen


class _Room:
    """How many more each group may have."""

    def __init__(self, caps: Sequence[Cap]) -> None:
        self.caps = caps
        self.taken: Counter[tuple[int, str]] = Counter()

    def _keys(self, nomination: int) -> list[tuple[int, str]]:
        groups = ((place, cap.groups[nomination]) for place, cap in enumerate(self.caps))
        return [(place, group) for place, group in groups if group is not None]

    def has(self, nomination: int) -> bool:
        keys = self._keys(nomination)
        return all(self.taken[key] < self.caps[key[0]].limit for key in keys)

    def take(self, nomination: int) -> None:
        self.taken.update(self._keys(nomination))


def _by_programme(
    score: Floats, ranked: Sequence[int], winners: int, caps: Sequence[Cap]
) -> list[int]:
    pool = _pool(ranked, winners, caps)
    if not pool:
        return []
    programme, value = _Programme(pool, caps), score[pool]
    lower, upper = np.zeros(len(pool)), np.ones(len(pool))
    most = programme.most(winners)
    best = programme.best(value, most, lower, upper)
    total = float(value @ best)
    room = _Room(caps)
    # Down the list: whoever is in some list that is as good is kept, whoever is in none is out.
    for place, one in enumerate(pool):
        if lower.sum() == most:
            break
        upper[place] = lower[place] = 1.0 if room.has(one) else 0.0
        if upper[place] and not best[place]:
            other = programme.best(value, most, lower, upper)
            if other.sum() == most and float(value @ other) >= total - _SAME_TOTAL:
                best = other
            else:
                upper[place] = lower[place] = 0.0
        if lower[place]:
            room.take(one)
    return [one for place, one in enumerate(pool) if best[place]]


def _pool(ranked: Sequence[int], winners: int, caps: Sequence[Cap]) -> list[int]:
    """Who can matter: the first of those that belong to the same groups, as many as may win."""
    seen: defaultdict[_Cell, int] = defaultdict(int)
    pool: list[int] = []
    for one in ranked:
        cell = tuple(cap.groups[one] for cap in caps)
        if seen[cell] < winners:
            seen[cell] += 1
            pool.append(one)
    return pool


class _Programme:
    """Choose from the pool, each once or not at all, within all caps."""

    def __init__(self, pool: Sequence[int], caps: Sequence[Cap]) -> None:
        rows: dict[tuple[int, str], int] = {}
        entries: list[tuple[int, int]] = []
        for column, one in enumerate(pool):
            for place, cap in enumerate(caps):
                group = cap.groups[one]
                if group is not None:
                    entries.append((rows.setdefault((place, group), len(rows)), column))
        self.size = len(pool)
        self.limits = np.array([caps[place].limit for place, _ in rows], dtype=float)
        at = np.array(entries, dtype=np.intp).reshape(-1, 2).T
        self.within = sparse.csr_array(
            (np.ones(at.shape[1]), (at[0], at[1])), shape=(len(rows), self.size)
        )

    def most(self, winners: int) -> int:
        """How many can win, up to `winners`."""
        every = np.ones(self.size)
        return int(self._solved(every, winners, 0, np.zeros(self.size), every).sum())

    def best(self, value: Floats, count: int, lower: Floats, upper: Floats) -> Floats:
        """1 for each of exactly `count` with the highest sum of `value`; all 0 if none can be."""
        return self._solved(value, count, count, lower, upper)

    def _solved(self, value: Floats, most: int, least: int, lower: Floats, upper: Floats) -> Floats:
        constraints = [optimize.LinearConstraint(np.ones((1, self.size)), least, most)]
        if self.within.shape[0]:
            constraints.append(optimize.LinearConstraint(self.within, -np.inf, self.limits))
        found = optimize.milp(
            -value,
            constraints=constraints,
            integrality=np.ones(self.size),
            bounds=optimize.Bounds(lower, upper),
            options={"mip_rel_gap": 0.0},
        )
        return np.zeros(self.size) if found.x is None else np.round(found.x)
