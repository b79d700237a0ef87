"""Each form is carried out once: its key is claimed together with its answer.

The key is written last, in the transaction of the change. A request that comes twice finds the
key taken, undoes its own work and gives the first one's answer.
"""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from award.kit.models import Base


class AnsweredForm(Base):
    """A form that was carried out, and where its sender was sent."""

    __tablename__ = "answered_form"

    key: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(primary_key=True, default="")
    location: Mapped[str]
    at: Mapped[datetime]


# For the table itself: nothing else is flushed here, so nothing else can violate anything here.
_CLAIM = insert(cast("Table", AnsweredForm.__table__))


class AlreadyAnswered(Exception):
    """The same form was carried out before."""


def claim(db: Session, key: str, account_id: str | None, location: str, at: datetime) -> None:
    """Take the key; raises AlreadyAnswered when it is taken."""
    row = {"key": key, "account_id": account_id or "", "location": location, "at": at}
    try:
        db.connection().execute(_CLAIM, row)  # past the session, which takes twice the time
    except IntegrityError as error:
        raise AlreadyAnswered from error


def forget(db: Session, before: datetime) -> None:
    """Drop old keys: a form that is sent again after that counts as a new one."""
    db.execute(delete(AnsweredForm).where(AnsweredForm.at < before))


def answered(db: Session, key: str, account_id: str | None) -> str | None:
    """Where the sender of this form was sent, or None if it was not carried out."""
    return db.scalar(
        select(AnsweredForm.location).where(
            AnsweredForm.key == key, AnsweredForm.account_id == (account_id or "")
        )
    )
