"""A table as a file for a spreadsheet, in the language and the zone of whoever asked for it.

CSV is made for a double click: with a mark for UTF-8, and in German with semicolons and decimal
commas, which is what the spreadsheets of a German office expect; they put a line with commas into
one cell. In English it has commas and decimal points.
"""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import msgspec

from award.kit.i18n import language, local_time, zone_name

Cell: TypeAlias = str | int | float | datetime | None

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
_SIGNS = set("=+-@")
_BREAKS = set("\t\r\n")
_MOST_CHARACTERS = 32_767  # that a cell of XLSX can hold; xlsxwriter leaves a longer one empty
_LETTERS = 1.1  # the width of one in a column's own measure
_WIDEST = 60
_MOST_UNPACKED = 30_000_000  # bytes; a small file can unpack to very much


class Table(msgspec.Struct, frozen=True):
    """A name, the headings, and rows with a cell for each of them. A time has its zone."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(table: Table) -> bytes:
    """The table with a line for each row; what a spreadsheet would calculate is quoted."""
    text = io.StringIO()
    is_german = language.get() == "de"
    writer = csv.writer(text, delimiter=";" if is_german else ",", lineterminator="\r\n")
    writer.writerow([quoted(one) for one in table.columns])
    writer.writerows(
        [_plain(cell, "," if is_german else ".") for cell in row] for row in table.rows
    )
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """The table as a sheet with its headings in sight; texts are texts, times can be sorted.

    A text that is too long for a cell is cut and ends with "…".
    """
    return as_book([table])


def as_book(tables: Iterable[Table]) -> bytes:
    """The same with a sheet for each table."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - needed by those who download only

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        for table in tables:
            _write_sheet(book, table)
    return file.getvalue()


def _write_sheet(book: Any, table: Table) -> None:
    sheet = book.add_worksheet(table.name)
    write = _Writer(book, sheet)
    for column, heading in enumerate(table.columns):
        write.heading(column, heading)
        sheet.set_column(column, column, _width(heading, [row[column] for row in table.rows]))
    for line, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            write.cell(line, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


class Unreadable(Exception):
    """A file that is neither CSV nor XLSX, or unpacks to more than a table has."""


def cells_of(content: bytes) -> list[list[str]]:
    """The cells of a CSV, or of the first sheet of an XLSX, as texts; raises Unreadable."""
    try:
        rows = _sheet(content) if content.startswith(b"PK") else _lines(content)
    except (ValueError, OSError, csv.Error, zipfile.BadZipFile) as error:
        raise Unreadable from error
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def quoted(text: str) -> str:
    """The text with a ' before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether it begins, after blanks and what cannot be seen, with a sign that begins a formula.

    Some spreadsheets take the full-width forms for such signs too; NFKC gives the plain ones.
    """
    for letter in text:
        if letter in _BREAKS or unicodedata.normalize("NFKC", letter) in _SIGNS:
            return True
        if not (letter.isspace() or unicodedata.category(letter)[0] == "C"):
            return False
    return False


def _sheet(content: bytes) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - as above

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(one.file_size for one in packed.infolist()) > _MOST_UNPACKED:
            raise Unreadable
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [[_as_text(cell) for cell in row] for row in sheet.to_python()]
    except CalamineError as error:
        raise Unreadable from error


def _as_text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole else cell).strip()  # type: ignore[call-overload]


def _lines(content: bytes) -> list[list[str]]:
    """In UTF-8, or as older spreadsheets save it; the heading tells what parts the cells."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    if "\x00" in text:
        raise Unreadable
    heading = text.partition("\n")[0]
    delimiter = max(";,\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return [[cell.strip() for cell in row] for row in reader]


def _plain(cell: Cell, comma: str) -> str:
    if isinstance(cell, str):
        return quoted(cell)
    if isinstance(cell, datetime):  # year first, so that it is in order as a text too
        return f"{local_time(cell):%Y-%m-%d %H:%M:%S} {zone_name(cell)}"
    return "" if cell is None else str(cell).replace(".", comma)


class _Writer:
    """Writes cells by their kind; a kind's look is made once for the book."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book = book
        self._sheet = sheet
        self._heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        # The spreadsheet's own mark for "a text", also when somebody edits the cell.
        self._text = book.add_format({"quote_prefix": True})
        self._times: dict[str, Any] = {}

    def heading(self, column: int, text: str) -> None:
        self._sheet.write_string(0, column, text, self._heading)

    def cell(self, line: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            fits = cell if len(cell) <= _MOST_CHARACTERS else f"{cell[: _MOST_CHARACTERS - 1]}…"
            look = self._text if is_formula(fits) else None
            self._sheet.write_string(line, column, fits, look)
        elif isinstance(cell, datetime):
            time = local_time(cell).replace(tzinfo=None, microsecond=0)
            self._sheet.write_datetime(line, column, time, self._time(zone_name(cell)))
        elif cell is not None:
            self._sheet.write_number(line, column, cell)

    def _time(self, zone: str) -> Any:
        """A time of this zone: the cell holds a real one, the zone stands in its look."""
        if zone not in self._times:
            look = f'yyyy-mm-dd hh:mm:ss "{zone}"'
            self._times[zone] = self._book.add_format({"num_format": look})
        return self._times[zone]


def _width(heading: str, cells: Iterable[Cell]) -> float:
    letters = max([len(heading), *(len(_plain(cell, ".")) for cell in cells)])
    return min(letters, _WIDEST) * _LETTERS + 2
