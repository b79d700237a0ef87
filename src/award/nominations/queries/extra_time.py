"""The extra time of the formal check: which sections are open in it, and what stays as it is."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from award.nominations.models import Extension, Nomination, Submission


def opened(db: Session, nomination_id: str) -> list[str] | None:
    """The sections in which what is missing may be supplied; None if no extra time was given."""
    query = select(Extension.sections).where(
        Extension.nomination_id == nomination_id, Extension.sections.is_not(None)
    )
    return db.scalar(query)


def given_in(db: Session, edition_id: str) -> set[str]:
    """The nominations of an edition that were given extra time."""
    query = (
        select(Extension.nomination_id)
        .join(Nomination, Nomination.id == Extension.nomination_id)
        .where(Nomination.edition_id == edition_id, Extension.sections.is_not(None))
    )
    return set(db.scalars(query))


def as_it_stays(
    db: Session, nomination_id: str, answers: Mapping[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """These answers, with the sections that stay as they were handed in; all without extra time.

    What was written in such a section and never handed in is left out, with its files.
    """
    query = (
        select(Submission.answers, Extension.sections)
        .join(Extension, Extension.nomination_id == Submission.nomination_id)
        .where(Submission.nomination_id == nomination_id, Extension.sections.is_not(None))
    )
    found = db.execute(query).one_or_none()
    if found is None:
        return dict(answers)
    being_changed = {key: values for key, values in answers.items() if key in found.sections}
    stays = {key: values for key, values in found.answers.items() if key not in found.sections}
    return being_changed | stays
