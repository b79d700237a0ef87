"""The acceptance tables: each file in `data` names its source."""

import csv
import json
from pathlib import Path
from typing import Any

from award.ranking.maths.table import Table

DATA = Path(__file__).parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as source:
        return list(csv.DictReader(source))


def expected(name: str) -> Any:
    return json.loads((DATA / name).read_text("utf-8"))


def table(name: str, nomination: str, juror: str, value: str) -> Table:
    """A table of ready composites, by the names of its columns."""
    return Table.of((row[nomination], row[juror], float(row[value])) for row in rows(name))


def mini() -> Table:
    return table("miniA_composite.csv", "nomination", "juror", "y")
