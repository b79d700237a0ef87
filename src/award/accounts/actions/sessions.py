"""Signing in and out: sessions begin here and nowhere else."""

from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session as Db

from award.accounts.actions.tokens import end_all_tokens
from award.accounts.models import Account, Attempt, Session
from award.accounts.queries import check_forms, email_hash
from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import NotFound
from award.kit.ids import new_token, token_hash


def sign_in(  # noqa: PLR0913 - who, in which browser, instead of what, when
    db: Db,
    account: Account,
    *,
    at: datetime,
    browser: str = "",
    rehashed: str | None = None,
    instead_of: str | None = None,
) -> str:
    """Begin a session and return its token, which nobody chose and which is told only once.

    `rehashed` replaces a password hash made with older parameters; `instead_of` is the id of the
    browser's session until now, which ends.
    """
    token = new_token()
    if instead_of:
        _end(db, at, Session.id == instead_of)
    if rehashed:
        account.password_hash = rehashed
    begun = Session(
        token_hash=token_hash(token),
        account_id=account.id,
        created_at=at,
        seen_at=at,
        fresh_at=at,
        browser=browser[:100],
    )
    db.add(begun)
    db.flush()
    record(db, "accounts.sign_in", account.id, by=account.id, at=at, session=begun.id)
    return token


def sign_out(db: Db, *, by: Actor, at: datetime) -> None:
    """End the session that this is asked from."""
    _end(db, at, Session.id == by.session_id)
    record(db, "accounts.sign_out", by.account_id or "", by=by, at=at, session=by.session_id)


def end_session(db: Db, session_id: str, *, by: Actor, at: datetime) -> None:
    """End one of the person's own sessions; raises NotFound for anybody else's."""
    if not _end(db, at, Session.id == session_id, Session.account_id == by.account_id):
        raise NotFound
    record(db, "accounts.end_session", by.account_id or "", by=by, at=at, session=session_id)


def end_other_sessions(db: Db, account_id: str, *, keep: str | None, at: datetime) -> int:
    """End all sessions of a person but one, and all access tokens; returns how many of both.

    For the changes after which none may go on.
    """
    tokens = end_all_tokens(db, account_id, at)
    return tokens + _end_others(db, account_id, keep, at)


def end_all_others(db: Db, *, by: Actor, at: datetime) -> None:
    """End all of the person's own sessions but the one that this is asked from."""
    account_id = by.account_id or ""
    ended = _end_others(db, account_id, by.session_id, at)
    record(db, "accounts.end_sessions", account_id, by=by, at=at, ended=ended)


def _end_others(db: Db, account_id: str, keep: str | None, at: datetime) -> int:
    return _end(db, at, Session.account_id == account_id, Session.id != (keep or ""))


def _end(db: Db, at: datetime, *which: object) -> int:
    ended = update(Session).where(Session.ended_at.is_(None), *which)  # type: ignore[arg-type]
    return db.execute(ended.values(ended_at=at)).rowcount  # type: ignore[attr-defined,no-any-return]


def write_presence(db: Db, seen: dict[str, datetime]) -> None:
    """Write when each session was last seen: the only change that a GET may cause."""
    # Never backwards: a demonstration's clock moves what is stored, not what is remembered.
    statement = update(Session).where(
        Session.id == bindparam("session"), Session.seen_at < bindparam("at")
    )
    rows = [{"session": session_id, "at": at} for session_id, at in seen.items()]
    db.connection().execute(statement.values(seen_at=bindparam("at")), rows)


def count_failure(db: Db, email: str, address: str, at: datetime) -> None:
    """Add a failed sign-in; the address that was typed is kept as a hash only."""
    db.add(Attempt(email_hash=email_hash(email), address=address, at=at, kind="sign_in"))


def count_form(db: Db, address: str, at: datetime) -> None:
    """Count a form that asks for no account; raises TooMany where it is one too many."""
    check_forms(db, address, at)
    db.add(Attempt(email_hash="", address=address, at=at, kind="form"))
