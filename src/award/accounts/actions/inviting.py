"""Inviting somebody to something of the house: the letter and the row in one go."""

from datetime import datetime

from sqlalchemy.orm import Session as Db

from award.accounts import queries
from award.accounts.actions.links import MOST_AN_HOUR, Reason, invite, invited_lately
from award.accounts.actions.networks import create_network, join
from award.accounts.actions.roles import make_auditor, propose_administrator
from award.accounts.models import Account, Membership, Network
from award.kit.actor import Actor
from award.kit.errors import Refused, TooMany
from award.kit.i18n import gettext as _


def invite_member(  # noqa: PLR0913 - who is invited to what, by whom and when
    db: Db,
    network: Network,
    *,
    email: str,
    name: str,
    may_write: bool,
    language: str,
    public_url: str,
    by: Actor,
    at: datetime,
) -> Account:
    """Make somebody a member of a network and tell them; raises Refused as `join` does."""
    account = invite(
        db,
        email=email,
        name=name,
        language=language,
        public_url=public_url,
        by=by,
        at=at,
        reason=_to_network(network, by, may_write=may_write),
        network=network,
    )
    join(db, network, account, by=by, at=at, may_write=may_write)
    return account


def invite_again(  # noqa: PLR0913 - who is invited to what, by whom and when
    db: Db, network: Network, member: Membership, *, public_url: str, by: Actor, at: datetime
) -> None:
    """Send a new link to somebody who has not used the one they got, which ends.

    Raises Refused when they did, and TooMany after a few letters within an hour.
    """
    account = queries.account(db, member.account_id)
    if account.password_hash is not None:
        raise Refused("has_come", _("This person has accepted the invitation in the meantime."))
    if invited_lately(db, account.email, at) >= MOST_AN_HOUR:
        words = _("Several letters went to this address within the hour. Please wait a while.")
        raise TooMany("letters", words, retry_after=3600)
    invite(
        db,
        email=account.email,
        name=account.name,
        language=account.language,
        public_url=public_url,
        by=by,
        at=at,
        reason=_to_network(network, by, may_write=member.may_write),
        network=network,
    )


def _to_network(network: Network, by: Actor, *, may_write: bool) -> Reason:
    """Who invites to which network, and what one may do there."""
    said = {"inviter": by.name, "network": network.name}

    def sentence() -> str:
        if may_write:
            return _(
                "%(inviter)s invites you to the network “%(network)s”. You may write its "
                "nominations, hand them in and invite others.",
                **said,
            )
        return _(
            "%(inviter)s invites you to the network “%(network)s”. You may read its nominations.",
            **said,
        )

    return sentence


def invite_network(  # noqa: PLR0913 - which network, who is first in it, by whom and when
    db: Db,
    *,
    network: str,
    state: str,
    email: str,
    name: str,
    language: str,
    public_url: str,
    by: Actor,
    at: datetime,
) -> Network:
    """Make a network and invite its first member."""
    made = create_network(db, name=network, state=state, by=by, at=at)
    invite_member(
        db,
        made,
        email=email,
        name=name,
        may_write=True,
        language=language,
        public_url=public_url,
        by=by,
        at=at,
    )
    return made


def invite_to_role(  # noqa: PLR0913 - who is invited to what, by whom and when
    db: Db,
    role: str,
    *,
    email: str,
    name: str,
    language: str,
    public_url: str,
    by: Actor,
    at: datetime,
) -> Account:
    """Invite somebody as an auditor, or propose them as an administrator."""
    words = {
        "auditor": lambda: _("You may read everything that is unsealed, and the whole log."),
        "administrator": lambda: _(
            "You are proposed as an administrator. A second administrator has to confirm this."
        ),
    }
    account = invite(
        db,
        email=email,
        name=name,
        language=language,
        public_url=public_url,
        by=by,
        at=at,
        reason=words[role],
    )
    grant = make_auditor if role == "auditor" else propose_administrator
    grant(db, account, by=by, at=at)
    return account
