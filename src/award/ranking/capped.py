"""The winners if no group may have more than so many of them; pure.

There is one cap at a time, so going down the list is exact; crossing caps are in `maths.caps`.
"""

from collections.abc import Mapping, Sequence

import msgspec

from award.ranking.standings import Standing


class PassedOver(msgspec.Struct, frozen=True):
    """Who stands before a winner and does not win, its group, and who fills that."""

    standing: Standing
    group: str
    by: list[Standing]


class Capped(msgspec.Struct, frozen=True):
    """`missing` is how many of the winners' places nobody may take."""

    winners: list[Standing]
    passed_over: list[PassedOver]
    missing: int


def capped(ranked: Sequence[Standing], groups: Mapping[str, str], most: int) -> Capped:
    """As many winners as the ranking has, at most `most` of each group.

    Whose group is empty is in none, and the cap is nothing to it.
    """
    places = sum(one.winner for one in ranked)
    taken: dict[str, list[Standing]] = {}
    winners: list[Standing] = []
    passed: list[PassedOver] = []
    for one in ranked:
        if len(winners) == places:
            break
        group = groups[one.id]
        inside = taken.setdefault(group, [])
        if group and len(inside) >= most:
            passed.append(PassedOver(one, group, inside))
        else:
            inside.append(one)
            winners.append(one)
    return Capped(winners, passed, places - len(winners))
