"""Where a person's work is."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.jury.models import Seat
from award.kit.actor import Actor
from award.kit.i18n import gettext as _


class Way(msgspec.Struct, frozen=True):
    """A first page: what it is called, what one does there, its address."""

    label: str
    note: str
    href: str


def ways(db: Session, actor: Actor) -> list[Way]:
    """The first page of each role that this person has."""
    found = []
    if actor.memberships:
        found.append(
            Way(_("Nominations"), _("Write, hand in and follow what you nominate."), "/nominations")
        )
    if db.scalar(select(Seat.id).where(Seat.account_id == actor.account_id).limit(1)):
        found.append(Way(_("Jury"), _("Read nominations and score them."), "/jury"))
    if actor.has("administrator"):
        note = _("Set editions up, check, assign, watch and announce.")
        found.append(Way(_("Administration"), note, "/admin/editions"))
    elif actor.has("auditor"):
        note = _("Read what is unsealed and check the log.")
        found.append(Way(_("Audit"), note, "/admin/editions"))
    return found
