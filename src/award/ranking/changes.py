"""Who would be ahead otherwise, told as who comes in and who goes out; pure."""

from collections.abc import Iterable, Sequence

import msgspec

from award.ranking.standings import Standing


class Change(msgspec.Struct, frozen=True):
    """Who would win in place of whom, both in the order of the ranking."""

    comes: list[Standing]
    goes: list[Standing]

    def __bool__(self) -> bool:
        return bool(self.comes or self.goes)


def change(ranked: Sequence[Standing], winners: Iterable[str]) -> Change:
    """From the winners of the ranking to these."""
    others = set(winners)
    return Change(
        comes=[one for one in ranked if one.id in others and not one.winner],
        goes=[one for one in ranked if one.winner and one.id not in others],
    )
