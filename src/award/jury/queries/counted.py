"""The sheets that count, and how far a round is; before the opening only numbers of sheets."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.jury.frozen import list_sha256, sheet_sha256
from award.jury.models import (
    Assignment,
    Opening,
    Recusal,
    Score,
    Seat,
    Sheet,
    SheetSubmission,
)
from award.jury.queries.active import in_conflict, is_active
from award.nominations.models import Nomination
from award.programmes.models import Criterion, Round


class CountedSheet(msgspec.Struct, frozen=True):
    """A sheet that counts; `scores` by the criterion's key, None for not assessable."""

    assignment_id: str
    nomination_id: str
    seat_id: str
    submitted_at: datetime
    scores: dict[str, int | None]


class Progress(msgspec.Struct, frozen=True):
    """How far one juror is: numbers of sheets, never what is in them."""

    seat_id: str
    name: str
    affiliation: str
    assigned: int
    handed_in: int
    last_saved_at: datetime | None


class Coverage(msgspec.Struct, frozen=True):
    """How many jurors one nomination has, and how many have handed in."""

    nomination_id: str
    reference: str | None
    title: str
    title_parts: list[Any]
    network_name: str
    assigned: int
    handed_in: int


class SteppedBack(msgspec.Struct, frozen=True):
    """A juror who recused from one nomination, and why."""

    assignment_id: str
    name: str
    title: str
    reason: str
    at: datetime


def opening(db: Session, round_id: str) -> Opening | None:
    """The confirmed opening of a round."""
    return db.scalar(
        select(Opening).where(Opening.round_id == round_id, Opening.confirmed_at.is_not(None))
    )


def is_opened(db: Session, round_id: str) -> bool:
    """Whether the round's scores were opened by two persons."""
    query = select(Opening.id).where(
        Opening.round_id == round_id, Opening.confirmed_at.is_not(None)
    )
    return db.scalar(query.limit(1)) is not None


def proposal(db: Session, round_id: str) -> Opening | None:
    """The newest proposal to open that nobody has confirmed."""
    return db.scalar(
        select(Opening)
        .where(Opening.round_id == round_id, Opening.confirmed_at.is_(None))
        .order_by(Opening.proposed_at.desc(), Opening.id)
        .limit(1)
    )


def counted_sheets(db: Session, round_: Round) -> list[CountedSheet]:
    """Handed in, neither recused nor excluded nor in conflict, the nomination not withdrawn."""
    scores: dict[str, dict[str, int | None]] = defaultdict(dict)
    for assignment_id, key, points, _comment in _counted_marks(db, round_.id):
        scores[assignment_id][key] = points
    return [
        CountedSheet(row.id, row.nomination_id, row.seat_id, row.at, scores[row.id])
        for row in db.execute(_counted(round_.id))
    ]


def counted_ids(db: Session, round_id: str) -> list[tuple[str, str, str]]:
    """Of each sheet that counts its assignment, nomination and seat, without the scores."""
    return [(row.id, row.nomination_id, row.seat_id) for row in db.execute(_counted(round_id))]


def count_sheets(db: Session, round_id: str) -> int:
    """How many sheets of the round count."""
    counted = _counted(round_id).order_by(None).subquery()
    return db.scalar(select(func.count()).select_from(counted)) or 0


def hashes(db: Session, round_: Round) -> dict[str, str]:
    """The hash of every counted sheet by its assignment."""
    marks: dict[str, dict[str, tuple[int | None, str]]] = defaultdict(dict)
    for assignment_id, key, points, comment in _counted_marks(db, round_.id):
        marks[assignment_id][key] = (points, comment)
    return {
        row.id: sheet_sha256(
            assignment_id=row.id,
            nomination_id=row.nomination_id,
            seat_id=row.seat_id,
            handed_in_at=row.at,
            comment=row.comment,
            marks=marks[row.id],
        )
        for row in db.execute(_counted(round_.id))
    }


