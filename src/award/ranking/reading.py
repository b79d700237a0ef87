"""Score sheets from files, a row at a time; what is wrong is named by file, line and column."""

import csv
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import msgspec
import numpy as np

from award.ranking.maths.sheets import Criterion, Sheets
from award.ranking.maths.table import Table


class BadInput(Exception):
    """What is wrong with a file, in words that say where and what to do."""


class _Given(msgspec.Struct):
    """A criterion as it stands in the file."""

    id: str
    weight: float
    min: float
    max: float


def read_criteria(path: Path) -> tuple[Criterion, ...]:
    """The criteria with their weights and scales; raises BadInput."""
    try:
        given = msgspec.json.decode(path.read_bytes(), type=list[_Given])
    except (OSError, msgspec.DecodeError) as error:
        raise BadInput(
            f"{path}: {_reason(error)}. "
            "Expected is a list of criteria, each with id, weight, min and max."
        ) from error
    if not given:
        raise BadInput(f"{path}: there is no criterion in it.")
    seen: set[str] = set()
    for one in given:
        if one.id in seen:
            raise BadInput(f"{path}: the criterion “{one.id}” stands there twice.")
        if not (math.isfinite(one.weight) and one.weight > 0):
            raise BadInput(
                f"{path}: the weight of “{one.id}” is {one.weight:g}. It must be more than zero."
            )
        if not one.min < one.max:
            raise BadInput(
                f"{path}: the scale of “{one.id}” begins at {one.min:g} and ends at {one.max:g}. "
                "It must end above its beginning."
            )
        seen.add(one.id)
    return tuple(Criterion(one.id, one.weight, one.min, one.max) for one in given)


def _reason(error: Exception) -> str:
    return str(error.strerror) if isinstance(error, OSError) else str(error)


def read_sheets(path: Path, criteria: Sequence[Criterion]) -> Sheets:
    """The points of every sheet; raises BadInput. Sheets whose scores are all missing stay."""
    return _Reader(path, criteria).sheets()


def read_values(path: Path) -> Table:
    """Ready composites, one row for each nomination and juror; raises BadInput."""
    return _Reader(path, ()).values()


def has_criteria(path: Path) -> bool:
    """Whether the file has one row for each criterion; raises BadInput."""
    with _opened(path) as source:
        return "criterion" in _header(path, csv.reader(source))


def read_column(path: Path, name: str) -> dict[str, str]:
    """A column of a file of nominations, by nomination; raises BadInput."""
    with _opened(path) as source:
        reader = csv.reader(source)
        key, value = _places(path, _header(path, reader), ("nomination", name))
        return {
            row[key].strip(): row[value].strip() for row in reader if len(row) > max(key, value)
        }


def read_names(path: Path) -> frozenset[str]:
    """The nominations that a file names in its column `nomination`; raises BadInput."""
    named = frozenset(read_column(path, "nomination")) - {""}
    if not named:
        raise BadInput(f"{path}: there is no nomination in it.")
    return named


def _opened(path: Path) -> IO[str]:
    try:
        return path.open(newline="", encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}.") from error


def _header(path: Path, reader: Iterator[list[str]]) -> list[str]:
    try:
        first = next(reader, None)
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{path}: this is no CSV in UTF-8 ({error}).") from error
    if first is None:
        raise BadInput(f"{path}: the file is empty.")
    return [one.strip() for one in first]


def _places(path: Path, header: list[str], names: Sequence[str]) -> list[int]:
    missing = dict.fromkeys(name for name in names if name not in header)
    if missing:
        raise BadInput(
            f"{path}, line 1: the column {', '.join(missing)} is missing. "
            f"There are: {', '.join(header)}."
        )
    return [header.index(name) for name in names]


