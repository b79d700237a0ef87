"""The log: one chain per edition, and the house's for everything without an edition."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.kit.models import Base


class AuditChain(Base):
    """Where a chain ends. The row is locked while an entry is added, so a chain cannot fork."""

    __tablename__ = "audit_chain"

    name: Mapped[str] = mapped_column(primary_key=True)
    length: Mapped[int]
    head: Mapped[str]


class AuditEntry(Base):
    """One thing that somebody did. Triggers refuse UPDATE, DELETE and TRUNCATE."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("chain", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    chain: Mapped[str]
    number: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[str | None] = mapped_column(index=True)
    action: Mapped[str]
    object_id: Mapped[str] = mapped_column(index=True)
    details: Mapped[dict[str, Any]]
    hash: Mapped[str]
