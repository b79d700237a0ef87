"""Who is signed in, with what roles, and who failed to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session as Db

from award.accounts.models import Account, Attempt, Membership, RoleGrant, Session
from award.accounts.presence import Presence
from award.accounts.queries.people import email_hash
from award.kit.actor import VISITOR, Actor
from award.kit.db import rows
from award.kit.errors import TooMany
from award.kit.i18n import gettext as _

IDLE = timedelta(hours=12)
IDLE_ADMINISTRATOR = timedelta(minutes=30)
LONGEST = timedelta(days=7)
WINDOW = timedelta(minutes=15)
MOST_PER_EMAIL, MOST_PER_ADDRESS, MOST = 10, 50, 1000
MOST_FORMS = 20

# A person with everything that was granted to them; a row for each pair of role and network.
PERSON = (
    Account.id.label("account_id"),
    Account.name,
    Account.email,
    Account.language,
    Account.theme,
    RoleGrant.role,
    Membership.network_id,
)
IN_FORCE = and_(
    RoleGrant.account_id == Account.id,
    RoleGrant.confirmed_at.is_not(None),
    RoleGrant.ended_at.is_(None),
)
_ACTOR = (
    select(Session.id, Session.created_at, Session.seen_at, *PERSON)
    .join(Account, Account.id == Session.account_id)
    .outerjoin(RoleGrant, IN_FORCE)
    .outerjoin(Membership, Membership.account_id == Account.id)
    .where(Session.token_hash == bindparam("token_hash"), Session.ended_at.is_(None))
)


def load_actor(db: Db, token_hash: str, now: datetime, presence: Presence) -> Actor:
    """The person of a session token, in one statement; the visitor when it is over or unknown.

    A session is over after 12 hours without a request (administrators 30 minutes) or 7 days.
    """
    found = rows(db, _ACTOR, {"token_hash": token_hash}).all()
    if not found:
        return VISITOR
    first, actor = found[0], as_actor(found)
    seen = presence.last(first.id, first.seen_at)
    idle = IDLE_ADMINISTRATOR if actor.has("administrator") else IDLE
    if now - seen > idle or now - first.created_at > LONGEST:
        return VISITOR
    presence.saw(first.id, now)
    return msgspec.structs.replace(actor, session_id=first.id)


def as_actor(found: Sequence[Any]) -> Actor:
    """The person of these rows with all roles and networks, not yet in any session."""
    first = found[0]
    return Actor(
        account_id=first.account_id,
        name=first.name,
        email=first.email,
        language=first.language,
        theme=first.theme,
        roles=frozenset(row.role for row in found if row.role),
        memberships=frozenset(row.network_id for row in found if row.network_id),
    )


def stored_password(db: Db, actor: Actor) -> str | None:
    """The hash of the person's password, None if none is set."""
    return db.scalar(select(Account.password_hash).where(Account.id == actor.account_id))


def check_attempts(db: Db, email: str, address: str, now: datetime) -> None:
    """Raises TooMany after too many failures in a quarter of an hour.

    10 for a mail address, 50 from a client's address, 1,000 in all: the last is a valve. One
    statement reads all three.
    """
    since = now - WINDOW
    failures = select(
        func.count().filter(Attempt.email_hash == email_hash(email)).label("email"),
        func.count().filter(Attempt.address == address).label("address"),
        func.count().label("all"),
    ).where(Attempt.at > since, Attempt.kind == "sign_in")
    found = db.execute(failures).one()
    if found.email >= MOST_PER_EMAIL or found.address >= MOST_PER_ADDRESS or found.all >= MOST:
        minutes = int(WINDOW.total_seconds() // 60)
        raise TooMany(
            "attempts",
            _(
                "There were too many attempts. Please wait %(minutes)s minutes, or set a new "
                "password by mail: that works at once.",
                minutes=minutes,
            ),
            retry_after=minutes * 60,
        )


def check_forms(db: Db, address: str, now: datetime) -> None:
    """Raises TooMany after 20 forms from an address in a quarter of an hour.

    Such as ask for no account: registrations, new passwords, reports.
    """
    sent = select(func.count()).where(
        Attempt.address == address, Attempt.at > now - WINDOW, Attempt.kind == "form"
    )
    if (db.scalar(sent) or 0) >= MOST_FORMS:
        seconds = int(WINDOW.total_seconds())
        words = _(
            "Many forms came from your network. Please wait %(minutes)s minutes and send it again.",
            minutes=seconds // 60,
        )
        raise TooMany("forms", words, retry_after=seconds)


def sessions(db: Db, actor: Actor, now: datetime) -> list[Session]:
    """The browsers in which a person may still be signed in, the last used first."""
    idle = IDLE_ADMINISTRATOR if actor.has("administrator") else IDLE
    mine = Session.account_id == actor.account_id, Session.ended_at.is_(None)
    recent = Session.created_at > now - LONGEST, Session.seen_at > now - idle
    query = select(Session).where(*mine, or_(and_(*recent), Session.id == actor.session_id))
    return list(db.scalars(query.order_by(Session.seen_at.desc(), Session.id)))
