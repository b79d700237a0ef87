"""The same sheets by other methods, side by side; pure."""

from collections.abc import Sequence

import msgspec

from award.ranking.standings import Standing

# W first; then the second opinion, and what others use.
METHODS = ("score", "full", "mean", "trimmed_mean", "median", "z_score", "borda", "additive")
_BEYOND = 3  # places behind the last winner that are shown in any case
_SAME = 1e-9


class Compared(msgspec.Struct, frozen=True):
    """A nomination's place by each of the methods, and whether it is among the winners there."""

    standing: Standing
    places: list[int]
    wins: list[bool]


def compared(ranked: Sequence[Standing]) -> list[Compared]:
    """Whoever wins by some method, and the next few, in the order of the ranking."""
    winners = sum(one.winner for one in ranked)
    columns = [_places(ranked, method) for method in METHODS]
    columns[0] = [one.rank for one in ranked]
    return [
        Compared(one, list(places), [place <= winners for place in places])
        for one, places in zip(ranked, zip(*columns, strict=True), strict=True)
        if min(places) <= winners or one.rank <= winners + _BEYOND
    ]


def places_by(ranked: Sequence[Standing], method: str) -> dict[str, int]:
    """The place of each nomination by one method."""
    return {one.id: place for one, place in zip(ranked, _places(ranked, method), strict=True)}


def _places(ranked: Sequence[Standing], method: str) -> list[int]:
    """Equals share the better place."""
    values = [getattr(one, method) for one in ranked]
    order = sorted(range(len(values)), key=lambda at: -values[at])
    places = [0] * len(values)
    for position, at in enumerate(order):
        before = order[position - 1]
        is_same = position > 0 and values[before] - values[at] <= _SAME
        places[at] = places[before] if is_same else position + 1
    return places


def agreeing(rows: Sequence[Compared]) -> list[str]:
    """The methods by which the same nominations win as by the first."""
    return [
        method
        for at, method in enumerate(METHODS)
        if at and all(row.wins[at] == row.standing.winner for row in rows)
    ]
