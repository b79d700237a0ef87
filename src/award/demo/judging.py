"""The jury sits down, declares, scores and hands in; two persons open each round."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from award.demo import scoring, story
from award.demo.phases import ZONE
from award.demo.stage import Event, Stage
from award.jury import actions, queries
from award.jury.models import Conflict, Seat
from award.kit.actor import Actor
from award.nominations.models import Nomination
from award.ranking.actions import computed, keep_run
from award.ranking.queries import given

_BERLIN = ZoneInfo(ZONE)
_SEATED = datetime(2014, 2, 10, 10, tzinfo=_BERLIN)
_ENTERED = (
    datetime(2014, 3, 28, 13, tzinfo=_BERLIN),
    datetime(2014, 4, 15, 10, tzinfo=_BERLIN),
)
_PROPOSED = (
    datetime(2014, 4, 14, 9, tzinfo=_BERLIN),
    datetime(2014, 5, 6, 8, tzinfo=_BERLIN),
)
_CONFIRMED = (
    datetime(2014, 4, 14, 10, 30, tzinfo=_BERLIN),
    datetime(2014, 5, 6, 9, tzinfo=_BERLIN),
)
_COMPUTED_AFTER = timedelta(minutes=20)
_DECIDED_AFTER = timedelta(hours=1)
_ASSIGNED_BEFORE = timedelta(minutes=15)
# Assignments hold from the beginning of their stage; the second number is the round's place.
_STAGES = {"kalibrierung": 0, "vorrunde": 0, "endrunde": 1}
_SOURCES = {"selbst": "juror", "abgleich": "match", "dritte": "hint"}
# The story's kinds of a conflict of interest, as the jury's slice calls them.
_KINDS = {
    "anstellung": "employment",
    "organ": "board",
    "angehoerig": "relative",
    "gutachten": "report",
    "partner": "partner",
    "vorteil": "advantage",
    "besorgnis": "concern",
    "gleiche_region": "region",
    "spaet": "late",
    "bestritten": "disputed",
    "vorsitz": "chair",
}
_MISSING = "Die Frist ist abgelaufen; fehlende Bewertungen kommen nicht mehr."
_LATER = "Zuteilung der Vorrunde nach der Kalibrierung."
_INSTEAD = "Ersatz nach einer spät angezeigten Befangenheit."


def events(stage: Stage) -> Iterator[Event]:
    """All that happens on the panel of an edition."""
    for member in story.jury()["members"]:
        yield Event(_SEATED, partial(_seat, stage, member))
    for told in story.jury()["conflicts"]:
        reported = story.instant(told["reportedAt"])
        yield Event(reported, partial(_declare, stage, told))
        yield Event(reported + _DECIDED_AFTER, partial(_decide, stage, told))
    for place, at in enumerate(_ENTERED):
        yield Event(at, partial(_enter, stage, place))
    for stage_name in ("kalibrierung", "endrunde"):
        begins = story.timeline()[stage_name][0]
        yield Event(begins, partial(_fix_rules, stage, _STAGES[stage_name]))
    for stage_name in _STAGES:
        yield from _assigning(stage, stage_name)
    yield from scoring.events(stage)
    for place, (proposed, confirmed) in enumerate(zip(_PROPOSED, _CONFIRMED, strict=True)):
        yield Event(proposed, partial(_propose, stage, place))
        yield Event(confirmed, partial(_confirm, stage, place))
        yield Event(confirmed + _COMPUTED_AFTER, partial(_compute, stage, place))


def _seat(stage: Stage, member: dict[str, Any], db: Session, at: datetime) -> None:
    made = actions.seat(
        db,
        stage.edition,
        stage.people.jurors[member["id"]],
        organisation=member["organisation"],
        affiliation=member["affiliation"],
        lead=_lead(member),
        by=stage.people.admin,
        at=at,
    )
    stage.seats[member["id"]] = made.id


def _lead(member: dict[str, Any]) -> Literal["chair", "deputy", "member"]:
    if member["chair"]:
        return "chair"
    return "deputy" if member["id"] == story.jury()["deputyChair"] else "member"


def _declare(stage: Stage, told: dict[str, Any], db: Session, at: datetime) -> None:
    source = _SOURCES[told["source"]]
    reporter = stage.people.juror(told["jurorId"]) if source == "juror" else stage.people.admin
    actions.declare(
        db,
        db.get_one(Seat, stage.seats[told["jurorId"]]),
        db.get_one(Nomination, stage.nominations[told["nominationId"]]),
        kind=_KINDS[told["type"]],
        statement=told["statement"],
        source=source,
        by=reporter,
        at=at,
    )


def _decide(stage: Stage, told: dict[str, Any], db: Session, at: datetime) -> None:
    """The chair decides, the deputy where the chair is affected; what was handed in is void."""
    kind = next(one for one in story.jury()["conflictTypes"] if one["id"] == told["type"])
    by = stage.people.juror("J01" if told["decidedBy"] == "Jury" else told["decidedBy"])
    seat_id = stage.seats[told["jurorId"]]
    nomination_id = stage.nominations[told["nominationId"]]
    conflict = db.scalars(
        select(Conflict).where(Conflict.seat_id == seat_id, Conflict.nomination_id == nomination_id)
    ).one()
    excluded = told["decision"] == "ausgeschlossen"
    actions.decide(
        db,
        conflict.id,
        stage.edition.id,
        is_excluded=excluded,
        reason=f"{kind['consequence']} ({told['legalBasis']})",
        by=by,
        at=at,
    )
    if excluded:
        _exclude_sheets(stage, told, db, by, at)


def _exclude_sheets(
    stage: Stage, told: dict[str, Any], db: Session, by: Actor, at: datetime
) -> None:
    for round_ in stage.rounds:
        known = queries.assignment_of(
            db,
            round_.id,
            stage.nominations[told["nominationId"]],
            stage.seats[told["jurorId"]],
        )
        if known is not None:
            actions.exclude_sheet(
                db, known, edition_id=stage.edition.id, reason=told["statement"], by=by, at=at
            )


def _enter(stage: Stage, place: int, db: Session, at: datetime) -> None:
    """The first round judges all admitted nominations, the final round those of the story."""
    rows = [one for one in story.jury()["assignments"] if _STAGES[one["stage"]] == place]
    told = {one["nominationId"] for one in rows}
    everybody = {one["nominationId"] for one in rows if one["stage"] == "kalibrierung"}
    actions.enter_round(
        db,
        stage.rounds[place],
        {stage.nominations[one] for one in told},
        calibration={stage.nominations[one] for one in everybody},
        by=stage.people.admin,
        at=at,
    )


def _fix_rules(stage: Stage, place: int, db: Session, at: datetime) -> None:
    actions.fix_rules(db, stage.rounds[place], at=at)


def _assigning(stage: Stage, stage_name: str) -> Iterator[Event]:
    begins = story.timeline()[stage_name][0] - _ASSIGNED_BEFORE
    replacing = {one["nominationId"]: one for one in story.jury()["conflicts"]}
    for told in story.jury()["assignments"]:
        if told["stage"] != stage_name:
            continue
        at, reason = begins, _LATER if stage_name == "vorrunde" else ""
        if "replaces" in told:
            reported = story.instant(replacing[told["nominationId"]]["reportedAt"])
            at, reason = reported + _DECIDED_AFTER, _INSTEAD
        yield Event(at, partial(_assign, stage, told, reason))


def _assign(stage: Stage, told: dict[str, Any], reason: str, db: Session, at: datetime) -> None:
    place = _STAGES[told["stage"]]
    made = actions.assign(
        db,
        stage.rounds[place],
        stage.nominations[told["nominationId"]],
        stage.seats[told["jurorId"]],
        reason=reason,
        by=stage.people.admin,
        at=at,
    )
    stage.assignments[place, told["jurorId"], told["nominationId"]] = made.id


def _propose(stage: Stage, place: int, db: Session, at: datetime) -> None:
    actions.propose_opening(db, stage.rounds[place], reason=_MISSING, by=stage.people.admin, at=at)


def _confirm(stage: Stage, place: int, db: Session, at: datetime) -> None:
    proposal = queries.proposal(db, stage.rounds[place].id)
    assert proposal is not None  # noqa: S101 - proposed one event before
    actions.confirm_opening(
        db,
        stage.rounds[place],
        proposal,
        url=stage.public_url,
        by=stage.people.admin_b,
        at=at,
    )


def _compute(stage: Stage, place: int, db: Session, at: datetime) -> None:
    found = computed(given(db, stage.rounds[place]))
    keep_run(db, stage.rounds[place], found, by=stage.people.admin, at=at)
