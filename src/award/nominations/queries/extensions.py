"""The deadline of a single nomination, which may be later than that of its edition."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from award.nominations.models import (
    EarlierSubmission,
    Extension,
    FormalCheck,
    Nomination,
    Submission,
    Withdrawal,
)
from award.nominations.queries import Days, Entry, days
from award.programmes.calendar import is_over

# Of each nomination that was given a later deadline, the last one.
OWN_DEADLINE = (
    select(Extension.nomination_id, func.max(Extension.ends_at).label("ends_at"))
    .group_by(Extension.nomination_id)
    .subquery()
)


class Arrival(msgspec.Struct, frozen=True):
    """When a nomination first came, and the later deadline that it was given for all of it."""

    at: datetime
    extended_until: datetime | None


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


def can_have_extra_time(entry: Entry, days: Days, now: datetime) -> bool:
    """Once, after the deadline and before the decision."""
    return entry.state == "submitted" and entry.opened is None and not days.are_open(now)


def is_awaited(entry: Entry, days: Days, now: datetime) -> bool:
    """Whether the network is to supply what is missing, so that nothing is decided yet."""
    is_reopened = entry.state == "submitted" and entry.reopening is not None
    has_extra_time = entry.opened is not None
    return days.are_awaited(now, has_extra_time=has_extra_time, is_reopened=is_reopened)


def arrivals(db: Session, ids: Sequence[str]) -> dict[str, Arrival]:
    """Of what was handed in, for the check of the deadline, in one statement.

    Extra time is for what is missing: it makes nothing come in time that came late.
    """
    first = (
        select(func.min(EarlierSubmission.at))
        .where(EarlierSubmission.nomination_id == Submission.nomination_id)
        .scalar_subquery()
    )
    until = (
        select(func.max(Extension.ends_at))
        .where(Extension.nomination_id == Submission.nomination_id, Extension.sections.is_(None))
        .scalar_subquery()
    )
    query = select(Submission.nomination_id, func.coalesce(first, Submission.at), until)
    found = db.execute(query.where(Submission.nomination_id.in_(ids)))
    return {nomination_id: Arrival(at, extended) for nomination_id, at, extended in found}


def last_promised(db: Session, edition_id: str) -> datetime | None:
    """The latest deadline of a single nomination that can still be written in this edition."""
    query = (
        select(func.max(Extension.ends_at))
        .join(Nomination, Nomination.id == Extension.nomination_id)
        .outerjoin(FormalCheck, FormalCheck.nomination_id == Nomination.id)
        .outerjoin(Withdrawal, Withdrawal.nomination_id == Nomination.id)
        .where(
            Nomination.edition_id == edition_id,
            FormalCheck.nomination_id.is_(None),
            Withdrawal.nomination_id.is_(None),
        )
    )
    return db.scalar(query)
