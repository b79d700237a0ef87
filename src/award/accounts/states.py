"""The federal states, one of which a network may name; pure."""

import csv
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("states.csv")


@cache
def states() -> list[dict[str, str]]:
    """The federal states as choices: {"key", "de", "en"}."""
    with _FILE.open(newline="", encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    return [{"key": row["code"], "de": row["name_de"], "en": row["name_en"]} for row in rows]


def is_state(code: str) -> bool:
    return any(state["key"] == code for state in states())
