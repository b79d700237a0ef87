"""Reading the log, and finding out whether it was changed afterwards."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from award.audit.chain import FIRST, as_hashed, entry_hash
from award.audit.models import AuditChain, AuditEntry

PAGE = 100


class Fault(msgspec.Struct, frozen=True):
    """The first entry of a chain that is not as it was written."""

    chain: str
    number: int
    what: str


def head(db: Session, chain: str) -> tuple[int, str]:
    """Length and head of a chain; (0, zeros) before its first entry."""
    found = db.get(AuditChain, chain)
    return (found.length, found.head) if found else (0, FIRST)


def faults(db: Session) -> Iterator[Fault]:
    """The first fault of every chain, none if the log is whole."""
    for name, length, last in db.execute(
        select(AuditChain.name, AuditChain.length, AuditChain.head).order_by(AuditChain.name)
    ).all():
        fault = _first_fault(db, name, length, last)
        if fault:
            yield fault
    known = select(AuditChain.name)
    for name in db.scalars(
        select(AuditEntry.chain).where(AuditEntry.chain.not_in(known)).distinct()
    ):
        yield Fault(name, 1, "no head")


def _first_fault(db: Session, chain: str, length: int, last: str) -> Fault | None:
    previous, number = FIRST, 0
    query = select(AuditEntry).where(AuditEntry.chain == chain).order_by(AuditEntry.number)
    with db.scalars(query.execution_options(yield_per=1000)) as entries:
        for entry in entries:
            number += 1
            if entry.number != number:
                return Fault(chain, number, "missing")
            if entry.hash != entry_hash(previous, _as_hashed(entry)):
                return Fault(chain, number, "changed")
            previous = entry.hash
    return None if (number, previous) == (length, last) else Fault(chain, number + 1, "cut off")


def _as_hashed(entry: AuditEntry) -> dict[str, Any]:
    return as_hashed(
        entry.chain,
        entry.number,
        entry.at,
        entry.actor_id,
        entry.action,
        entry.object_id,
        entry.details,
    )


def entries(
    chain: str | None = None, *, before: int | None = None, by: str | None = None
) -> Select[AuditEntry]:
    """The newest entries first, a page of them; of one chain, of one person, or all."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE)
    if by:
        query = query.where(AuditEntry.actor_id == by)
    if chain:
        query = query.where(AuditEntry.chain == chain)
    if before:
        query = query.where(AuditEntry.id < before)
    return query


def count(db: Session) -> int:
    """How many entries there are."""
    return db.scalar(select(func.count()).select_from(AuditEntry)) or 0


def last_at(db: Session, chain: str) -> datetime | None:
    """When the last entry of a chain was written."""
    return db.scalar(select(func.max(AuditEntry.at)).where(AuditEntry.chain == chain))


def chains(db: Session) -> list[AuditChain]:
    """All chains, each with its length and head."""
    return list(db.scalars(select(AuditChain).order_by(AuditChain.name)))
