"""Seats, conflicts, assignments and score sheets of a round, and its opening."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.kit.ids import new_id
from award.kit.models import Base


class Seat(Base):
    """A juror's place in an edition; chair and deputy are jurors too."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("edition_id", "account_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    organisation: Mapped[str] = mapped_column(default="")
    affiliation: Mapped[str] = mapped_column(default="")
    is_chair: Mapped[bool] = mapped_column(default=False)
    is_deputy: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Conflict(Base):
    """A conflict of interest that was declared, matched or hinted at."""

    __tablename__ = "conflict"
    __table_args__ = (UniqueConstraint("seat_id", "nomination_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    seat_id: Mapped[str] = mapped_column(ForeignKey("seat.id"))
    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), index=True)
    kind: Mapped[str]
    statement: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    reported_at: Mapped[datetime]
    reported_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))


class ConflictDecision(Base):
    """Whether a conflict excludes the juror; undecided ones hide the nomination already."""

    __tablename__ = "conflict_decision"

    conflict_id: Mapped[str] = mapped_column(ForeignKey("conflict.id"), primary_key=True)
    is_excluded: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


class RoundEntry(Base):
    """A nomination that a round judges."""

    __tablename__ = "round_entry"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), primary_key=True)
    is_calibration: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


class Assignment(Base):
    """One juror, one nomination, one round. Its score sheet has the same id."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "nomination_id", "seat_id"),
        Index(
            "ix_assignment_seat_id_round_id_position_id", "seat_id", "round_id", "position", "id"
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"))
    seat_id: Mapped[str] = mapped_column(ForeignKey("seat.id"))
    position: Mapped[int]  # the juror's own reading order, drawn at random
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(default="")


class Sheet(Base):
    """A juror's scores and comments; made with its assignment."""

    __tablename__ = "sheet"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    comment: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")  # private: the juror's alone, for ever
    version: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None]


class Score(Base):
    """A juror's points on one criterion; None means not assessable, never zero.

    Without a choice (`is_chosen`) there is so far nothing but the remark.
    """

    __tablename__ = "score"
    __table_args__ = (CheckConstraint("points IS NULL OR points >= 0", name="points"),)

    assignment_id: Mapped[str] = mapped_column(ForeignKey("sheet.assignment_id"), primary_key=True)
    criterion_id: Mapped[str] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    points: Mapped[int | None]
    is_chosen: Mapped[bool] = mapped_column(default=True)
    comment: Mapped[str] = mapped_column(default="")
    scored_at: Mapped[datetime]


class SheetSubmission(Base):
    """The sheet was handed in and is final."""

    __tablename__ = "sheet_submission"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    at: Mapped[datetime]


class SheetExclusion(Base):
    """A sheet kept on record that does not count, such as after a late disclosure."""

    __tablename__ = "sheet_exclusion"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    reason: Mapped[str]
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


class Recusal(Base):
    """A juror stepped back from one nomination; the assignment no longer exists for the juror."""

    __tablename__ = "recusal"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    reason: Mapped[str]
    at: Mapped[datetime]


class Opening(Base):
    """The opening of a round's scores: proposed by one person, confirmed by another.

    `sheets_sha256` is the hash of the sorted list of counted sheets; a proposal whose hash no
    longer fits is dead. Once confirmed, the round's sheets are frozen.
    """

    __tablename__ = "opening"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    sheets_sha256: Mapped[str]
    sheets: Mapped[int]
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None]
