"""Times of the story moved to the present, by whole days on the wall clock; pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from award.demo.phases import DEADLINE, ZONE
from award.programmes.calendar import shifted


class Shift(msgspec.Struct, frozen=True):
    """What lies between the story and the present, in days."""

    days: int

    def moved(self, told: datetime) -> datetime:
        """The instant at which something told happens now: the same time of the clock."""
        return shifted(told, self.days, ZONE)

    def year(self, told: int) -> int:
        """A year told as such, moved by the whole years between the two deadlines."""
        here = self.moved(DEADLINE).astimezone(ZoneInfo(ZONE))
        return told + here.year - DEADLINE.year


def shift_to(told_now: datetime, now: datetime) -> Shift:
    """The shift after which the story's "now" was last, within a day before the present."""
    zone = ZoneInfo(ZONE)
    days = (now.astimezone(zone).date() - told_now.astimezone(zone).date()).days
    if shifted(told_now, days, ZONE) > now:
        days -= 1
    return Shift(days)
