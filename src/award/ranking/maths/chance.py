"""How certain each place is: draws from what the scores leave open; pure.

A draw takes juror effects s* ~ N(s, Cov(s)) and then scores
t_i* ~ N(mu + shrink_i (r_i(s*) - mu), se2/(n_i + se2/st2)). The share of draws in which a
nomination is among the first k is its chance of winning, and the 5 % and 95 % quantiles of its
rank are its interval.
"""

from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy import sparse, special

from award.ranking.maths.corrected import Corrected
from award.ranking.maths.table import Flags, Floats, Ints, Table

LOW, HIGH = 0.05, 0.95
_BLOCK = 500_000  # numbers drawn at a time
_RANKED = 10_000_000  # ranks kept for the intervals
_FEWEST = 400
_HAIR = 1e-12
_ALL_OF = 1000  # nominations, of which none is left out of the draws
_PILOT = 64
_UTMOST = 6.0  # standard errors


class Chance(msgspec.Struct, frozen=True):
    """What is known of each nomination (n,).

    The chance of being among the first k, the interval of the rank (1 is the first), and whether
    it cannot be told apart from the last of the first k.
    """

    p_winner: Floats
    rank_low: Ints
    rank_high: Ints
    tied: Flags


class Draw(msgspec.Struct, frozen=True):
    """A block of draws (some draws, some nominations).

    What each score is expected to be once the juror effects are drawn, and the score itself.
    """

    expected: Floats
    score: Floats


def chance(  # noqa: PLR0913 - what is known, and the numbers that belong to the result
    table: Table,
    found: Corrected,
    ranked: Ints,
    last: int,
    *,
    winners: int,
    draws: int,
    seed: int,
) -> Chance:
    """`ranked` are the nominations with a place, `last` is the last winner among them.

    `seed` makes draws repeatable. A nomination is tied with the last winner if it does better
    than that in 5 to 95 % of draws. Intervals of very many nominations are taken from fewer draws.
    Who is not ranked has a chance and ranks of 0.
    """
    n, winners = len(found.score), min(winners, len(ranked))
    among = np.sort(ranked)
    drawing = _Drawing(table, found, seed, among)
    low, high = np.zeros(n, dtype=np.intp), np.zeros(n, dtype=np.intp)
    low[among], high[among] = _intervals(drawing, draws)
    near = np.union1d(among[_contenders(drawing, winners)], [last])
    at_last = int(np.searchsorted(near, last))
    won, better = np.zeros(n), np.zeros(n)
    drawing = _Drawing(table, found, seed, near)
    for one in drawing.blocks(draws):
        won[near] += _among_the_first(one, drawing.error, winners)
        better[near] += (one.score > one.score[:, [at_last]]).sum(axis=0)
    share = better / draws
    tied = (share >= LOW) & (share <= HIGH)
    tied[last] = False
    return Chance(won / draws, low, high, tied)


class _Drawing:
    """Draws of the nominations at the places `some`; repeatable by its seed."""

    def __init__(self, table: Table, found: Corrected, seed: int, some: Ints) -> None:
        self.score = found.score[some]
        self.error = np.maximum(found.error[some], _HAIR * (1 + abs(found.mu)))
        weighted = sparse.diags_array(found.shrink / table.per_nomination) @ table.incidence
        self.moves = sparse.csr_array(weighted)[some]
        self.spread = found.severity.spread
        self.seed = seed

    def blocks(self, draws: int) -> Iterator[Draw]:
        """So many draws, a block at a time."""
        random = np.random.Generator(np.random.PCG64(self.seed))
        size = max(1, _BLOCK // len(self.score))
        for start in range(0, draws, size):
            yield self._block(random, min(size, draws - start))

    def _block(self, random: np.random.Generator, draws: int) -> Draw:
        expected = np.broadcast_to(self.score, (draws, len(self.score)))
        if self.spread.shape[1]:
            effects = self.spread @ random.standard_normal((self.spread.shape[1], draws))
            expected = expected - (self.moves @ effects).T
        noise = random.standard_normal((draws, len(self.score)))
        return Draw(expected, expected + noise * self.error)


def _intervals(drawing: _Drawing, draws: int) -> tuple[Ints, Ints]:
    """The quantiles of the ranks."""
    enough = min(draws, max(_FEWEST, _RANKED // len(drawing.score)))
    ranks = np.concatenate([_ranks(one.score) for one in drawing.blocks(enough)])
    ranks.sort(axis=0)
    return _at(ranks, LOW), _at(ranks, HIGH)


def _contenders(drawing: _Drawing, winners: int) -> Ints:
    """Who reaches the first k in a few draws if its own luck is as great as it ever is."""
    n = len(drawing.score)
    if n <= _ALL_OF:
        return np.arange(n)
    pilot = next(drawing.blocks(_PILOT))
    line = np.partition(pilot.score, n - winners, axis=1)[:, n - winners].min()
    return np.flatnonzero(pilot.expected.max(axis=0) + _UTMOST * drawing.error >= line)


def _among_the_first(draw: Draw, error: Floats, winners: int) -> Floats:
    """The chance of each in every draw, given the others' scores, summed over draws.

    Its own score is left open: it wins if that is above the k-th of the others. This has the
    mean of counting draws, and less noise (Rao and Blackwell).
    """
    n = draw.score.shape[1]
    if winners >= n:
        return np.full(n, float(len(draw.score)))
    parted = np.partition(draw.score, (n - winners - 1, n - winners), axis=1)
    inside, outside = parted[:, [n - winners]], parted[:, [n - winners - 1]]
    others = np.where(draw.score >= inside, outside, inside)
    chances: Floats = special.ndtr((draw.expected - others) / error).sum(axis=0)
    return chances


def _ranks(block: Floats) -> NDArray[np.int32]:
    order = np.argsort(-block, axis=1, kind="stable")
    ranks = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, np.arange(1, block.shape[1] + 1, dtype=np.int32)[None, :], 1)
    return ranks


def _at(ordered: NDArray[np.int32], share: float) -> Ints:
    """The quantile of ranks that are in order: the smallest with at least that share below."""
    place = int(np.ceil(share * len(ordered))) - 1
    found: Ints = ordered[max(place, 0)].astype(np.intp)
    return found
