"""What visitors of the demonstration do with the demonstration itself."""

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import select, update
from sqlalchemy.orm import Session as Db

from award.accounts.models import Session
from award.audit.actions import record
from award.demo.models import Demonstration
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _

_MOST = timedelta(days=3 * 366)


def move_clock(db: Db, to: datetime, *, by: Actor, at: datetime) -> timedelta:
    """Move the clock forward to an instant; returns by how much, in whole seconds.

    Whoever is signed in stays so: their sessions move along. The caller sets the running clock.
    """
    seconds = ceil((to - at).total_seconds())
    if seconds <= 0:
        raise Refused(
            "backwards",
            errors={"to": _("The clock only goes forward. Please choose a later instant.")},
        )
    ahead = db.scalar(select(Demonstration.ahead)) or 0
    if ahead + seconds > _MOST.total_seconds():
        raise Refused("too_far", errors={"to": _("That is too far: at most three years ahead.")})
    db.execute(update(Demonstration).values(ahead=Demonstration.ahead + seconds))
    _keep_signed_in(db, timedelta(seconds=seconds))
    record(db, "demo.move_clock", "demonstration", by=by, at=at, seconds=seconds)
    return timedelta(seconds=seconds)


def _keep_signed_in(db: Db, moved: timedelta) -> None:
    for session in db.scalars(select(Session).where(Session.ended_at.is_(None))):
        session.created_at += moved
        session.seen_at += moved
        session.fresh_at += moved
    db.flush()
