"""What is read of many nominations at once, before something is done with them together."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from award.nominations.eligibility import Check, Facts, computed
from award.nominations.models import Extension, Reopening, Submission
from award.nominations.queries import Days
from award.nominations.queries.extensions import OWN_DEADLINE, arrivals
from award.programmes import queries as programmes


class ToCheck(msgspec.Struct, frozen=True):
    """A nomination that waits for the formal check, with its checks.

    `is_awaited` until the network has supplied what is missing or the time for it is over.
    """

    checks: list[Check]
    is_awaited: bool


def to_check(
    db: Session, edition_id: str, ids: Sequence[str], days: Days, now: datetime
) -> dict[str, ToCheck]:
    """Of these nominations the ones that were handed in, in two statements."""
    extra = and_(
        Extension.nomination_id == Submission.nomination_id, Extension.sections.is_not(None)
    )
    query = (
        select(Submission, OWN_DEADLINE.c.ends_at, Extension.id.label("extra"), Reopening.at)
        .outerjoin(OWN_DEADLINE, OWN_DEADLINE.c.nomination_id == Submission.nomination_id)
        .outerjoin(Extension, extra)
        .outerjoin(Reopening, Reopening.nomination_id == Submission.nomination_id)
        .where(Submission.nomination_id.in_(ids))
    )
    found, arrived = {}, arrivals(db, ids)
    for submission, until, extra_id, reopened_at in db.execute(query):
        own, arrival = days.extended(until), arrived[submission.nomination_id]
        to_come = days.extended(arrival.extended_until).nominations
        facts = Facts(
            definition=programmes.form_definition(db, edition_id, submission.form_version),
            answers=submission.answers,
            received_at=arrival.at,
            deadline=to_come.ends_at if to_come else None,
        )
        is_awaited = own.are_awaited(
            now, has_extra_time=extra_id is not None, is_reopened=reopened_at is not None
        )
        found[submission.nomination_id] = ToCheck(computed(facts), is_awaited)
    return found
