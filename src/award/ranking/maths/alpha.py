"""Krippendorff's alpha: how far the jurors agree, whoever is missing; pure.

    alpha = 1 - D_o / D_e
    D_o = 1/N sum_i 1/(n_i - 1) sum_jk delta(y_ij, y_ik)
    D_e = 1/(N (N - 1)) sum delta over all ordered pairs of sheets

over the N sheets of nominations with at least two. delta is the squared difference of the level:
nominal 0 or 1; ordinal that of the mean ranks among all N; interval that of the values; ratio
((a - b)/(a + b))^2. 1 is full agreement, 0 what chance gives, below 0 less than that. Source:
Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). Sums of squares take the place of
the table of coincidences, so that values may be as many as there are sheets.
"""

from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np

from award.ranking.maths.ranks import Ranks, ranks
from award.ranking.maths.table import Floats, Ints, Table

Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
_BLOCK = 1_000_000  # pairs of values compared at a time
_NOTHING = 1e-24  # of the size of the values, squared


def alpha(table: Table, level: Level) -> float | None:
    """None without a nomination of two sheets, or if all values are the same: no agreement to see.

    Missing scores are just not in the table. `ratio` is for values of at least 0 (else
    ValueError), and its time grows with the square of the number of different values.
    """
    pairable = table.only(table.per_nomination[table.nomination] > 1)
    if len(pairable) == 0:
        return None
    observed, by_chance = _LEVELS[level](pairable)
    return 1 - observed / by_chance if by_chance > 0 else None


def _interval(table: Table) -> tuple[float, float]:
    """Half of D_o and D_e: the ordered pairs of n values differ by 2n times their squares."""
    value = table.value - table.value.mean()
    within = table.nomination_sums((value - table.nomination_means(value)[table.nomination]) ** 2)
    counts, size = table.per_nomination, len(table)
    squares = float(value @ value)
    if squares <= _NOTHING * float(table.value @ table.value):
        return 0.0, 0.0
    return float(np.sum(within * counts / (counts - 1))) / size, squares / (size - 1)


def _ordinal(table: Table) -> tuple[float, float]:
    return _interval(table.with_values(_all_ranks(table).rank))


def _nominal(table: Table) -> tuple[float, float]:
    """Every sheet differs from those of its nomination, and of all, that are not like it."""
    counts, size = table.per_nomination[table.nomination], len(table)
    inside = ranks(table.nomination, table.value).alike
    observed = float(np.sum((counts - inside) / (counts - 1))) / size
    return observed, float(np.sum(size - _all_ranks(table).alike)) / (size * (size - 1))


def _ratio(table: Table) -> tuple[float, float]:
    if table.value.min() < 0:
        message = "a ratio has no negative values"
        raise ValueError(message)
    size = len(table)
    pairs = float(np.sum(table.nomination_sums(_pairs(table)) / (table.per_nomination - 1)))
    value, count = np.unique(table.value, return_counts=True)
    rows = max(1, _BLOCK // len(value))
    every = sum(
        float(count[at : at + rows] @ _relative(value[at : at + rows, None], value) @ count)
        for at in range(0, len(value), rows)
    )
    by_chance = every / (size * (size - 1))
    return (2 * pairs / size, by_chance) if by_chance > _NOTHING else (0.0, 0.0)


def _pairs(table: Table) -> Floats:
    """How far each sheet is from the later ones of its nomination, summed (N,)."""
    found = np.zeros(len(table))
    left = np.arange(len(table))
    for lag in range(1, int(table.per_nomination.max())):
        left = left[left < len(table) - lag]
        left = left[table.nomination[left] == table.nomination[left + lag]]
        found[left] += _relative(table.value[left], table.value[left + lag])
    return found


def _relative(one: Floats, other: Floats) -> Floats:
    """((a - b)/(a + b))^2, and 0 for two values of 0."""
    total = one + other
    share = np.divide(one - other, total, out=np.zeros_like(total), where=total > 0)
    squared: Floats = share * share
    return squared


def _all_ranks(table: Table) -> Ranks:
    together: Ints = np.zeros(len(table), dtype=np.intp)
    return ranks(together, table.value)


_LEVELS: dict[Level, Callable[[Table], tuple[float, float]]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}
