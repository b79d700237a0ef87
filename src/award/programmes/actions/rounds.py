"""More or fewer rounds, until the call is published."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import NotFound, Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import moment
from award.programmes import queries
from award.programmes.actions.changing import check_open
from award.programmes.models import Edition, Phase, Round

_KEPT = (
    "jurors_per_nomination",
    "min_sheets",
    "scale_min",
    "scale_max",
    "scale_labels",
    "min_weight_present",
)


def add_round(db: Session, edition: Edition, *, by: Actor, at: datetime) -> None:
    """Add a round like the last one after it, as long, at most until what comes next begins.

    Raises Refused when no time is left for it.
    """
    check_open(db, edition, at)
    rounds = queries.rounds(db, edition.id)
    last, phases = rounds[-1], queries.phases(db, edition.id)
    judging = next(one for one in phases if one.round_id == last.id)
    starts_at, ends_at = _time_after(judging, phases)
    position = last.position + 1
    made = Round(
        edition_id=edition.id,
        position=position,
        name={"de": f"Runde {position}", "en": f"Round {position}"},
        **{name: getattr(last, name) for name in _KEPT},
    )
    db.add(made)
    db.flush()
    span = {"starts_at": starts_at, "ends_at": ends_at}
    db.add(Phase(edition_id=edition.id, kind="judging", round_id=made.id, **span))
    record(db, "programmes.add_round", edition.id, by=by, at=at, edition=edition.id)


def remove_round(db: Session, edition: Edition, position: int, *, by: Actor, at: datetime) -> None:
    """Remove a round with its time; those after it move up. Raises Refused for the only one."""
    check_open(db, edition, at)
    rounds = queries.rounds(db, edition.id)
    gone = next((one for one in rounds if one.position == position), None)
    if gone is None:
        raise NotFound
    if len(rounds) == 1:
        raise Refused("only_round", _("An edition has at least one round."))
    db.execute(delete(Phase).where(Phase.round_id == gone.id))
    db.delete(gone)
    db.flush()
    for one in rounds[position:]:
        one.position -= 1
        db.flush()  # one by one: no two rounds have the same place in between
    record(db, "programmes.remove_round", edition.id, by=by, at=at, edition=edition.id)


def _time_after(judging: Phase, phases: list[Phase]) -> tuple[datetime, datetime]:
    starts_at = judging.ends_at or judging.starts_at
    later = [one.starts_at for one in phases if one.kind in {"meeting", "announcement"}]
    ends_at = min([starts_at + (starts_at - judging.starts_at), *later])
    if ends_at <= starts_at:
        words = _(
            "There is no time for another round: the last one ends on %(end)s, and what comes next "
            "begins then. Please move that phase first.",
            end=moment(starts_at),
        )
        raise Refused("no_time", words)
    return starts_at, ends_at
