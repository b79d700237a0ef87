"""Whether this database is a demonstration, and who can sign in to it."""

from datetime import datetime

import msgspec
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.demo.models import Demonstration
from award.demo.people import ROLES
from award.kit.i18n import local
from award.programmes import queries as programmes
from award.programmes.models import Programme

_MOST_MILESTONES = 12


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """A person of the demonstration whom everybody may be."""

    role: str
    name: str
    email: str
    password: str


def demonstration(db: Session) -> Demonstration | None:
    """The row that says that this is a demonstration, None in a real award."""
    return db.get(Demonstration, 1)


def is_empty(db: Session) -> bool:
    """Whether nobody has begun anything here."""
    return (
        db.scalar(select(Account.id).limit(1)) is None
        and db.scalar(select(Programme.id).limit(1)) is None
    )


def is_disposable(db: Session) -> bool:
    """Whether all of it may be deleted: a demonstration, or nothing at all.

    Also for a schema that is older than the program, so that --reset always helps.
    """
    tables = set(inspect(db.connection()).get_table_names())
    if "demonstration" in tables and db.scalar(select(Demonstration.id)) is not None:
        return True
    return "account" not in tables or db.scalar(select(Account.id).limit(1)) is None


def sign_ins(db: Session) -> list[SignIn]:
    """The people of the demonstration's roles, in the order in which the roles are told."""
    told = demonstration(db)
    if told is None:
        return []
    emails = list(ROLES.values())
    found = db.scalars(select(Account).where(Account.email.in_(emails))).all()
    by_email = {account.email: account for account in found}
    return [
        SignIn(role=role, name=by_email[email].name, email=email, password=told.password)
        for role, email in ROLES.items()
        if email in by_email
    ]


class Milestone(msgspec.Struct, frozen=True):
    """A beginning or an end that still lies ahead."""

    at: datetime
    edition: str
    phase: str
    is_end: bool


def milestones(db: Session, now: datetime) -> list[Milestone]:
    """What comes next in the editions that are run here, the soonest first."""
    coming = (
        Milestone(at, local(edition.name), names[phase.id], is_end)
        for edition in programmes.published(db, now)
        if edition.kind == "round"
        for phases in [programmes.phases(db, edition.id)]
        for names in [programmes.phase_names(phases, programmes.rounds(db, edition.id))]
        for phase in phases
        for at, is_end in ((phase.starts_at, False), (phase.ends_at, True))
        if at is not None and at > now
    )
    return sorted(coming, key=lambda one: one.at)[:_MOST_MILESTONES]
