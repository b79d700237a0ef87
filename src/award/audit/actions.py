"""Writing the log, in the transaction of the change that it tells of."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from award.audit.chain import FIRST, as_hashed, entry_hash
from award.audit.models import AuditChain, AuditEntry
from award.kit.actor import Actor

HOUSE = "house"

# Every change writes here, so the statements are built once, and for the tables themselves.
_CHAINS = cast("Table", AuditChain.__table__)
_HEAD = (
    select(_CHAINS.c.length, _CHAINS.c.head)
    .where(_CHAINS.c.name == bindparam("chain"))
    .with_for_update()
)
_ADD = insert(cast("Table", AuditEntry.__table__))
_MOVE = (
    update(_CHAINS)
    .where(_CHAINS.c.name == bindparam("chain"))
    .values(length=bindparam("to"), head=bindparam("hash"))
)


def record(  # noqa: PLR0913 - who, what, about what, where, when
    db: Session,
    action: str,
    about: str,
    *,
    by: Actor | str | None,
    at: datetime,
    edition: str | None = None,
    **details: Any,
) -> str:
    """Add an entry to the edition's chain (or the house's) and return its hash.

    `about` is the id of the thing; `details` hold ids, numbers and hashes only, never names,
    addresses, scores or texts: what is written here can never be deleted.
    """
    chain = edition or HOUSE
    actor_id = by.account_id if isinstance(by, Actor) else by
    connection = db.connection()  # past the session, which takes twice the time
    number, previous = _locked_head(db, connection, chain)
    entry = as_hashed(chain, number + 1, at, actor_id, action, about, details)
    hashed = entry_hash(previous, entry)
    row = {
        "chain": chain,
        "number": number + 1,
        "at": at,
        "actor_id": actor_id,
        "action": action,
        "object_id": about,
        "details": details,
        "hash": hashed,
    }
    connection.execute(_ADD, row)
    connection.execute(_MOVE, {"chain": chain, "to": number + 1, "hash": hashed})
    return hashed


def _locked_head(db: Session, connection: Connection, chain: str) -> tuple[int, str]:
    found = connection.execute(_HEAD, {"chain": chain}).one_or_none()
    if found is None:
        _begin(db, chain)
        found = connection.execute(_HEAD, {"chain": chain}).one()
    return found.length, found.head


def _begin(db: Session, chain: str) -> None:
    try:
        with db.begin_nested():
            db.execute(insert(_CHAINS), {"name": chain, "length": 0, "head": FIRST})
    except IntegrityError:  # another transaction began it in between
        return
