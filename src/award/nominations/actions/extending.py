"""A later deadline for a single nomination, and the extra time of the formal check."""

from datetime import datetime

from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit import i18n
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.nominations import mails, queries
from award.nominations.actions.deadline import check_not_checked, check_not_withdrawn
from award.nominations.answers import sections as form_sections
from award.nominations.models import Extension, Nomination, Reopening
from award.nominations.queries import Days, extra_time
from award.nominations.queries.extensions import extensions
from award.programmes import queries as programmes
from award.programmes.calendar import has_begun
from award.programmes.models import Edition


def extend(  # noqa: PLR0913 - until when, why, who, when
    db: Session,
    nomination: Nomination,
    *,
    ends_at: datetime,
    reason: str,
    by: Actor,
    at: datetime,
    public_url: str,
) -> Extension:
    """Let the network write until `ends_at`, the first instant that is too late, and tell it so.

    Only ever later, and never into the judging. Refused before nominations open, once jurors may
    read, and for what is withdrawn or checked.
    """
    edition = db.get_one(Edition, nomination.edition_id)
    check_not_withdrawn(db, nomination)
    check_not_checked(db, nomination)
    _check_possible(_days(db, nomination), ends_at, at)
    row = Extension(
        nomination_id=nomination.id, ends_at=ends_at, reason=reason, by=str(by.account_id), at=at
    )
    db.add(row)
    db.flush()
    record(
        db, "nominations.extended", nomination.id, by=by, at=at, edition=edition.id,
        until=ends_at.isoformat(),
    )  # fmt: skip
    mails.extended(db, edition, nomination, row, public_url=public_url, at=at)
    return row


def give_extra_time(  # noqa: PLR0913 - for what, until when, what is missing, who, when
    db: Session,
    nomination: Nomination,
    *,
    sections: list[str],
    ends_at: datetime,
    missing: str,
    by: Actor,
    at: datetime,
    public_url: str,
) -> Extension:
    """Let the network supply what the formal check misses, in these sections; once, and tell it.

    What it handed in counts until it hands in again, so nothing is lost by letting the time pass.
    """
    edition = db.get_one(Edition, nomination.edition_id)
    check_not_withdrawn(db, nomination)
    check_not_checked(db, nomination)
    queries.submitted(db, nomination.id)
    if extra_time.opened(db, nomination.id) is not None:
        raise Refused("once", _("Extra time was given already. It is given once."))
    days = _days(db, nomination)
    if days.are_open(at):
        raise Refused("open", _("The deadline is not over: the network can still change it all."))
    _check_sections(db, edition, sections)
    _check_possible(days, ends_at, at)
    row = Extension(
        nomination_id=nomination.id, ends_at=ends_at, reason=missing, sections=sections,
        by=str(by.account_id), at=at,
    )  # fmt: skip
    db.add(row)
    if db.get(Reopening, nomination.id) is None:
        db.add(Reopening(nomination_id=nomination.id, at=at, by=by.account_id))
    db.flush()
    record(
        db, "nominations.gave_extra_time", nomination.id, by=by, at=at, edition=edition.id,
        until=ends_at.isoformat(), sections=sections,
    )  # fmt: skip
    mails.missing(db, edition, nomination, row, public_url=public_url, at=at)
    return row


def _days(db: Session, nomination: Nomination) -> Days:
    """The nomination's days with what it was given already."""
    given = extensions(db, nomination.id)
    found = queries.days(db, nomination.edition_id)
    return found.extended(given[0].ends_at if given else None)


def _check_sections(db: Session, edition: Edition, chosen: list[str]) -> None:
    keys = {one["key"] for one in form_sections(programmes.form_definition(db, edition.id))}
    if not chosen or not keys.issuperset(chosen):
        words = _("Please choose the parts in which something is missing.")
        raise Refused("sections", errors={"sections": words})


def _check_possible(days: Days, ends_at: datetime, at: datetime) -> None:
    if not has_begun(days.nominations, at):
        raise Refused("not_open", _("Nominations are not open yet."))
    if days.are_judged(at):
        raise Refused("judged", _("The jury has begun to read, so nothing more can be taken in."))
    now = days.nominations.ends_at if days.nominations else None
    if ends_at <= at or (now is not None and ends_at <= now):
        words = _("Please choose a time that is later than the present deadline.")
        raise Refused("too_early", errors={"ends_at": words})
    if days.judging is not None and ends_at > days.judging.starts_at:
        words = _("The jury begins to read on %(moment)s; the deadline has to come before.")
        begin = i18n.moment(days.judging.starts_at)
        raise Refused("judging", errors={"ends_at": words % {"moment": begin}})
