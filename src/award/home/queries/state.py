"""The rows of an edition from which its overview is made, in a fixed number of statements."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from award.decisions.models import Decision
from award.jury.models import Conflict, ConflictDecision, Opening, RoundEntry, Seat
from award.jury.queries import waiting_amendment
from award.jury.queries.active import withdrawn
from award.nominations.queries import Counts
from award.programmes import queries as programmes
from award.programmes.calendar import has_begun
from award.programmes.models import Edition, Phase, Round, RulesAmendment
from award.ranking.models import Run


class RoundState(msgspec.Struct, frozen=True, kw_only=True):
    """A round: what it judges, and whether it was proposed for opening, opened and ranked."""

    round: Round
    phase: Phase | None
    entries: int
    proposed_at: datetime | None
    opened_at: datetime | None
    runs: int


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where an edition stands."""

    edition: Edition
    phases: dict[str, Phase]
    rounds: list[RoundState]
    counts: Counts | None  # None for one who may not know them yet
    seats: int
    chairs: int
    decided: int
    undecided: int
    decision: Decision | None
    amendment: RulesAmendment | None

    @property
    def announced_at(self) -> datetime | None:
        """The instant of the announcement, once it is confirmed."""
        return self.decision.embargo_until if self.decision and self.is_confirmed else None

    @property
    def is_confirmed(self) -> bool:
        return self.decision is not None and self.decision.confirmed_at is not None

    @property
    def judged(self) -> list[RoundState]:
        """The rounds without those left out: sealed and empty, while a later one has something."""
        filled = [one.round.position for one in self.rounds if one.entries]
        last = max(filled, default=0)
        return [
            one for one in self.rounds if one.entries or one.opened_at or one.round.position > last
        ]

    def watched(self, now: datetime) -> RoundState | None:
        """The round to look at: the first sealed one that has begun, else the last that has."""
        begun = [one for one in self.judged if has_begun(one.phase, now)]
        sealed = [one for one in begun if one.opened_at is None]
        return next(iter(sealed or begun[-1:] or self.judged), None)


def place(db: Session, edition: Edition, counts: Counts | None) -> Place:
    """Read it all; nothing here depends on the clock."""
    phases = programmes.phases(db, edition.id)
    decided, undecided = _conflicts(db, edition.id)
    seats, chairs = _seats(db, edition.id)
    return Place(
        edition=edition,
        phases={one.kind: one for one in phases if one.kind != "judging"},
        rounds=_rounds(db, edition.id, phases),
        counts=counts,
        seats=seats,
        chairs=chairs,
        decided=decided,
        undecided=undecided,
        decision=_decision(db, edition.id),
        amendment=waiting_amendment(db, edition.id),
    )


def _rounds(db: Session, edition_id: str, phases: Sequence[Phase]) -> list[RoundState]:
    by_round = {one.round_id: one for one in phases if one.kind == "judging"}
    query = (
        select(
            Round,
            _entries(),
            _latest(Opening.proposed_at, Opening.confirmed_at.is_(None)),
            _latest(Opening.confirmed_at, Opening.confirmed_at.is_not(None)),
            _runs(),
        )
        .where(Round.edition_id == edition_id)
        .order_by(Round.position)
    )
    return [
        RoundState(
            round=row,
            phase=by_round.get(row.id),
            entries=entries,
            proposed_at=proposed,
            opened_at=opened,
            runs=runs,
        )
        for row, entries, proposed, opened, runs in db.execute(query)
    ]


def _entries() -> Any:
    """How many nominations the round judges, without those that were withdrawn."""
    query = select(func.count()).select_from(RoundEntry).where(RoundEntry.round_id == Round.id)
    return query.where(~withdrawn(RoundEntry.nomination_id)).scalar_subquery()


def _runs() -> Any:
    query = select(func.count()).select_from(Run).where(Run.round_id == Round.id)
    return query.scalar_subquery()


def _latest(instant: Any, condition: Any) -> Any:
    query = select(func.max(instant)).where(Opening.round_id == Round.id, condition)
    return query.scalar_subquery()


def _conflicts(db: Session, edition_id: str) -> tuple[int, int]:
    """How many conflicts of interest are decided, and how many wait."""
    query = (
        select(func.count(ConflictDecision.conflict_id), func.count(Conflict.id))
        .select_from(Conflict)
        .join(Seat, Seat.id == Conflict.seat_id)
        .outerjoin(ConflictDecision, ConflictDecision.conflict_id == Conflict.id)
        .where(Seat.edition_id == edition_id)
    )
    decided, known = db.execute(query).one()
    return decided, known - decided


def _seats(db: Session, edition_id: str) -> tuple[int, int]:
    query = select(func.count(), func.count().filter(Seat.is_chair)).select_from(Seat)
    seats, chairs = db.execute(query.where(Seat.edition_id == edition_id)).one()
    return seats, chairs


def _decision(db: Session, edition_id: str) -> Decision | None:
    """The decision that stands, confirmed or proposed."""
    query = select(Decision).where(Decision.edition_id == edition_id, Decision.dropped_at.is_(None))
    return db.scalar(query.order_by(Decision.proposed_at.desc()).limit(1))
