"""Runs and what a page shows of them; what is sealed is not found."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.audit.chain import canonical_json
from award.jury import queries as jury
from award.jury.models import Opening, RoundEntry, Seat
from award.jury.queries import in_conflict
from award.kit.errors import NotFound
from award.nominations.models import Nomination, Withdrawal
from award.programmes import queries as programmes
from award.programmes.models import Round
from award.ranking.method import compute
from award.ranking.models import Run


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """A nomination as the ranking's pages show it."""

    id: str
    reference: str
    title: str
    title_parts: list[Any]
    network_name: str
    state: str


def opened_rounds(db: Session, edition_id: str) -> list[Round]:
    """The rounds whose scores are open, the latest first."""
    query = (
        select(Round)
        .where(Round.edition_id == edition_id)
        .where(
            select(Opening.id)
            .where(Opening.round_id == Round.id, Opening.confirmed_at.is_not(None))
            .exists()
        )
    )
    return list(db.scalars(query.order_by(Round.position.desc())))


def runs(db: Session, rounds: Iterable[Round]) -> list[Run]:
    """The runs of these rounds, newest first."""
    query = select(Run).where(Run.round_id.in_([one.id for one in rounds]))
    return list(db.scalars(query.order_by(Run.at.desc(), Run.id)))


def run(db: Session, edition_id: str, run_id: str) -> Run:
    """A run of an edition; raises NotFound."""
    query = select(Run).join(Round, Round.id == Run.round_id)
    found = db.scalar(query.where(Run.id == run_id, Round.edition_id == edition_id))
    if found is None:
        raise NotFound
    return found


def latest_run(db: Session, round_id: str) -> Run | None:
    """The newest run of a round."""
    query = select(Run).where(Run.round_id == round_id)
    return db.scalar(query.order_by(Run.at.desc(), Run.id).limit(1))


def nominations(db: Session, ids: Iterable[str]) -> dict[str, Ranked]:
    """The nominations of a run, by id."""
    query = select(Nomination).where(Nomination.id.in_(list(ids)))
    return {row.id: _ranked(row) for row in db.scalars(query)}


def _ranked(row: Nomination) -> Ranked:
    return Ranked(
        id=row.id,
        reference=row.reference or "",
        title=row.title,
        title_parts=row.title_parts,
        network_name=row.network_name,
        state=row.state,
    )


def jurors(db: Session, seat_ids: Iterable[str]) -> dict[str, str]:
    """The jurors' names by seat."""
    query = select(Seat.id, Account.name).join(Account, Account.id == Seat.account_id)
    return {row.id: row.name for row in db.execute(query.where(Seat.id.in_(list(seat_ids))))}


def hidden_from(db: Session, seat: Seat | None) -> frozenset[str]:
    """The nominations that a seat's conflicts of interest hide from it."""
    if seat is None:
        return frozenset()
    query = select(Nomination.id).where(
        Nomination.edition_id == seat.edition_id, in_conflict(seat.id, Nomination.id)
    )
    return frozenset(db.scalars(query))


def frozen(db: Session, round_: Round) -> dict[str, Any]:
    """What a run of this round is computed from, in the form that `method` describes.

    The sheets of earlier opened rounds are in it where the round carries them.
    """
    rounds = [round_]
    if round_.carries_earlier_sheets:
        opened = opened_rounds(db, round_.edition_id)
        rounds += [one for one in opened if one.position < round_.position]
    sheets = [sheet for one in rounds for sheet in _sheets(db, one)]
    return {
        "round": round_.id,
        "nominations": _judged(db, round_.id),
        "criteria": [
            {"key": one.key, "weight": one.weight}
            for one in programmes.criteria(db, round_.edition_id)
        ],
        "sheets": sorted(sheets, key=lambda one: str(one["id"])),
    }


def _sheets(db: Session, round_: Round) -> list[dict[str, Any]]:
    return [
        {
            "id": one.assignment_id,
            "nomination": one.nomination_id,
            "juror": one.seat_id,
            "round": round_.id,
            "low": round_.scale_min,
            "high": round_.scale_max,
            "points": dict(one.scores),
        }
        for one in jury.counted_sheets(db, round_)
    ]


def _judged(db: Session, round_id: str) -> list[str]:
    """The round's nominations without those that were withdrawn."""
    query = (
        select(RoundEntry.nomination_id)
        .outerjoin(Withdrawal, Withdrawal.nomination_id == RoundEntry.nomination_id)
        .where(RoundEntry.round_id == round_id, Withdrawal.nomination_id.is_(None))
    )
    return sorted(db.scalars(query))


def parameters(db: Session, round_: Round) -> dict[str, Any]:
    """The rules of the round that a run is computed by, without the seed."""
    breakers = [
        (one.tie_break, one.key)
        for one in programmes.criteria(db, round_.edition_id)
        if one.tie_break is not None
    ]
    return {
        "min_sheets": round_.min_sheets,
        "min_weight_present": round_.min_weight_present,
        "tie_breakers": [key for _, key in sorted(breakers)],
    }


def faults(db: Session) -> list[str]:
    """The ids of runs whose stored result is not what their input gives."""
    return [
        one.id
        for one in db.scalars(select(Run).order_by(Run.at, Run.id))
        if canonical_json(compute(one.input, one.parameters)) != canonical_json(one.result)
    ]


def uncounted(db: Session) -> list[str]:
    """The ids of runs with a sheet that does not count, such as after a recusal."""
    counted = {
        one.assignment_id
        for round_ in db.scalars(select(Round).where(Round.id.in_(select(Run.round_id))))
        for earlier in programmes.rounds(db, round_.edition_id)
        for one in jury.counted_sheets(db, earlier)
    }
    return [
        one.id
        for one in db.scalars(select(Run).order_by(Run.at, Run.id))
        if not {sheet["id"] for sheet in one.input["sheets"]} <= counted
    ]
