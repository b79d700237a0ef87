"""What an import has to know of the house, and how far one is."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from award.accounts.models import Membership, Network
from award.kit.errors import NotFound
from award.kit.queue import Job
from award.nominations.folded import folded
from award.nominations.models import Intake, Nomination
from award.programmes import queries as programmes
from award.programmes.models import Edition

JOB = "nominations.take_in"
# The jury's table, which comes later on the line. The database itself looks there before it takes
# a nomination; a trial writes nothing, so it has to ask.
_SEATS = table("seat", column("edition_id"), column("account_id"))


class Named(msgspec.Struct, frozen=True):
    """A network by its name."""

    id: str
    name: str


class Known(msgspec.Struct, frozen=True):
    """What the rows of a table are looked at against; nothing of it needs the database any more.

    `networks` stand under their folded names, since several may have the same; `taken` are those
    with a nomination or a draft in this edition, `judging` those with a juror among their members.
    """

    time_zone: str
    form: Mapping[str, Any]
    networks: dict[str, list[Named]]
    taken: set[str]
    judging: set[str]


def known(db: Session, edition: Edition) -> Known:
    found: dict[str, list[Named]] = defaultdict(list)
    for network_id, name in db.execute(select(Network.id, Network.name).order_by(Network.id)):
        found[folded(name)].append(Named(network_id, name))
    taken = select(Nomination.network_id).where(Nomination.edition_id == edition.id)
    judging = (
        select(Membership.network_id)
        .join(_SEATS, _SEATS.c.account_id == Membership.account_id)
        .where(_SEATS.c.edition_id == edition.id)
    )
    form = programmes.form_definition(db, edition.id)
    of_edition = set(db.scalars(taken)), set(db.scalars(judging))
    return Known(edition.time_zone, form, dict(found), *of_edition)


def intake(db: Session, edition_id: str, intake_id: str) -> Intake:
    """Raises NotFound."""
    found = db.get(Intake, intake_id)
    if found is None or found.edition_id != edition_id:
        raise NotFound
    return found


def unfinished(db: Session, edition_id: str) -> list[Intake]:
    """Those that are under way or were stopped, the newest first."""
    query = select(Intake).where(Intake.edition_id == edition_id, Intake.ended_at.is_(None))
    return list(db.scalars(query.order_by(Intake.at.desc(), Intake.id)))


def next_turn(db: Session, one: Intake) -> Job | None:
    """The job that takes in its next portion."""
    waiting = db.scalars(select(Job).where(Job.kind == JOB, Job.done_at.is_(None)))
    return next((job for job in waiting if job.payload["intake"] == one.id), None)
