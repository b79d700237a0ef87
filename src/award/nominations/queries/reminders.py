"""Which drafts are to be reminded of their deadline."""

from datetime import datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from award.nominations.models import Nomination, Reminder, Submission, Withdrawal


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
        )
        .order_by(Nomination.id)
        .limit(limit)
    )
    return list(db.scalars(query))
