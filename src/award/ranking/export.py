"""A run as files: a table for a spreadsheet, and all that one needs to compute it again; pure."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from award.kit.tables import quoted
from award.ranking.standings import Standing

_NUMBERS = (
    *("rank_low", "rank_high", "p_winner", "winner", "tied_with_last_winner", "sheets"),
    *("score", "score_low", "score_high", "corrected", "mean", "trimmed_mean", "median"),
    *("z_score", "borda", "additive", "full", "decided_by"),
)
STANDING_COLUMNS = ("rank", "reference", "title", "network", "state", *_NUMBERS)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark for spreadsheets; a text that they would take for a formula is quoted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(
        [quoted(value) if isinstance(value, str) else value for value in row] for row in rows
    )
    return text.getvalue().encode("utf-8-sig")


def standing_rows(ranked: Iterable[Standing], named: Mapping[str, Any]) -> Iterator[list[object]]:
    """The rows of the standings; `named` gives what is known of a nomination by its id."""
    for one in ranked:
        who = named[one.id]
        yield [
            *(one.rank, who.reference, who.title, who.network_name, who.state),
            *(getattr(one, name) for name in _NUMBERS),
        ]


def as_json(value: Any) -> bytes:
    """The same value always gives the same bytes; indented, since people read it too."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
