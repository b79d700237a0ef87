"""The letters that tell of the decision; they leave at the instant of the embargo."""

from datetime import datetime

from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.decisions import queries
from award.decisions.models import DecidedWinner, Decision
from award.kit import i18n, mail
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.kit.links import link
from award.nominations.models import Nomination
from award.programmes.models import Edition


def queue_letters(
    db: Session, edition: Edition, decision: Decision, *, public_url: str, at: datetime
) -> None:
    """One letter to everybody who writes for a judged nomination, in that person's language."""
    chosen = {one.nomination_id: one for one in queries.winners(db, decision.id)}
    for nomination, account in queries.recipients(db, edition.id):
        with i18n.speaking(account.language):
            mail.queue(
                db,
                _letter(edition, nomination, chosen.get(nomination.id), account, public_url),
                to=account.email,
                event=f"decisions.decided:{decision.id}:{nomination.id}:{account.id}",
                at=at,
                not_before=decision.embargo_until,
            )


def _letter(
    edition: Edition,
    nomination: Nomination,
    winner: DecidedWinner | None,
    account: Account,
    public_url: str,
) -> mail.Letter:
    said = {"title": nomination.title, "edition": local(edition.name)}
    address = public_url + link(f"/editions/{edition.slug}/winners", account.language)
    return mail.Letter(
        subject=_("Awarded: %(title)s", **said)
        if winner
        else _("Decision on your nomination: %(title)s", **said),
        paragraphs=(
            _("Good day %(name)s,", name=account.name),
            *(_won(said, winner) if winner else _not_won(said)),
        ),
        action=(_("To the winners"), address),
        reason=_("You get this letter because you write for the network that nominates."),
    )


def _won(said: dict[str, str], winner: DecidedWinner) -> tuple[str, ...]:
    return (
        _("Congratulations: your nomination “%(title)s” is awarded in %(edition)s.", **said),
        _("The reason is: %(reason)s", reason=winner.reason),
        _("From now on the winners are public. We will write to you about the ceremony."),
    )


def _not_won(said: dict[str, str]) -> tuple[str, ...]:
    """Kind and plain, without any score or place."""
    return (
        _("The jury of %(edition)s has decided.", **said),
        _("Your nomination “%(title)s” is not among the winners this time.", **said),
        _(
            "The jury read it with care. Thank you for the work that is in it, and for all that "
            "you do in your region. You are welcome to nominate again."
        ),
    )
