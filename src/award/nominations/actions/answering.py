"""What becomes of a proposal: the network accepts or declines, or time runs out."""

from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from award.accounts.actions import use_link
from award.accounts.models import Account, MailedLink, Network
from award.accounts.queries import email_hash
from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import Changed, Refused
from award.kit.i18n import gettext as _
from award.nominations.actions.drafting import repeat, start
from award.nominations.actions.proposing import check_undecided
from award.nominations.actions.receiving import first_rows, normal_values
from award.nominations.answers import known_values, sections
from award.nominations.canonical import normal
from award.nominations.mails import proposals as mails
from award.nominations.models import (
    Answers,
    Nomination,
    Proposal,
    ProposalOutcome,
    ProposalStop,
)
from award.nominations.queries import proposals
from award.programmes import queries as programmes
from award.programmes.models import Edition


def accept(  # noqa: PLR0913 - what, for which network, as it was seen, who, when
    db: Session,
    proposal: Proposal,
    network: Network,
    *,
    version: int,
    by: Actor,
    at: datetime,
    public_url: str,
) -> Nomination:
    """Make the network's draft, prefilled; from here on it is a draft like any other.

    The link that led here is used up by the caller. Whoever proposed cannot accept as well. Raises
    Changed when the proposal or its prepared answers were changed since they were seen.
    """
    edition = check_undecided(db, proposal, at)
    if proposal.proposed_by == by.account_id:
        raise Refused("own", _("You proposed this yourself. Somebody of the network accepts it."))
    if proposal.version != version:
        words = _("This proposal was changed in the meantime. Please look at it again.")
        raise Changed("changed", words)
    nomination = start(db, edition, network, by=by, at=at)
    _prefill(db, edition, proposal, nomination, by, at)
    proposal.answers = {}  # they belong to the draft now
    outcome = ProposalOutcome(
        proposal_id=proposal.id, kind="accepted", nomination_id=nomination.id,
        by=by.account_id, at=at,
    )  # fmt: skip
    _settle(db, edition, proposal, outcome, by, public_url)
    return nomination


def decline(  # noqa: PLR0913 - what, by which link, with what words, who, when
    db: Session,
    proposal: Proposal,
    mailed: MailedLink,
    words: str,
    *,
    by: Actor,
    at: datetime,
    public_url: str,
) -> None:
    """Nothing is made; the words, if any, are for whoever proposed."""
    edition = check_undecided(db, proposal, at)
    use_link(db, mailed, at=at, by=by.account_id)
    proposal.answers = {}
    outcome = ProposalOutcome(
        proposal_id=proposal.id, kind="declined", words=normal(words), by=by.account_id, at=at
    )
    _settle(db, edition, proposal, outcome, by, public_url)


def stop_letters(db: Session, mailed: MailedLink, *, at: datetime) -> None:
    """Never again write about proposals to the address of this link."""
    hashed = email_hash(mailed.email)
    if db.get(ProposalStop, hashed) is None:
        db.add(ProposalStop(email_hash=hashed, at=at))
        record(db, "nominations.proposals_stopped", mailed.id, by=None, at=at)


def lapse(db: Session, proposal: Proposal, *, at: datetime) -> None:
    """The network did not answer in time."""
    db.add(ProposalOutcome(proposal_id=proposal.id, kind="lapsed", at=at))
    edition = proposal.edition_id
    record(db, "nominations.proposal_lapsed", proposal.id, by=None, at=at, edition=edition)


def erase(db: Session, proposal: Proposal, *, at: datetime) -> None:
    """Forget the contact, the letters, and the words about a network that did not accept."""
    outcome = db.get(ProposalOutcome, proposal.id)
    mails.erase(db, proposal)
    its = (MailedLink.about == proposal.id, MailedLink.purpose == proposals.PURPOSE)
    db.execute(delete(MailedLink).where(*its))
    proposal.contact_name = proposal.contact_email = ""
    if outcome is None or outcome.kind != "accepted":
        proposal.reason, proposal.answers = "", {}
    proposal.erased_at = at
    edition = proposal.edition_id
    record(db, "nominations.proposal_erased", proposal.id, by=None, at=at, edition=edition)


def _settle(  # noqa: PLR0913 - what became of what, by whom
    db: Session,
    edition: Edition,
    proposal: Proposal,
    outcome: ProposalOutcome,
    by: Actor,
    public_url: str,
) -> None:
    db.add(outcome)
    db.flush()
    details = {"nomination": outcome.nomination_id} if outcome.nomination_id else {}
    codes = {
        "accepted": "nominations.proposal_accepted",
        "declined": "nominations.proposal_declined",
    }
    code = codes[outcome.kind]
    record(db, code, proposal.id, by=by, at=outcome.at, edition=edition.id, **details)
    proposer = db.get_one(Account, proposal.proposed_by)
    mails.answered(db, edition, proposal, proposer, outcome, public_url=public_url, at=outcome.at)


def _prefill(  # noqa: PLR0913 - from what, into what, who, when
    db: Session,
    edition: Edition,
    proposal: Proposal,
    nomination: Nomination,
    by: Actor,
    at: datetime,
) -> None:
    """Name and state of the network, and what an organiser prepared, which says who wrote it."""
    form = programmes.form_definition(db, edition.id)
    known = {"network_name": nomination.network_name, "state": nomination.state or proposal.state}
    written = []
    for section in sections(form):
        given = {**proposal.answers.get(section["key"], {}), **known_values(section, known)}
        values = normal_values(section, {section["key"]: given})
        if any(values.values()):
            written.append((section, values))
    who = proposal.proposed_by if proposal.is_organisers else by.account_id
    saved = {"nomination_id": nomination.id, "saved_by": who, "saved_at": at}
    if written:
        db.execute(insert(Answers), [saved | row for row in first_rows(form, written)])
    repeat(nomination, written)
