"""Where a nomination stands, in the stations that its network may know of."""

from datetime import datetime

import msgspec

from award.kit.i18n import day, moment
from award.kit.i18n import gettext as _
from award.nominations.queries import Days, Entry
from award.programmes.calendar import is_over


class Station(msgspec.Struct, frozen=True):
    """A station on the way; `state` is done, current or open."""

    label: str
    note: str
    state: str


def stations(entry: Entry, days: Days, now: datetime) -> list[Station]:
    """Received, checked, in judging, decided. Never a score, nothing about others."""
    received = entry.submission.at if entry.submission else None
    way = [
        Station(_("Received"), moment(received, weekday=False) if received else "", "done"),
        _checked(entry, days, now),
    ]
    if entry.withdrawal is not None:
        left = Station(_("withdrawn"), day(entry.withdrawal.at), "done")
        return [*(way if entry.check else way[:1]), left]
    if entry.state == "not_admitted":
        return way
    return [*way, _judged(entry, days, now), _decided(entry, days, now)]


def _checked(entry: Entry, days: Days, now: datetime) -> Station:
    label = _("Formally checked")
    if entry.check is not None:
        words = _("admitted") if entry.check.is_admitted else _("not admitted")
        return Station(label, f"{words}, {day(entry.check.at)}", "done")
    if entry.opened is not None and entry.reopening is not None and days.are_open(now):
        return Station(label, _("something is missing"), "current")
    end = days.formal_check.ends_at if days.formal_check else None
    note = _("until %(day)s", day=day(end)) if end else ""
    return Station(label, note, "current")


def _judged(entry: Entry, days: Days, now: datetime) -> Station:
    label = _("In judging")
    if days.judging is None:
        return Station(label, "", "open")
    if is_over(days.last_judging, now):
        return Station(label, _("The jury has read and scored."), "done")
    if entry.check is not None and days.are_judged(now):
        end = days.last_judging.ends_at if days.last_judging else None
        return Station(label, _("until %(day)s", day=day(end)) if end else "", "current")
    return Station(label, _("from %(day)s on", day=day(days.judging.starts_at)), "open")


def _decided(entry: Entry, days: Days, now: datetime) -> Station:
    label, planned = _("Decided"), days.announcement
    if planned is None:
        return Station(label, "", "open")
    note = _("announced on %(day)s", day=day(planned.starts_at))
    if planned.starts_at <= now and entry.check is not None:
        return Station(label, note, "done")
    is_next = entry.check is not None and is_over(days.last_judging, now)
    return Station(label, note, "current" if is_next else "open")
