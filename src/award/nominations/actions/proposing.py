"""Somebody proposes a network, and its contact gets a letter with a link."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from award.accounts import queries as accounts
from award.accounts.actions import make_link
from award.accounts.models import Account, MailedLink
from award.accounts.states import is_state
from award.audit.actions import record
from award.kit import i18n
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import number
from award.kit.links import link
from award.nominations import queries
from award.nominations.actions.deadline import check_in_time
from award.nominations.mails import proposals as mails
from award.nominations.models import Proposal, ProposalOutcome
from award.nominations.queries import proposals
from award.programmes.models import Edition

_LINK_FOR = timedelta(days=14)
_MOST_A_DAY = 5
_MOST_TO_AN_ADDRESS = 3  # within 30 days, whoever proposes
_BOTH_SIDES = "cannot both propose and judge"  # what the database's trigger says


def propose(  # noqa: PLR0913 - where, what, who, when
    db: Session, edition: Edition, proposal: Proposal, *, by: Actor, at: datetime, public_url: str
) -> None:
    """Write down what somebody proposes, and send the letter to the contact.

    An organiser's is sent later, by `send_letter`, so that answers can be prepared before.
    Refused outside the time, for jurors of the edition, and beyond the limits.
    """
    check_in_time(db, edition, queries.days(db, edition.id), at)
    proposal.contact_email = accounts.clean_email(proposal.contact_email)
    check_given(db, edition, proposal, by)
    if (
        not proposal.is_organisers
        and proposals.proposed_lately(db, by.account_id, at) >= _MOST_A_DAY
    ):
        raise Refused(
            "many",
            _(
                "You have proposed %(most)s networks within a day. Please go on tomorrow.",
                most=number(_MOST_A_DAY),
            ),
        )
    _check_address(db, proposal.contact_email, at)
    _add(db, proposal)
    record(db, "nominations.proposed", proposal.id, by=by, at=at, edition=edition.id)
    if not proposal.is_organisers:
        send_letter(db, proposal, by=by, at=at, public_url=public_url)


def send_letter(
    db: Session, proposal: Proposal, *, by: Actor, at: datetime, public_url: str
) -> None:
    """Write to the contact, with a link that works for 14 days and not past the deadline.

    Once more is possible; the link before then ends.
    """
    edition = check_undecided(db, proposal, at)
    if proposal.letters >= proposals.MOST_LETTERS:
        raise Refused("sent", _("This letter was sent twice already. More are not sent."))
    _check_address(db, proposal.contact_email, at)
    days = queries.days(db, edition.id)
    assert days.nominations is not None  # noqa: S101 - or nothing could be proposed
    ends_at = days.nominations.ends_at or at + _LINK_FOR
    mailed, token = make_link(
        db, proposals.PURPOSE, proposal.id, email=proposal.contact_email, by=by, at=at,
        expires_at=min(at + _LINK_FOR, ends_at),
    )  # fmt: skip
    proposal.letters += 1
    record(
        db, "nominations.proposal_sent", proposal.id, by=by, at=at, edition=edition.id,
        letter=proposal.letters,
    )  # fmt: skip
    _write(db, edition, proposal, mailed, token, at=at, public_url=public_url)


def check_undecided(db: Session, proposal: Proposal, at: datetime) -> Edition:
    """Refuse what has an outcome, and all once the deadline is over; returns the edition."""
    db.refresh(proposal, with_for_update=True)
    edition = db.get_one(Edition, proposal.edition_id)
    if db.get(ProposalOutcome, proposal.id) is not None:
        raise Refused("decided", _("This proposal is decided already."))
    check_in_time(db, edition, queries.days(db, edition.id), at)
    return edition


def check_given(
    db: Session, edition: Edition, proposal: Proposal, by: Actor, *, is_same_contact: bool = False
) -> None:
    """Refuse what cannot be proposed, and a contact that this person has named elsewhere."""
    errors = {}
    if not is_state(proposal.state):
        errors["state"] = _("Please choose one of the federal states.")
    if any(sign in proposal.network_name.lower() for sign in ("://", "www.")):
        errors["network"] = _("Please write the name only, without an address.")
    if proposal.contact_email == by.email and not proposal.is_organisers:
        errors["email"] = _("This is your own address. You can begin a nomination yourself.")
    elif not is_same_contact and proposals.has_proposed(
        db, edition.id, by.account_id, proposal.contact_email
    ):
        errors["email"] = _("You have proposed a network with this contact already.")
    if errors:
        raise Refused("proposal", errors=errors)


def _check_address(db: Session, email: str, at: datetime) -> None:
    words = ""
    if proposals.is_stopped(db, email):
        words = _("No letters about proposals are wanted under this address.")
    elif proposals.letters_lately(db, email, at) >= _MOST_TO_AN_ADDRESS:
        words = _("This address got several letters of this kind lately. Please try again later.")
    if words:
        raise Refused("address", words, errors={"email": words})


@contextmanager
def addressing(db: Session, edition: Edition, email: str) -> Iterator[None]:
    """Write in the contact's language, if it is known, else in that of the page."""
    known = accounts.account_by_email(db, email)
    language = known.language if known else i18n.language.get()
    with i18n.speaking(language), i18n.in_zone(edition.time_zone):
        yield


def _add(db: Session, proposal: Proposal) -> None:
    try:
        with db.begin_nested():
            db.add(proposal)
    except DBAPIError as error:
        if _BOTH_SIDES not in str(error.orig):
            raise
        raise Refused(
            "both_sides",
            _(
                "You are on the jury of this edition. Whoever judges does not propose; please "
                "leave it to somebody else."
            ),
        ) from error


def _write(  # noqa: PLR0913 - a letter tells of these
    db: Session,
    edition: Edition,
    proposal: Proposal,
    mailed: MailedLink,
    token: str,
    *,
    at: datetime,
    public_url: str,
) -> None:
    proposer = db.get_one(Account, proposal.proposed_by)
    with addressing(db, edition, proposal.contact_email):
        address = public_url + link(f"/proposals/{token}")
        mails.proposed(db, edition, proposal, proposer, mailed, address, at=at)
