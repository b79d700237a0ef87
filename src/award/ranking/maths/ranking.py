"""The whole ranking: from score sheets to places, winners, and how certain all of it is; pure."""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from award.ranking.maths.border import Border
from award.ranking.maths.calibration import Calibration, calibration
from award.ranking.maths.caps import Cap, Capped, capped
from award.ranking.maths.chance import Chance, chance
from award.ranking.maths.corrected import Corrected, corrected
from award.ranking.maths.places import Measured, Places, places
from award.ranking.maths.sheets import Composites
from award.ranking.maths.table import Floats, Ints, Table


class Options(msgspec.Struct, frozen=True):
    """What belongs to a result beside the sheets.

    `tie_breakers` name criteria, in order, with their places; `lot` seeds the lot among what is
    still equal, `seed` the draws. `caps` gives of each cap its limit and the group of nominations.
    Only nominations `among` these are ranked, such as those of a later round; None is all.
    """

    winners: int = 5
    seed: int = 1
    draws: int = 4000
    min_sheets: int = 3
    tie_breakers: Mapping[str, int] = {}
    lot: str = ""
    caps: Mapping[str, tuple[int, Mapping[str, str]]] = {}
    among: frozenset[str] | None = None


class Ranking(msgspec.Struct, frozen=True):
    """Everything about N sheets on n nominations by m jurors.

    `ranked` (r,) are the nominations with enough sheets, `places` their order. `inside` marks the
    winners among all (n,). `capped` is there if winners are limited by groups.
    """

    table: Table
    composites: Composites | None
    found: Corrected
    full: Calibration
    ranked: Ints
    places: Places
    border: Border
    chance: Chance
    capped: Capped | None


class TooFew(Exception):
    """There are fewer nominations with enough sheets than there are to be winners."""

    def __init__(self, ranked: int) -> None:
        super().__init__(ranked)
        self.ranked = ranked


def rank(table: Table, composites: Composites | None, options: Options) -> Ranking:
    """Rank by W; raises TooFew.

    Nominations with too few sheets have no place, but their sheets tell about the jurors. Among
    equal scores the chance of winning decides first; `composites` gives the tie-breakers' means.
    """
    ranked = _ranked(table, options)
    if len(ranked) < options.winners or len(ranked) == 0:
        raise TooFew(len(ranked))
    found = corrected(table)
    last = int(ranked[np.argsort(-found.score[ranked], kind="stable")][options.winners - 1])
    certain = _chance(table, found, ranked, last, options)
    order = _order(table, composites, found, certain, ranked, options)
    limited = _capped(table, found, order, options)
    chosen = np.array(limited.winners, dtype=np.intp) if limited else order.order[: options.winners]
    if len(chosen) and chosen[-1] != last:
        certain = _chance(table, found, ranked, int(chosen[-1]), options)
    return Ranking(
        table,
        composites,
        found,
        calibration(table, found),
        ranked,
        order,
        _border(len(table.nominations), ranked, chosen, limited),
        certain,
        limited,
    )


def _ranked(table: Table, options: Options) -> Ints:
    enough = table.per_nomination >= options.min_sheets
    if options.among is not None:
        enough &= np.array([one in options.among for one in table.nominations], dtype=bool)
    return np.flatnonzero(enough)


def _chance(table: Table, found: Corrected, ranked: Ints, last: int, options: Options) -> Chance:
    return chance(
        table,
        found,
        ranked,
        last,
        winners=options.winners,
        draws=options.draws,
        seed=options.seed,
    )


def _order(  # noqa: PLR0913 - all that may part equals
    table: Table,
    composites: Composites | None,
    found: Corrected,
    certain: Chance,
    ranked: Ints,
    options: Options,
) -> Places:
    measures = [Measured("", found.score), Measured("chance", certain.p_winner)]
    if composites is not None:
        means = criterion_means(composites)
        measures += [
            Measured(f"criterion {key}", means[:, c]) for key, c in options.tie_breakers.items()
        ]
    measures.append(Measured("sheets", table.per_nomination.astype(float)))
    return places(ranked, table.nominations, measures, seed=options.lot)


def criterion_means(composites: Composites) -> Floats:
    """The mean points of each nomination on each criterion (n, C), NaN where nobody scored it."""
    return np.column_stack([_mean(composites.table, column) for column in composites.points.T])


def _mean(table: Table, column: Floats) -> Floats:
    there = ~np.isnan(column)
    count = table.nomination_sums(there.astype(float))
    mean: Floats = np.full(len(count), np.nan)
    np.divide(table.nomination_sums(np.where(there, column, 0.0)), count, out=mean, where=count > 0)
    return mean


def _capped(table: Table, found: Corrected, order: Places, options: Options) -> Capped | None:
    caps = [
        Cap(name, [groups.get(one) for one in table.nominations], limit)
        for name, (limit, groups) in options.caps.items()
    ]
    return capped(found.score, order.order, options.winners, caps) if caps else None


def _border(n: int, ranked: Ints, chosen: Sequence[int] | Ints, limited: Capped | None) -> Border:
    inside, outside = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    inside[chosen] = True
    outside[ranked] = True
    outside[chosen] = False
    if limited is not None:
        outside[[one.nomination for one in limited.passed_over]] = False
    return Border(inside, outside)
