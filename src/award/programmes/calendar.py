"""What the calendar says; pure. An end is the first instant that is too late."""

from datetime import datetime, timedelta
from typing import Protocol


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


def time_left(phase: Stretch, now: datetime) -> timedelta | None:
    """How long until the end; None without one, never negative."""
    return None if phase.ends_at is None else max(phase.ends_at - now, timedelta())
