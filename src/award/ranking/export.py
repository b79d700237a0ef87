"""A run as files: a table for a spreadsheet, and all that one needs to compute it again; pure."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

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


def as_json(run: dict[str, Any]) -> bytes:
    """The same run always gives the same bytes; indented, since people read it too."""
    return json.dumps(run, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
