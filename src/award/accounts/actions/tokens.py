"""Access tokens: made and ended by their person, and ended with what ends all sessions."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session as Db

from award.accounts import queries
from award.accounts.models import AccessToken, Attempt
from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import NotFound, Refused
from award.kit.i18n import gettext as _
from award.kit.ids import new_access_token, token_hash

PREFIX = "award_"  # by which those who look for leaked secrets know ours
MOST = 20


def make_token(
    db: Db, name: str, *, lasts: timedelta, by: Actor, at: datetime
) -> tuple[AccessToken, str]:
    """Make a token and return it with its secret, which is told only now.

    Raises Refused when the person has as many as anybody needs.
    """
    if len(queries.tokens(db, by, at)) >= MOST:
        words = _("You have %(most)s tokens. Please end one that you no longer use.", most=MOST)
        raise Refused("many_tokens", words, errors={"name": words})
    secret = new_access_token(PREFIX)
    made = AccessToken(
        token_hash=token_hash(secret),
        account_id=by.account_id,
        name=name,
        created_at=at,
        expires_at=at + lasts,
    )
    db.add(made)
    db.flush()
    days = lasts.days
    record(db, "accounts.make_token", by.account_id or "", by=by, at=at, token=made.id, days=days)
    return made, secret


def end_token(db: Db, token_id: str, *, by: Actor, at: datetime) -> None:
    """End one of the person's own tokens; raises NotFound for anybody else's."""
    if not _end(db, at, AccessToken.id == token_id, AccessToken.account_id == by.account_id):
        raise NotFound
    record(db, "accounts.end_token", by.account_id or "", by=by, at=at, token=token_id)


def end_all_tokens(db: Db, account_id: str, at: datetime) -> int:
    """End every token of a person; the caller writes down why."""
    return _end(db, at, AccessToken.account_id == account_id)


def write_token_use(db: Db, used: dict[str, datetime]) -> None:
    """Write when each token was last used; `queries.load_bearer` names it once an hour at most."""
    statement = update(AccessToken).where(AccessToken.id == bindparam("token"))
    rows = [{"token": token_id, "at": at} for token_id, at in used.items()]
    db.connection().execute(statement.values(used_at=bindparam("at")), rows)


def count_guess(db: Db, address: str, at: datetime) -> None:
    """Add an access token that does not exist."""
    db.add(Attempt(email_hash="", address=address, at=at, kind="token"))


def _end(db: Db, at: datetime, *which: object) -> int:
    ended = update(AccessToken).where(AccessToken.ended_at.is_(None), *which)  # type: ignore[arg-type]
    return db.execute(ended.values(ended_at=at)).rowcount  # type: ignore[attr-defined,no-any-return]
