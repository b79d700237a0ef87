"""Runs and what a page shows of them; what is sealed is not found."""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, undefer_group
from sqlalchemy.orm.attributes import set_committed_value

from award.accounts.models import Account
from award.audit.chain import canonical_json
from award.jury import queries as jury
from award.jury.models import Opening, RoundEntry, Seat
from award.jury.queries import in_conflict
from award.kit import queue
from award.kit.errors import NotFound
from award.kit.lately import Lately
from award.kit.queue import Job
from award.nominations.models import Nomination, Withdrawal
from award.programmes import queries as programmes
from award.programmes.models import Edition, Round
from award.programmes.rules import METHOD
from award.ranking.models import Run

COMPUTE = "ranking.compute"  # the kind of job
DRAWS = 4000
_WHOLE = undefer_group("computation")
_AT_ONCE = 10_000  # values that a statement may have
LARGE = 20_000  # sheets; computing so many takes longer than anybody waits for an answer
_COMPUTATIONS: Lately[tuple[dict[str, Any], dict[str, Any]]] = Lately(4)
_SEED = 8  # hexadecimal digits of the input's hash that seed the draws


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """All that a run is computed from: `input` in the form that `method` describes."""

    round_id: str
    input: dict[str, Any]
    sha256: str
    parameters: dict[str, Any]


class Ranked(msgspec.Struct, frozen=True):
    """A nomination as the ranking's pages show it."""

    id: str
    reference: str
    title: str
    title_parts: list[Any]
    network_name: str
    state: str
    field_of_action: str


_SHOWN = [
    func.coalesce(getattr(Nomination, one), "") if one == "reference" else getattr(Nomination, one)
    for one in Ranked.__struct_fields__
]


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


def _runs() -> Select[Run]:
    """Of this method; results of an earlier version's are kept, and have another form."""
    return select(Run).where(Run.method == METHOD)


def runs(db: Session, rounds: Iterable[Round]) -> list[Run]:
    """The runs of these rounds, newest first."""
    query = _runs().where(Run.round_id.in_([one.id for one in rounds]))
    return list(db.scalars(query.order_by(Run.at.desc(), Run.id)))


def run(db: Session, edition_id: str, run_id: str) -> Run:
    """A run of an edition; raises NotFound."""
    query = _runs().join(Round, Round.id == Run.round_id)
    found = db.scalar(query.where(Run.id == run_id, Round.edition_id == edition_id))
    if found is None:
        raise NotFound
    return found


def whole(found: Run) -> Run:
    """The run with its input and result, which are kept of the last few: a run never changes."""
    computation = _COMPUTATIONS.get(found.id, lambda: (found.input, found.result))
    for name, value in zip(("input", "result"), computation, strict=True):
        set_committed_value(found, name, value)
    return found


def latest_run(db: Session, round_id: str) -> Run | None:
    """The newest run of a round."""
    query = _runs().where(Run.round_id == round_id)
    return db.scalar(query.order_by(Run.at.desc(), Run.id).limit(1))


def nominations(db: Session, ids: Iterable[str]) -> dict[str, Ranked]:
    """The nominations of a run, by id."""
    asked, found = sorted(ids), dict[str, Ranked]()
    for start in range(0, len(asked), _AT_ONCE):
        query = select(*_SHOWN).where(Nomination.id.in_(asked[start : start + _AT_ONCE]))
        found |= {row.id: Ranked(*row) for row in db.execute(query)}
    return found


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


def given(db: Session, round_: Round) -> Given:
    """What a run of this round is computed from now."""
    found = frozen(db, round_)
    digest = sha256(found)
    return Given(
        round_id=round_.id,
        input=found,
        sha256=digest,
        parameters={**parameters(db, round_), "seed": int(digest[:_SEED], 16)},
    )


def sha256(told: dict[str, Any]) -> str:
    """Of the canonical form."""
    return hashlib.sha256(canonical_json(told)).hexdigest()


def frozen(db: Session, round_: Round) -> dict[str, Any]:
    """What a run of this round is computed from, in the form that `method` describes.

    The sheets of earlier opened rounds are in it where the round carries them. A juror who has
    sheets on a nomination in two rounds has the last word in the later one.
    """
    sheets: dict[tuple[str, str], dict[str, Any]] = {}
    for one in _counting(db, round_):
        for sheet in _sheets(db, one):
            sheets.setdefault((sheet["nomination"], sheet["juror"]), sheet)
    return {
        **_frame(db, round_),
        "sheets": sorted(sheets.values(), key=lambda one: str(one["id"])),
    }


def _frame(db: Session, round_: Round) -> dict[str, Any]:
    return {
        "round": round_.id,
        "nominations": _judged(db, round_.id),
        "criteria": [
            {"key": one.key, "weight": one.weight}
            for one in programmes.criteria(db, round_.edition_id)
        ],
    }


def holds(db: Session, round_: Round, found: Given) -> bool:
    """Whether sheets and rules are still those that were given.

    Scores are not read again, which would hold the writer up: once a round is opened, nothing
    can change them. A sheet can still go, such as by a recusal.
    """
    rounds = _counting(db, round_)
    sheets: dict[tuple[str, str], tuple[str, str, int, int]] = {}
    for one in rounds:
        for id_, *who in jury.counted_ids(db, one.id):
            sheet = (id_, one.id, one.scale_min, one.scale_max)
            sheets.setdefault((who[0], who[1]), sheet)
    given_sheets = {
        (one["id"], one["round"], one["low"], one["high"]) for one in found.input["sheets"]
    }
    rules = {name: value for name, value in found.parameters.items() if name != "seed"}
    return (
        found.round_id == round_.id
        and given_sheets == set(sheets.values())
        and rules == parameters(db, round_)
        and all(found.input[name] == value for name, value in _frame(db, round_).items())
    )


def _counting(db: Session, round_: Round) -> list[Round]:
    """The rounds whose sheets count for this one, the latest first."""
    if not round_.carries_earlier_sheets:
        return [round_]
    opened = opened_rounds(db, round_.edition_id)
    return [round_, *(one for one in opened if one.position < round_.position)]


def sheet_count(db: Session, round_: Round) -> int:
    """How many sheets a run of this round would read."""
    return sum(jury.count_sheets(db, one.id) for one in _counting(db, round_))


def waiting(db: Session, round_id: str) -> Job | None:
    """The job that computes this round, while it is not done."""
    return queue.waiting(db, COMPUTE, round_id)


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
    """The rules of the round that a run is computed by, without the seed of the draws."""
    breakers = [
        (one.tie_break, one.key)
        for one in programmes.criteria(db, round_.edition_id)
        if one.tie_break is not None
    ]
    edition = db.get_one(Edition, round_.edition_id)
    return {
        "winners": round_.shortlist_size or edition.winners,
        "draws": DRAWS,
        "min_sheets": round_.min_sheets,
        "min_weight_present": round_.min_weight_present,
        "tie_breakers": [key for _, key in sorted(breakers)],
    }


def faults(db: Session) -> list[str]:
    """The ids of runs whose stored result is not what their input gives."""
    from award.ranking.method import compute  # noqa: PLC0415 - it brings numpy and scipy

    return [
        one.id
        for one in db.scalars(_runs().options(_WHOLE).order_by(Run.at, Run.id))
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
        for one in db.scalars(select(Run).options(_WHOLE).order_by(Run.at, Run.id))
        if not {sheet["id"] for sheet in one.input["sheets"]} <= counted
    ]
