"""The border of the winners: who is inside, and who would come in if a winner fell behind; pure."""

import msgspec
import numpy as np

from award.ranking.maths.ranks import SAME
from award.ranking.maths.table import Flags, Floats


class Border(msgspec.Struct, frozen=True):
    """`inside` (n,) marks the winners, `outside` (n,) those who take a place that becomes free.

    In neither is whoever is not ranked, or was passed over by a rule that is no matter of scores.
    """

    inside: Flags
    outside: Flags

    @classmethod
    def of(cls, score: Floats, winners: int) -> "Border":
        """After the `winners` highest of `score` (n,); among equals the first in the list."""
        inside = np.zeros(len(score), dtype=bool)
        inside[np.argsort(-score, kind="stable")[:winners]] = True
        return cls(inside, ~inside)

    def lowest(self, score: Floats) -> float:
        """The score of the last winner; infinite without a winner."""
        return float(score[self.inside].min(initial=np.inf))

    def highest(self, score: Floats) -> float:
        """The score of the first who does not win; minus infinite if all do."""
        return float(score[self.outside].max(initial=-np.inf))

    def holds(self, score: Floats) -> bool:
        """Whether the same would win with these scores (n,), a tie being no reason to change.

        A score of minus infinity is that of a nomination without any sheet: it cannot win.
        """
        lowest = self.lowest(score)
        return lowest > -np.inf and lowest >= self.highest(score) - SAME
