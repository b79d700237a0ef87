"""What was there before: kept versions of a section, and submissions that were replaced."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from award.kit.errors import NotFound
from award.nominations.models import EarlierAnswers, EarlierSubmission


def earlier_answers(db: Session, nomination_id: str, section: str) -> list[EarlierAnswers]:
    """The versions of a section that were kept, the last one first."""
    query = select(EarlierAnswers).filter_by(nomination_id=nomination_id, section=section)
    return list(db.scalars(query.order_by(EarlierAnswers.version.desc())))


def earlier_submissions(db: Session, nomination_id: str) -> list[EarlierSubmission]:
    """What was handed in before, the last one first."""
    query = select(EarlierSubmission).where(EarlierSubmission.nomination_id == nomination_id)
    return list(db.scalars(query.order_by(EarlierSubmission.at.desc(), EarlierSubmission.id)))


def earlier_submission(db: Session, nomination_id: str, submission_id: str) -> EarlierSubmission:
    """One of them; raises NotFound."""
    found = db.get(EarlierSubmission, submission_id)
    if found is None or found.nomination_id != nomination_id:
        raise NotFound
    return found
