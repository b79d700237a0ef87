"""How many drafts hold answers that a change of the form is about."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from award.nominations.answers import size
from award.nominations.models import Answers, Nomination, Submission


def drafts_with(db: Session, edition_id: str, section: str, key: str = "") -> int:
    """The nominations not handed in with an answer in a section, or in one field of it."""
    query = (
        select(Answers.values)
        .join(Nomination, Nomination.id == Answers.nomination_id)
        .outerjoin(Submission, Submission.nomination_id == Nomination.id)
        .where(
            Nomination.edition_id == edition_id,
            Answers.section == section,
            Submission.id.is_(None),
        )
    )
    found = db.scalars(query)
    return sum(_has_answer(values.get(key) if key else values) for values in found)


def _has_answer(value: object) -> bool:
    is_figure = isinstance(value, int | float) and not isinstance(value, bool)
    return value is True or is_figure or size(value) > 0
