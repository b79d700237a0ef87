"""A later deadline for a single nomination."""

from datetime import datetime

from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit import i18n
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.nominations import mails, queries
from award.nominations.actions.deadline import check_not_checked, check_not_withdrawn
from award.nominations.models import Extension, Nomination
from award.nominations.queries import Days
from award.nominations.queries.extensions import extensions
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
    given = extensions(db, nomination.id)
    days = queries.days(db, edition.id).extended(given[0].ends_at if given else None)
    _check_possible(days, ends_at, at)
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
