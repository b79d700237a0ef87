"""A run as files: a table for a spreadsheet, and all that one needs to compute it again; pure."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

STANDING_COLUMNS = (
    *("place", "reference", "title", "network", "state"),
    *("sheets", "mean", "decided_by"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark for spreadsheets; a text that they would take for a formula is quoted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    # A full-width sign is a formula to some spreadsheets; NFKC gives the plain one.
    first = unicodedata.normalize("NFKC", value.lstrip(" \N{NO-BREAK SPACE}")[:1])
    return f"'{value}" if first in _FORMULA and value else value


def standing_rows(result: dict[str, Any], named: Mapping[str, Any]) -> Iterator[list[object]]:
    """The rows of the standings; `named` gives what is known of a nomination by its id."""
    for one in result["standings"]:
        who = named[one["nomination"]]
        yield [
            *(one["place"], who.reference, who.title, who.network_name, who.state),
            *(one["sheets"], one["mean"], one["decided_by"]),
        ]


def as_json(run: dict[str, Any]) -> bytes:
    """The same run always gives the same bytes; indented, since people read it too."""
    return json.dumps(run, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
