"""Who wins: a proposal with reasons and an embargo, confirmed by a second person."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from award.kit.ids import new_id
from award.kit.models import Base


class Decision(Base):
    """The winners of an edition. Public from `embargo_until` on, once confirmed.

    `sha256` is the hash of exactly what is confirmed; a proposal that changes gets a new one, and
    `dropped_at` ends a proposal that was replaced. The database keeps it to one at a time.
    """

    __tablename__ = "decision"
    __table_args__ = (
        Index(
            "uq_decision_one_at_a_time",
            "edition_id",
            unique=True,
            sqlite_where=text("dropped_at IS NULL"),
            postgresql_where=text("dropped_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), index=True)
    run_id: Mapped[str | None] = mapped_column(ForeignKey("ranking_run.id"))
    embargo_until: Mapped[datetime]
    sha256: Mapped[str]
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class DecidedWinner(Base):
    """One of the winners, with the reason that is published."""

    __tablename__ = "decided_winner"
    __table_args__ = (UniqueConstraint("decision_id", "nomination_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    decision_id: Mapped[str] = mapped_column(ForeignKey("decision.id"))
    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"))
    position: Mapped[int]
    reason: Mapped[str]
    deviation_reason: Mapped[str] = mapped_column(default="")
