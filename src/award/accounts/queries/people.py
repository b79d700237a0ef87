"""Accounts, their roles, and the links that were mailed to them."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session as Db

from award.accounts.models import Account, MailedLink, Membership, Network, RoleGrant
from award.kit.errors import NotFound, Refused
from award.kit.i18n import gettext as _
from award.kit.ids import token_hash

PAGE = 50
_IN_FORCE = (RoleGrant.confirmed_at.is_not(None), RoleGrant.ended_at.is_(None))


def clean_email(email: str) -> str:
    """A mail address as it is stored and compared."""
    return email.strip().lower()


def email_hash(email: str) -> str:
    """What of a mail address is kept with failed sign-ins."""
    return hashlib.sha256(clean_email(email).encode()).hexdigest()


def account(db: Db, account_id: str | None) -> Account:
    """The account of an id; raises NotFound."""
    found = db.get(Account, account_id) if account_id else None
    if found is None:
        raise NotFound
    return found


def account_by_email(db: Db, email: str) -> Account | None:
    return db.scalar(select(Account).where(Account.email == clean_email(email)))


def mailed_link(db: Db, token: str, purposes: Sequence[str], now: datetime) -> MailedLink:
    """The link of a token if it can still be used; raises Refused that says why it cannot."""
    found = db.scalar(
        select(MailedLink).where(
            MailedLink.token_hash == token_hash(token), MailedLink.purpose.in_(purposes)
        )
    )
    if found is None:
        raise Refused("link_unknown", _("This link is not complete, or it was never made here."))
    if found.taken_back_at is not None:
        raise Refused("link_taken_back", _("This invitation was taken back."))
    if found.used_at is not None:
        raise Refused("link_used", _("This link was already used."))
    if found.expires_at <= now:
        raise Refused("link_expired", _("This link is over, or a newer one was sent."))
    return found


def open_grant(db: Db, account_id: str | None, role: str) -> RoleGrant | None:
    """A person's role or the proposal of it, if it has not ended."""
    return db.scalar(
        select(RoleGrant).where(
            RoleGrant.account_id == account_id,
            RoleGrant.role == role,
            RoleGrant.ended_at.is_(None),
        )
    )


def proposal(db: Db, account_id: str) -> RoleGrant:
    """The proposal of a person as an administrator; raises NotFound if none is open."""
    found = open_grant(db, account_id, "administrator")
    if found is None or found.confirmed_at is not None:
        raise NotFound
    return found


def names(db: Db, account_ids: Iterable[str | None]) -> dict[str, str]:
    """Who stands behind these ids."""
    query = select(Account.id, Account.name).where(Account.id.in_(set(account_ids) - {None}))
    return {row.id: row.name for row in db.execute(query)}


def administrators(db: Db) -> int:
    """How many administrators there are now; locked, so that two cannot end each other at once."""
    query = select(RoleGrant.id).where(RoleGrant.role == "administrator", *_IN_FORCE)
    return len(db.scalars(query.order_by(RoleGrant.id).with_for_update()).all())


class Person(msgspec.Struct, frozen=True):
    """An account as administrators see it in the list."""

    id: str
    name: str
    email: str
    has_password: bool
    grants: list[RoleGrant]
    networks: list[str]


def people(db: Db, words: str = "", after: int = 0) -> list[Person]:
    """A page of the accounts whose name, address or network holds the words, and one more."""
    found = _people(words).order_by(func.lower(Account.name), Account.id)
    accounts = db.scalars(found.offset(after).limit(PAGE + 1)).all()
    return _persons(db, accounts)


def person(db: Db, account_id: str) -> Person:
    """One account as administrators see it; raises NotFound."""
    return _persons(db, [account(db, account_id)])[0]


def _people(words: str) -> Select[Account]:
    of_network = (
        select(Membership.account_id)
        .join(Network, Network.id == Membership.network_id)
        .where(Network.name.icontains(words, autoescape=True))
    )
    return select(Account).where(
        or_(
            Account.name.icontains(words, autoescape=True),
            Account.email.icontains(words, autoescape=True),
            Account.id.in_(of_network),
        )
    )


def _persons(db: Db, accounts: Sequence[Account]) -> list[Person]:
    ids = [one.id for one in accounts]
    open_ones = RoleGrant.account_id.in_(ids), RoleGrant.ended_at.is_(None)
    grants = list(db.scalars(select(RoleGrant).where(*open_ones).order_by(RoleGrant.proposed_at)))
    names = db.execute(
        select(Membership.account_id, Network.name)
        .join(Network, Network.id == Membership.network_id)
        .where(Membership.account_id.in_(ids))
        .order_by(Network.name)
    ).all()
    return [
        Person(
            one.id,
            one.name,
            one.email,
            one.password_hash is not None,
            [grant for grant in grants if grant.account_id == one.id],
            [row.name for row in names if row.account_id == one.id],
        )
        for one in accounts
    ]
