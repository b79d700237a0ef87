"""The letters about accounts. They are composed in the language that is spoken now."""

from datetime import datetime

from sqlalchemy.orm import Session as Db

from award.accounts.models import Account, Feedback, MailedLink, Network, RoleGrant
from award.kit import i18n
from award.kit.i18n import gettext as _
from award.kit.ids import new_id
from award.kit.links import link
from award.kit.mail import Letter, queue


def invitation(  # noqa: PLR0913 - to whom, with what, why, when
    db: Db, mailed: MailedLink, name: str, address: str, *, reason: str, at: datetime
) -> None:
    """To somebody who never set a password."""
    letter = Letter(
        subject=_("Your invitation"),
        paragraphs=tuple(
            filter(
                None,
                (
                    _("Good day %(name)s,", name=name),
                    reason,
                    _("With the following link you set your password and sign in."),
                    _good_until(mailed),
                ),
            )
        ),
        action=(_("Accept the invitation"), address),
        reason=_("You get this letter because somebody invited you under this address."),
    )
    queue(db, letter, to=mailed.email, event=f"link:{mailed.id}", at=at)


def added(db: Db, account: Account, address: str, *, reason: str, at: datetime) -> None:
    """To somebody who can sign in already."""
    letter = Letter(
        subject=_("There is something new for you"),
        paragraphs=tuple(
            filter(
                None,
                (
                    _("Good day %(name)s,", name=account.name),
                    reason,
                    _("You find it in your area, with the password that you have."),
                ),
            )
        ),
        action=(_("To my area"), address),
        reason=_("You get this letter because you have an account with this address."),
    )
    queue(db, letter, to=account.email, event=f"added:{account.id}:{new_id()}", at=at)


def asked_for(db: Db, mailed: MailedLink, address: str, *, at: datetime) -> None:
    """The link that somebody asked for: a new password, or the end of a registration."""
    new = mailed.purpose == "registration"
    letter = Letter(
        subject=_("Confirm your address") if new else _("Your new password"),
        paragraphs=(
            _("Good day %(name)s,", name=mailed.name) if mailed.name else _("Good day,"),
            _confirmed_by_it(mailed)
            if new
            else _("you have an account with this address. This link sets a new password."),
            _good_until(mailed),
        ),
        action=(_("Confirm the address") if new else _("Set a new password"), address),
        reason=_(
            "You get this letter because this address was typed on our page. If it was not you, "
            "nothing more is to be done."
        ),
    )
    queue(db, letter, to=mailed.email, event=f"link:{mailed.id}", at=at)


def _confirmed_by_it(mailed: MailedLink) -> str:
    if not mailed.network_name:
        return _("with the following link you confirm your address and set a password.")
    return _(
        "with the following link you confirm your address, set a password and register the "
        "network “%(name)s”.",
        name=mailed.network_name,
    )


def role_given(db: Db, account: Account, grant: RoleGrant, *, at: datetime) -> None:
    """To a new administrator, once two persons wanted it."""
    with i18n.speaking(account.language):
        letter = Letter(
            subject=_("You are now an administrator"),
            paragraphs=(
                _("Good day %(name)s,", name=account.name),
                _("Two administrators have given you this role. Please sign in anew."),
                _("For the first 72 hours you cannot be the second person who confirms."),
            ),
            reason=_("You get this letter because you have an account with this address."),
        )
        queue(db, letter, to=account.email, event=f"role:{grant.id}", at=at)


def removed(db: Db, account: Account, network: Network, *, at: datetime) -> None:
    """To somebody who no longer belongs to a network."""
    with i18n.speaking(account.language):
        letter = Letter(
            subject=_("You no longer belong to a network"),
            paragraphs=(
                _("Good day %(name)s,", name=account.name),
                _("you can no longer work for the network “%(name)s”.", name=network.name),
            ),
            reason=_("You get this letter because you have an account with this address."),
        )
        queue(db, letter, to=account.email, event=f"removed:{network.id}:{new_id()}", at=at)


def taken_back(db: Db, account: Account, network: Network, *, at: datetime) -> None:
    """To somebody who was invited to a network and did not come yet."""
    with i18n.speaking(account.language):
        letter = Letter(
            subject=_("An invitation was taken back"),
            paragraphs=(
                _("Good day %(name)s,", name=account.name),
                _(
                    "you were invited to the network “%(name)s”. This invitation was taken back, "
                    "and its link does not work any more. You need not do anything.",
                    name=network.name,
                ),
            ),
            reason=_("You get this letter because somebody invited you under this address."),
        )
        queue(db, letter, to=account.email, event=f"taken_back:{network.id}:{new_id()}", at=at)


def access_changed(
    db: Db, account: Account, network: Network, *, may_write: bool, at: datetime
) -> None:
    """To somebody who may do more or less for a network than before."""
    with i18n.speaking(account.language):
        now = (
            _("you may now write for the network “%(name)s”.", name=network.name)
            if may_write
            else _("you may now only read for the network “%(name)s”.", name=network.name)
        )
        letter = Letter(
            subject=_("What you may do for a network has changed"),
            paragraphs=(_("Good day %(name)s,", name=account.name), now),
            reason=_("You get this letter because you have an account with this address."),
        )
        queue(db, letter, to=account.email, event=f"access:{network.id}:{new_id()}", at=at)


def barrier_reported(
    db: Db, report: Feedback, contact: str, public_url: str, *, at: datetime
) -> None:
    """To the organiser, whose language is the first one: what somebody met with, and where."""
    with i18n.speaking(i18n.DEFAULT_LANGUAGE):
        answer_to = _("You can answer to %(email)s.", email=report.email) if report.email else ""
        letter = Letter(
            subject=_("A barrier was reported"),
            paragraphs=(
                _("Good day,"),
                _("somebody reports about %(page)s:", page=report.page or "/"),
                report.text,
                answer_to or _("No address to answer to was given."),
            ),
            action=(_("All reports"), public_url + link("/admin/feedback")),
            reason=_("You get this letter because this address is the contact of the award."),
        )
        queue(db, letter, to=contact, event=f"barrier:{report.id}", at=at)


def _good_until(mailed: MailedLink) -> str:
    return _(
        "The link works once, until %(until)s.", until=i18n.moment(mailed.expires_at, weekday=True)
    )
