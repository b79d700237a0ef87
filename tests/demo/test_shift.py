"""The story's times in the present: whole days, by the clock on the wall."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from award.demo.phases import DEADLINE, PHASES
from award.demo.shift import Shift, shift_to

BERLIN = ZoneInfo("Europe/Berlin")


def wall(instant: datetime) -> str:
    return instant.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("told", "days", "expected"),
    [
        # winter to winter, winter to summer, summer to winter: the clock shows the same time
        ("2014-03-15T00:00:00+01:00", 4638, "2026-11-25 00:00:00"),
        ("2014-03-15T00:00:00+01:00", 120, "2014-07-13 00:00:00"),
        ("2014-05-22T14:00:00+02:00", 200, "2014-12-08 14:00:00"),
        # the hour that does not exist is the one after it
        ("2014-03-15T02:30:00+01:00", 15, "2014-03-30 03:30:00"),
    ],
)
def test_times_of_the_clock_stay(told: str, days: int, expected: str) -> None:
    assert wall(Shift(days).moved(datetime.fromisoformat(told))) == expected


@pytest.mark.parametrize("phase", list(PHASES))
@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC),  # the night in which an hour is skipped
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # the night in which an hour comes twice
        datetime(2028, 2, 29, 23, 30, tzinfo=UTC),
    ],
)
def test_the_phase_is_now(phase: str, now: datetime) -> None:
    moved = shift_to(PHASES[phase], now).moved(PHASES[phase])
    assert moved <= now < moved + timedelta(hours=25)


def test_an_hour_before_its_time_the_phase_began_yesterday() -> None:
    noon = datetime(2026, 11, 23, 12, 0, tzinfo=BERLIN)
    told = PHASES["judging"]
    assert shift_to(told, noon).days == shift_to(told, noon - timedelta(hours=1)).days + 1


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 23, tzinfo=BERLIN), 2023),  # its deadline was in 2026
        (datetime(2027, 1, 10, tzinfo=BERLIN), 2023),  # and here still in the year before
        (datetime(2014, 4, 6, 12, tzinfo=BERLIN), 2011),
    ],
)
def test_years_move_with_the_deadline(now: datetime, expected: int) -> None:
    assert shift_to(PHASES["judging"], now).year(2011) == expected


def test_the_call_is_three_weeks_before_the_deadline() -> None:
    assert wall(PHASES["call"]) == "2014-02-22 00:00:00"
    assert wall(DEADLINE) == "2014-03-15 00:00:00"
