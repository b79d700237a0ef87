"""The practice round as it is told in the shipped data; read once, never changed; pure."""

import csv
import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


@cache
def _file(name: str) -> Any:
    return json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))


def nominations() -> list[dict[str, Any]]:
    """The 62 nominations in the order of their numbers."""
    found: list[dict[str, Any]] = _file("nominations")["nominations"]
    return found


def drafts() -> list[dict[str, Any]]:
    """The three drafts that were never handed in."""
    found: list[dict[str, Any]] = _file("nominations")["drafts"]
    return found


def timeline() -> dict[str, tuple[datetime, datetime | None]]:
    """The stretches of the round by their German names, as told (an end is the last instant)."""
    rows = _file("nominations")["edition"]["timeline"]
    return {row["phase"]: (instant(row["from"]), row["to"] and instant(row["to"])) for row in rows}


def jury() -> dict[str, Any]:
    """Members, conflicts and assignments."""
    found: dict[str, Any] = _file("jury")
    return found


def instant(told: str) -> datetime:
    return datetime.fromisoformat(told)


def decision() -> dict[str, Any]:
    """Who wins, and why."""
    found: dict[str, Any] = _file("decision")
    return found


@cache
def scores() -> list[dict[str, str]]:
    """One row for each score of a juror on a criterion."""
    with (_DATA / "scores.csv").open(newline="", encoding="utf-8") as source:
        return list(csv.DictReader(source))
