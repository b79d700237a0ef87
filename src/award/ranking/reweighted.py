"""The order that other weights of the criteria would give; pure.

A nomination's score is the mean of its scores by criterion (`Standing.parts`), each with its
weight. What is learnt of the jurors stays as it is at the weights of the run, see `maths.weights`.
"""

from collections.abc import Mapping, Sequence

import msgspec

from award.ranking.standings import Standing

_SAME = 1e-7  # the parts are stored with ten digits: what is nearer cannot be told apart


class Moved(msgspec.Struct, frozen=True):
    """A nomination at the place that it would have, and whether that is among the winners'."""

    standing: Standing
    place: int
    wins: bool

    @property
    def up(self) -> int:
        """By how many places it rises; below nought it falls."""
        return self.standing.rank - self.place


def reweighted(ranked: Sequence[Standing], weights: Mapping[str, float]) -> list[Moved]:
    """From the first place on; equals stay in the order of the ranking.

    `weights` have any sum; if all are 0 there is no order, and the list is empty.
    """
    whole = sum(weights.values())
    if whole <= 0:
        return []
    score = {
        one.id: sum(weight * one.parts[key] for key, weight in weights.items()) / whole
        for one in ranked
    }
    winners = sum(one.winner for one in ranked)
    return [
        Moved(one, place, place <= winners) for place, one in enumerate(_sorted(ranked, score), 1)
    ]


def _sorted(ranked: Sequence[Standing], score: Mapping[str, float]) -> list[Standing]:
    """The highest first; within a group of equals as they were ranked."""
    falling = sorted(ranked, key=lambda one: -score[one.id])
    groups: dict[str, int] = {}
    for before, one in zip([None, *falling], falling, strict=False):
        is_same = before is not None and score[before.id] - score[one.id] <= _SAME
        groups[one.id] = groups[before.id] if before is not None and is_same else len(groups)
    return sorted(ranked, key=lambda one: (groups[one.id], one.rank))
