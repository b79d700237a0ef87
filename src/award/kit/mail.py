"""Letters are rows written with the change that they tell of, and sent by the worker.

Sending is at least once: the Message-ID comes from the row, so that a receiver can drop a repeat.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from award.kit.ids import new_id
from award.kit.models import Base
from award.kit.templates import render

_CLAIMED = timedelta(minutes=5)


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What a mail says: whole sentences, one action at most, and why one gets it."""

    subject: str
    paragraphs: tuple[str, ...]
    action: tuple[str, str] | None = None  # words and absolute address
    reason: str = ""


class Mail(Base):
    """A mail to send, or sent. `event` makes one event one mail."""

    __tablename__ = "mail"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    event: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")


def queue(  # noqa: PLR0913 - a letter has these parts
    db: Session,
    letter: Letter,
    *,
    to: str,
    event: str,
    at: datetime,
    not_before: datetime | None = None,
) -> None:
    """Queue a letter in the current language; a second one for the same event is dropped."""
    row = Mail(
        event=event,
        recipient=to,
        subject=" ".join(letter.subject.split()),  # a header has one line
        text=render("emails/base.txt", letter=letter),
        html=render("emails/base.html", letter=letter),
        created_at=at,
        due_at=not_before or at,
    )
    if not_before is None or not_before <= at:
        row.due_at = at
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        return


def any_due(db: Session, now: datetime) -> bool:
    """Whether a mail waits to be sent."""
    return (
        db.scalar(select(Mail.id).where(Mail.sent_at.is_(None), Mail.due_at <= now).limit(1))
        is not None
    )


def claim(db: Session, now: datetime, limit: int = 20) -> list[Mail]:
    """Mails whose time has come, oldest first, put off so that no other process sends them too.

    Whoever claimed them marks them afterwards; after a crash they are due again.
    """
    query = select(Mail).where(Mail.sent_at.is_(None), Mail.due_at <= now)
    query = query.order_by(Mail.due_at, Mail.id).limit(limit)
    mails = list(db.scalars(query.with_for_update(skip_locked=True)))
    for mail in mails:
        mail.due_at = now + _CLAIMED
    return mails


def as_message(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it goes over the wire: plain text and HTML of the same words."""
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["From"] = sender
    message["To"] = mail.recipient
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def mark(
    db: Session, results: dict[str, str], now: datetime, kept: Callable[[str], str] = str
) -> None:
    """Note what was sent; after a failure a mail waits 1, 2, 4 … 64 minutes.

    Of what was sent stays what `kept` makes of it.
    """
    for mail in db.scalars(select(Mail).where(Mail.id.in_(results))):
        error = results[mail.id]
        mail.tries += 1
        mail.last_error = error[:500]
        if error:
            mail.due_at = now + timedelta(minutes=2 ** min(mail.tries - 1, 6))
        else:
            mail.sent_at = now
            mail.text, mail.html = kept(mail.text), kept(mail.html)
