"""Declaring a conflict of interest, pointing one out, and deciding on it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.jury import queries
from award.jury.models import Assignment, Conflict, ConflictDecision, Seat, Sheet
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.nominations.models import Nomination

_QUIET = {"synchronize_session": False}


def declare(  # noqa: PLR0913 - what is declared on what, by whom and when
    db: Session,
    seat: Seat,
    nomination: Nomination,
    *,
    kind: str,
    statement: str,
    source: str = "juror",
    by: Actor,
    at: datetime,
) -> Conflict:
    """Say that a juror may be partial; from now on the nomination does not exist for the juror.

    `source` is juror, match (found by comparing organisations) or hint (somebody else said so).
    Raises Refused when it was said before, or once a round with a sheet on it is opened.
    """
    if _is_known(db, seat, nomination):
        message = _("A conflict of interest on this nomination is on record already.")
        raise Refused("known", message)
    conflict = Conflict(
        seat_id=seat.id,
        nomination_id=nomination.id,
        kind=kind,
        statement=statement,
        source=source,
        reported_at=at,
        reported_by=by.account_id,
    )
    db.add(conflict)
    db.flush()
    action = "jury.declare_conflict" if source == "juror" else "jury.report_conflict"
    record(db, action, conflict.id, by=by, at=at, edition=seat.edition_id)
    return conflict


def hint(  # noqa: PLR0913 - what is pointed out, by whom and when
    db: Session,
    seat: Seat,
    nomination: Nomination,
    *,
    kind: str,
    statement: str,
    by: Actor,
    at: datetime,
) -> Conflict:
    """Enter what somebody else pointed out; raises Refused as `declare` does."""
    return declare(
        db, seat, nomination, kind=kind, statement=statement, source="hint", by=by, at=at
    )


def decide(  # noqa: PLR0913 - what is decided on what, by whom and when
    db: Session,
    conflict_id: str,
    edition_id: str,
    *,
    is_excluded: bool,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    """Exclude the juror from the nomination or let the juror judge it; once, with a reason.

    Raises Refused when it was decided before, or once a round with a sheet on it is opened.
    """
    conflict = db.get_one(Conflict, conflict_id)
    _take_turns(db, conflict.seat_id, conflict.nomination_id)
    if db.get(ConflictDecision, conflict_id) is not None:
        raise Refused("decided", _("This was decided already."))
    if queries.is_frozen_for(db, conflict.nomination_id, conflict.seat_id):
        raise Refused("opened", _("The scores of this round were opened. Nothing can change now."))
    db.add(
        ConflictDecision(
            conflict_id=conflict_id,
            is_excluded=is_excluded,
            reason=reason,
            by=by.account_id,
            at=at,
        )
    )
    db.flush()
    action = "jury.exclude" if is_excluded else "jury.admit_juror"
    record(db, action, conflict_id, by=by, at=at, edition=edition_id)


def _is_known(db: Session, seat: Seat, nomination: Nomination) -> bool:
    _take_turns(db, seat.id, nomination.id)
    if queries.is_frozen_for(db, nomination.id, seat.id):
        raise Refused("opened", _("The scores of this round were opened. Nothing can change now."))
    return queries.has_conflict(db, seat.id, nomination.id)


def _take_turns(db: Session, seat_id: str, nomination_id: str) -> None:
    """Lock the juror's sheets, as an opening does: what counts must not change while it is read."""
    own = select(Assignment.id).where(
        Assignment.seat_id == seat_id, Assignment.nomination_id == nomination_id
    )
    turned = update(Sheet).where(Sheet.assignment_id.in_(own))
    db.execute(turned.values(version=Sheet.version + 1), execution_options=_QUIET)
