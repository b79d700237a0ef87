"""What people do with their accounts."""

from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session as Db

from award.accounts.models import Session


def write_presence(db: Db, seen: dict[str, datetime]) -> None:
    """Write when each session was last seen: the only change that a GET may cause."""
    table = Session.__table__
    statement = (
        update(table).where(table.c.id == bindparam("session")).values(seen_at=bindparam("at"))
    )
    rows = [{"session": session_id, "at": at} for session_id, at in seen.items()]
    db.connection().execute(statement, rows)
