"""How much of the result hangs on the weights of the criteria; pure.

A nomination's score under W is made linear in the weights: with S (n, C) its scores by
criterion, its score with weights w (C,) of sum 1 is S @ w. At the declared weights that is
exactly W's score t. For other weights three things stay as they are at the declared ones:

    the variances se2, ss2, st2 (thus lam and the shrinkage), which would be learnt anew;
    the centres b_c, which no weight enters;
    what stands in for a missing criterion (see `filled`), which depends on the weights.

Without missing criteria only the first is an approximation. Sources: stability intervals,
Mareschal, European Journal of Operational Research 33 (1988); SMAA, Lahdelma, Hokkanen and
Salminen, European Journal of Operational Research 106 (1998).
"""

import msgspec
import numpy as np

from award.ranking.maths import fixed
from award.ranking.maths.border import Border
from award.ranking.maths.corrected import Corrected
from award.ranking.maths.ranks import SAME
from award.ranking.maths.table import Floats, Ints, Table

CONCENTRATION = 20.0  # of the drawn weights around the declared ones
_BLOCK = 500_000  # scores computed at a time
_MOST = 200_000_000  # scores computed in all
_FEWEST = 400  # draws
_LEVELS = 256


def filled(points: Floats, weights: Floats, centres: Floats) -> Floats:
    """The points (N, C) with each missing one (NaN) replaced by what the sheet's others say.

    A sheet lies sum_O w_c (x_c - b_c) / sum_O w_c above the centres on the criteria O that it
    scores; a missing criterion is put as far above its own centre. The weighted mean of the
    filled points is then the composite value of the sheet. A sheet without any weight is put at
    the centres.
    """
    there = ~np.isnan(points)
    above = np.where(there, points - centres, 0.0) @ weights
    present = there @ weights
    above = np.divide(above, present, out=np.zeros_like(above), where=present > 0)
    return np.where(there, points, centres + above[:, None])


def by_criterion(table: Table, points: Floats, found: Corrected) -> Floats:
    """S (n, C): W's scores of each criterion of the filled `points` (N, C), in their unit.

    Juror effects are those of the criterion's own points, shrunk by the composite's lam; `found`
    is W of the composites, which are `points @ weights`.
    """
    return np.column_stack([_score(table, column, found) for column in points.T])


def _score(table: Table, value: Floats, found: Corrected) -> Floats:
    centred = value - table.nomination_means(value)[table.nomination]
    effects = fixed.effects(found.severity, table.juror_sums(centred))
    raw = table.nomination_means(value - effects[table.juror])
    return fixed.score(found, raw, table.per_nomination)


def stability(scores: Floats, weights: Floats, border: Border) -> Floats:
    """The interval (C, 2) of each weight in which the same nominations win.

    One weight moves from 0 to 1 and the others keep their proportion (equal parts if they are
    all 0), so each nomination is a line in it. The interval reaches to the nearest crossing of a
    winner with one outside, or to 0 and 1. Where winners are already tied with those outside,
    and the lines are not the same, it ends at the weight itself; likewise where winners are behind.
    """
    return np.array([_interval(scores, weights, border, c) for c in range(len(weights))])


def _interval(scores: Floats, weights: Floats, border: Border, c: int) -> tuple[float, float]:
    alone, others = scores[:, c], scores @ _without(weights, c)
    here = float(weights[c])
    if not border.holds(scores @ weights):
        return here, here
    return (
        _crossing(alone, others, border, here, 0.0),
        _crossing(alone, others, border, here, 1.0),
    )


def _without(weights: Floats, c: int) -> Floats:
    """The weights of the others, with sum 1; all 0 if there is no other."""
    rest = weights.copy()
    rest[c] = 0.0
    if rest.sum() <= 0:
        rest = np.ones_like(rest)
        rest[c] = 0.0
    total = float(rest.sum())
    return rest / total if total > 0 else rest


def _crossing(alone: Floats, others: Floats, border: Border, here: float, end: float) -> float:
    """How far from `here` to `end` a weight may go until one outside passes a winner.

    The distance of the last winner to the first outside is the least of many lines, hence
    concave: from the end inwards, the crossing of the pair that is worst off there is never past
    the one looked for, and each is nearer to it (Newton's method, exact in finitely many steps).
    """
    at = end
    while at != here:
        score = at * alone + (1 - at) * others
        if border.holds(score):
            return at
        winner = int(np.argmin(np.where(border.inside, score, np.inf)))
        other = int(np.argmax(np.where(border.outside, score, -np.inf)))
        ahead = here * (alone[winner] - alone[other]) + (1 - here) * (
            others[winner] - others[other]
        )
        if ahead <= SAME:
            return here
        behind = float(score[other] - score[winner])
        nearer = at + (here - at) * behind / (behind + float(ahead))
        if nearer == at:
            return at
        at = nearer
    return here


