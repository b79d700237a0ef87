"""A table of nominations is taken in as a whole, or tried and taken back."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from award.accounts.models import Network
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.nominations.actions.receiving import begin_receiving, receive
from award.nominations.folded import folded
from award.nominations.intake import Amiss, Typed, arrival, read
from award.nominations.queries import intake
from award.programmes import queries as programmes
from award.programmes.calendar import instant_of
from award.programmes.models import Edition


class Outcome(msgspec.Struct, frozen=True):
    """How many rows there are, how many of them are fine, and what is amiss with the others."""

    rows: int
    fine: int
    amiss: list[Amiss]


def import_table(  # noqa: PLR0913 - what, by whom, when, and whether in earnest
    db: Session,
    edition: Edition,
    table: Sequence[Sequence[str]],
    *,
    by: Actor,
    at: datetime,
    public_url: str,
    is_trial: bool,
) -> Outcome:
    """Receive every row as a nomination from outside the form, or none of them.

    A trial does the same and takes all of it back, so that it finds whatever would stand against
    it. Raises Refused when nothing is taken in at this time.
    """
    rows, amiss = read(table, programmes.form_definition(db, edition.id))
    reception = begin_receiving(db, edition, at)
    point = db.begin_nested()
    whose, wrong = _networks(db, edition, rows)
    arrived, late = _arrivals(edition, rows, at)
    amiss += wrong + late
    for row in rows:
        if row.row in whose and row.row in arrived:
            try:
                receive(
                    db, reception, whose[row.row], row.answers, arrived_at=arrived[row.row],
                    by=by, at=at, public_url=public_url,
                )  # fmt: skip
            except Refused as refusal:
                if refusal.code != "both_sides":
                    raise
                amiss.append(Amiss(row.row, _("Network"), refusal.message))
    if amiss or is_trial:
        point.rollback()
    else:
        point.commit()
    faulty = {one.row for one in amiss}
    fine = 0 if 1 in faulty else sum(row.row not in faulty for row in rows)
    return Outcome(len(rows), fine, sorted(amiss, key=lambda one: one.row))


def _arrivals(
    edition: Edition, rows: Sequence[Typed], at: datetime
) -> tuple[dict[int, datetime], list[Amiss]]:
    """When each row arrived, now if it does not say."""
    arrived: dict[int, datetime] = {}
    amiss: list[Amiss] = []
    for row in rows:
        wall = arrival(row.arrived)
        instant = instant_of(wall, edition.time_zone) if wall else None
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


def _networks(
    db: Session, edition: Edition, rows: Sequence[Typed]
) -> tuple[dict[int, Network], list[Amiss]]:
    """The network of each row, of those that name one which does not take part yet."""
    known, taken = intake.networks_by_name(db), intake.taking_part(db, edition.id)
    whose: dict[int, Network] = {}
    amiss: list[Amiss] = []
    seen: dict[str, int] = {}
    for row in rows:
        network, message = _named(known.get(folded(row.network), []), row.network)
        if network is not None and network.id in seen:
            message = _("Row %(row)s is of the same network.", row=seen[network.id])
        elif network is not None and network.id in taken:
            message = _("This network has a nomination or a draft here already.")
        elif network is not None:
            seen[network.id] = row.row
            whose[row.row] = network
        if message:
            amiss.append(Amiss(row.row, _("Network"), message))
    return whose, amiss


def _named(found: Sequence[Network], name: str) -> tuple[Network | None, str]:
    """The network meant: by its exact name if several are alike."""
    exact = [one for one in found if one.name == name] or list(found)
    if len(exact) == 1:
        return exact[0], ""
    if not name:
        return None, _("Please name the network.")
    if exact:
        return None, _("There are several networks with this name.")
    return None, _("There is no network with this name. Please add it under “Networks” first.")
