"""From means to places, ties included; pure.

Values within 1e-9 are equal. Among equals decide, in this order: the means of the criteria that
the programme names as tie-breakers, then more sheets, then a lot drawn with a recorded seed.
"""

import hashlib
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import msgspec

from award.ranking.mean import Mean

SAME = 1e-9
_Measured: TypeAlias = tuple[str, Callable[[Mean], float]]


class Standing(msgspec.Struct, frozen=True):
    """A nomination's place. `decided_by` says what parted it from others of the same mean.

    It is empty without a tie, else a criterion's key, "sheets" or "lot".
    """

    place: int
    mean: Mean
    decided_by: str = ""

    @property
    def is_tied(self) -> bool:
        return self.decided_by != ""


class Order(msgspec.Struct, frozen=True):
    """The standings from the first place on, and who has too few sheets to be ranked."""

    standings: list[Standing]
    not_enough: list[Mean]


def order(
    found: Iterable[Mean], *, min_sheets: int, tie_breakers: Sequence[str], seed: str
) -> Order:
    """Rank all nominations with at least `min_sheets` sheets; `seed` rules the lot."""
    enough: list[Mean] = []
    too_few: list[Mean] = []
    for one in found:
        (enough if one.sheets >= min_sheets else too_few).append(one)
    measures: list[_Measured] = [("", lambda one: one.value)]
    measures += [(key, _criterion(key)) for key in tie_breakers]
    measures += [("sheets", lambda one: one.sheets)]
    ranked = _parted(sorted(enough, key=lambda one: one.nomination), measures, seed, "")
    return Order(
        [Standing(place, one, why) for place, (one, why) in enumerate(ranked, 1)],
        sorted(too_few, key=lambda one: one.nomination),
    )


def _criterion(key: str) -> Callable[[Mean], float]:
    return lambda one: one.criteria.get(key, float("-inf"))


def _parted(
    group: list[Mean], measures: Sequence[_Measured], seed: str, why: str
) -> list[tuple[Mean, str]]:
    """The group in order, with the name of the measure that set each apart from the others."""
    if len(group) == 1:
        return [(group[0], why)]
    if not measures:
        return [(one, "lot") for one in sorted(group, key=lambda one: lot(seed, one.nomination))]
    (name, measure), rest = measures[0], measures[1:]
    best_first = sorted(group, key=measure, reverse=True)
    return list(
        itertools.chain.from_iterable(
            _parted(alike, rest, seed, name) for alike in _alike(best_first, measure)
        )
    )


def _alike(best_first: list[Mean], measure: Callable[[Mean], float]) -> list[list[Mean]]:
    """Runs of equal values; each run is measured from its best, so that it cannot drift."""
    runs: list[list[Mean]] = []
    for one in best_first:
        first = measure(runs[-1][0]) if runs else None
        if first is not None and (first == measure(one) or first - measure(one) <= SAME):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def lot(seed: str, nomination: str) -> str:
    """The lot of a nomination: the smaller one goes first, and anyone can draw it again."""
    return hashlib.sha256(f"{seed}:{nomination}".encode()).hexdigest()
