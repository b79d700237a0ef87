"""One number for each score sheet, also where criteria are missing; pure.

x is a juror's points on a criterion, mapped by the declared ends of its scale, never by the
observed ones; w the criteria's weights with sum 1; b_c the mean of criterion c over the complete
sheets. With O the criteria that a sheet scores, its value is

    y = sum_O w_c (x_c - b_c) / sum_O w_c + sum_c w_c b_c

so that a missing criterion, hard or easy, neither helps nor hurts. For a complete sheet this is
the weighted mean. Source: the method's own description, "Composite".
"""

import math
from collections.abc import Iterable, Mapping, Sequence

import msgspec

FEWEST_COMPLETE = 2
_ROUNDING = 1e-9


class Measure(msgspec.Struct, frozen=True):
    """A criterion as it is computed with: its weight (any unit) and its scale's declared ends."""

    key: str
    weight: float
    low: float
    high: float


class ScoredSheet(msgspec.Struct, frozen=True):
    """One juror's points on one nomination, by criterion; None (or no entry) is missing."""

    id: str
    nomination: str
    juror: str
    points: Mapping[str, float | None]


class Composite(msgspec.Struct, frozen=True):
    """The value of a sheet and the share of the weight that its scored criteria have."""

    sheet: ScoredSheet
    value: float
    weight_present: float


class LeftOut(msgspec.Struct, frozen=True):
    """A sheet whose scored criteria have too little of the weight."""

    sheet: ScoredSheet
    weight_present: float


class Composites(msgspec.Struct, frozen=True):
    """Every sheet that counts, those that do not, and b_c by criterion."""

    counted: list[Composite]
    left_out: list[LeftOut]
    centres: dict[str, float]


def composites(
    sheets: Iterable[ScoredSheet],
    measures: Sequence[Measure],
    *,
    min_weight_present: float = 0.5,
    in_percent: bool = False,
) -> Composites:
    """The value of every sheet, in the order of the sheets.

    Values are 0 to 100 with `in_percent` or where the scales differ, else on the one declared
    scale. A sheet without any score is always left out.
    """
    ends = {(one.low, one.high) for one in measures}
    by_share = in_percent or len(ends) > 1
    enough: list[tuple[ScoredSheet, dict[str, float], float]] = []
    too_little: list[LeftOut] = []
    for sheet in sheets:
        points = _mapped(sheet, measures, by_share=by_share)
        present = _present(points, measures)
        if present > 0 and present >= min_weight_present - _ROUNDING:
            enough.append((sheet, points, present))
        else:
            too_little.append(LeftOut(sheet, present))
    centres = _centres([points for _, points, _ in enough], measures)
    # A criterion that nobody scored says nothing about anybody: the others carry its weight.
    weights = {one.key: one.weight for one in measures if one.key in centres}
    return Composites(
        [Composite(one, _value(points, weights, centres), part) for one, points, part in enough],
        too_little,
        centres,
    )


def _mapped(sheet: ScoredSheet, measures: Sequence[Measure], *, by_share: bool) -> dict[str, float]:
    """The points that are there, as 0 to 100 of the scale or as they are."""
    given = ((one, sheet.points.get(one.key)) for one in measures)
    return {
        one.key: (100 * (points - one.low) / (one.high - one.low) if by_share else points)
        for one, points in given
        if points is not None
    }


def _present(points: Mapping[str, float], measures: Sequence[Measure]) -> float:
    """The share of the whole weight that the scored criteria have."""
    there = math.fsum(one.weight for one in measures if one.key in points)
    return there / math.fsum(one.weight for one in measures)


def _centres(
    sheets: Sequence[Mapping[str, float]], measures: Sequence[Measure]
) -> dict[str, float]:
    """b_c over the complete sheets; with fewer than two of them over all scores of c."""
    complete = [points for points in sheets if all(one.key in points for one in measures)]
    source = complete if len(complete) >= FEWEST_COMPLETE else sheets
    found: dict[str, float] = {}
    for one in measures:
        column = [points[one.key] for points in source if one.key in points]
        if column:
            found[one.key] = math.fsum(column) / len(column)
    return found


def _value(
    points: Mapping[str, float], weights: Mapping[str, float], centres: Mapping[str, float]
) -> float:
    whole = math.fsum(weights.values())
    there = math.fsum(weights[key] for key in points)
    base = math.fsum(weights[key] * centres[key] for key in weights) / whole
    if there >= whole * (1 - _ROUNDING):  # the plain weighted mean, free of the centres' rounding
        return math.fsum(weights[key] * points[key] for key in points) / whole
    beside = math.fsum(weights[key] * (points[key] - centres[key]) for key in points)
    return beside / there + base
