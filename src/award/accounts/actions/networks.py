"""Networks, and joining them."""

from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session as Db

from award.accounts import queries
from award.accounts.models import Account, Membership, Network
from award.accounts.states import is_state
from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _

# Said by the database's own guard, which every way of joining passes.
_BOTH_SIDES = "cannot both nominate and judge"


def create_network(db: Db, *, name: str, state: str, by: Actor, at: datetime) -> Network:
    """Make a network without members; the first one is invited to it."""
    network = _made(db, name, state, at)
    record(db, "accounts.create_network", network.id, by=by, at=at)
    return network


def found_network(  # noqa: PLR0913 - what, for whom, by whom, when
    db: Db, name: str, state: str, account: Account, *, by: str, at: datetime
) -> Network:
    """Make the network that a person registered, with this person as its first writer."""
    network = _made(db, name, state, at)
    join(db, network, account, by=by, at=at)
    return network


def check_state(code: str) -> None:
    """Raises Refused unless the code is empty or a federal state's."""
    if code and not is_state(code):
        raise Refused("state", errors={"state": _("Please choose one of the federal states.")})


def _made(db: Db, name: str, state: str, at: datetime) -> Network:
    check_state(state)
    network = Network(name=name, state=state, created_at=at)
    db.add(network)
    db.flush()
    return network


def join(  # noqa: PLR0913 - who joins what, and how
    db: Db,
    network: Network,
    account: Account,
    *,
    by: Actor | str,
    at: datetime,
    may_write: bool = True,
) -> Membership:
    """Make a person a member.

    Raises Refused for somebody who is one, and for a person of the jury of an edition in which
    the network nominates.
    """
    if queries.membership(db, network.id, account.id) is not None:
        words = _("This person already belongs to the network. You find them in the list.")
        raise Refused("is_member", words, errors={"email": words})
    member = Membership(
        network_id=network.id, account_id=account.id, may_write=may_write, created_at=at
    )
    _add(db, member)
    record(
        db, "accounts.join", network.id, by=by, at=at, account=account.id, may_write=int(may_write)
    )
    return member


def _add(db: Db, member: Membership) -> None:
    try:
        with db.begin_nested():
            db.add(member)
    except DBAPIError as error:
        if _BOTH_SIDES not in str(error.orig):
            raise
        raise Refused(
            "both_sides",
            _("This person judges in an edition in which the network takes part."),
            errors={"email": _("A person cannot nominate and judge in the same edition.")},
        ) from error
