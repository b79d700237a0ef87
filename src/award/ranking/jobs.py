"""What the clock does for the ranking: it computes rounds with very many sheets."""

from typing import Any

from sqlalchemy.orm import Session

from award.kit.actor import Actor
from award.kit.queue import Turn
from award.programmes.models import Round
from award.ranking import actions, queries
from award.ranking.actions import Computed
from award.ranking.queries import Given

COMPUTE = queries.COMPUTE


def given(db: Session, turn: Turn) -> Given:
    """What the round that the job is about is computed from now."""
    return queries.given(db, db.get_one(Round, turn.payload["round"]))


def computed(found: Given) -> Computed:
    """The slow part, in no transaction."""
    return actions.computed(found)


def keep(db: Session, turn: Turn, made: Any) -> None:
    """Keep the result in the name of whoever asked for it."""
    by = Actor(account_id=turn.payload["by"])
    round_ = db.get_one(Round, made.given.round_id)
    actions.keep_run(db, round_, made, by=by, at=turn.at)
