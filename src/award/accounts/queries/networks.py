"""Networks and their members."""

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session as Db

from award.accounts.models import Account, MailedLink, Membership, Network
from award.accounts.queries.people import PAGE
from award.kit.errors import NotFound


def network(db: Db, network_id: str) -> Network:
    """The network of an id; raises NotFound."""
    found = db.get(Network, network_id)
    if found is None:
        raise NotFound
    return found


def membership(db: Db, network_id: str, account_id: str | None) -> Membership | None:
    return db.scalar(
        select(Membership).where(
            Membership.network_id == network_id, Membership.account_id == account_id
        )
    )


def writers(db: Db, network_id: str) -> dict[str, bool]:
    """The accounts that may write for a network, and whether each has a password yet.

    Locked, so that two cannot remove each other at once.
    """
    query = (
        select(Membership.account_id, Account.password_hash.is_not(None))
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.network_id == network_id, Membership.may_write)
        .order_by(Membership.id)
        .with_for_update(of=Membership)
    )
    return {account_id: has_come for account_id, has_come in db.execute(query)}  # noqa: C416 - rows


class Member(msgspec.Struct, frozen=True):
    """A person of a network, as the network's own people see them.

    `invited_until` is the end of the newest invitation of whoever has no password yet.
    """

    account_id: str
    name: str
    email: str
    may_write: bool
    has_password: bool
    invited_until: datetime | None


_INVITED_UNTIL = (
    select(func.max(MailedLink.expires_at))
    .where(
        MailedLink.email == Account.email,
        MailedLink.purpose == "invitation",
        MailedLink.taken_back_at.is_(None),
        Account.password_hash.is_(None),
    )
    .correlate(Account)
    .scalar_subquery()
)


def members(db: Db, network_id: str) -> list[Member]:
    """The people of a network by name."""
    query = (
        select(
            Account.id,
            Account.name,
            Account.email,
            Membership.may_write,
            Account.password_hash.is_not(None),
            _INVITED_UNTIL,
        )
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.network_id == network_id)
        .order_by(func.lower(Account.name), Account.id)
    )
    return [Member(*row) for row in db.execute(query)]


def own_networks(db: Db, account_id: str | None) -> list[tuple[Network, int]]:
    """The networks of a person, each with the number of its members."""
    mine = select(Membership.network_id).where(Membership.account_id == account_id)
    return _with_sizes(db, Network.id.in_(mine))


def networks(db: Db, words: str = "", after: int = 0) -> list[tuple[Network, int]]:
    """A page of the networks whose name holds the words, each with its size, and one more."""
    return _with_sizes(db, Network.name.icontains(words, autoescape=True), after, PAGE + 1)


def _with_sizes(
    db: Db, which: ColumnElement[bool], after: int = 0, most: int | None = None
) -> list[tuple[Network, int]]:
    query = (
        select(Network, func.count(Membership.id))
        .outerjoin(Membership, Membership.network_id == Network.id)
        .where(which)
        .group_by(Network.id)
        .order_by(func.lower(Network.name), Network.id)
    )
    return [(found, size) for found, size in db.execute(query.offset(after).limit(most))]
