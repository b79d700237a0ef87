"""A juror's own numbers: the value of one sheet and the levels given so far; pure."""

from collections.abc import Iterable, Mapping

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


def own_value(marks: Iterable[tuple[float, int | None]], low: int, high: int) -> float | None:
    """The weighted mean of a sheet on a scale from 0 to 100, None if nothing can be assessed.

    `marks` are pairs of weight and points; what is not assessable (None) is left out and the
    other weights count for more, so it is never zero.
    """
    given = [(weight, points) for weight, points in marks if points is not None]
    total = sum(weight for weight, _ in given)
    if not total:
        return None
    mean = sum(weight * points for weight, points in given) / total
    return 100 * (mean - low) / (high - low)


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
