"""Programs that come with an access token, and those that come with a wrong one."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session as Db

from award.accounts.models import AccessToken, Account, Attempt, Membership, RoleGrant
from award.accounts.presence import Presence
from award.accounts.queries.sessions import (
    IN_FORCE,
    MOST,
    MOST_PER_ADDRESS,
    PERSON,
    WINDOW,
    as_actor,
)
from award.kit.actor import VISITOR, Actor
from award.kit.db import rows
from award.kit.errors import TooMany
from award.kit.i18n import gettext as _

COARSE = timedelta(hours=1)

_BEARER = (
    select(AccessToken.id, AccessToken.used_at, *PERSON)
    .join(Account, Account.id == AccessToken.account_id)
    .outerjoin(RoleGrant, IN_FORCE)
    .outerjoin(Membership, Membership.account_id == Account.id)
    .where(
        AccessToken.token_hash == bindparam("token_hash"),
        AccessToken.ended_at.is_(None),
        AccessToken.expires_at > bindparam("now", type_=AccessToken.expires_at.type),
    )
)


def load_bearer(db: Db, token_hash: str, now: datetime, presence: Presence) -> Actor:
    """The person of an access token, in one statement; the visitor when it is over or unknown.

    The roles are those of this moment. A use is noted about once an hour.
    """
    found = rows(db, _BEARER, {"token_hash": token_hash, "now": now}).all()
    if not found:
        return VISITOR
    first = found[0]
    if first.used_at is None or now - first.used_at >= COARSE:
        presence.used(first.id, now)
    return as_actor(found)


def tokens(db: Db, actor: Actor, now: datetime) -> list[AccessToken]:
    """The person's tokens that are good now, the newest first."""
    mine = AccessToken.account_id == actor.account_id
    good = AccessToken.ended_at.is_(None), AccessToken.expires_at > now
    query = select(AccessToken).where(mine, *good)
    return list(db.scalars(query.order_by(AccessToken.created_at.desc(), AccessToken.id)))


def check_guesses(db: Db, address: str, now: datetime) -> None:
    """Raises TooMany after too many wrong tokens in a quarter of an hour, as for sign-ins.

    Asked for a wrong token only: nobody keeps a program out that has a right one.
    """
    guesses = select(
        func.count().filter(Attempt.address == address).label("address"),
        func.count().label("all"),
    ).where(Attempt.at > now - WINDOW, Attempt.kind == "token")
    found = db.execute(guesses).one()
    if found.address >= MOST_PER_ADDRESS or found.all >= MOST:
        seconds = int(WINDOW.total_seconds())
        minutes = seconds // 60
        words = _("There were too many wrong tokens. Wait %(minutes)s minutes.", minutes=minutes)
        raise TooMany("attempts", words, retry_after=seconds)
