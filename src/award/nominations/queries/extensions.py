"""The deadline of a single nomination, which may be later than that of its edition."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from award.nominations.models import Extension, Nomination
from award.nominations.queries import Days, Entry, days
from award.programmes.calendar import is_over


def days_for(db: Session, entry: Entry) -> Days:
    """The days of a nomination, with its own deadline."""
    return days(db, entry.edition.id).extended(entry.extended_until)


def days_of(db: Session, nomination: Nomination, at: datetime) -> Days:
    """The same before something is done; an extension is looked for once time is up."""
    found = days(db, nomination.edition_id)
    if not is_over(found.nominations, at):
        return found
    query = select(func.max(Extension.ends_at)).filter_by(nomination_id=nomination.id)
    return found.extended(db.scalar(query))


def extensions(db: Session, nomination_id: str) -> list[Extension]:
    """Every extension of a nomination, the last one first."""
    query = select(Extension).filter_by(nomination_id=nomination_id)
    return list(db.scalars(query.order_by(Extension.ends_at.desc(), Extension.id)))
