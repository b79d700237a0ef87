"""Computing the ranking of an opened round."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from award import __version__
from award.audit.actions import record
from award.jury import queries as jury
from award.kit import queue
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.programmes import queries as programmes
from award.programmes.models import Edition, Round
from award.programmes.rules import METHOD
from award.ranking import queries
from award.ranking.models import Run
from award.ranking.queries import Given


class Computed(msgspec.Struct, frozen=True):
    """A result that is not kept yet, and what it comes from."""

    given: Given
    result: dict[str, Any]
    sha256: str


def computed(given: Given) -> Computed:
    """Compute what was given. This takes its time: never in a transaction that writes."""
    from award.ranking.method import compute  # noqa: PLC0415 - it brings numpy and scipy

    result = compute(given.input, given.parameters)
    return Computed(given, result, queries.sha256(result))


def ask(db: Session, round_: Round, *, sheets: int, by: Actor, at: datetime) -> None:
    """Have the ranking of so many sheets computed outside of the request; once at a time."""
    if queries.waiting(db, round_.id) is not None:
        return
    payload = {"round": round_.id, "by": by.account_id, "sheets": sheets}
    queue.ask_once(db, queries.COMPUTE, round_.id, payload, due_at=at)
    record(db, "ranking.asked", round_.id, by=by, at=at, edition=round_.edition_id, sheets=sheets)


def keep_run(db: Session, round_: Round, found: Computed, *, by: Actor, at: datetime) -> Run:
    """Keep a result with its input and rules; the log gets hashes only.

    Raises Refused while the round is sealed, or if its sheets or rules are no longer those that
    the result comes from, such as after a recusal meanwhile.
    """
    if not jury.is_opened(db, round_.id):
        raise Refused("sealed", _("The scores of this round are still sealed."))
    programmes.hold(db, round_.edition_id)
    if not queries.holds(db, round_, found.given):
        raise Refused(
            "sheets_changed",
            _("Sheets or rules were changed while this was computed. Please compute again."),
        )
    run = Run(
        round_id=round_.id,
        method=METHOD,
        parameters=found.given.parameters,
        input=found.given.input,
        input_sha256=found.given.sha256,
        result=found.result,
        software=f"award {__version__}",
        by=by.account_id,
        at=at,
    )
    db.add(run)
    db.flush()
    hashes = {"input_sha256": run.input_sha256, "result_sha256": found.sha256}
    where = {"edition": round_.edition_id, "round": round_.id}
    record(db, "ranking.compute", run.id, by=by, at=at, **where, **hashes)
    return run


def export(  # noqa: PLR0913 - what was taken along, by whom, when
    db: Session, edition: Edition, run: Run, *, kind: str, by: Actor, at: datetime
) -> None:
    """Write down that a run was taken along as a file."""
    record(db, "ranking.exported", run.id, by=by, at=at, edition=edition.id, kind=kind)