class _Reader:
    """Rows of nomination, juror, perhaps criterion, and score; names become numbers at once."""

    def __init__(self, path: Path, criteria: Sequence[Criterion]) -> None:
        self.path = path
        self.criteria = {one.id: (place, one) for place, one in enumerate(criteria)}
        self.order = tuple(criteria)
        self.nominations: dict[str, int] = {}
        self.jurors: dict[str, int] = {}
        self.sheet: dict[tuple[int, int], int] = {}

    def sheets(self) -> Sheets:
        columns = ("nomination", "juror", "criterion", "score")
        width, cells = len(self.order), {}
        for line, (nomination, juror, key, score) in self._rows(columns):
            if key not in self.criteria:
                known = ", ".join(self.criteria)
                raise self._bad(line, "criterion", f"“{key}” is no criterion; there are: {known}")
            place, criterion = self.criteria[key]
            cell = self._sheet(nomination, juror) * width + place
            if cell in cells:
                raise self._bad(line, "score", f"{juror} scored {nomination} on {key} before")
            cells[cell] = self._score(line, score, criterion)
        points = np.full(len(self.sheet) * width, np.nan)
        points[list(cells)] = list(cells.values())
        table, order = self._table(np.zeros(len(self.sheet)))
        return Sheets(table, self.order, points.reshape(-1, width)[order])

    def values(self) -> Table:
        values: list[float] = []
        for line, (nomination, juror, score) in self._rows(("nomination", "juror", "score")):
            if self._sheet(nomination, juror) < len(values):
                raise self._bad(line, "score", f"{juror} scored {nomination} before")
            values.append(self._score(line, score, None))
        given = np.array(values)
        table = self._table(given)[0]
        return table.only(~np.isnan(table.value))

    def _rows(self, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        with _opened(self.path) as source:
            reader = csv.reader(source, strict=True)
            places = _places(self.path, _header(self.path, reader), columns)
            last, some = max(places), False
            try:
                for row in reader:
                    if len(row) <= last:
                        if not any(row):
                            continue
                        raise self._bad(reader.line_num, columns[places.index(last)], "is missing")
                    some = True
                    yield reader.line_num, [row[place].strip() for place in places]
            except (UnicodeDecodeError, csv.Error) as error:
                raise BadInput(f"{self.path}, line {reader.line_num + 1}: {error}.") from error
        if not some:
            raise BadInput(f"{self.path}: there is no score in it.")

    def _sheet(self, nomination: str, juror: str) -> int:
        """The number of a sheet, a new one where there was none."""
        at = self.nominations.setdefault(nomination, len(self.nominations))
        by = self.jurors.setdefault(juror, len(self.jurors))
        return self.sheet.setdefault((at, by), len(self.sheet))

    def _score(self, line: int, text: str, criterion: Criterion | None) -> float:
        if not text:
            return math.nan
        try:
            score = float(text)
        except ValueError:
            score = math.nan
        if not math.isfinite(score):
            raise self._bad(line, "score", f"“{text}” is not a number")
        if criterion is not None and not criterion.low <= score <= criterion.high:
            scale = f"{criterion.low:g} to {criterion.high:g}"
            raise self._bad(
                line, "score", f"{text} is outside the scale of {criterion.id}, {scale}"
            )
        return score

    def _table(
        self, value: "np.typing.NDArray[np.float64]"
    ) -> tuple[Table, "np.typing.NDArray[np.intp]"]:
        """The sheets in the order of all tables, and where each stood before."""
        nominations, jurors = sorted(self.nominations), sorted(self.jurors)
        at = np.empty(len(nominations), dtype=np.intp)
        at[[self.nominations[name] for name in nominations]] = np.arange(len(nominations))
        by = np.empty(len(jurors), dtype=np.intp)
        by[[self.jurors[name] for name in jurors]] = np.arange(len(jurors))
        pairs = np.array(list(self.sheet), dtype=np.intp).reshape(-1, 2)
        nomination, juror = at[pairs[:, 0]], by[pairs[:, 1]]
        order = np.lexsort((juror, nomination))
        table = Table(nominations, jurors, nomination[order], juror[order], value[order])
        return table, order

    def _bad(self, line: int, column: str, what: str) -> BadInput:
        return BadInput(f"{self.path}, line {line}, column {column}: {what}.")
