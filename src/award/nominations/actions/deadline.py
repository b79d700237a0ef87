"""What may be done when: the refusals of the calendar and of a nomination's state."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from award.kit import i18n
from award.kit.db import rows
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.nominations.models import FormalCheck, Nomination, Reopening, Submission, Withdrawal
from award.nominations.queries import Days, extra_time
from award.nominations.queries.extensions import days_of
from award.programmes.calendar import has_begun, is_over
from award.programmes.models import Edition, Programme

_State: TypeAlias = type[Submission] | type[Reopening] | type[FormalCheck] | type[Withdrawal]
_STATES: tuple[_State, ...] = (Submission, Reopening, FormalCheck, Withdrawal)
# Written once: making a statement anew costs more than running it.
_EXISTS = {
    state: select(select(1).where(state.nomination_id == bindparam("nomination_id")).exists())
    for state in _STATES
}


def check_in_time(
    db: Session,
    edition: Edition,
    days: Days,
    at: datetime,
    *,
    afterwards: Callable[[Session], object] | None = None,
) -> None:
    """Refuse before nominations open and from the deadline on; `afterwards` writes it down."""
    if not has_begun(days.nominations, at):
        raise Refused("not_open", _("Nominations are not open yet."))
    if is_over(days.nominations, at):
        raise Refused("late", too_late(db, edition, days), afterwards=afterwards)


def too_late(db: Session, edition: Edition, days: Days) -> str:
    """When the deadline was, that nothing is lost, and whom to ask."""
    end = days.nominations.ends_at if days.nominations else None
    if end is None:
        return _("Nominations are not open yet.")
    last = end - timedelta(seconds=1)
    return _(
        "The deadline was %(day)s, %(time)s. Your draft is kept; contact %(contact)s.",
        day=i18n.day(last),
        time=i18n.time_of_day(last, seconds=True),
        contact=db.get_one(Programme, edition.programme_id).contact_email,
    )


def check_open(db: Session, nomination: Nomination) -> bool:
    """Refuse for what was withdrawn, or handed in and not reopened; returns if it was reopened."""
    _take_turns(db, nomination)
    is_handed_in = _exists(db, Submission, nomination)
    if is_handed_in:
        check_not_checked(db, nomination)
        if not _exists(db, Reopening, nomination):
            raise Refused("submitted", _("This nomination has been handed in and stays as it is."))
    _check_stays(db, nomination)
    return is_handed_in


def check_writable(db: Session, nomination: Nomination, section: str, at: datetime) -> bool:
    """Refuse where a section may not be changed now; returns whether it was reopened."""
    edition = db.get_one(Edition, nomination.edition_id)
    check_in_time(db, edition, days_of(db, nomination, at), at)
    is_reopened = check_open(db, nomination)
    if is_reopened:
        check_section_open(db, nomination, section, at)
    return is_reopened


def check_section_open(db: Session, nomination: Nomination, section: str, at: datetime) -> None:
    """Refuse, in the extra time of the formal check, for a section in which nothing is missing."""
    opened = extra_time.narrowed_to(db, nomination.id, at)
    if opened is not None and section not in opened:
        words = _("This part stays as it was handed in: only what is missing can be supplied now.")
        raise Refused("stays", words)


def check_not_checked(db: Session, nomination: Nomination) -> None:
    """Refuse once the formal check has been decided."""
    if _exists(db, FormalCheck, nomination):
        raise Refused("checked", _("Its form has been checked, so it stays as it was handed in."))


def check_not_withdrawn(db: Session, nomination: Nomination) -> None:
    """Refuse for what was taken back."""
    _take_turns(db, nomination)
    _check_stays(db, nomination)


def _take_turns(db: Session, nomination: Nomination) -> None:
    """Lock the nomination and read it anew: a save and a handing in at once must not mix."""
    db.refresh(nomination, with_for_update=True)


def _check_stays(db: Session, nomination: Nomination) -> None:
    if _exists(db, Withdrawal, nomination):
        raise Refused("withdrawn", _("This nomination has been withdrawn."))


def _exists(db: Session, state: _State, nomination: Nomination) -> bool:
    return bool(rows(db, _EXISTS[state], {"nomination_id": nomination.id}).scalar())
