"""Proposals, with where each of them stands."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Select, and_, bindparam, func, or_, select, true
from sqlalchemy.orm import Session

from award.accounts.models import Account, MailedLink, Membership, Network
from award.accounts.queries import clean_email, email_hash
from award.kit.errors import NotFound
from award.kit.ids import token_hash
from award.nominations.models import Proposal, ProposalOutcome, ProposalStop
from award.programmes.models import Edition, Phase

PURPOSE = "proposal"  # of its links
PAGE = 50
MOST_LETTERS = 2
ERASED_AFTER = timedelta(days=30)  # counted from the deadline
_DAY, _MONTH = timedelta(days=1), timedelta(days=30)
_FOUND = 10


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal with its edition, who proposed, until when its link works, and its outcome."""

    proposal: Proposal
    edition: Edition
    proposer: str
    ends_at: datetime | None
    until: datetime | None
    outcome: ProposalOutcome | None

    def state(self, now: datetime) -> str:
        """accepted, declined, withdrawn, lapsed, prepared (not sent), waiting, run_out (again)."""
        if self.outcome is not None:
            return self.outcome.kind
        if self.ends_at is None or self.ends_at <= now:
            return "lapsed"
        if self.until is None:
            return "prepared"
        if self.until > now:
            return "waiting"
        return "run_out" if self.has_letters else "lapsed"

    @property
    def has_letters(self) -> bool:
        """Whether it may be sent again."""
        return self.proposal.letters < MOST_LETTERS

    def is_undecided(self, now: datetime) -> bool:
        return self.state(now) in {"prepared", "waiting", "run_out"}


_UNTIL = (
    select(func.max(MailedLink.expires_at))
    .where(MailedLink.about == Proposal.id, MailedLink.purpose == PURPOSE)
    .scalar_subquery()
)
_PROPOSED = (
    select(
        *(Proposal, Edition, ProposalOutcome, Account.name, Phase.ends_at),
        _UNTIL.label("until"),
    )
    .join(Edition, Edition.id == Proposal.edition_id)
    .join(Account, Account.id == Proposal.proposed_by)
    .outerjoin(Phase, and_(Phase.edition_id == Edition.id, Phase.kind == "nominations"))
    .outerjoin(ProposalOutcome, ProposalOutcome.proposal_id == Proposal.id)
)
_NEWEST = (Proposal.proposed_at.desc(), Proposal.id)
_ABOUT = _PROPOSED.where(ProposalOutcome.nomination_id == bindparam("nomination_id"))


def own_proposals(db: Session, account_id: str | None) -> list[Proposed]:
    """What this person proposed, the newest first."""
    return _read(db, _PROPOSED.where(Proposal.proposed_by == account_id).order_by(*_NEWEST))


def proposals_in(db: Session, edition_id: str, page: int) -> list[Proposed]:
    """A page of what was proposed in an edition, the newest first."""
    query = _PROPOSED.where(Proposal.edition_id == edition_id).order_by(*_NEWEST)
    return _read(db, query.limit(PAGE).offset((page - 1) * PAGE))


def how_many(db: Session, edition_id: str) -> int:
    """How many were proposed in an edition."""
    query = select(func.count()).select_from(Proposal).where(Proposal.edition_id == edition_id)
    return db.scalar(query) or 0


def proposal(db: Session, proposal_id: str | None, edition_id: str | None = None) -> Proposed:
    """One proposal, if wanted of this edition; raises NotFound."""
    query = _PROPOSED.where(Proposal.id == proposal_id)
    found = _read(db, query if edition_id is None else query.where(Edition.id == edition_id))
    if not found:
        raise NotFound
    return found[0]


def link_sent(db: Session, token: str) -> MailedLink | None:
    """The link of a token, also one that is used or over."""
    query = select(MailedLink).filter_by(token_hash=token_hash(token), purpose=PURPOSE)
    return db.scalar(query)


def proposal_behind(db: Session, nomination_id: str) -> Proposed | None:
    """The proposal that a nomination was made from."""
    row = db.execute(_ABOUT, {"nomination_id": nomination_id}).first()
    return _proposed(row) if row else None


def proposed_lately(db: Session, account_id: str | None, now: datetime) -> int:
    """How many a person proposed within a day."""
    query = select(func.count()).where(
        Proposal.proposed_by == account_id, Proposal.proposed_at > now - _DAY
    )
    return db.scalar(query) or 0


def letters_lately(db: Session, email: str, now: datetime) -> int:
    """How many letters about proposals went to an address within 30 days."""
    query = select(func.count()).where(
        MailedLink.purpose == PURPOSE,
        MailedLink.email == clean_email(email),
        MailedLink.created_at > now - _MONTH,
    )
    return db.scalar(query) or 0


def is_stopped(db: Session, email: str) -> bool:
    """Whether somebody does not want such letters under this address."""
    return db.get(ProposalStop, email_hash(email)) is not None


def has_proposed(
    db: Session, edition_id: str, account_id: str | None, email: str | None = None
) -> bool:
    """Whether this person has proposed a network, if wanted to this contact, that may take part.

    What was declined or withdrawn, or has lapsed, counts no longer.
    """
    query = (
        select(Proposal.id)
        .outerjoin(ProposalOutcome, ProposalOutcome.proposal_id == Proposal.id)
        .where(
            Proposal.edition_id == edition_id,
            Proposal.proposed_by == account_id,
            Proposal.contact_email == clean_email(email) if email else true(),
            or_(ProposalOutcome.kind.is_(None), ProposalOutcome.kind == "accepted"),
        )
    )
    return db.scalar(query.limit(1)) is not None


def over(db: Session, now: datetime, *, limit: int) -> list[Proposed]:
    """Undecided ones whose time is over: the deadline has passed, or the last link's day."""
    last = and_(Proposal.letters >= MOST_LETTERS, now >= _UNTIL)
    query = _PROPOSED.where(ProposalOutcome.proposal_id.is_(None), or_(Phase.ends_at <= now, last))
    return _read(db, query.order_by(Proposal.id).limit(limit))


def to_erase(db: Session, now: datetime, *, limit: int) -> list[Proposed]:
    """Those whose deadline passed so long ago that the contact is erased."""
    query = _PROPOSED.where(Proposal.erased_at.is_(None), Phase.ends_at <= now - ERASED_AFTER)
    return _read(db, query.order_by(Proposal.id).limit(limit))


def writers_found(db: Session, words: str) -> list[tuple[Network, Account]]:
    """A few networks whose name holds the words, with those who write for them."""
    query = (
        select(Network, Account)
        .join(Membership, Membership.network_id == Network.id)
        .join(Account, Account.id == Membership.account_id)
        .where(Network.name.icontains(words, autoescape=True), Membership.may_write)
        .order_by(func.lower(Network.name), Network.id, func.lower(Account.name), Account.id)
        .limit(_FOUND)
    )
    return [(network, account) for network, account in db.execute(query)]


def _read(db: Session, query: Select[*tuple[Any, ...]]) -> list[Proposed]:
    return [_proposed(row) for row in db.execute(query)]


def _proposed(row: Any) -> Proposed:
    return Proposed(
        proposal=row.Proposal,
        edition=row.Edition,
        proposer=row.name,
        ends_at=row.ends_at,
        until=row.until,
        outcome=row.ProposalOutcome,
    )
