"""The levels that a juror gave so far, as a drawing; pure."""

from collections.abc import Mapping

import msgspec

WIDTH, HEIGHT = 240, 118
_BASE, _TALLEST, _BAR = 92, 72, 36


class Bar(msgspec.Struct, frozen=True):
    """A bar of the drawing; lengths in units of its view box, `middle` is where the text stands."""

    level: int
    count: int
    x: float
    y: float
    width: float
    height: float
    middle: float


def bars(counts: Mapping[int, int], low: int, high: int) -> list[Bar]:
    """One bar for each level of the scale, the tallest as high as the drawing allows."""
    levels = range(low, high + 1)
    step = (WIDTH - 8) / len(levels)
    width = min(_BAR, step - 4)
    most = max([counts.get(level, 0) for level in levels] + [1])
    return [
        _bar(level, counts.get(level, 0), 4 + step * place + (step - width) / 2, width, most)
        for place, level in enumerate(levels)
    ]


def _bar(level: int, count: int, x: float, width: float, most: int) -> Bar:
    height = round(_TALLEST * count / most, 1)
    return Bar(
        level, count, round(x, 1), round(_BASE - height, 1), width, height, round(x + width / 2, 1)
    )
