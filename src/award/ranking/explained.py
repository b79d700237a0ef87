"""One nomination of a run, line by line, so that it can be added up by hand; pure."""

from collections.abc import Mapping
from typing import Any

import msgspec

from award.ranking.scale import share
from award.ranking.standings import Standing


class Column(msgspec.Struct, frozen=True):
    """A criterion: the share of the weight that it has, and its mean in the field (0 to 100)."""

    key: str
    weight: float
    centre: float | None


class Line(msgspec.Struct, frozen=True):
    """A juror's sheet: points by column (None is missing), their shares, and its value.

    `leniency` is what the juror gives more than colleagues, `corrected` the value without it. A
    sheet with too little of the weight has no value and does not count.
    """

    juror: str
    round: str
    scale: tuple[float, float]
    points: list[float | None]
    shares: list[float | None]
    value: float | None
    leniency: float

    @property
    def is_complete(self) -> bool:
        return None not in self.points

    @property
    def corrected(self) -> float | None:
        return None if self.value is None else self.value - self.leniency


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """`middle` is the field's; a nomination keeps the share `keep` of its distance to it.

    `base` is what a sheet starts from whose criteria are not all scored.
    """

    standing: Standing
    columns: list[Column]
    lines: list[Line]
    base: float
    middle: float
    keep: float

    @property
    def has_rounds(self) -> bool:
        """Whether its sheets come from several rounds."""
        return len({line.round for line in self.lines}) > 1

    @property
    def scales(self) -> list[tuple[float, float]]:
        """From the lowest to the highest points; rounds may have different ones."""
        return sorted({line.scale for line in self.lines})

    @property
    def counted(self) -> list[Line]:
        return [line for line in self.lines if line.value is not None]

    @property
    def example(self) -> Line | None:
        """A complete sheet, to be computed before the reader's eyes."""
        return next((line for line in self.counted if line.is_complete), None)

    @property
    def is_complete(self) -> bool:
        return all(line.is_complete for line in self.counted)


def explained(frozen: Mapping[str, Any], result: Mapping[str, Any], one: Standing) -> Explained:
    """The computation of a ranked nomination."""
    sheets = [sheet for sheet in frozen["sheets"] if sheet["nomination"] == one.id]
    columns = _columns(frozen, result["centres"])
    effects = {juror["id"]: juror["effect"] for juror in result["jurors"]}
    return Explained(
        standing=one,
        columns=columns,
        lines=[_line(sheet, columns, one.given.get(sheet["juror"]), effects) for sheet in sheets],
        base=sum(column.weight * (column.centre or 0) for column in columns),
        middle=result["mu"],
        keep=_kept(result["variances"], one.sheets),
    )


def _columns(frozen: Mapping[str, Any], centres: Mapping[str, float | None]) -> list[Column]:
    scored = [one for one in frozen["criteria"] if centres.get(one["key"]) is not None]
    whole = sum(one["weight"] for one in scored)
    return [
        Column(one["key"], one["weight"] / whole if one in scored else 0, centres.get(one["key"]))
        for one in frozen["criteria"]
    ]


def _line(
    sheet: Mapping[str, Any],
    columns: list[Column],
    value: float | None,
    effects: Mapping[str, float],
) -> Line:
    points = [sheet["points"].get(column.key) for column in columns]
    scale = (sheet["low"], sheet["high"])
    shares = [None if one is None else share(one, *scale) for one in points]
    leniency = effects.get(sheet["juror"], 0.0)
    return Line(sheet["juror"], sheet["round"], scale, points, shares, value, leniency)


def _kept(variances: Mapping[str, float], sheets: int) -> float:
    """n/(n + se2/st2), as in `maths.corrected`; 1 if all are of one mind."""
    nomination, noise = variances["nomination"], variances["residual"] / sheets
    return nomination / (nomination + noise) if nomination + noise > 0 else 1.0
