"""How far the weights of the criteria decide who is ahead; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from award.ranking.changes import Change, change
from award.ranking.standings import Standing

_NEARLY = 0.99  # of sets of similar weights, from which on it is called nearly all


class Line(msgspec.Struct, frozen=True):
    """A criterion with its share of the weight.

    From `low` to `high` the same nominations win, the other weights in proportion. `without` is
    what changes if it is left out, None if nothing else counts.
    """

    key: str
    weight: float
    low: float
    high: float
    without: Change | None


class Similar(msgspec.Struct, frozen=True):
    """In how many of a hundred sets of similar weights who would win.

    `certain` of the winners are ahead in nearly all; `unsure` are those who are in some and not in
    others, with their share, in the order of the ranking; a winner also if that is in hardly any.
    """

    certain: int
    unsure: list[tuple[Standing, float]]

    @property
    def weakest(self) -> tuple[Standing, float] | None:
        """The winner who is ahead least often, None if all are certain."""
        return min((one for one in self.unsure if one[0].winner), key=_share, default=None)


def _share(one: tuple[Standing, float]) -> float:
    return one[1]


def lines(
    frozen: Mapping[str, Any], result: Mapping[str, Any], ranked: Sequence[Standing]
) -> list[Line]:
    """For each criterion of the run."""
    found = result["weights"]
    whole = sum(one["weight"] for one in frozen["criteria"])
    return [_line(one["key"], one["weight"] / whole, found, ranked) for one in frozen["criteria"]]


def _line(key: str, weight: float, found: Mapping[str, Any], ranked: Sequence[Standing]) -> Line:
    low, high = found["stability"][key]
    winners = found["winners_without"][key]
    return Line(key, weight, low, high, change(ranked, winners) if winners else None)


def similar(result: Mapping[str, Any], ranked: Sequence[Standing]) -> Similar:
    """From the draws of the run."""
    shares = [(one, result["weights"]["smaa"][one.id]["p_winner"]) for one in ranked]
    return Similar(
        certain=sum(one.winner and share > _NEARLY for one, share in shares),
        unsure=[
            (one, share)
            for one, share in shares
            if share <= _NEARLY and (one.winner or share >= 1 - _NEARLY)
        ],
    )
