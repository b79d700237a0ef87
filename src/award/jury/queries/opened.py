"""The sheets of an opened round, for those who may read them."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.jury.models import Assignment, Score, Seat, Sheet, SheetExclusion, SheetSubmission
from award.jury.queries.active import in_conflict, is_active
from award.nominations.models import Nomination
from award.programmes.models import Criterion


class OpenedSheet(msgspec.Struct, frozen=True):
    """A sheet that was handed in; `marks` are points and remark by the criterion's key.

    A sheet that does not count stays on record with `is_counted` false. The juror's private note
    is not part of it, for nobody.
    """

    assignment_id: str
    nomination_id: str
    title: str
    title_parts: list[Any]
    network_name: str
    juror: str
    seat_id: str
    handed_in_at: datetime
    comment: str
    is_counted: bool
    exclusion: str
    marks: dict[str, tuple[int | None, str]]


def opened_sheets(
    db: Session, round_id: str, *, reader_seat_id: str | None = None, nomination_id: str = ""
) -> list[OpenedSheet]:
    """The sheets by title and juror, without those on which the reader is in conflict.

    The caller has made sure that the round is opened. Two statements.
    """
    query = _handed_in().where(Assignment.round_id == round_id)
    if nomination_id:
        query = query.where(Assignment.nomination_id == nomination_id)
    if reader_seat_id:
        query = query.where(~in_conflict(reader_seat_id, Assignment.nomination_id))
    rows: Any = db.execute(query).all()
    marks = _marks(db, round_id)
    counted = _counted_ids(db, round_id)
    return [
        OpenedSheet(*(*row[:9], row[0] in counted, row[9] or "", marks[row[0]])) for row in rows
    ]


def _handed_in() -> Any:
    return (
        select(
            Assignment.id,
            Nomination.id,
            Nomination.title,
            Nomination.title_parts,
            Nomination.network_name,
            Account.name,
            Seat.id,
            SheetSubmission.at,
            Sheet.comment,
            SheetExclusion.reason,
        )
        .join(Nomination, Nomination.id == Assignment.nomination_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Account, Account.id == Seat.account_id)
        .join(Sheet, Sheet.assignment_id == Assignment.id)
        .join(SheetSubmission, SheetSubmission.assignment_id == Assignment.id)
        .outerjoin(SheetExclusion, SheetExclusion.assignment_id == Assignment.id)
        .order_by(func.lower(Nomination.title), Nomination.id, func.lower(Account.name), Seat.id)
    )


def _counted_ids(db: Session, round_id: str) -> set[str]:
    query = (
        select(Assignment.id)
        .join(SheetSubmission, SheetSubmission.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, *is_active())
    )
    return set(db.scalars(query))


def _marks(db: Session, round_id: str) -> dict[str, dict[str, tuple[int | None, str]]]:
    query = (
        select(Score.assignment_id, Criterion.key, Score.points, Score.comment)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Assignment, Assignment.id == Score.assignment_id)
        .where(Assignment.round_id == round_id, Score.is_chosen)
    )
    found: dict[str, dict[str, tuple[int | None, str]]] = defaultdict(dict)
    for assignment_id, key, points, comment in db.execute(query):
        found[assignment_id][key] = (points, comment)
    return found
