"""A table of nominations is looked at as a whole, and taken in portion by portion.

Each portion is a transaction of its own, so that whoever saves meanwhile waits for some rows and
not for all. How far it is stands in the row of the intake and changes with the rows themselves:
what was interrupted goes on where it was, and nothing comes in twice.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from award.accounts.models import Network
from award.audit.actions import record
from award.kit import queue
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.nominations.actions.receiving import Reception, begin_receiving, receive
from award.nominations.folded import folded
from award.nominations.intake import Amiss, Typed, arrival, read
from award.nominations.models import Intake
from award.nominations.queries import intake as queries
from award.nominations.queries.intake import JOB, Known, Named
from award.programmes.calendar import instant_of
from award.programmes.models import Edition

PORTION = 40  # rows: a fifth of a second, in which nobody else saves


class Ready(msgspec.Struct, frozen=True):
    """A row that can be taken in."""

    row: Typed
    network_id: str
    arrived_at: datetime


class Outcome(msgspec.Struct, frozen=True):
    """How many rows there are, which of them are fine, and what is amiss with the others."""

    rows: int
    ready: list[Ready]
    amiss: list[Amiss]

    @property
    def fine(self) -> int:
        return len(self.ready)


def look_at(table: Sequence[Sequence[str]], known: Known, at: datetime) -> Outcome:
    """Look at every row as it would be taken in; needs no database and holds nobody up."""
    rows, amiss = read(table, known.form)
    whose, wrong = _networks(known, rows)
    arrived, late = _arrivals(known.time_zone, rows, at)
    amiss += wrong + late
    faulty = {one.row for one in amiss}
    sound = [row for row in rows if row.row not in faulty and 1 not in faulty]
    ready = [Ready(row, whose[row.row].id, arrived[row.row]) for row in sound]
    return Outcome(len(rows), ready, sorted(amiss, key=lambda one: one.row))


def begin_intake(
    db: Session, edition: Edition, table: Sequence[Sequence[str]], *, by: Actor, at: datetime
) -> Intake:
    """Keep the table until it is taken in, and let the worker begin.

    One at a time for each edition; one that was stopped is given up by the next. Raises Refused.
    """
    begin_receiving(db, edition, at)
    for other in queries.unfinished(db, edition.id):
        if not other.stopped:
            words = _("Another table is being taken in. Please wait until that is done.")
            raise Refused("running", words)
        _end(db, other, at)
    row = Intake(edition_id=edition.id, by=by.account_id, at=at, table=table, rows=len(table) - 1)
    db.add(row)
    db.flush()
    queue.enqueue(db, JOB, {"intake": row.id}, due_at=at)
    record(db, "nominations.intake_began", row.id, by=by, at=at, edition=edition.id, rows=row.rows)
    return row


def take_in_portion(db: Session, row: Intake, *, at: datetime, public_url: str) -> None:
    """The next rows, each as a nomination from outside the form; the rest is the next turn's.

    A row that cannot be taken in any more is told of and passed over. Where none can be, it stops.
    """
    if row.ended_at is not None or row.stopped:
        return
    edition = db.get_one(Edition, row.edition_id)
    portion = [row.table[0], *row.table[row.done + 1 : row.done + 1 + PORTION]]
    try:
        reception = begin_receiving(db, edition, at)
        outcome = _of_headings(look_at(portion, queries.known(db, edition), row.at))
    except Refused as refusal:
        row.stopped = refusal.message
        return
    refused = [*outcome.amiss, *_receive(db, reception, outcome, row, at, public_url)]
    told = [[one.row + row.done, one.column, one.message] for one in refused]
    row.refused = [*row.refused, *told]
    row.taken_in += outcome.rows - len({one.row for one in refused})
    row.done += len(portion) - 1
    if row.done < row.rows:
        queue.enqueue(db, JOB, {"intake": row.id}, due_at=at)
    else:
        _end(db, row, at)


def go_on(db: Session, row: Intake, *, by: Actor, at: datetime) -> None:
    """At once, after it was stopped or while it waits to be tried again."""
    if row.ended_at is not None:
        raise Refused("ended", _("This table has been dealt with to its end."))
    row.stopped = ""
    waiting = queries.next_turn(db, row)
    if waiting is None:
        queue.enqueue(db, JOB, {"intake": row.id}, due_at=at)
    else:
        waiting.due_at = min(waiting.due_at, at)
    record(
        db, "nominations.intake_went_on", row.id, by=by, at=at, edition=row.edition_id,
        done=row.done,
    )  # fmt: skip


def _of_headings(outcome: Outcome) -> Outcome:
    """Raises Refused if the form knows a column no longer: then no row can be read."""
    of_all = [one for one in outcome.amiss if one.row == 1 and one.column]
    if of_all:
        raise Refused("headings", f"{of_all[0].column}: {of_all[0].message}")
    return outcome


def _receive(  # noqa: PLR0913 - into what, which rows, of which table, when
    db: Session, reception: Reception, outcome: Outcome, row: Intake, at: datetime, public_url: str
) -> list[Amiss]:
    """What the database refused."""
    refused = []
    by = Actor(account_id=row.by)
    for one in outcome.ready:
        network = db.get_one(Network, one.network_id)
        try:
            receive(
                db, reception, network, one.row.answers, arrived_at=one.arrived_at,
                by=by, at=at, public_url=public_url,
            )  # fmt: skip
        except Refused as refusal:
            refused.append(Amiss(one.row.row, _("Network"), refusal.message))
    return refused


def _end(db: Session, row: Intake, at: datetime) -> None:
    row.ended_at, row.table = at, []
    record(
        db, "nominations.intake_ended", row.id, by=None, at=at, edition=row.edition_id,
        taken_in=row.taken_in,
    )  # fmt: skip


def _arrivals(
    time_zone: str, rows: Sequence[Typed], at: datetime
) -> tuple[dict[int, datetime], list[Amiss]]:
    """When each row arrived, now if it does not say."""
    arrived: dict[int, datetime] = {}
    amiss: list[Amiss] = []
    for row in rows:
        wall = arrival(row.arrived)
        instant = instant_of(wall, time_zone) if wall else None
        if not row.arrived:
            arrived[row.row] = at
        elif instant is None:
            words = _(
                "Please write the day like this: 2026-12-12, or with a time 2026-12-12 09:30."
            )
            amiss.append(Amiss(row.row, _("Arrived on"), words))
        elif instant > at:
            amiss.append(Amiss(row.row, _("Arrived on"), _("This day is still to come.")))
        else:
            arrived[row.row] = instant
    return arrived, amiss


def _networks(known: Known, rows: Sequence[Typed]) -> tuple[dict[int, Named], list[Amiss]]:
    """The network of each row, of those that name one which can take part and does not yet."""
    whose: dict[int, Named] = {}
    amiss: list[Amiss] = []
    seen: dict[str, int] = {}
    for row in rows:
        network, message = _named(known.networks.get(folded(row.network), []), row.network)
        if network is not None:
            message = _stands_against(network.id, known, seen)
        if network is not None and not message:
            seen[network.id] = row.row
            whose[row.row] = network
        if message:
            amiss.append(Amiss(row.row, _("Network"), message))
    return whose, amiss


def _stands_against(network_id: str, known: Known, seen: dict[str, int]) -> str:
    if network_id in seen:
        return _("Row %(row)s is of the same network.", row=seen[network_id])
    if network_id in known.taken:
        return _("This network has a nomination or a draft here already.")
    if network_id in known.judging:
        return _("Somebody of this network judges in this edition, so it cannot nominate here.")
    return ""


def _named(found: Sequence[Named], name: str) -> tuple[Named | None, str]:
    """The network meant: by its exact name if several are alike."""
    exact = [one for one in found if one.name == name] or list(found)
    if len(exact) == 1:
        return exact[0], ""
    if not name:
        return None, _("Please name the network.")
    if exact:
        return None, _("There are several networks with this name.")
    return None, _("There is no network with this name. Please add it under “Networks” first.")
