"""Conflicts of interest, and the list from which a juror declares them."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from award.accounts.models import Account
from award.jury.models import Assignment, Conflict, ConflictDecision, Opening, Seat
from award.jury.queries.active import in_conflict
from award.kit.errors import NotFound
from award.nominations.models import Answers, FormalCheck, Nomination, Submission, Withdrawal

_HIDDEN = (
    select(Conflict.nomination_id)
    .join(Seat, Seat.id == Conflict.seat_id)
    .outerjoin(ConflictDecision, ConflictDecision.conflict_id == Conflict.id)
    .where(
        Seat.account_id == bindparam("account_id"),
        func.coalesce(ConflictDecision.is_excluded, true()),
    )
)


class Reported(msgspec.Struct, frozen=True):
    """A conflict as chair, administrators and auditors read it.

    `affects_chair`: it is the chair's own, or on a nomination with which the chair is in conflict.
    """

    id: str
    seat_id: str
    account_id: str
    juror: str
    affects_chair: bool
    nomination_id: str
    title: str
    title_parts: list[Any]
    network_name: str
    kind: str
    statement: str
    source: str
    reported_at: datetime
    is_excluded: bool | None
    reason: str | None
    decided_at: datetime | None
    decided_by: str | None


class Listed(msgspec.Struct, frozen=True):
    """What a juror sees of a nomination before any text: title, network, place, partners."""

    nomination_id: str
    title: str
    title_parts: list[Any]
    network_name: str
    state: str
    region: str
    partners: list[str]
    kind: str | None
    statement: str | None
    source: str | None
    is_excluded: bool | None

    @property
    def is_own(self) -> bool:
        """Whether the juror declared it; a hint of others is not shown to the juror."""
        return self.source == "juror"


def reported(db: Session, edition_id: str, reader_seat_id: str | None = None) -> list[Reported]:
    """The conflicts of an edition: undecided ones first, then the newest.

    A reader with a seat sees the own declarations, and no other conflict on a nomination with
    which the reader is in conflict.
    """
    return _reported(db, Seat.edition_id == edition_id, _seen_by(reader_seat_id))


def conflict_in(
    db: Session, edition_id: str, conflict_id: str, reader_seat_id: str | None = None
) -> Reported:
    """One conflict of this edition, if the reader sees it; raises NotFound."""
    seen = _seen_by(reader_seat_id)
    found = _reported(db, Seat.edition_id == edition_id, Conflict.id == conflict_id, seen)
    if not found:
        raise NotFound
    return found[0]


def _seen_by(seat_id: str | None) -> ColumnElement[bool]:
    if seat_id is None:
        return true()
    own = and_(Conflict.seat_id == seat_id, Conflict.source == "juror")
    seat = aliased(Seat)
    return or_(own, ~_on_the_nomination(seat, seat.id == seat_id))


def _affects_chair() -> ColumnElement[bool]:
    seat = aliased(Seat)
    return or_(Seat.is_chair, _on_the_nomination(seat, seat.is_chair))


def _on_the_nomination(
    seat: Any, which: ColumnElement[bool] | InstrumentedAttribute[bool]
) -> ColumnElement[bool]:
    """Whether such a seat is in conflict with the nomination of the conflict that is read."""
    other, decision = aliased(Conflict), aliased(ConflictDecision)
    return (
        select(other.id)
        .join(seat, seat.id == other.seat_id)
        .outerjoin(decision, decision.conflict_id == other.id)
        .where(
            which,
            other.nomination_id == Conflict.nomination_id,
            func.coalesce(decision.is_excluded, true()),
        )
        .exists()
    )


def _reported(db: Session, *which: ColumnElement[bool]) -> list[Reported]:
    decider = aliased(Account)
    query = (
        select(
            Conflict.id,
            Seat.id,
            Seat.account_id,
            Account.name,
            _affects_chair(),
            Nomination.id,
            Nomination.title,
            Nomination.title_parts,
            Nomination.network_name,
            Conflict.kind,
            Conflict.statement,
            Conflict.source,
            Conflict.reported_at,
            ConflictDecision.is_excluded,
            ConflictDecision.reason,
            ConflictDecision.at,
            decider.name,
        )
        .join(Seat, Seat.id == Conflict.seat_id)
        .join(Account, Account.id == Seat.account_id)
        .join(Nomination, Nomination.id == Conflict.nomination_id)
        .outerjoin(ConflictDecision, ConflictDecision.conflict_id == Conflict.id)
        .outerjoin(decider, decider.id == ConflictDecision.by)
        .where(*which)
        .order_by(ConflictDecision.at.is_not(None), Conflict.reported_at.desc(), Conflict.id)
    )
    return [Reported(*row) for row in db.execute(query)]


def list_for_declaring(
    db: Session, edition_id: str, seat_id: str, partner_fields: dict[str, list[str]]
) -> list[Listed]:
    """Every submitted nomination that may come before the jury, with the juror's own declaration.

    `partner_fields` names the sections of the form and the fields in them that hold organisations.
    Only the names in those fields are read, nothing else of the text.
    """
    rows: Any = db.execute(_listed(edition_id, seat_id)).all()
    partners = _partners(db, edition_id, partner_fields)
    return [Listed(*(*row[:6], partners.get(row[0], []), *row[6:])) for row in rows]


def _listed(edition_id: str, seat_id: str) -> Any:
    return (
        select(
            Nomination.id,
            Nomination.title,
            Nomination.title_parts,
            Nomination.network_name,
            Nomination.state,
            Nomination.region,
            Conflict.kind,
            Conflict.statement,
            Conflict.source,
            ConflictDecision.is_excluded,
        )
        .join(Submission, Submission.nomination_id == Nomination.id)
        .outerjoin(Withdrawal, Withdrawal.nomination_id == Nomination.id)
        .outerjoin(FormalCheck, FormalCheck.nomination_id == Nomination.id)
        .outerjoin(
            Conflict, and_(Conflict.nomination_id == Nomination.id, Conflict.seat_id == seat_id)
        )
        .outerjoin(ConflictDecision, ConflictDecision.conflict_id == Conflict.id)
        .where(
            Nomination.edition_id == edition_id,
            Withdrawal.nomination_id.is_(None),
            FormalCheck.is_admitted.is_distinct_from(False),
        )
        .order_by(func.lower(Nomination.network_name), Nomination.id)
    )


def _partners(db: Session, edition_id: str, fields: dict[str, list[str]]) -> dict[str, list[str]]:
    query = (
        select(Answers.nomination_id, Answers.section, Answers.values)
        .join(Nomination, Nomination.id == Answers.nomination_id)
        .where(Nomination.edition_id == edition_id, Answers.section.in_(fields))
        .order_by(Answers.section)
    )
    named: dict[str, list[str]] = {}
    for nomination_id, section, values in db.execute(query):
        for key in fields[section]:
            named.setdefault(nomination_id, []).extend(_names(values.get(key)))
    return named


def _names(value: Any) -> list[str]:
    """The names of one organisation or of several, as the form keeps them."""
    several = value if isinstance(value, list) else [value]
    return [one["name"] for one in several if isinstance(one, dict) and one.get("name")]


def has_conflict(db: Session, seat_id: str, nomination_id: str) -> bool:
    """Whether a conflict is on record, decided or not."""
    query = select(Conflict.id).where(
        Conflict.seat_id == seat_id, Conflict.nomination_id == nomination_id
    )
    return db.scalar(query) is not None


def has_blocking_conflict(db: Session, seat_id: str, nomination_id: str) -> bool:
    """Whether a conflict excludes the juror, or waits for its decision."""
    return bool(db.scalar(select(in_conflict(seat_id, nomination_id))))


def hidden_from(db: Session, account_id: str | None) -> frozenset[str]:
    """The nominations that conflicts hide from a person, in every edition with a seat."""
    return frozenset(db.scalars(_HIDDEN, {"account_id": account_id}))


def is_frozen_for(db: Session, nomination_id: str, seat_id: str) -> bool:
    """Whether the juror has a sheet on the nomination in a round that was opened."""
    query = (
        select(Opening.id)
        .join(Assignment, Assignment.round_id == Opening.round_id)
        .where(
            Assignment.nomination_id == nomination_id,
            Assignment.seat_id == seat_id,
            Opening.confirmed_at.is_not(None),
        )
    )
    return db.scalar(query.limit(1)) is not None


def blocked_seats(db: Session, nomination_id: str) -> set[str]:
    """The seats that cannot read a nomination because of a conflict."""
    query = (
        select(Conflict.seat_id)
        .outerjoin(ConflictDecision, ConflictDecision.conflict_id == Conflict.id)
        .where(
            Conflict.nomination_id == nomination_id,
            func.coalesce(ConflictDecision.is_excluded, true()),
        )
    )
    return set(db.scalars(query))
