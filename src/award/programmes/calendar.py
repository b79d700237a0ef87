"""What the calendar says; pure. An end is the first instant that is too late."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol, TypeAlias
from zoneinfo import ZoneInfo

import msgspec

Span: TypeAlias = tuple[datetime, datetime | None]
LAST_SECOND = timedelta(seconds=1)
_YEARS = range(1900, 3000)


class Stretch(Protocol):
    """Anything with a beginning and an end, such as a phase."""

    starts_at: datetime
    ends_at: datetime | None


def has_begun(phase: Stretch | None, now: datetime) -> bool:
    return phase is not None and phase.starts_at <= now


def is_over(phase: Stretch | None, now: datetime) -> bool:
    return phase is not None and phase.ends_at is not None and phase.ends_at <= now


def is_running(phase: Stretch | None, now: datetime) -> bool:
    return has_begun(phase, now) and not is_over(phase, now)


class RoundPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A round to be made, with its judging phase from `starts_at` until just before `ends_at`."""

    name: dict[str, str]
    starts_at: datetime
    ends_at: datetime | None
    jurors_per_nomination: int = 5
    min_sheets: int = 3
    shortlist_size: int | None = None
    carries_earlier_sheets: bool = True


def shifted(instant: datetime, days: int, zone: str) -> datetime:
    """The same time of the clock some days later, also across a change of the clocks."""
    here = instant.astimezone(ZoneInfo(zone))
    return (here + timedelta(days=days)).astimezone(UTC)


def days_between(instant: datetime, day: date, zone: str) -> int:
    """How many days lie between an instant's day in the zone and another day."""
    return (day - instant.astimezone(ZoneInfo(zone)).date()).days


def wall_time(text: str) -> datetime:
    """A time of the clock as it is typed.

    Raises ValueError for what is none, and for years that not every zone can tell of.
    """
    wall = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    if wall.year not in _YEARS:
        raise ValueError(text)
    return wall


def instant_of(wall: datetime, zone: str, *, later: bool = False) -> datetime | None:
    """The instant of a time of the clock; None if the clocks skip it that night.

    In the night in which an hour comes twice it is the first one, or with `later` the second.
    """
    here = wall.replace(tzinfo=ZoneInfo(zone), fold=int(later))
    instant = here.astimezone(UTC)
    back = instant.astimezone(here.tzinfo).replace(tzinfo=None)
    return instant if back == wall.replace(tzinfo=None, fold=0) else None


def wall_clock(instant: datetime | None, zone: str) -> str:
    """What an input for day and time holds; empty without an instant."""
    if instant is None:
        return ""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat(timespec="seconds")


def planned(row: Mapping[str, Any], first_day: date, zone: str) -> Span:
    """A stretch of the shipped timeline, counted in days from the first day of nominations."""
    begin = _on(first_day, row["startDay"], row["startTime"], zone)
    if row["endDay"] is None:
        return begin, None
    return begin, _on(first_day, row["endDay"], row["endTime"], zone)


def _on(first_day: date, days: int, clock: str, zone: str) -> datetime:
    wall = datetime.combine(first_day + timedelta(days=days), time.fromisoformat(clock))
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
