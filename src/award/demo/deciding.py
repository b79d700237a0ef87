"""The winners of the practice round: proposed by one administrator, confirmed by the other."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from award.decisions import actions, queries
from award.decisions.confirmable import Choice
from award.demo import story
from award.demo.stage import Event, Stage
from award.ranking.queries import latest_run


def events(stage: Stage) -> Iterator[Event]:
    """The decision of the jury's meeting; an edition told only up to an earlier day has none."""
    told = story.decision()
    yield Event(story.instant(told["proposedAt"]), partial(_propose, stage))
    yield Event(story.instant(told["confirmedAt"]), partial(_confirm, stage))


def _propose(stage: Stage, db: Session, at: datetime) -> None:
    run = latest_run(db, stage.rounds[-1].id)
    assert run is not None  # noqa: S101 - computed one event before
    begins, _ = story.timeline()["veroeffentlicht"]
    actions.propose(
        db,
        stage.edition,
        run,
        winners=[
            Choice(stage.nominations[one["nominationId"]], one["reason"])
            for one in story.decision()["winners"]
        ],
        embargo_until=stage.shift.moved(begins),
        by=stage.people.admin,
        at=at,
    )


def _confirm(stage: Stage, db: Session, at: datetime) -> None:
    proposal = queries.decision(db, stage.edition.id)
    assert proposal is not None  # noqa: S101 - proposed one event before
    actions.confirm(
        db,
        stage.edition,
        proposal,
        seen_sha256=proposal.sha256,
        public_url=stage.public_url,
        by=stage.people.admin_b,
        at=at,
    )
