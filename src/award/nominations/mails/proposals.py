"""The letters about proposals: to the contact at the network, and back to whoever proposed.

The letter to the contact holds as little as can be of what somebody else typed: two names, and
none of them in its subject. The reason is read on the page that its link leads to.
"""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from award.accounts.models import Account, MailedLink
from award.kit import i18n, mail
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.kit.links import link
from award.nominations.models import Proposal, ProposalOutcome
from award.programmes.models import Edition


def proposed(  # noqa: PLR0913 - a letter tells of these
    db: Session,
    edition: Edition,
    proposal: Proposal,
    proposer: Account,
    mailed: MailedLink,
    address: str,
    *,
    at: datetime,
) -> None:
    """To the contact: who proposes what, and the one link to look at it and answer."""
    said = {"network": proposal.network_name, "edition": local(edition.name)}
    letter = mail.Letter(
        subject=_("Would your network like to take part in %(edition)s?", edition=said["edition"]),
        paragraphs=(
            _("Good day %(name)s,", name=proposal.contact_name),
            _(
                "%(name)s proposes the network “%(network)s” for %(edition)s.",
                name=proposer.name,
                **said,
            ),
            _("Whether it takes part is yours to decide. Nothing is published or judged before."),
            *(
                [_("Answers are prepared already. You take them over, change them or delete them.")]
                if proposal.answers
                else []
            ),
            _(
                "The link shows what was written. It works once, until %(until)s.",
                until=i18n.deadline(mailed.expires_at),
            ),
        ),
        action=(_("Look at the proposal"), address),
        reason=_(
            "You get this letter because somebody named you as a contact of this network. If you "
            "want no more such letters, say so on the page behind the link."
        ),
    )
    queue_as = f"{_event(proposal)}{mailed.id}"
    mail.queue(db, letter, to=proposal.contact_email, event=queue_as, at=at)


def answered(  # noqa: PLR0913 - a letter tells of these
    db: Session,
    edition: Edition,
    proposal: Proposal,
    proposer: Account,
    outcome: ProposalOutcome,
    *,
    public_url: str,
    at: datetime,
) -> None:
    """To whoever proposed: the network has accepted or declined."""
    said = {"network": proposal.network_name, "edition": local(edition.name)}
    accepted = outcome.kind == "accepted"
    with i18n.speaking(proposer.language):
        letter = mail.Letter(
            subject=_("Your proposal for %(edition)s", edition=said["edition"]),
            paragraphs=(
                _("Good day %(name)s,", name=proposer.name),
                _(
                    "the network “%(network)s” has accepted your proposal for %(edition)s. It now "
                    "writes its nomination itself.",
                    **said,
                )
                if accepted
                else _(
                    "the network “%(network)s” does not want to take part in %(edition)s.", **said
                ),
                *([_("It says: %(words)s", words=outcome.words)] if outcome.words else []),
            ),
            action=(_("To your proposals"), public_url + link("/account/proposals")),
            reason=_("You get this letter because you proposed this network."),
        )
        event = f"nominations.proposal_answered:{proposal.id}"
        mail.queue(db, letter, to=proposer.email, event=event, at=at)


def over(  # noqa: PLR0913 - a letter tells of these
    db: Session,
    edition: Edition,
    proposal: Proposal,
    proposer: Account,
    *,
    is_asked_elsewhere: bool,
    public_url: str,
    at: datetime,
) -> None:
    """To a contact that had the letter: no answer is needed any more."""
    said = {"name": proposer.name, "network": proposal.network_name, "edition": local(edition.name)}
    letter = mail.Letter(
        subject=_("No answer is needed any more: %(edition)s", edition=said["edition"]),
        paragraphs=(
            _("Good day %(name)s,", name=proposal.contact_name),
            _(
                "%(name)s proposed the network “%(network)s” for %(edition)s and named you by "
                "mistake. Now somebody else is asked.",
                **said,
            )
            if is_asked_elsewhere
            else _(
                "%(name)s has withdrawn the proposal of the network “%(network)s” for %(edition)s.",
                **said,
            ),
            _(
                "The link in our last letter does not work any more. Nothing is to be done. Your "
                "network can also take part without a proposal."
            ),
        ),
        action=(_("Read the call"), public_url + link(f"/editions/{edition.slug}")),
        reason=_("You get this letter because somebody named you as a contact of this network."),
    )
    event = f"{_event(proposal)}over-{proposal.version}"
    mail.queue(db, letter, to=proposal.contact_email, event=event, at=at)


def erase(db: Session, proposal: Proposal) -> None:
    """Delete the letters to the contact, which hold name and address."""
    db.execute(delete(mail.Mail).where(mail.Mail.event.startswith(_event(proposal))))


def _event(proposal: Proposal) -> str:
    return f"nominations.proposed:{proposal.id}:"
