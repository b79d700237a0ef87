"""What a round judges, and who reads what."""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.jury import queries
from award.jury.actions.sheets import exclude_sheet
from award.jury.models import Assignment, RoundEntry, Sheet
from award.kit.actor import Actor
from award.kit.errors import NotFound, Refused
from award.kit.i18n import gettext as _
from award.programmes import queries as programmes
from award.programmes.calendar import has_begun
from award.programmes.models import Round

_PLACES = 1 << 30


def enter_round(  # noqa: PLR0913 - what comes into which round, by whom and when
    db: Session,
    round_: Round,
    nomination_ids: Collection[str],
    *,
    calibration: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> int:
    """Let the round judge these nominations; those that are in it stay. Returns how many are new.

    `calibration` are those that all jurors of the round read. Raises Refused after the opening.
    """
    _check_sealed(db, round_)
    new = sorted(set(nomination_ids) - queries.entry_ids(db, round_.id))
    if not new:
        return 0
    rows = [
        {
            "round_id": round_.id,
            "nomination_id": one,
            "is_calibration": one in calibration,
            "at": at,
        }
        for one in new
    ]
    db.execute(insert(RoundEntry), rows)
    record(
        db, "jury.enter_round", round_.id, by=by, at=at, edition=round_.edition_id, number=len(new)
    )
    return len(new)


def take_over_admitted(db: Session, round_: Round, *, by: Actor, at: datetime) -> int:
    """Let the round judge all admitted nominations; returns how many are new."""
    return enter_round(db, round_, queries.admitted(db, round_.edition_id), by=by, at=at)


def assign(  # noqa: PLR0913 - who reads what in which round, by whom and when
    db: Session,
    round_: Round,
    nomination_id: str,
    seat_id: str,
    *,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Assignment:
    """Give a nomination to a juror, at a place in the juror's pile that is drawn at random.

    Raises Refused on a conflict, twice, or without a reason once judging has begun.
    """
    _check_change(db, round_, reason, at)
    _check_pair(db, round_, nomination_id, seat_id)
    made = Assignment(
        round_id=round_.id,
        nomination_id=nomination_id,
        seat_id=seat_id,
        position=secrets.randbelow(_PLACES),
        at=at,
        by=by.account_id,
        reason=reason,
    )
    db.add(made)
    db.flush()
    db.add(Sheet(assignment_id=made.id))
    db.flush()
    about = {"nomination": nomination_id, "seat": seat_id}
    record(db, "jury.assign", made.id, by=by, at=at, edition=round_.edition_id, **about)
    return made


def unassign(  # noqa: PLR0913 - what is taken away, by whom and when
    db: Session, round_: Round, assignment: Assignment, *, reason: str, by: Actor, at: datetime
) -> None:
    """Take a nomination away from a juror.

    A sheet on which the juror has written stays on record and does not count. Raises Refused
    without a reason once judging has begun.
    """
    _check_change(db, round_, reason, at)
    if queries.is_touched(db, assignment.id):
        exclude_sheet(db, assignment, edition_id=round_.edition_id, reason=reason, by=by, at=at)
        return
    about = {"nomination": assignment.nomination_id, "seat": assignment.seat_id}
    db.execute(delete(Sheet).where(Sheet.assignment_id == assignment.id))
    db.execute(delete(Assignment).where(Assignment.id == assignment.id))
    record(db, "jury.unassign", assignment.id, by=by, at=at, edition=round_.edition_id, **about)


def _check_change(db: Session, round_: Round, reason: str, at: datetime) -> None:
    _check_sealed(db, round_)
    phase = programmes.phase(db, round_.edition_id, "judging", round_.id)
    if not reason.strip() and has_begun(phase, at):
        message = _("Judging has begun. Please say why this changes.")
        raise Refused("reason", errors={"reason": message})


def _check_sealed(db: Session, round_: Round) -> None:
    if queries.is_opened(db, round_.id):
        raise Refused("opened", _("The scores of this round were opened. Nothing can change now."))


def _check_pair(db: Session, round_: Round, nomination_id: str, seat_id: str) -> None:
    queries.seat_in(db, round_.edition_id, seat_id)
    if not queries.is_entered(db, round_.id, nomination_id):
        raise NotFound
    if queries.has_blocking_conflict(db, seat_id, nomination_id):
        message = _("This juror has a conflict of interest here and cannot read this nomination.")
        raise Refused("conflict", errors={"seat": message})
    known = queries.assignment_of(db, round_.id, nomination_id, seat_id)
    if known is not None:
        message = _("This juror has this nomination already, or gave it back.")
        raise Refused("assigned", errors={"seat": message})
