"""The stretches of time that a nomination lives by."""

from datetime import datetime

import msgspec

from award.programmes.calendar import Stretch, has_begun, is_running
from award.programmes.models import Phase


class Stretched(msgspec.Struct):
    """The phase of nominations with a later end."""

    starts_at: datetime
    ends_at: datetime | None


class Days(msgspec.Struct, frozen=True):
    """The phases that a nomination lives by; each may be missing.

    `deadline` is that of all, whatever a single nomination was given.
    """

    nominations: Stretch | None
    deadline: datetime | None
    formal_check: Phase | None
    judging: Phase | None  # of the first round
    last_judging: Phase | None
    announcement: Phase | None

    def extended(self, until: datetime | None) -> "Days":
        """With the deadline of a nomination that was given a later one; never into the judging."""
        now = self.nominations
        if until is not None and self.judging is not None:
            until = min(until, self.judging.starts_at)
        if until is None or now is None or now.ends_at is None or until <= now.ends_at:
            return self
        return msgspec.structs.replace(self, nominations=Stretched(now.starts_at, until))

    def are_open(self, now: datetime) -> bool:
        return is_running(self.nominations, now)

    def are_open_for_all(self, now: datetime) -> bool:
        """Whether also those may write that were given no more time of their own."""
        return self.are_open(now) and self.deadline is not None and now < self.deadline

    def are_checked(self, now: datetime) -> bool:
        """Whether the formal check has begun; without such a phase, when nominations are over."""
        if self.formal_check is not None:
            return has_begun(self.formal_check, now)
        return self.deadline is not None and self.deadline <= now

    def are_judged(self, now: datetime) -> bool:
        """Whether jurors of the first round may read."""
        return has_begun(self.judging, now)

    def are_awaited(self, now: datetime, *, has_extra_time: bool, is_reopened: bool) -> bool:
        """Whether a network is to supply what is missing, so that nothing is decided yet."""
        return has_extra_time and is_reopened and self.are_open(now)
