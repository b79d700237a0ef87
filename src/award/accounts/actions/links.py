"""Links sent by mail: asked for, used once, over after a while. Only their hashes are stored."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session as Db

from award.accounts import mails, queries
from award.accounts.actions.networks import check_state, found_network
from award.accounts.actions.own import set_password
from award.accounts.actions.roles import grant_by_operator
from award.accounts.models import Account, Attempt, MailedLink, Network
from award.audit.actions import record
from award.kit import i18n
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.kit.ids import new_token, token_hash
from award.kit.links import link

Reason: TypeAlias = Callable[[], str]
INVITED_FOR = timedelta(hours=72)
RESET_FOR = timedelta(minutes=30)
MOST_AN_HOUR = 3
_BITS = 128
# Said by what the link was for.
_ASKED = {
    "password": "accounts.ask_password",
    "registration": "accounts.ask_registration",
}
_ACCEPTED = {
    "invitation": "accounts.accept_invitation",
    "operator": "accounts.accept_operator",
    "password": "accounts.accept_password",
    "proposal": "accounts.accept_proposal",
    "registration": "accounts.accept_registration",
}


def invite(  # noqa: PLR0913 - who is invited to what, by whom and when
    db: Db,
    *,
    email: str,
    name: str,
    language: str,
    public_url: str,
    by: Actor,
    at: datetime,
    reason: Reason | None = None,
    network: Network | None = None,
) -> Account:
    """Find or make the account of an address at once, and queue a letter to it.

    Who never set a password gets a link to do so, good for 72 hours; who has one is told and led
    to /home. What the person is invited to is the caller's to write, as rows and, if the letter
    should say it, as `reason`: it is asked for the sentence in the language of the letter.
    A link to a `network` can be taken back by it.
    """
    account = _found_or_made(db, email, name, language, at)
    record(db, "accounts.invite", account.id, by=by, at=at)
    with i18n.speaking(account.language):
        why = reason() if reason else ""
        if account.password_hash:
            mails.added(db, account, public_url + link("/home"), reason=why, at=at)
            return account
        made, address = _made(db, "invitation", account.email, public_url, at, by=by.account_id)
        made.network_id = network.id if network else None
        mails.invitation(db, made, account.name, address, reason=why, at=at)
    return account


def take_back(db: Db, network: Network, account: Account, *, at: datetime) -> None:
    """End the links that invite a person to a network; one to something else stays good."""
    links = update(MailedLink).where(
        MailedLink.email == account.email,
        MailedLink.purpose == "invitation",
        MailedLink.network_id == network.id,
        MailedLink.used_at.is_(None),
    )
    db.execute(links.values(taken_back_at=at))


def invited_lately(db: Db, email: str, at: datetime) -> int:
    """How many invitations went to this address in the last hour."""
    return _lately(db, email, at, ("invitation",))


def create_administrator(db: Db, *, email: str, public_url: str, at: datetime) -> str:
    """The operator's own way to an administrator: returns a one-use link, good for 72 hours.

    It works again for an account that exists, which then sets a new password. The grant is
    confirmed at once and knows no waiting.
    """
    account = _found_or_made(db, email, "", i18n.language.get(), at)
    grant_by_operator(db, account, at=at)
    made, address = _made(db, "operator", account.email, public_url, at)
    record(db, "accounts.create_administrator", account.id, by=None, at=at, link=made.id)
    return address


def ask_for_password(db: Db, *, email: str, public_url: str, at: datetime) -> None:
    """Send a link for a new password, good for 30 minutes, to whoever has an account.

    For an unknown address the same work is done and undone again, so that nobody can tell the
    two apart, not even by the time it takes. An address gets three letters an hour at most.
    """
    address = queries.clean_email(email)
    account = queries.account_by_email(db, address)
    wanted = account is not None and _lately(db, address, at) < MOST_AN_HOUR
    with i18n.speaking(account.language if account else i18n.language.get()):
        _sent_if(db, "password", address, public_url, at, wanted=wanted)


def register(  # noqa: PLR0913 - what the form asks for
    db: Db,
    *,
    network: str,
    state: str,
    name: str,
    email: str,
    public_url: str,
    at: datetime,
) -> None:
    """Send a link that makes the account and its network; nothing exists until it is used.

    Without the name of a network it makes the account only.

    An address that has an account is told so by a letter, with a link for a new password; the
    page says the same in both cases.
    """
    check_state(state)
    address = queries.clean_email(email)
    if queries.account_by_email(db, address):
        wanted = _lately(db, address, at) < MOST_AN_HOUR
        _sent_if(db, "password", address, public_url, at, wanted=wanted)
        return
    wanted = _lately(db, address, at) < MOST_AN_HOUR
    typed = {"name": name, "network_name": network, "network_state": state}
    _sent_if(db, "registration", address, public_url, at, wanted=wanted, typed=typed)


def accept(  # noqa: PLR0913 - which link, and what is set by it
    db: Db, mailed: MailedLink, *, name: str, language: str, password_hash: str, at: datetime
) -> Account:
    """Use a link, once: the account gets its name, language and password, and a network its row.

    Raises Refused when the link was used in between. The failed sign-ins of the address are
    forgotten, so that nobody can keep a person out by failing in their name.
    """
    use_link(db, mailed, at=at)
    account = _found_or_made(db, mailed.email, name, language, at)
    account.name, account.language = name or account.name, language
    mailed.used_by = account.id
    if mailed.purpose == "registration" and mailed.network_name:
        found_network(db, mailed.network_name, mailed.network_state, account, by=account.id, at=at)
    set_password(db, account, password_hash, keep=None, by=account.id, at=at)
    forgotten = Attempt.email_hash == queries.email_hash(mailed.email)
    db.execute(delete(Attempt).where(forgotten))
    record(db, _ACCEPTED[mailed.purpose], account.id, by=account.id, at=at)
    return account


def make_link(  # noqa: PLR0913 - a link has these parts
    db: Db, purpose: str, about: str, *, email: str, by: Actor, at: datetime, expires_at: datetime
) -> tuple[MailedLink, str]:
    """A link that a later slice sends about a thing of its own, and its token.

    Older links about the same thing end, so that one is good.
    """
    _end_older(db, at, MailedLink.about == about, MailedLink.purpose == purpose)
    token = new_token(_BITS)
    made = MailedLink(
        token_hash=token_hash(token), purpose=purpose, email=queries.clean_email(email),
        created_by=by.account_id, created_at=at, expires_at=expires_at, about=about,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made, token


def use_link(db: Db, mailed: MailedLink, *, at: datetime, by: str | None = None) -> None:
    """Use a link up; raises Refused when it was used in between."""
    used = update(MailedLink).where(MailedLink.id == mailed.id, MailedLink.used_at.is_(None))
    if not db.execute(used.values(used_at=at, used_by=by)).rowcount:  # type: ignore[attr-defined]
        raise Refused("link_used", _("This link was already used."))


def _found_or_made(db: Db, email: str, name: str, language: str, at: datetime) -> Account:
    address = queries.clean_email(email)
    account = queries.account_by_email(db, address)
    if account is None:
        account = Account(
            email=address, name=name or address.partition("@")[0], language=language, created_at=at
        )
        db.add(account)
        db.flush()
    return account


def _made(  # noqa: PLR0913 - a link has these parts
    db: Db,
    purpose: str,
    email: str,
    public_url: str,
    at: datetime,
    *,
    by: str | None = None,
    typed: dict[str, str] | None = None,
) -> tuple[MailedLink, str]:
    """A new link and its address; older ones of the same purpose end, so that one is good."""
    token = new_token(_BITS)
    _end_older(db, at, MailedLink.email == email, MailedLink.purpose == purpose)
    made = MailedLink(
        token_hash=token_hash(token),
        purpose=purpose,
        email=email,
        created_by=by,
        created_at=at,
        expires_at=at + (RESET_FOR if purpose == "password" else INVITED_FOR),
        **(typed or {}),
    )
    db.add(made)
    db.flush()
    place = "password-resets" if purpose == "password" else "invitations"
    return made, public_url + link(f"/{place}/{token}")


def _end_older(db: Db, at: datetime, *which: ColumnElement[bool]) -> None:
    older = update(MailedLink).where(
        *which, MailedLink.used_at.is_(None), MailedLink.expires_at > at
    )
    db.execute(older.values(expires_at=at))


def _sent_if(  # noqa: PLR0913 - a link has these parts
    db: Db,
    purpose: str,
    email: str,
    public_url: str,
    at: datetime,
    *,
    wanted: bool,
    typed: dict[str, str] | None = None,
) -> None:
    """Make the link and its letter; if not wanted, undo both again."""
    undoable = db.begin_nested()
    made, address = _made(db, purpose, email, public_url, at, typed=typed)
    mails.asked_for(db, made, address, at=at)
    record(db, _ASKED[purpose], made.id, by=None, at=at)
    db.flush()
    if wanted:
        undoable.commit()
    else:
        undoable.rollback()


def _lately(
    db: Db, email: str, at: datetime, purposes: Sequence[str] = ("password", "registration")
) -> int:
    """How many links went to this address in the last hour, by default those asked for with it."""
    query = select(func.count()).where(MailedLink.email == email, MailedLink.purpose.in_(purposes))
    return db.scalar(query.where(MailedLink.created_at > at - timedelta(hours=1))) or 0
