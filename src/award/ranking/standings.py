"""The places of a run as they are stored, with their types; pure."""

from collections.abc import Mapping
from typing import Any

import msgspec

CLEAR = 0.95  # the chance from which on a place among the winners is called clear


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A nomination's place in a run; values are 0 to 100.

    `corrected` is the mean of its sheets without the jurors' leniency, `score` that drawn towards
    the middle of the field by how few its sheets are. `score_low` to `score_high` and `rank_low`
    to `rank_high` hold 90 % of what could be. `p_winner` is the chance of being among the winners.
    `full` to `additive` are other methods' values; `criteria` the mean points by criterion, and
    `parts` the score by criterion: times the weights they are `score`. `given` are the values of
    its sheets by juror.
    """

    id: str
    rank: int
    winner: bool
    sheets: int
    score: float
    score_low: float
    score_high: float
    rank_low: int
    rank_high: int
    p_winner: float
    tied_with_last_winner: bool
    decided_by: str
    corrected: float
    mean: float
    full: float
    trimmed_mean: float
    median: float
    z_score: float
    borda: float
    additive: float
    criteria: dict[str, float | None]
    parts: dict[str, float]
    given: dict[str, float]

    @property
    def is_clear(self) -> bool:
        """Whether it would win, or not, nearly whichever jurors had been drawn."""
        return self.p_winner >= CLEAR or self.p_winner <= 1 - CLEAR


def standings(result: Mapping[str, Any]) -> list[Standing]:
    """From the first place on."""
    return msgspec.convert(result["nominations"], list[Standing])
