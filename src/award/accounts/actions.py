"""What people do with their accounts."""

from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session as Db

from award.accounts.models import Session, SignInFailure
from award.accounts.queries import email_hash


def write_presence(db: Db, seen: dict[str, datetime]) -> None:
    """Write when each session was last seen: the only change that a GET may cause."""
    statement = update(Session).where(Session.id == bindparam("session"))
    rows = [{"session": session_id, "at": at} for session_id, at in seen.items()]
    db.connection().execute(statement.values(seen_at=bindparam("at")), rows)


def count_failure(db: Db, email: str, address: str, at: datetime) -> None:
    """Add a failed sign-in; the address that was typed is kept as a hash only."""
    db.add(SignInFailure(email_hash=email_hash(email), address=address, at=at))
