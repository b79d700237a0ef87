"""Ranks inside groups, with equal values sharing the mean of their ranks; pure."""

import msgspec
import numpy as np

from award.ranking.maths.table import Floats, Ints

SAME = 1e-9  # values this near to each other are equal


class Ranks(msgspec.Struct, frozen=True):
    """`rank` (N,), 1 for the lowest value of its group; `alike` (N,), how many share that rank."""

    rank: Floats
    alike: Ints


def ranks(group: Ints, value: Floats) -> Ranks:
    """The rank of each `value` (N,) among those of the same `group` (N,).

    Values are equal if no step between neighbours in their order is above 1e-9, so that the
    rounding of a weighted mean parts nobody.
    """
    size = len(value)
    order = np.lexsort((value, group))
    grouped, ordered = group[order], value[order]
    enters = np.ones(size, dtype=bool)
    enters[1:] = grouped[1:] != grouped[:-1]
    steps = enters.copy()
    steps[1:] |= ordered[1:] - ordered[:-1] > SAME
    run = np.cumsum(steps) - 1
    length = np.bincount(run)
    first = np.flatnonzero(steps)
    start = np.flatnonzero(enters)[np.cumsum(enters)[first] - 1]
    middle = first - start + (length + 1) / 2
    rank, alike = np.empty(size), np.empty(size, dtype=np.intp)
    rank[order] = middle[run]
    alike[order] = length[run]
    return Ranks(rank, alike)
