"""Tables of nominations that are taken in, portion by portion."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from award.kit.ids import new_id
from award.kit.models import Base


class Intake(Base):
    """A table that an administrator confirmed, and how far it is.

    Of its `rows` so many are `done`, in their order: `taken_in`, or `refused` with row, column and
    reason. `stopped` says why it does not go on by itself. When it has ended the table is gone.
    """

    __tablename__ = "intake"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), index=True)
    by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    table: Mapped[list[Any]]
    rows: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    taken_in: Mapped[int] = mapped_column(default=0)
    refused: Mapped[list[Any]] = mapped_column(default=list)
    stopped: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
