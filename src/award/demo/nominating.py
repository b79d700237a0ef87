"""Networks draft, hand in and withdraw; administrators check: as they did in the story.

The sections are written as rows, since saving them one by one would take most of the loading.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from award.demo import story
from award.demo.stage import Event, Stage
from award.kit.errors import Refused
from award.nominations import actions
from award.nominations.actions.drafting import repeat
from award.nominations.actions.receiving import first_rows
from award.nominations.canonical import normal
from award.nominations.models import Answers, Nomination

_DRAFTED_BEFORE = timedelta(days=3)
_SAVED_BEFORE = timedelta(hours=1)
_BETWEEN_SAVES = timedelta(minutes=7)
# They break rules that the form enforces, so they came by letter.
_OUTSIDE_THE_FORM = {"N-030", "N-056"}
_ALL_BUT_COMPLETE = "N-001"


def events(stage: Stage) -> Iterator[Event]:
    """All that happens to the nominations of an edition."""
    for told in story.nominations():
        at = story.instant(told["submittedAt"])
        if at > stage.now:
            yield from _drafting(stage, told, min(at, stage.now) - _SAVED_BEFORE)
        else:
            yield from _drafting(stage, told, at - _SAVED_BEFORE)
            yield from _handed_in(stage, told, at)
    for told in story.drafts():
        yield from _draft(stage, told)


def _drafting(stage: Stage, told: dict[str, Any], saved: datetime) -> Iterator[Event]:
    if _is_outside(stage, told):
        return
    yield Event(saved - _DRAFTED_BEFORE, partial(_start, stage, told))
    yield Event(saved, partial(_save, stage, told))


def _handed_in(stage: Stage, told: dict[str, Any], at: datetime) -> Iterator[Event]:
    came = _receive if told["id"] in _OUTSIDE_THE_FORM else _submit
    yield Event(at, partial(came, stage, told))
    yield Event(story.instant(told["formalCheck"]["decidedAt"]), partial(_check, stage, told))
    if "withdrawnAt" in told:
        yield Event(story.instant(told["withdrawnAt"]), partial(_withdraw, stage, told))


def _draft(stage: Stage, told: dict[str, Any]) -> Iterator[Event]:
    """A draft of the story; the one that came too late is complete."""
    if "submitAttemptAt" in told:
        whole = next(one for one in story.nominations() if one["id"] == _ALL_BUT_COMPLETE)
        borrowed = ("leadOrganisation", "partners", "contact", "consents", "activeSince")
        told = {**told, **{key: whole[key] for key in borrowed}}
        late = story.instant(told["submitAttemptAt"])
        yield Event(late, partial(_submit_too_late, stage, told))
    saved = min(story.instant(told["lastSavedAt"]), stage.now - _SAVED_BEFORE)
    yield from _drafting(stage, {**told, "submittedAt": told["lastSavedAt"]}, saved)


def _start(stage: Stage, told: dict[str, Any], db: Session, at: datetime) -> Nomination:
    network = stage.people.networks[told["id"]]
    nomination = actions.start(
        db, stage.edition, network, by=stage.people.member(told["id"]), at=at
    )
    nomination.title_parts = told.get("titleParts", [])
    stage.nominations[told["id"]] = nomination.id
    return nomination


def _save(stage: Stage, told: dict[str, Any], db: Session, at: datetime) -> None:
    """Write the sections that hold something, saved a few minutes apart, the last one at `at`."""
    nomination = db.get_one(Nomination, stage.nominations[told["id"]])
    writers = stage.people.member(told["id"]), stage.people.colleague(told["id"])
    given = answers(stage, told)
    written = [
        (section, normal({field["key"]: given.get(field["key"]) for field in section["fields"]}))
        for section in stage.sections
        if any(field["key"] in given for field in section["fields"])
    ]
    rows = first_rows({"sections": stage.sections}, written)
    for place, row in enumerate(rows, 1):
        row["nomination_id"] = nomination.id
        row["saved_at"] = at - _BETWEEN_SAVES * (len(rows) - place)
        row["saved_by"] = writers[place % 2].account_id
    db.execute(insert(Answers), rows)
    repeat(nomination, written)
    nomination.saved_at = at


def _is_outside(stage: Stage, told: dict[str, Any]) -> bool:
    return told["id"] in _OUTSIDE_THE_FORM and story.instant(told["submittedAt"]) <= stage.now


def answers(stage: Stage, told: dict[str, Any]) -> dict[str, Any]:
    """What was told as the form's answers, by the keys of its fields; nothing for what is empty."""
    given = {
        "networkName": told["displayName"],
        **{key: told.get(key) for key in ("projectTitle", "fieldOfAction", "state", "region")},
        "districts": told["districts"],
        "activeSince": stage.shift.year(told["activeSince"]) if "activeSince" in told else None,
        "leadOrganisation": _organisation(told.get("leadOrganisation")),
        "partners": [_organisation(one) for one in told.get("partners", [])],
        "contact": told.get("contact"),
        **told["texts"],
        **told.get("consents", {}),
    }
    return {key: value for key, value in given.items() if value not in (None, "", [])}


def _organisation(told: dict[str, str] | None) -> dict[str, str] | None:
    return told and {"kind": told["type"], "name": told["name"]}


def _submit(stage: Stage, told: dict[str, Any], db: Session, at: datetime) -> None:
    nomination = db.get_one(Nomination, stage.nominations[told["id"]])
    by = stage.people.member(told["id"])
    actions.submit(db, nomination, by=by, at=at, public_url=stage.public_url)


def _submit_too_late(stage: Stage, told: dict[str, Any], db: Session, at: datetime) -> None:
    """The attempt is refused, and what the refusal writes down is written."""
    try:
        _submit(stage, told, db, at)
    except Refused as refusal:
        if refusal.afterwards is not None:
            refusal.afterwards(db)


def _receive(stage: Stage, told: dict[str, Any], db: Session, at: datetime) -> None:
    """A nomination that came by letter, typed in by an administrator as it was."""
    given = answers(stage, told)
    nomination = actions.receive(
        db,
        actions.begin_receiving(db, stage.edition, at),
        stage.people.networks[told["id"]],
        {one["key"]: given for one in stage.sections},
        arrived_at=at,
        by=stage.people.admin,
        at=at,
        public_url=stage.public_url,
    )
    nomination.title_parts = told.get("titleParts", [])
    stage.nominations[told["id"]] = nomination.id


def _check(stage: Stage, told: dict[str, Any], db: Session, at: datetime) -> None:
    found = told["formalCheck"]
    actions.check(
        db,
        db.get_one(Nomination, stage.nominations[told["id"]]),
        is_admitted=found["result"] == "zugelassen",
        checks=found["checks"],
        reason=found["reason"] or "",
        version=0,
        by=stage.people.admin,
        at=at,
        public_url=stage.public_url,
    )


def _withdraw(stage: Stage, told: dict[str, Any], db: Session, at: datetime) -> None:
    actions.withdraw(
        db,
        db.get_one(Nomination, stage.nominations[told["id"]]),
        told["withdrawalReason"],
        by=stage.people.member(told["id"]),
        at=at,
        public_url=stage.public_url,
    )
