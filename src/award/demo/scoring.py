"""The score sheets of the story, written as rows: each score keeps the minute it was given."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.demo import story
from award.demo.stage import Event, Stage
from award.jury.models import Score, Sheet, SheetSubmission

_PLACES = {"kalibrierung": 0, "vorrunde": 0, "endrunde": 1}
_Key = tuple[int, str, str]
_Rows = list[dict[str, str]]


def events(stage: Stage) -> Iterator[Event]:
    """One event for each sheet: its last score, or the last one before the story's "now"."""
    for key, rows in _sheets().items():
        given = [row for row in rows if story.instant(row["scored_at"]) <= stage.now]
        if given:
            last = max(story.instant(row["scored_at"]) for row in given)
            yield Event(last, partial(_write, stage, key, given))


def _sheets() -> dict[_Key, _Rows]:
    sheets: dict[_Key, _Rows] = defaultdict(list)
    for row in story.scores():
        key = _PLACES[row["stage"]], row["juror_id"], row["nomination_id"]
        sheets[key].append(row)
    return sheets


def _write(stage: Stage, key: _Key, rows: _Rows, db: Session, at: datetime) -> None:
    """Write the scores; handed in when every criterion has one, "not assessable" included."""
    sheet_id = stage.assignments[key]
    by = stage.people.juror(key[1])
    db.execute(insert(Score), [_score(stage, sheet_id, row) for row in rows])
    saved = update(Sheet).where(Sheet.assignment_id == sheet_id).values(version=1, saved_at=at)
    db.execute(saved, execution_options={"synchronize_session": False})
    edition = stage.edition.id
    record(db, "jury.save_sheet", sheet_id, by=by, at=at, edition=edition, version=1)
    if len(rows) == len(stage.criteria):
        db.execute(insert(SheetSubmission), [{"assignment_id": sheet_id, "at": at}])
        record(db, "jury.hand_in", sheet_id, by=by, at=at, edition=edition)


def _score(stage: Stage, sheet_id: str, row: dict[str, str]) -> dict[str, object]:
    return {
        "assignment_id": sheet_id,
        "criterion_id": stage.criteria[row["criterion_id"]],
        "points": int(row["points"]) if row["points"] else None,
        "is_chosen": True,
        "comment": row["comment"],
        "scored_at": stage.shift.moved(story.instant(row["scored_at"])),
    }