def state_sha256(db: Session, round_: Round) -> tuple[int, str]:
    """How many sheets count now, and the hash of their sorted list."""
    found = hashes(db, round_)
    return len(found), list_sha256(found.items())


def _counted(round_id: str) -> Any:
    return (
        select(
            Assignment.id,
            Assignment.nomination_id,
            Assignment.seat_id,
            SheetSubmission.at,
            Sheet.comment,
        )
        .join(SheetSubmission, SheetSubmission.assignment_id == Assignment.id)
        .join(Sheet, Sheet.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, *is_active())
        .order_by(Assignment.id)
    )


def _counted_marks(db: Session, round_id: str) -> Any:
    query = (
        select(Score.assignment_id, Criterion.key, Score.points, Score.comment)
        .join(Assignment, Assignment.id == Score.assignment_id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(Assignment.round_id == round_id, Score.is_chosen)
        .order_by(Score.assignment_id, Criterion.position)
    )
    return db.execute(query).all()


def progress(db: Session, round_id: str, *, reader_seat_id: str | None = None) -> list[Progress]:
    """How far each juror of the round is, by name; one statement.

    A reader with a seat sees no count of a nomination on which the reader is in conflict.
    """
    query = (
        select(
            Seat.id,
            Account.name,
            Seat.affiliation,
            func.count(Assignment.id),
            func.count(SheetSubmission.assignment_id),
            func.max(Sheet.saved_at),
        )
        .join(Account, Account.id == Seat.account_id)
        .join(Assignment, Assignment.seat_id == Seat.id)
        .join(Sheet, Sheet.assignment_id == Assignment.id)
        .outerjoin(SheetSubmission, SheetSubmission.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, *is_active(), _not_hidden_from(reader_seat_id))
        .group_by(Seat.id, Account.name, Seat.affiliation)
        .order_by(func.lower(Account.name), Seat.id)
    )
    return [Progress(*row) for row in db.execute(query)]


def coverage(db: Session, round_id: str, *, reader_seat_id: str | None = None) -> list[Coverage]:
    """How many sheets each assigned nomination has, the fewest handed in first."""
    handed_in = func.count(SheetSubmission.assignment_id)
    query = (
        select(
            Nomination.id,
            Nomination.reference,
            Nomination.title,
            Nomination.title_parts,
            Nomination.network_name,
            func.count(Assignment.id),
            handed_in,
        )
        .join(Assignment, Assignment.nomination_id == Nomination.id)
        .outerjoin(SheetSubmission, SheetSubmission.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, *is_active(), _not_hidden_from(reader_seat_id))
        .group_by(Nomination.id)
        .order_by(handed_in, func.lower(Nomination.title), Nomination.id)
    )
    return [Coverage(*row) for row in db.execute(query)]


def recusals(db: Session, round_id: str, *, reader_seat_id: str | None = None) -> list[SteppedBack]:
    """Who stepped back from what, newest first."""
    query = (
        select(Assignment.id, Account.name, Nomination.title, Recusal.reason, Recusal.at)
        .join(Recusal, Recusal.assignment_id == Assignment.id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Account, Account.id == Seat.account_id)
        .join(Nomination, Nomination.id == Assignment.nomination_id)
        .where(Assignment.round_id == round_id, _not_hidden_from(reader_seat_id))
        .order_by(Recusal.at.desc(), Assignment.id)
    )
    return [SteppedBack(*row) for row in db.execute(query)]


def _not_hidden_from(seat_id: str | None) -> ColumnElement[bool]:
    return ~in_conflict(seat_id, Assignment.nomination_id) if seat_id else true()


def names(db: Session, *openings: Opening | None) -> dict[str, str]:
    """The names of who proposed and who confirmed, by account."""
    known = [one for one in openings if one is not None]
    ids = {one.proposed_by for one in known} | {one.confirmed_by for one in known}
    query = select(Account).where(Account.id.in_(ids - {None}))
    return {account.id: account.name for account in db.scalars(query)}
