"""The extra time of the formal check: which sections are open in it, and what stays as it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from award.nominations.models import Extension, Nomination, Submission
from award.programmes.models import Phase


def opened(db: Session, nomination_id: str) -> list[str] | None:
    """The sections in which what is missing may be supplied; None if no extra time was given."""
    query = select(Extension.sections).where(
        Extension.nomination_id == nomination_id, Extension.sections.is_not(None)
    )
    return db.scalar(query)


def narrowed_to(db: Session, nomination_id: str, at: datetime) -> list[str] | None:
    """The sections that may be changed at this time; None if all of them may.

    When the deadline is moved for all after the extra time was given, everybody may change
    everything until then, and so may this network.
    """
    query = select(Extension.sections).where(Extension.nomination_id == nomination_id)
    found: list[str] | None = db.scalar(_that_narrows(query, at))
    return found


def _that_narrows(query: Select[*tuple[Any, ...]], at: datetime) -> Select[Any]:
    """Of extensions those for some sections, where nominations are not open for all."""
    return (
        query.join(Nomination, Nomination.id == Extension.nomination_id)
        .outerjoin(
            Phase, and_(Phase.edition_id == Nomination.edition_id, Phase.kind == "nominations")
        )
        .where(Extension.sections.is_not(None), or_(Phase.ends_at.is_(None), Phase.ends_at <= at))
    )


def given_in(db: Session, edition_id: str) -> set[str]:
    """The nominations of an edition that were given extra time."""
    query = (
        select(Extension.nomination_id)
        .join(Nomination, Nomination.id == Extension.nomination_id)
        .where(Nomination.edition_id == edition_id, Extension.sections.is_not(None))
    )
    return set(db.scalars(query))


def as_it_stays(
    db: Session, nomination_id: str, answers: Mapping[str, dict[str, Any]], at: datetime
) -> dict[str, dict[str, Any]]:
    """These answers, with the sections that stay as they were handed in, if some do at this time.

    What was written in such a section and never handed in is left out, with its files.
    """
    query = (
        select(Submission.answers, Extension.sections)
        .join(Extension, Extension.nomination_id == Submission.nomination_id)
        .where(Submission.nomination_id == nomination_id)
    )
    found = db.execute(_that_narrows(query, at)).one_or_none()
    if found is None:
        return dict(answers)
    being_changed = {key: values for key, values in answers.items() if key in found.sections}
    stays = {key: values for key, values in found.answers.items() if key not in found.sections}
    return being_changed | stays
