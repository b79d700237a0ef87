"""What a demonstration remembers between two starts."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.kit.models import Base


class Demonstration(Base):
    """The one row that says that this database is a demonstration, and how far its clock is.

    `phase` is empty when four editions stand side by side. The password of all its people is kept
    in plain words so that a restart can print it again; it guards invented data only. `ahead` is
    the number of seconds by which the clock was moved forward.
    """

    __tablename__ = "demonstration"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    phase: Mapped[str]
    password: Mapped[str]
    ahead: Mapped[int] = mapped_column(default=0)
    loaded_at: Mapped[datetime]
