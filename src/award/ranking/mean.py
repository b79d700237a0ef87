"""The mean of each nomination over its sheets, and of each of its criteria; pure."""

import math
from collections.abc import Iterable

import msgspec

from award.ranking.composite import Composite


class Mean(msgspec.Struct, frozen=True):
    """A nomination's mean value (unit of the composites) over `sheets` score sheets.

    `criteria` holds the mean points of each criterion that was scored, on its own scale.
    """

    nomination: str
    value: float
    sheets: int
    criteria: dict[str, float]


def means(counted: Iterable[Composite]) -> list[Mean]:
    """One mean per nomination, every juror with the same say; ordered by the nomination's id."""
    by_nomination: dict[str, list[Composite]] = {}
    for one in counted:
        by_nomination.setdefault(one.sheet.nomination, []).append(one)
    return [_mean(nomination, by_nomination[nomination]) for nomination in sorted(by_nomination)]


def _mean(nomination: str, counted: list[Composite]) -> Mean:
    columns: dict[str, list[float]] = {}
    for one in counted:
        for key, points in one.sheet.points.items():
            if points is not None:
                columns.setdefault(key, []).append(points)
    return Mean(
        nomination,
        _middle([one.value for one in counted]),
        len(counted),
        {key: _middle(columns[key]) for key in sorted(columns)},
    )


def _middle(values: list[float]) -> float:
    """The exactly rounded sum by the number: the order of the values does not matter."""
    return math.fsum(values) / len(values)
