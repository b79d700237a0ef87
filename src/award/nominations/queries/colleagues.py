"""Who of a network wrote where last. All of it is read from what was saved: nobody is watched."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import and_, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from award.accounts.models import Account, Membership
from award.kit.db import rows
from award.kit.errors import NotFound
from award.nominations.models import Answers, Attachment, EarlierAnswers, Nomination

# For so long after a save somebody counts as writing; without another one it is over by itself.
LASTS = timedelta(seconds=45)

# The text before another person went on is always kept, so each person's last save is among these.
_SAVES = union_all(
    *(
        select(
            who.label("account_id"),
            kind.section.label("section"),
            kind.field.label("field"),
            when.label("at"),
        ).where(kind.nomination_id == bindparam("nomination_id"), who.is_not(None))
        for kind, who, when in (
            (Answers, Answers.saved_by, Answers.saved_at),
            (EarlierAnswers, EarlierAnswers.saved_by, EarlierAnswers.saved_at),
            (Attachment, Attachment.added_by, Attachment.added_at),
        )
    )
).subquery()
_LAST = select(_SAVES.c.account_id, _SAVES.c.section, func.max(_SAVES.c.at).label("at")).group_by(
    _SAVES.c.account_id, _SAVES.c.section
)
_WRITING = (
    select(_SAVES.c.account_id, Account.name, _SAVES.c.section, _SAVES.c.field)
    .select_from(_SAVES)
    .join(Nomination, Nomination.id == bindparam("nomination_id"))
    .join(
        Membership,
        and_(
            Membership.network_id == Nomination.network_id,
            Membership.account_id == _SAVES.c.account_id,
        ),
    )
    .join(Account, Account.id == Membership.account_id)
    .where(_SAVES.c.at > bindparam("since"), _SAVES.c.account_id != bindparam("but"))
    .order_by(_SAVES.c.at)
)
_NETWORK = select(Nomination.network_id).where(Nomination.id == bindparam("nomination_id"))


class Writing(msgspec.Struct, frozen=True):
    """Somebody saved there a moment ago; the field is empty where only the section is known."""

    name: str
    section: str
    field: str


class LastSave(msgspec.Struct, frozen=True):
    section: str
    at: datetime


def last_saves(db: Session, nomination_id: str) -> dict[str, LastSave]:
    """When and in which section each person saved last, by account."""
    found = rows(db, _LAST, {"nomination_id": nomination_id}).all()
    return {row.account_id: LastSave(row.section, row.at) for row in sorted(found, key=_at)}


def writing(db: Session, nomination_id: str, *, but: str | None, now: datetime) -> list[Writing]:
    """Who of the network is writing now, each where they were last, without this person."""
    values = {"nomination_id": nomination_id, "since": now - LASTS, "but": but}
    found = {
        row.account_id: Writing(row.name, row.section, row.field)
        for row in rows(db, _WRITING, values)
    }
    return sorted(found.values(), key=lambda one: one.name)


def network_id(db: Session, nomination_id: str) -> str:
    """Whose nomination it is, without reading all of it; raises NotFound."""
    found: str | None = rows(db, _NETWORK, {"nomination_id": nomination_id}).scalar()
    if found is None:
        raise NotFound
    return found


def has_colleagues(db: Session, network_id: str) -> bool:
    """Whether anybody could be writing beside this person."""
    query = select(func.count()).where(Membership.network_id == network_id)
    return (db.scalar(query) or 0) > 1


def _at(row: Any) -> datetime:
    at: datetime = row.at
    return at
