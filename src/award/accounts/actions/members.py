"""What changes for the people of a network: what they may do, and that they leave."""

from datetime import datetime

from sqlalchemy.orm import Session as Db

from award.accounts import mails, queries
from award.accounts.actions.links import take_back
from award.accounts.models import Account, Membership, Network
from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _


def change_access(  # noqa: PLR0913 - whose, where, to what, by whom and when
    db: Db, network: Network, member: Membership, *, may_write: bool, by: Actor, at: datetime
) -> None:
    """Let a member write, or read only, and tell them; nothing for what is so already.

    Raises Refused for the last person who may write.
    """
    if member.may_write == may_write:
        return
    _keep_a_writer(db, member, after=may_write)
    member.may_write = may_write
    db.flush()
    account = db.get_one(Account, member.account_id)
    record(
        db, "accounts.change_access", network.id, by=by, at=at, account=account.id,
        may_write=int(may_write),
    )  # fmt: skip
    mails.access_changed(db, account, network, may_write=may_write, at=at)


def remove_member(db: Db, network: Network, member: Membership, *, by: Actor, at: datetime) -> None:
    """End a membership, with the invitation if it was not used; raises Refused as above."""
    _keep_a_writer(db, member, after=False)
    account = db.get_one(Account, member.account_id)
    db.delete(member)
    db.flush()
    record(db, "accounts.remove_member", network.id, by=by, at=at, account=account.id)
    if account.password_hash is None:
        take_back(db, network, account, at=at)
        mails.taken_back(db, account, network, at=at)
    else:
        mails.removed(db, account, network, at=at)


def _keep_a_writer(db: Db, member: Membership, *, after: bool) -> None:
    """Somebody has to remain who may write; in place of one who came, not one who is invited."""
    if not member.may_write or after:
        return
    remaining = queries.writers(db, member.network_id)
    has_come = remaining.pop(member.account_id)
    if not remaining:
        raise Refused(
            "last_writer",
            _("Somebody has to be able to write for the network. Give this to a colleague first."),
        )
    if has_come and not any(remaining.values()):
        raise Refused(
            "last_writer",
            _(
                "Somebody has to be able to write for the network. Wait until another person who "
                "may write has accepted the invitation."
            ),
        )
