"""Proposals, decisions and what speaks for and against them."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from award.accounts.models import Account, Membership
from award.decisions.confirmable import Choice, proposal_sha256
from award.decisions.models import DecidedWinner, Decision
from award.kit.errors import NotFound
from award.nominations import queries as nominations
from award.nominations.models import Answers, Nomination
from award.programmes import queries as programmes
from award.programmes.models import Edition, Round
from award.ranking import queries as ranking
from award.ranking.models import Run
from award.ranking.standings import Standing, standings

CONSENT = "publishIfAwarded"


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """A proposed winner with its place in the ranking, and whether that is past the awards."""

    nomination: ranking.Ranked
    standing: Standing
    reason: str
    deviation: str
    deviates: bool


def decision(db: Session, edition_id: str) -> Decision | None:
    """The edition's decision or the proposal that stands; None if there is neither."""
    query = select(Decision).where(Decision.edition_id == edition_id)
    return db.scalar(query.where(Decision.dropped_at.is_(None)))


def standing_decision(db: Session, edition_id: str, decision_id: str) -> Decision:
    """The decision of this id if it still stands; raises NotFound."""
    found = decision(db, edition_id)
    if found is None or found.id != decision_id:
        raise NotFound
    return found


def winners(db: Session, decision_id: str) -> list[DecidedWinner]:
    """The winners of a decision or proposal, in their order."""
    query = select(DecidedWinner).where(DecidedWinner.decision_id == decision_id)
    return list(db.scalars(query.order_by(DecidedWinner.position)))


def last_round(db: Session, edition_id: str) -> Round | None:
    """The round whose ranking the winners come from."""
    rounds = programmes.rounds(db, edition_id)
    return rounds[-1] if rounds else None


def proposed(
    rows: Iterable[DecidedWinner], run: Run, named: dict[str, ranking.Ranked], awards: int
) -> list[Proposed]:
    """The proposed winners as shown; a nomination that is not in `named` is left out."""
    placed = {one.id: one for one in standings(run.result)}
    return [
        Proposed(
            nomination=named[row.nomination_id],
            standing=placed[row.nomination_id],
            reason=row.reason,
            deviation=row.deviation_reason,
            deviates=placed[row.nomination_id].rank > awards,
        )
        for row in rows
        if row.nomination_id in named
    ]


def without_consent(db: Session, edition: Edition, ids: Iterable[str]) -> set[str]:
    """Those of the nominations whose networks have not agreed to be published if awarded.

    Empty where the edition's form does not ask for it.
    """
    form = programmes.form_definition(db, edition.id)
    asked = [one["key"] for one in form["sections"] if CONSENT in {f["key"] for f in one["fields"]}]
    if not asked:
        return set()
    wanted = set(ids)
    query = select(Answers.nomination_id, Answers.values).where(
        Answers.nomination_id.in_(wanted), Answers.section.in_(asked)
    )
    return wanted - {row.nomination_id for row in db.execute(query) if row.values.get(CONSENT)}


def recipients(db: Session, edition_id: str) -> list[tuple[Nomination, Account]]:
    """Everybody who writes for a nomination that was judged, once per nomination."""
    query = (
        nominations.admitted(edition_id)
        .add_columns(Account)
        .join(Membership, Membership.network_id == Nomination.network_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.may_write)
        .order_by(Account.id)
    )
    return [(row.Nomination, row.Account) for row in db.execute(query)]


def letters(db: Session, edition_id: str) -> int:
    """How many letters the decision will cause."""
    query = (
        nominations.admitted(edition_id)
        .join(Membership, Membership.network_id == Nomination.network_id)
        .where(Membership.may_write)
        .with_only_columns(func.count())
        .order_by(None)
    )
    return db.scalar(query) or 0


def withdrawn_among(db: Session, edition_id: str, ids: Iterable[str]) -> set[str]:
    """Those of the nominations that may not win any more: withdrawn, or not admitted."""
    query = nominations.admitted(edition_id).with_only_columns(Nomination.id)
    return set(ids) - set(db.scalars(query))


def as_hashed(db: Session, found: Decision) -> str:
    """The hash of a decision's rows as they are now."""
    run = db.get(Run, found.run_id) if found.run_id else None
    chosen = [
        Choice(one.nomination_id, one.reason, one.deviation_reason) for one in winners(db, found.id)
    ]
    digest = run.input_sha256 if run else ""
    return proposal_sha256(found.edition_id, digest, found.embargo_until, chosen)


def faults(db: Session) -> list[str]:
    """The ids of standing decisions whose hash does not fit what they say."""
    query = select(Decision).where(Decision.dropped_at.is_(None)).order_by(Decision.proposed_at)
    return [one.id for one in db.scalars(query) if as_hashed(db, one) != one.sha256]
