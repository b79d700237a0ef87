"""Who is signed in, and with what roles."""

from datetime import datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session as Db

from award.accounts.models import Account, Membership, RoleGrant, Session
from award.accounts.presence import Presence
from award.kit.actor import VISITOR, Actor

IDLE = timedelta(hours=12)
IDLE_ADMINISTRATOR = timedelta(minutes=30)
LONGEST = timedelta(days=7)
FRESH = timedelta(minutes=5)

_ACTOR = (
    select(
        Session.id,
        Session.created_at,
        Session.seen_at,
        Session.fresh_at,
        Account.id.label("account_id"),
        Account.name,
        Account.email,
        Account.language,
        Account.theme,
        RoleGrant.role,
        Membership.network_id,
    )
    .join(Account, Account.id == Session.account_id)
    .outerjoin(
        RoleGrant,
        and_(
            RoleGrant.account_id == Account.id,
            RoleGrant.confirmed_at.is_not(None),
            RoleGrant.ended_at.is_(None),
        ),
    )
    .outerjoin(Membership, Membership.account_id == Account.id)
)


def load_actor(db: Db, token_hash: str, now: datetime, presence: Presence) -> Actor:
    """The person of a session token, in one statement; the visitor when it is over or unknown.

    A session is over after 12 hours without a request (administrators 30 minutes) or 7 days.
    """
    rows = db.execute(
        _ACTOR.where(Session.token_hash == token_hash, Session.ended_at.is_(None))
    ).all()
    if not rows:
        return VISITOR
    first = rows[0]
    roles = frozenset(row.role for row in rows if row.role)
    seen = presence.last(first.id, first.seen_at)
    idle = IDLE_ADMINISTRATOR if "administrator" in roles else IDLE
    if now - seen > idle or now - first.created_at > LONGEST:
        return VISITOR
    presence.saw(first.id, now)
    return Actor(
        account_id=first.account_id,
        session_id=first.id,
        name=first.name,
        email=first.email,
        language=first.language,
        theme=first.theme,
        roles=roles,
        memberships=frozenset(row.network_id for row in rows if row.network_id),
        is_fresh=now - first.fresh_at <= FRESH,
    )
