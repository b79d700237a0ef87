"""One nomination of a run, line by line, so that it can be added up by hand; pure."""

from typing import Any

import msgspec


class Column(msgspec.Struct, frozen=True):
    """A criterion: the share of the weight that it has, and its mean in the field (0 to 100)."""

    key: str
    weight: float
    centre: float | None


class Line(msgspec.Struct, frozen=True):
    """A juror's sheet: points by column (None is missing), their shares, and its value.

    A sheet with too little of the weight has no value and does not count.
    """

    juror: str
    round: str
    points: list[float | None]
    shares: list[float | None]
    value: float | None

    @property
    def is_complete(self) -> bool:
        return None not in self.points


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """`base` is what a sheet starts from whose criteria are not all scored."""

    nomination: str
    columns: list[Column]
    lines: list[Line]
    mean: float
    low: float
    high: float
    base: float

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


def explained(frozen: dict[str, Any], result: dict[str, Any], nomination: str) -> Explained | None:
    """The computation of one ranked nomination; None if the run does not rank it."""
    standing = next((o for o in result["standings"] if o["nomination"] == nomination), None)
    if standing is None:
        return None
    sheets = [one for one in frozen["sheets"] if one["nomination"] == nomination]
    columns = _columns(frozen, result["centres"])
    return Explained(
        nomination=nomination,
        columns=columns,
        lines=[_line(one, columns, result["sheets"].get(one["id"])) for one in sheets],
        mean=standing["mean"],
        low=sheets[0]["low"],
        high=sheets[0]["high"],
        base=sum(one.weight * (one.centre or 0) for one in columns),
    )


def _columns(frozen: dict[str, Any], centres: dict[str, float]) -> list[Column]:
    whole = sum(one["weight"] for one in frozen["criteria"] if one["key"] in centres)
    return [
        Column(
            one["key"],
            one["weight"] / whole if one["key"] in centres else 0,
            centres.get(one["key"]),
        )
        for one in frozen["criteria"]
    ]


def _line(sheet: dict[str, Any], columns: list[Column], value: float | None) -> Line:
    points = [sheet["points"].get(column.key) for column in columns]
    low, high = sheet["low"], sheet["high"]
    shares = [None if one is None else 100 * (one - low) / (high - low) for one in points]
    return Line(sheet["juror"], sheet["round"], points, shares, value)
