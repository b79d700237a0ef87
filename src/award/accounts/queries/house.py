"""What administrators and auditors look through: the outbox, and what visitors reported."""

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from award.accounts.models import Feedback
from award.accounts.queries.people import PAGE
from award.kit.errors import NotFound
from award.kit.mail import Mail


def mails(db: Db, after: int = 0) -> list[Mail]:
    """A page of the outbox, newest first, and one more."""
    query = select(Mail).order_by(Mail.created_at.desc(), Mail.id)
    return list(db.scalars(query.offset(after).limit(PAGE + 1)))


def mail(db: Db, mail_id: str) -> Mail:
    """One letter; raises NotFound."""
    found = db.get(Mail, mail_id)
    if found is None:
        raise NotFound
    return found


def feedback(db: Db, after: int = 0) -> list[Feedback]:
    """A page of what was reported, newest first, and one more."""
    query = select(Feedback).order_by(Feedback.at.desc(), Feedback.id)
    return list(db.scalars(query.offset(after).limit(PAGE + 1)))
