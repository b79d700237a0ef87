"""What a person changes in the own account."""

from datetime import datetime

from sqlalchemy.orm import Session as Db

from award.accounts.actions.sessions import end_other_sessions
from award.accounts.models import Account
from award.audit.actions import record
from award.kit.actor import Actor


def set_password(  # noqa: PLR0913 - whose, what, what goes on, by whom, when
    db: Db, account: Account, password_hash: str, *, keep: str | None, by: Actor | str, at: datetime
) -> None:
    """Set the password; all sessions but `keep` end, and all access tokens."""
    account.password_hash = password_hash
    db.flush()
    ended = end_other_sessions(db, account.id, keep=keep, at=at)
    record(db, "accounts.set_password", account.id, by=by, at=at, ended=ended)


def change_profile(  # noqa: PLR0913 - whose, what, by whom, when
    db: Db, account: Account, *, name: str, language: str, theme: str, by: Actor, at: datetime
) -> None:
    """Change how a person is called, spoken to and shown pages."""
    account.name, account.language, account.theme = name, language, theme
    db.flush()
    record(db, "accounts.change_profile", account.id, by=by, at=at)
