"""A run as files: a table for a spreadsheet, and all that one needs to compute it again; pure."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from award.kit.tables import quoted

STANDING_COLUMNS = (
    *("place", "reference", "title", "network", "state"),
    *("sheets", "mean", "decided_by"),
)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark for spreadsheets; a text that they would take for a formula is quoted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(
        [quoted(value) if isinstance(value, str) else value for value in row] for row in rows
    )
    return text.getvalue().encode("utf-8-sig")


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
