"""Whoever proposed corrects or withdraws it, until the network has answered."""

from datetime import datetime

from sqlalchemy.orm import Session

from award.accounts import queries as accounts
from award.accounts.models import Account
from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import Changed, Refused
from award.kit.i18n import gettext as _
from award.nominations.actions.proposing import (
    addressing,
    check_given,
    check_undecided,
    send_letter,
)
from award.nominations.mails import proposals as mails
from award.nominations.models import Proposal, ProposalOutcome
from award.nominations.queries import proposals
from award.programmes.models import Edition

_GIVEN = ("network_name", "state", "reason", "contact_name", "contact_email")


def correct_proposal(  # noqa: PLR0913 - what, how it should be, as it was seen, who, when
    db: Session,
    proposal: Proposal,
    given: Proposal,
    *,
    version: int,
    by: Actor,
    at: datetime,
    public_url: str,
) -> None:
    """Take over what is `given`. A contact at another address gets the letter that is left.

    The network reads the corrected words by the link that it has; an acceptance of the words as
    they were before is refused. Whoever was written to in vain is told that no answer is needed.
    """
    edition = check_undecided(db, proposal, at)
    if proposal.version != version:
        raise Changed("changed", _("This proposal was changed in the meantime."))
    given.contact_email = accounts.clean_email(given.contact_email)
    before, is_known = proposal.contact_email, proposal.letters > 0
    is_same = given.contact_email == before
    check_given(db, edition, given, by, is_same_contact=is_same)
    if is_known and not is_same:
        _check_letter_left(proposal)
        _tell(db, edition, proposal, is_asked_elsewhere=True, at=at, public_url=public_url)
    for name in _GIVEN:
        setattr(proposal, name, getattr(given, name))
    proposal.version += 1
    db.flush()
    record(
        db, "nominations.proposal_corrected", proposal.id, by=by, at=at, edition=edition.id,
        version=proposal.version,
    )  # fmt: skip
    if is_known and not is_same:
        send_letter(db, proposal, by=by, at=at, public_url=public_url)


def withdraw_proposal(
    db: Session, proposal: Proposal, *, by: Actor, at: datetime, public_url: str
) -> None:
    """Nothing is made, and the link works no longer; the contact hears of it if it had a letter."""
    edition = check_undecided(db, proposal, at)
    proposal.answers = {}
    db.add(ProposalOutcome(proposal_id=proposal.id, kind="withdrawn", by=by.account_id, at=at))
    db.flush()
    record(db, "nominations.proposal_withdrawn", proposal.id, by=by, at=at, edition=edition.id)
    if proposal.letters:
        _tell(db, edition, proposal, is_asked_elsewhere=False, at=at, public_url=public_url)


def _check_letter_left(proposal: Proposal) -> None:
    if proposal.letters >= proposals.MOST_LETTERS:
        words = _("Two letters went out already. Please withdraw this proposal and make a new one.")
        raise Refused("sent", errors={"email": words})


def _tell(  # noqa: PLR0913 - of what, and why it is over
    db: Session,
    edition: Edition,
    proposal: Proposal,
    *,
    is_asked_elsewhere: bool,
    at: datetime,
    public_url: str,
) -> None:
    """Unless no letters are wanted at the address."""
    if proposals.is_stopped(db, proposal.contact_email):
        return
    proposer = db.get_one(Account, proposal.proposed_by)
    with addressing(db, edition, proposal.contact_email):
        mails.over(
            db, edition, proposal, proposer, is_asked_elsewhere=is_asked_elsewhere,
            public_url=public_url, at=at,
        )  # fmt: skip
