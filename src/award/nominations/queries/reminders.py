"""Which drafts are to be reminded of their deadline."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from award.nominations.models import Extension, Nomination, Reminder, Submission, Withdrawal


def waiting(
    db: Session, edition_id: str, ends_at: datetime, hours_before: int, *, limit: int
) -> list[Nomination]:
    """The drafts begun before that mark whose writers were not reminded of this deadline at it."""
    reminded = and_(
        Reminder.nomination_id == Nomination.id,
        Reminder.ends_at == ends_at,
        Reminder.hours_before == hours_before,
    )
    query = (
        select(Nomination)
        .outerjoin(Submission, Submission.nomination_id == Nomination.id)
        .outerjoin(Withdrawal, Withdrawal.nomination_id == Nomination.id)
        .outerjoin(Reminder, reminded)
        .where(
            Nomination.edition_id == edition_id,
            Nomination.created_at <= ends_at - timedelta(hours=hours_before),
            Submission.id.is_(None),
            Withdrawal.nomination_id.is_(None),
            Reminder.nomination_id.is_(None),
            ~_has_more_time(ends_at),
        )
        .order_by(Nomination.id)
        .limit(limit)
    )
    return list(db.scalars(query))


def _has_more_time(ends_at: datetime) -> ColumnElement[bool]:
    """It was given a later deadline, of which its own letter tells."""
    later = select(Extension.id).where(
        Extension.nomination_id == Nomination.id, Extension.ends_at > ends_at
    )
    return later.exists()