class Acceptability(msgspec.Struct, frozen=True):
    """The share of weights (n,) with which a nomination is the first, and with which it wins."""

    p_first: Floats
    p_winner: Floats


def acceptability(  # noqa: PLR0913 - what is known, and four numbers that belong to the result
    scores: Floats,
    weights: Floats,
    *,
    winners: int,
    draws: int = 10_000,
    seed: int = 1,
    concentration: float = CONCENTRATION,
) -> Acceptability:
    """SMAA: with weights drawn from Dirichlet(concentration * w), who is the first, who wins.

    Nominations with the same score share the places they reach. A weight of 0 stays 0. Whoever
    can win with none of the drawn weights is left out before scores are computed; where tens of
    thousands could win, fewer draws are taken.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    used = weights > 0
    drawn = random.dirichlet(concentration * weights[used], draws)
    used_scores = scores[:, used]
    near = _contenders(used_scores, weights[used], drawn, min(winners, len(scores)))
    contending = used_scores[near].T
    drawn = drawn[: min(draws, max(_FEWEST, _MOST // len(near)))]
    first, won = np.zeros(len(scores)), np.zeros(len(scores))
    size = max(1, _BLOCK // len(near))
    for start in range(0, len(drawn), size):
        block = drawn[start : start + size] @ contending
        first[near] += _places(block, 1)
        won[near] += _places(block, min(winners, len(near)))
    return Acceptability(first / len(drawn), won / len(drawn))


def _places(score: Floats, winners: int) -> Floats:
    """How often each column is among the first k of a row; ties share what is left of k."""
    n = score.shape[1]
    line = np.partition(score, n - winners, axis=1)[:, [n - winners]]
    above = score > line + SAME
    tied = ~above & (score >= line - SAME)
    part = (winners - above.sum(axis=1)) / tied.sum(axis=1)
    places: Floats = above.sum(axis=0) + part @ tied
    return places


def _contenders(scores: Floats, weights: Floats, drawn: Floats, winners: int) -> Ints:
    """Who can reach the first k with one of the drawn weights; nobody who can is left out.

    With e the distance of drawn weights to w, a score is t + sum e_c (S_c - t), and by Cauchy and
    Schwarz at most t + length * width, where length^2 = sum e_c^2 / w_c and
    width^2 = sum w_c (S_c - t)^2. It must reach the k-th of the best at w, whoever they are.
    """
    declared = scores @ weights
    width = np.sqrt((scores - declared[:, None]) ** 2 @ weights)
    length = np.sqrt((drawn - weights) ** 2 @ (1 / weights))
    best = np.argsort(-declared, kind="stable")[: 4 * winners]
    line = np.partition(drawn @ scores[best].T, len(best) - winners, axis=1)[:, -winners]
    # What a width can bring at most, on a grid: rounded up, so that it only lets in more.
    grid = np.linspace(0.0, float(width.max()), _LEVELS)
    level = np.minimum(np.searchsorted(grid, width), _LEVELS - 1)
    lacking = np.array([float((line - length * one).min()) for one in grid])
    return np.flatnonzero(declared >= lacking[level] - SAME)


def without_each(scores: Floats, weights: Floats, winners: int) -> list[Ints]:
    """For each criterion who wins without it, best first, the other weights in proportion.

    Among equals whoever is ahead at the declared weights. Nobody if no other criterion counts.
    """
    return [_winners_without(scores, weights, winners, c) for c in range(len(weights))]


def _winners_without(scores: Floats, weights: Floats, winners: int, c: int) -> Ints:
    if float(weights.sum() - weights[c]) <= SAME:
        return np.array([], dtype=np.intp)
    score = scores @ _without(weights, c)
    declared = np.argsort(-(scores @ weights), kind="stable")
    # In steps of what is equal, so that rounding does not decide.
    left = declared[np.argsort(-np.round(score[declared] / SAME), kind="stable")]
    return left[:winners].astype(np.intp)
