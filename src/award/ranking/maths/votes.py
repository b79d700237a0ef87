"""A jury's order from the orders of its members, by comparing two nominations at a time; pure.

With b ballots and c nominations, `places` (b, c) holds the place of each nomination on each
ballot, smaller is better, equal places are equal, and nan where the ballot lacks the nomination
because its juror is recused: that ballot drops out of the pairs with that nomination only.
`before` (c, c) counts the ballots that put the first nomination before the second.

Both methods compare by winning votes: a pair is won by the side with more ballots, and is as
strong as these are many. They choose whoever wins against all others, if there is one.
"""

from collections.abc import Collection, Sequence
from itertools import groupby

import msgspec
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from award.ranking.maths.table import Flags, Floats, Ints


class Ordered(msgspec.Struct, frozen=True):
    """`place` (c,) is 1 and how many are ahead; `ahead` (c, c) whether the first is of the second.

    Nominations of which none is ahead of the other are tied.
    """

    place: Ints
    ahead: Flags


class Schulze(msgspec.Struct, frozen=True):
    """The order, and `paths` (c, c): the strength of the strongest path from one to another."""

    order: Ordered
    paths: Ints


def places(nominations: Sequence[str], ballots: Sequence[Sequence[Collection[str]]]) -> Floats:
    """From ballots that list groups of equals from the best on; who is in none, is lacking."""
    column = {name: at for at, name in enumerate(nominations)}
    found = np.full((len(ballots), len(nominations)), np.nan)
    for row, ballot in zip(found, ballots, strict=True):
        for place, equals in enumerate(ballot, 1):
            row[[column[name] for name in equals]] = place
    return found


def pairs(places: Floats) -> Ints:
    """`before` (c, c). A comparison with nan is false, so a lacking nomination is in no pair."""
    found = np.zeros((places.shape[1], places.shape[1]), dtype=np.intp)
    for at, own in enumerate(places.T):
        found[at] = (own[:, None] < places).sum(axis=0)
    return found


def beats_all(before: Ints) -> int | None:
    """The nomination that wins against every other (Condorcet's winner), if there is one."""
    wins = (before > before.T).sum(axis=1)
    found = np.flatnonzero(wins == len(before) - 1)
    return int(found[0]) if len(found) else None


def schulze(before: Ints) -> Schulze:
    """Who has the stronger path to the other is ahead.

    A path is as strong as its weakest pair, and only won pairs make paths. Source: Schulze, Social
    Choice and Welfare 36 (2011). Time grows with c^3.
    """
    paths = np.where(before > before.T, before, 0)
    for over in range(len(paths)):
        np.maximum(paths, np.minimum(paths[:, over, None], paths[over]), out=paths)
    np.fill_diagonal(paths, 0)
    return Schulze(_ordered(paths > paths.T), paths)


def ranked_pairs(before: Ints) -> Ordered:
    """Won pairs are fixed from the strongest on, unless they contradict what is fixed already.

    Among pairs of the same strength the one with fewer ballots against it comes first. Pairs that
    are alike in both are taken together, and those of them that close a circle are all left out:
    no lot is drawn and no name counts, so that nominations may stay tied. Source: Tideman, Social
    Choice and Welfare 4 (1987).
    """
    fixed = np.zeros(before.shape, dtype=bool)
    won = [(int(a), int(b)) for a, b in np.argwhere(before > before.T)]

    def strength(pair: tuple[int, int]) -> tuple[int, int]:
        return -int(before[pair]), int(before.T[pair])

    for _, alike in groupby(sorted(won, key=strength), key=strength):
        _fix(fixed, [(a, b) for a, b in alike if not fixed[b, a]])
    return _ordered(fixed)


def _fix(fixed: Flags, alike: list[tuple[int, int]]) -> None:
    """Add those pairs that are on no circle; `fixed` stays the whole of what follows from it."""
    group = np.arange(len(fixed))
    if len(alike) > 1:
        joined = fixed.copy()
        joined[tuple(np.transpose(alike))] = True
        group = connected_components(sparse.csr_array(joined), connection="strong")[1]
    for a, b in alike:
        if (len(alike) == 1 or group[a] != group[b]) and not fixed[a, b]:
            upward, downward = fixed[:, a].copy(), fixed[b].copy()
            upward[a] = downward[b] = True
            fixed |= np.outer(upward, downward)


def _ordered(ahead: Flags) -> Ordered:
    return Ordered(1 + ahead.sum(axis=0), ahead)
