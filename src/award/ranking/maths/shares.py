"""Equal Shares: several winners, with each camp of the jury represented by its size; pure.

With b jurors, c nominations and k places to fill, `scores` (b, c) holds u_ij >= 0, 0 for no
support and nan where the juror is recused, who then neither supports nor pays. Columns are in the
order of the lot: among equals the first is taken.

Every juror has the same budget, together k, and every place costs 1. A nomination is affordable at
the price rho per point if its supporters can pay sum_j min(budget_j, rho u_ij) = 1. Again and
again the one with the lowest rho is chosen and paid. Source: Peters, Pierczynski and Skowron,
Proportional Participatory Budgeting with Additive Utilities (NeurIPS 2021), with unit costs.
"""

import msgspec
import numpy as np

from award.ranking.maths.ranks import SAME
from award.ranking.maths.table import Flags, Floats, Ints


class Chosen(msgspec.Struct, frozen=True):
    """A nomination, at which price per point it was had, and what each juror paid (b,).

    Without a price (None) it filled a place that was left. `alike` are the nominations (ascending)
    that could as well have been chosen then, so that the lot decided.
    """

    nomination: int
    price: float | None
    paid: Floats
    alike: list[int]


class Shares(msgspec.Struct, frozen=True):
    """The winners in the order of their choice; `budget` is each juror's after the increases."""

    chosen: list[Chosen]
    budget: float


def equal_shares(scores: Floats, places: int) -> Shares:
    """Fill `places` (all, if there are fewer nominations).

    Money is left over if camps are small. So the jurors together get 1 more, and the choice is
    made anew, as often as it does not choose too many (the completion "add 1"). Places that are
    still open go to the highest mean score of those jurors who are not recused. Equal prices: the
    higher mean score, then the lot.
    """
    places = min(places, scores.shape[1])
    within = min(places, int(_supported(scores).sum()))
    total, chosen = places, _buy(scores, places)
    while len(chosen) < within:
        more = _buy(scores, total + 1)
        if len(more) > places:
            break
        total, chosen = total + 1, more
    filled = _fill(scores, chosen, places - len(chosen))
    return Shares(chosen + filled, _each(total, scores))


def _each(total: int, scores: Floats) -> float:
    return total / len(scores) if len(scores) else 0.0


def _buy(scores: Floats, total: int) -> list[Chosen]:
    """Everything that can be paid for if the jurors have `total` together."""
    points, means = np.nan_to_num(scores), _means(scores)
    budget = np.full(len(scores), _each(total, scores))
    bought: list[Chosen] = []
    left = _supported(scores)
    while left.any():
        price = np.where(left, _prices(points, budget), np.inf)
        lowest = float(price.min())
        if not np.isfinite(lowest):
            break
        one, *alike = _best(price <= lowest * (1 + SAME), means)
        paid = np.minimum(budget, price[one] * points[:, one])
        bought.append(Chosen(one, float(price[one]), paid, alike))
        budget, left[one] = budget - paid, False
    return bought


def _fill(scores: Floats, chosen: list[Chosen], places: int) -> list[Chosen]:
    """The highest mean scores among those not yet chosen."""
    means, left = _means(scores), np.ones(scores.shape[1], dtype=bool)
    left[[one.nomination for one in chosen]] = False
    filled: list[Chosen] = []
    for _ in range(places):
        one, *alike = _best(left, means)
        filled.append(Chosen(one, None, np.zeros(len(scores)), alike))
        left[one] = False
    return filled


def _best(among: Flags, means: Floats) -> list[int]:
    """Those with the highest mean, in the order of the lot."""
    found: Ints = np.flatnonzero(among & (means >= means[among].max() - SAME))
    return [int(one) for one in found]


def _prices(points: Floats, budget: Floats) -> Floats:
    """The price (c,) at which sum_j min(budget_j, rho u_ij) = 1; infinite with too little money.

    In the order of budget_j/u_ij the first t jurors give all they have, the others rho u_ij; the
    right t is the first at which the next juror can pay that.
    """
    supports = points > SAME
    limit = np.divide(budget[:, None], points, out=np.full_like(points, np.inf), where=supports)
    order = np.argsort(limit, axis=0, kind="stable")
    given = np.take_along_axis(np.where(supports, budget[:, None], 0.0), order, axis=0)
    weight = np.take_along_axis(np.where(supports, points, 0.0), order, axis=0)
    spent = np.cumsum(given, axis=0) - given
    rest = np.cumsum(weight[::-1], axis=0)[::-1]
    price = np.divide(1 - spent, rest, out=np.full_like(rest, np.inf), where=rest > 0)
    fits = (1 - spent) * weight <= (given + SAME) * rest
    first = np.argmax(fits, axis=0)[None, :]
    found: Floats = np.take_along_axis(price, first, axis=0)[0]
    return np.where(fits.any(axis=0), found, np.inf)


def _supported(scores: Floats) -> Flags:
    """Who has a point from anybody (c,)."""
    found: Flags = np.nan_to_num(scores).max(axis=0, initial=0.0) > SAME
    return found


def _means(scores: Floats) -> Floats:
    """The mean score of those who may judge (c,); 0 if nobody may."""
    there = ~np.isnan(scores)
    found: Floats = np.nan_to_num(scores).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    return found
