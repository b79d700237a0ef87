"""An edition's way in a few steps, for visitors and for those who run it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from award.kit.i18n import day, ngettext
from award.kit.i18n import gettext as _
from award.programmes.calendar import LAST_SECOND, Stretch, has_begun, is_over, is_running
from award.programmes.models import Phase


class Step(msgspec.Struct, frozen=True):
    """A step as the macro draws it; `state` is "done", "current" or "open"."""

    label: str
    note: str
    state: str


class _Span(msgspec.Struct):
    """Several phases taken together."""

    starts_at: datetime
    ends_at: datetime | None


def call_steps(phases: Sequence[Phase], now: datetime, announced: datetime | None) -> list[Step]:
    """The steps that a visitor follows; those that this edition leaves out are not there."""
    labels = {
        "call": _("Call"),
        "nominations": _("Nominating"),
        "formal_check": _("Formal check"),
        "judging": _("Jury"),
        "announcement": _("Announcement"),
    }
    found = {kind: _together([p for p in phases if p.kind == kind]) for kind in labels}
    return [
        _step(kind, label, span, now, announced)
        for kind, label in labels.items()
        if (span := found[kind])
    ]


def _together(phases: Sequence[Phase]) -> _Span | None:
    if not phases:
        return None
    ends = [one.ends_at for one in phases if one.ends_at]
    return _Span(min(one.starts_at for one in phases), max(ends) if ends else None)


def _step(kind: str, label: str, span: _Span, now: datetime, announced: datetime | None) -> Step:
    if kind == "announcement":
        when = announced or span.starts_at
        return Step(label, day(when), "done" if announced else state(span, now))
    if kind == "call":
        begun = has_begun(span, now)
        words = _("since %(day)s") if begun else _("from %(day)s on")
        return Step(label, words % {"day": day(span.starts_at, year=False)}, _done(begun))
    return Step(label, span_words(span, now), state(span, now))


def _done(condition: bool) -> str:  # noqa: FBT001 - one word from one condition
    return "done" if condition else "open"


def state(span: Stretch, now: datetime) -> str:
    """Done, current or open."""
    if is_over(span, now):
        return "done"
    return "current" if has_begun(span, now) else "open"


def span_words(span: Stretch, now: datetime) -> str:
    """From when until when in few words, while it runs with the days that are left."""
    if span.ends_at is None:
        return _("from %(day)s on", day=day(span.starts_at))
    last = span.ends_at - LAST_SECOND
    if is_running(span, now):
        left = (span.ends_at - now) // timedelta(days=1)
        rest = ngettext("%(num)s day left", "%(num)s days left", left) if left else _("today")
        return _("until %(day)s, %(left)s", day=day(last, year=False), left=rest)
    end = day(last, year=last.year != now.year)
    if is_over(span, now):
        return _("until %(day)s", day=end)
    if day(span.starts_at) == day(last):
        return end
    begin = day(span.starts_at, year=span.starts_at.year != last.year)
    return _("%(first)s to %(last)s", first=begin, last=end)
