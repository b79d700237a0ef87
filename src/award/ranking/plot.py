"""Where points and their intervals stand in a drawing; pure. Units are those of its view box."""

import math
from collections.abc import Sequence

import msgspec

WIDTH, ROW, TOP, FOOT = 1080.0, 30.0, 22.0, 26.0
_FEWEST_TICKS = 4


class Spot(msgspec.Struct, frozen=True):
    """What is drawn in a row: a point from `low` to `high`; `tone` says how it looks."""

    label: str
    value: float
    low: float
    high: float
    number: str = ""
    tone: str = ""


class Row(msgspec.Struct, frozen=True):
    """A spot at its place: `y` of the row, `x`, `left` and `right` of the point and its line."""

    spot: Spot
    y: float
    x: float
    left: float
    right: float


class Plot(msgspec.Struct, frozen=True):
    """`ticks` pair x with the value there; `cut` is the y of the line below row number `cut`."""

    height: float
    bottom: float
    ticks: list[tuple[float, int]]
    rows: list[Row]
    cut: float | None
    width: float


def caterpillar(
    spots: Sequence[Spot],
    *,
    labels: float = 330.0,
    width: float = WIDTH,
    right: float = 90.0,
    cut: int | None = None,
) -> Plot:
    """`labels` is the width that they have, `right` what stays free beside the rows.

    `cut` is how many rows are above the line.
    """
    low, high, step = _scale(spots)
    across = (width - right - labels) / (high - low)

    def x(value: float) -> float:
        return round(labels + across * (value - low), 1)

    bottom = TOP + ROW * len(spots) - ROW / 2
    return Plot(
        width=width,
        height=bottom + FOOT,
        bottom=bottom,
        ticks=[(x(value), value) for value in range(low, high + 1, step)],
        rows=[
            Row(one, TOP + ROW * at, x(one.value), x(one.low), x(one.high))
            for at, one in enumerate(spots)
        ],
        cut=TOP + ROW * cut - ROW / 2 if cut and cut < len(spots) else None,
    )


def _scale(spots: Sequence[Spot]) -> tuple[int, int, int]:
    """Ends that hold all, and the step between ticks."""
    low, high = min((s.low for s in spots), default=0), max((s.high for s in spots), default=1)
    step = _step(max(high - low, 1) / _FEWEST_TICKS)
    first = math.floor(low / step) * step
    return first, max(math.ceil(high / step) * step, first + step), step


def _step(least: float) -> int:
    """The largest of 1, 2, 5, 10, 20 … that is not above `least`, and at least 1."""
    power = int(10 ** max(0, math.floor(math.log10(least))))
    return power * max(one for one in (1, 2, 5) if one * power <= max(least, power))
