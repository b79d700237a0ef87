"""Where jurors part ways: each sheet beside what its nomination got from the others; pure."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from award.ranking.standings import Standing

_STEPS = (0.5, 1.0, 2.0)  # standard deviations of a sheet
_ABOVE, _BELOW = ("h0", "h1", "h2", "h3"), ("h0", "l1", "l2", "l3")


class Cell(msgspec.Struct, frozen=True):
    """How far a sheet lies above (or below) its nomination, the juror's leniency taken off.

    `tone` is "h1" to "h3" above, "l1" to "l3" below, "h0" near it.
    """

    off: float
    tone: str


class Row(msgspec.Struct, frozen=True):
    """A nomination with a cell for each juror, None where there is no sheet."""

    standing: Standing
    cells: list[Cell | None]


def rows(result: Mapping[str, Any], ranked: Sequence[Standing], jurors: Sequence[str]) -> list[Row]:
    """For the nominations of `ranked`, the jurors in this order."""
    effects = {one["id"]: one["effect"] for one in result["jurors"]}
    usual = math.sqrt(result["variances"]["residual"])

    def cell(one: Standing, juror: str) -> Cell | None:
        given = one.given.get(juror)
        return None if given is None else _cell(given - effects[juror] - one.corrected, usual)

    return [Row(one, [cell(one, juror) for juror in jurors]) for one in ranked]


def _cell(off: float, usual: float) -> Cell:
    steps = sum(abs(off) > step * usual for step in _STEPS) if usual > 0 else 0
    return Cell(off, (_BELOW if off < 0 else _ABOVE)[steps])
