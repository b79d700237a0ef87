"""What the calendar says; pure. An end is the first instant that is too late."""

from collections.abc import Iterable, Mapping
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


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A phase among the others of its edition; `turn` is the place of its round, 0 without one."""

    id: str
    kind: str
    turn: int = 0
    starts_at: datetime
    ends_at: datetime | None


class Clash(msgspec.Struct, frozen=True):
    """Two phases in the wrong order: when `later` begins, `earlier` is not over or not begun."""

    earlier: Placed
    later: Placed
    instant: datetime  # the first at which the later one may begin
    is_end: bool  # whether that is the end of the earlier one, not its beginning


# Only where one needs what the other brings: the rest may overlap, and any may be left out.
_BEGUN_BEFORE = {
    ("call", "nominations"),
    ("nominations", "formal_check"),
    ("nominations", "conflicts"),
    ("formal_check", "judging"),
    ("conflicts", "judging"),
}
_OVER_BEFORE = {
    ("nominations", "judging"),
    ("judging", "meeting"),
    ("judging", "announcement"),
    ("meeting", "announcement"),
}


def clashes(moved: Placed, others: Iterable[Placed]) -> list[Clash]:
    """Where a phase with its new times would be in the wrong order, the gravest first."""
    pairs = [pair for one in others for pair in ((one, moved), (moved, one))]
    found = [clash for earlier, later in pairs if (clash := _clash(earlier, later)) is not None]
    return sorted(found, key=lambda one: one.later.starts_at - one.instant)


def _clash(earlier: Placed, later: Placed) -> Clash | None:
    kinds = (earlier.kind, later.kind)
    rounds = kinds == ("judging", "judging") and earlier.turn < later.turn
    is_end = rounds or kinds in _OVER_BEFORE
    if not (is_end or kinds in _BEGUN_BEFORE):
        return None
    instant = earlier.ends_at if is_end else earlier.starts_at
    if instant is None or instant <= later.starts_at:
        return None
    return Clash(earlier, later, instant, is_end)


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
