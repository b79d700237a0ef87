"""Which nominations are to be reminded of their deadline, or told that it has moved."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from award.nominations.models import (
    Extension,
    Nomination,
    Reminder,
    Reopening,
    Submission,
    ToldOfMove,
    Withdrawal,
)
from award.nominations.queries.extensions import OWN_DEADLINE
from award.programmes.models import Edition, Phase, PhaseMove

_TOLD_WITHIN = timedelta(days=7)


def waiting(
    db: Session, edition_id: str, ends_at: datetime, hours_before: int, *, limit: int
) -> list[Nomination]:
    """The drafts begun before that mark whose writers were not reminded of this deadline at it.

    Whoever was given a later one has a deadline of their own, see `waiting_longer`.
    """
    query = (
        _unreminded(edition_id, ends_at, hours_before)
        .outerjoin(OWN_DEADLINE, OWN_DEADLINE.c.nomination_id == Nomination.id)
        .where(
            Nomination.created_at <= ends_at - timedelta(hours=hours_before),
            Submission.id.is_(None),
            or_(OWN_DEADLINE.c.ends_at.is_(None), OWN_DEADLINE.c.ends_at <= ends_at),
        )
    )
    return list(db.scalars(query.limit(limit)))


def waiting_longer(
    db: Session, edition_id: str, ends_at: datetime, hours_before: int, *, limit: int
) -> list[Nomination]:
    """The same of those whose own deadline this is, if they were given it before that mark.

    Also those who were to supply what the formal check misses and have not handed in again.
    """
    given = and_(
        Extension.nomination_id == Nomination.id,
        Extension.ends_at == ends_at,
        Extension.at <= ends_at - timedelta(hours=hours_before),
    )
    supplies = and_(Extension.sections.is_not(None), Reopening.nomination_id.is_not(None))
    query = (
        _unreminded(edition_id, ends_at, hours_before)
        .join(OWN_DEADLINE, _is_own(ends_at))
        .join(Extension, given)
        .outerjoin(Reopening, Reopening.nomination_id == Nomination.id)
        .where(or_(Submission.id.is_(None), supplies))
    )
    return list(db.scalars(query.limit(limit)))


def own_deadlines(db: Session, now: datetime) -> list[tuple[Edition, datetime]]:
    """Every deadline to come that single nominations were given, with its edition."""
    query = (
        select(Edition, OWN_DEADLINE.c.ends_at)
        .distinct()
        .select_from(OWN_DEADLINE)
        .join(Nomination, Nomination.id == OWN_DEADLINE.c.nomination_id)
        .join(Edition, Edition.id == Nomination.edition_id)
        .join(Phase, and_(Phase.edition_id == Edition.id, Phase.kind == "nominations"))
        .where(OWN_DEADLINE.c.ends_at > now, OWN_DEADLINE.c.ends_at > Phase.ends_at)
        .order_by(OWN_DEADLINE.c.ends_at, Edition.slug)
    )
    return [(row.Edition, row.ends_at) for row in db.execute(query)]


def untold_moves(
    db: Session, now: datetime, *, limit: int
) -> list[tuple[PhaseMove, Edition, Nomination]]:
    """Whom to tell that the deadline for all has moved: the last move of it, if it is recent.

    Not those who were given a deadline of their own that is later still.
    """
    told = and_(ToldOfMove.move_id == PhaseMove.id, ToldOfMove.nomination_id == Nomination.id)
    query = (
        select(PhaseMove, Edition, Nomination)
        .join(Phase, and_(Phase.id == PhaseMove.phase_id, Phase.kind == "nominations"))
        .join(Edition, Edition.id == PhaseMove.edition_id)
        .join(Nomination, Nomination.edition_id == Edition.id)
        .outerjoin(Withdrawal, Withdrawal.nomination_id == Nomination.id)
        .outerjoin(ToldOfMove, told)
        .outerjoin(OWN_DEADLINE, OWN_DEADLINE.c.nomination_id == Nomination.id)
        .where(
            PhaseMove.new_ends_at == Phase.ends_at,
            PhaseMove.new_ends_at != PhaseMove.old_ends_at,
            PhaseMove.at > now - _TOLD_WITHIN,
            PhaseMove.new_ends_at > now,
            Nomination.created_at <= PhaseMove.at,
            Withdrawal.nomination_id.is_(None),
            ToldOfMove.move_id.is_(None),
            or_(OWN_DEADLINE.c.ends_at.is_(None), OWN_DEADLINE.c.ends_at < PhaseMove.new_ends_at),
        )
        .order_by(PhaseMove.at, PhaseMove.id, Nomination.id)
    )
    return [(row[0], row[1], row[2]) for row in db.execute(query.limit(limit))]


def _is_own(ends_at: datetime) -> ColumnElement[bool]:
    return and_(OWN_DEADLINE.c.nomination_id == Nomination.id, OWN_DEADLINE.c.ends_at == ends_at)


def _unreminded(edition_id: str, ends_at: datetime, hours_before: int) -> Select[Nomination]:
    """What is not withdrawn, and was not reminded of this deadline at this mark."""
    reminded = and_(
        Reminder.nomination_id == Nomination.id,
        Reminder.ends_at == ends_at,
        Reminder.hours_before == hours_before,
    )
    return (
        select(Nomination)
        .outerjoin(Submission, Submission.nomination_id == Nomination.id)
        .outerjoin(Withdrawal, Withdrawal.nomination_id == Nomination.id)
        .outerjoin(Reminder, reminded)
        .where(
            Nomination.edition_id == edition_id,
            Withdrawal.nomination_id.is_(None),
            Reminder.nomination_id.is_(None),
        )
        .order_by(Nomination.id)
    )
