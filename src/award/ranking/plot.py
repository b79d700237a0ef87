"""Where the dots of the means stand in the drawing; pure. Units are those of its view box."""

import math
from collections.abc import Sequence

import msgspec

WIDTH, LABELS, RIGHT = 1080.0, 330.0, 960.0
ROW, TOP, FOOT = 30.0, 22.0, 26.0
MOST = 25
_STEP = 10


class Dot(msgspec.Struct, frozen=True):
    """A nomination: where its row is, and where its dot."""

    place: int
    label: str
    x: float
    y: float
    wins: bool


class Plot(msgspec.Struct, frozen=True):
    """`ticks` pair x with the value there; `cut` is the y of the line below the last winner."""

    height: float
    bottom: float
    ticks: list[tuple[float, int]]
    dots: list[Dot]
    cut: float | None
    width: float = WIDTH


def dots(rows: Sequence[tuple[int, str, float]], winners: int) -> Plot:
    """Rows of place, label and mean (0 to 100), best first; at most 25 are drawn."""
    shown = rows[:MOST]
    low = math.floor(min((mean for _, _, mean in shown), default=0) / _STEP) * _STEP
    low = min(low, 100 - _STEP)
    bottom = TOP + ROW * len(shown) - ROW / 2
    drawn = [
        Dot(place, label, _x(mean, low), TOP + ROW * at, place <= winners)
        for at, (place, label, mean) in enumerate(shown)
    ]
    ahead = [one for one in drawn if one.wins]
    return Plot(
        height=bottom + FOOT,
        bottom=bottom,
        ticks=[(_x(value, low), value) for value in range(low, 101, _STEP)],
        dots=drawn,
        cut=ahead[-1].y + ROW / 2 if ahead and len(ahead) < len(drawn) else None,
    )


def _x(value: float, low: float) -> float:
    return round(LABELS + (RIGHT - LABELS) * (value - low) / (100 - low), 1)
