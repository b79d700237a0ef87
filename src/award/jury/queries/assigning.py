"""What a round judges, and who reads what; for administrators."""

from typing import Any

import msgspec
from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.jury.models import (
    Assignment,
    Recusal,
    RoundEntry,
    Seat,
    Sheet,
    SheetExclusion,
    SheetSubmission,
)
from award.jury.queries.active import in_conflict, withdrawn
from award.kit.errors import NotFound
from award.nominations.models import FormalCheck, Nomination


class Entered(msgspec.Struct, frozen=True):
    """A nomination that the round judges."""

    nomination_id: str
    reference: str | None
    title: str
    title_parts: list[Any]
    network_name: str
    state: str
    is_calibration: bool


class Admitted(msgspec.Struct, frozen=True):
    """An admitted nomination that is not in the round yet."""

    nomination_id: str
    reference: str | None
    title: str
    title_parts: list[Any]
    network_name: str
    state: str


class Assigned(msgspec.Struct, frozen=True):
    """A juror on a nomination. `state`: open, begun, handed_in, recused, conflict or removed."""

    assignment_id: str
    nomination_id: str
    seat_id: str
    name: str
    state: str


_FACTS = (
    Nomination.id,
    Nomination.reference,
    Nomination.title,
    Nomination.title_parts,
    Nomination.network_name,
    Nomination.state,
)


def entries(db: Session, round_id: str) -> list[Entered]:
    """What the round judges, without what was withdrawn, by title."""
    query = (
        select(*_FACTS, RoundEntry.is_calibration)
        .join(RoundEntry, RoundEntry.nomination_id == Nomination.id)
        .where(RoundEntry.round_id == round_id, ~withdrawn(Nomination.id))
        .order_by(func.lower(Nomination.title), Nomination.id)
    )
    return [Entered(*row) for row in db.execute(query)]


def entry_ids(db: Session, round_id: str) -> set[str]:
    """The ids of all nominations of the round, withdrawn ones too."""
    query = select(RoundEntry.nomination_id).where(RoundEntry.round_id == round_id)
    return set(db.scalars(query))


def admitted(db: Session, edition_id: str) -> list[str]:
    """The ids of the nominations that were admitted and not withdrawn."""
    query = (
        select(Nomination.id)
        .join(FormalCheck, FormalCheck.nomination_id == Nomination.id)
        .where(
            Nomination.edition_id == edition_id,
            FormalCheck.is_admitted,
            ~withdrawn(Nomination.id),
        )
        .order_by(Nomination.id)
    )
    return list(db.scalars(query))


def unentered(db: Session, edition_id: str, round_id: str) -> list[Admitted]:
    """Admitted nominations that the round does not judge yet, by title."""
    entered = select(RoundEntry.nomination_id).where(RoundEntry.round_id == round_id)
    query = (
        select(*_FACTS)
        .join(FormalCheck, FormalCheck.nomination_id == Nomination.id)
        .where(
            Nomination.edition_id == edition_id,
            FormalCheck.is_admitted,
            ~withdrawn(Nomination.id),
            Nomination.id.not_in(entered),
        )
        .order_by(func.lower(Nomination.title), Nomination.id)
    )
    return [Admitted(*row) for row in db.execute(query)]


def assignments(db: Session, round_id: str) -> list[Assigned]:
    """Every assignment of the round with its state, by the juror's name; one statement."""
    conflict = cast(in_conflict(Assignment.seat_id, Assignment.nomination_id), Integer)
    query = (
        select(
            Assignment.id,
            Assignment.nomination_id,
            Assignment.seat_id,
            Account.name,
            Sheet.version,
            SheetSubmission.at,
            Recusal.at,
            SheetExclusion.at,
            conflict,
        )
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Account, Account.id == Seat.account_id)
        .join(Sheet, Sheet.assignment_id == Assignment.id)
        .outerjoin(SheetSubmission, SheetSubmission.assignment_id == Assignment.id)
        .outerjoin(Recusal, Recusal.assignment_id == Assignment.id)
        .outerjoin(SheetExclusion, SheetExclusion.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, ~withdrawn(Assignment.nomination_id))
        .order_by(func.lower(Account.name), Assignment.id)
    )
    return [Assigned(*row[:4], _state(*row[4:])) for row in db.execute(query)]


def _state(version: int, handed_in: object, recused: object, excluded: object, hidden: int) -> str:
    if excluded:
        return "removed"
    if recused:
        return "recused"
    if hidden:
        return "conflict"
    if handed_in:
        return "handed_in"
    return "begun" if version else "open"


def assignment_in(db: Session, round_id: str, assignment_id: str) -> Assignment:
    """An assignment of this round; raises NotFound."""
    found = db.scalar(
        select(Assignment).where(Assignment.round_id == round_id, Assignment.id == assignment_id)
    )
    if found is None:
        raise NotFound
    return found


def assignment_of(
    db: Session, round_id: str, nomination_id: str, seat_id: str
) -> Assignment | None:
    """The assignment of a juror to a nomination in a round, whatever became of it."""
    return db.scalar(
        select(Assignment).where(
            Assignment.round_id == round_id,
            Assignment.nomination_id == nomination_id,
            Assignment.seat_id == seat_id,
        )
    )


def is_entered(db: Session, round_id: str, nomination_id: str) -> bool:
    """Whether the round judges the nomination."""
    return db.get(RoundEntry, (round_id, nomination_id)) is not None


def is_touched(db: Session, assignment_id: str) -> bool:
    """Whether the juror wrote on the sheet or stepped back from it."""
    query = (
        select(Sheet.version, Recusal.at)
        .outerjoin(Recusal, Recusal.assignment_id == Sheet.assignment_id)
        .where(Sheet.assignment_id == assignment_id)
    )
    found = db.execute(query).one()
    return bool(found.version or found.at)
