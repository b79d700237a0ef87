"""What the two drawings of a run show: the first places, and how strictly jurors judge; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from award.ranking.plot import Plot, Spot, caterpillar
from award.ranking.standings import Standing

MOST = 25  # places that are drawn
HALF = 1.645  # standard deviations to each side hold 90 % of a normal distribution


def places(ranked: Sequence[Standing], named: Mapping[str, Any], *, on_paper: bool = False) -> Plot:
    """The scores of the first with their intervals, and the line below the last winner."""
    first = ranked[:MOST]
    spots = [_spot(one, named[one.id].title) for one in first]
    cut = sum(one.winner for one in first)
    # A page is narrower than a screen: on it, the letters are larger beside the rest.
    size = {"width": 760.0, "labels": 310.0, "right": 60.0} if on_paper else {}
    return caterpillar(spots, cut=cut, **size)


def jurors(ordered: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Plot:
    """How far each juror lies above or below the others."""
    spots = [_juror(one, names.get(one["id"], "")) for one in ordered]
    return caterpillar(spots, labels=210, width=560, right=20)


def by_effect(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The jurors from the strictest to the mildest."""
    return sorted(result["jurors"], key=lambda one: (one["effect"], one["id"]))


def _spot(one: Standing, label: str) -> Spot:
    tone = "" if one.is_clear and not one.winner else "win" if one.is_clear else "close"
    return Spot(_printable(label), one.score, one.score_low, one.score_high, str(one.rank), tone)


def _juror(one: Mapping[str, Any], name: str) -> Spot:
    half = HALF * one["effect_sd"]
    return Spot(_printable(name), one["effect"], one["effect"] - half, one["effect"] + half)


def _printable(words: str) -> str:
    """A drawing that is a file of its own takes no control characters."""
    return "".join(sign if sign.isprintable() else " " for sign in words)
