"""Score sheets with their criteria, and one number for each sheet, also where some are missing.

With x the score on a criterion, mapped by the declared ends of its scale, never by the observed
ones; w the weights with sum 1; b_c the mean of criterion c over the complete sheets; and O the
criteria that a sheet scores:

    y = sum_O w_c (x_c - b_c) / sum_O w_c + sum_c w_c b_c

so that a missing criterion, hard or easy, neither helps nor hurts. For a complete sheet this is
the weighted mean.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np

from award.ranking.maths.table import Flags, Floats, Table

FEWEST_COMPLETE = 2
_ROUNDING = 1e-9


class Criterion(msgspec.Struct, frozen=True):
    """Its weight (any unit, positive) and the declared ends of its scale."""

    id: str
    weight: float
    low: float
    high: float


class Sheets(msgspec.Struct, frozen=True):
    """N sheets on C criteria: `points` (N, C), NaN where a criterion was not scored.

    `table` names nomination and juror of each; its values are not looked at.
    """

    table: Table
    criteria: tuple[Criterion, ...]
    points: Floats

    @classmethod
    def of(
        cls, points: Mapping[tuple[str, str], Mapping[str, float]], criteria: Sequence[Criterion]
    ) -> "Sheets":
        """From the points of each (nomination, juror) by criterion."""
        names = sorted(points)
        table = Table.of((nomination, juror, 0.0) for nomination, juror in names)
        rows = [[points[name].get(one.id, np.nan) for one in criteria] for name in names]
        return cls(table, tuple(criteria), np.array(rows, dtype=float).reshape(-1, len(criteria)))


class Composites(msgspec.Struct, frozen=True):
    """The sheets that count with their values, and how they came about.

    `kept` (N,) tells which sheets count, `present` (N,) the share of the weight that each scores;
    `points` (kept, C) are theirs as computed with, `weights` (C,) add up to 1, `centres` (C,) are
    b_c (NaN for a criterion that nobody scored). `renormalised` (kept,) is the plain mean with the
    weights of the criteria present, in which a hard criterion that is missing helps.
    """

    table: Table
    renormalised: Floats
    kept: Flags
    present: Floats
    points: Floats
    weights: Floats
    centres: Floats


def composites(
    sheets: Sheets, *, min_weight_present: float = 0.5, in_percent: bool = False
) -> Composites:
    """Values are 0 to 100 with `in_percent` or where scales differ, else on the declared scale.

    A sheet without any score never counts. A criterion that nobody scored says nothing about
    anybody: the others carry its weight.
    """
    given = np.array([one.weight for one in sheets.criteria], dtype=float)
    scored = ~np.isnan(sheets.points)
    present = scored @ (given / given.sum())
    kept = (present > 0) & (present >= min_weight_present - _ROUNDING)
    points = _mapped(sheets, in_percent=in_percent)[kept]
    centres = _centres(points)
    weights = np.where(np.isnan(centres), 0.0, given)
    weights = weights / weights.sum() if weights.any() else given / given.sum()
    table = sheets.table.with_values(np.zeros(len(sheets.table))).only(kept)
    value, plain = _values(points, weights, centres), _renormalised(points, weights)
    return Composites(table.with_values(value), plain, kept, present, points, weights, centres)


def _mapped(sheets: Sheets, *, in_percent: bool) -> Floats:
    """The points as 0 to 100 of each scale, or as they are."""
    low = np.array([one.low for one in sheets.criteria])
    high = np.array([one.high for one in sheets.criteria])
    if in_percent or not is_shared(sheets.criteria):
        shares: Floats = 100 * (sheets.points - low) / (high - low)
        return shares
    return sheets.points


def is_shared(criteria: Iterable[Criterion]) -> bool:
    """Whether all criteria have the same scale."""
    return len({(one.low, one.high) for one in criteria}) <= 1


def _centres(points: Floats) -> Floats:
    """b_c over the complete sheets; with fewer than two of them over all scores of c."""
    complete = points[~np.isnan(points).any(axis=1)]
    source = complete if len(complete) >= FEWEST_COMPLETE else points
    there = ~np.isnan(source)
    total = np.where(there, source, 0.0).sum(axis=0)
    count = there.sum(axis=0)
    centres: Floats = np.full(points.shape[1], np.nan)
    np.divide(total, count, out=centres, where=count > 0)
    return centres


def _values(points: Floats, weights: Floats, centres: Floats) -> Floats:
    """The value of each sheet (kept,); for a complete sheet free of the rounding of the centres."""
    there = ~np.isnan(points) & (weights > 0)
    whole = there.sum(axis=1) == (weights > 0).sum()
    b = np.where(np.isnan(centres), 0.0, centres)
    beside = np.where(there, weights * (points - b), 0.0).sum(axis=1)
    part = (there * weights).sum(axis=1)
    found = np.divide(beside, part, out=np.zeros(len(points)), where=part > 0) + weights @ b
    plain = np.where(there, weights * points, 0.0).sum(axis=1)
    value: Floats = np.where(whole, plain, found)
    return value


def _renormalised(points: Floats, weights: Floats) -> Floats:
    there = ~np.isnan(points)
    plain: Floats = np.where(there, weights * points, 0.0).sum(axis=1) / (there @ weights)
    return plain
