"""What the ranking says, before any number: which places are clear, and which are not; pure."""

from collections.abc import Sequence

import msgspec

from award.ranking.standings import CLEAR, Standing


class Answer(msgspec.Struct, frozen=True):
    """Of `winners` places `clear` are; `rivals` are those behind who may as well be ahead.

    The places from `first` to `last` are those that cannot be told apart with certainty.
    """

    winners: int
    clear: int
    rivals: int
    first: int
    last: int

    @property
    def is_clear(self) -> bool:
        return self.clear == self.winners

    @property
    def leading(self) -> int:
        """The winners whose place is not clear."""
        return self.winners - self.clear


def answer(ranked: Sequence[Standing]) -> Answer | None:
    """None if all that are ranked win, so that there is nothing to choose."""
    inside = [one for one in ranked if one.winner]
    behind = [one for one in ranked if not one.winner]
    if not inside or not behind:
        return None
    unclear = [one.rank for one in inside if one.p_winner < CLEAR]
    rivals = [one.rank for one in behind if one.p_winner > 1 - CLEAR]
    return Answer(
        winners=len(inside),
        clear=len(inside) - len(unclear),
        rivals=len(rivals),
        first=min(unclear, default=inside[-1].rank),
        last=max(rivals, default=behind[0].rank),
    )
