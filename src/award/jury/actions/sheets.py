"""A juror's own sheet: saving, handing in, stepping back; and a sheet that does not count."""

from datetime import datetime
from typing import Any, cast

import msgspec
from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.jury import queries
from award.jury.models import (
    Assignment,
    Recusal,
    Score,
    Sheet,
    SheetExclusion,
    SheetSubmission,
)
from award.jury.policy import may_change_sheet, may_recuse
from award.jury.queries import Mark, OwnSheet
from award.kit.actor import Actor
from award.kit.errors import Changed, NotFound, Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.kit.verdict import Verdict

LONGEST_REMARK, LONGEST_COMMENT = 2000, 5000
_QUIET = {"synchronize_session": False}


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A whole sheet as the juror has it now.

    `levels` by the criterion's key: points, or None for not assessable; a key that is missing has
    no level yet. `remarks` by the same keys.
    """

    levels: dict[str, int | None]
    remarks: dict[str, str] = {}
    comment: str = ""
    note: str = ""


def save_sheet(  # noqa: PLR0913 - what is saved where, by whom and when
    db: Session, sheet: OwnSheet, written: Written, *, seen: int, by: Actor, at: datetime
) -> int:
    """Save the whole sheet and return its new version.

    `seen` is the version that the juror had before. Raises Refused with a message at each field
    that does not fit, and when the sheet is closed; Changed when it was saved elsewhere meanwhile.
    """
    _check_open(may_change_sheet(by, sheet, at))
    _check_written(sheet, written)
    changed = [row for mark in sheet.marks if (row := _row(sheet, mark, written, at))]
    version = _turn(db, sheet, written, seen, at)
    if changed:
        _write_scores(db, changed)
    record(db, "jury.save_sheet", sheet.id, by=by, at=at, edition=sheet.edition_id, version=version)
    return version


def hand_in(  # noqa: PLR0913 - what is handed in, by whom and when
    db: Session, sheet: OwnSheet, written: Written, *, seen: int, by: Actor, at: datetime
) -> None:
    """Save the whole sheet for the last time; afterwards it is final.

    Raises Refused at each criterion that has neither a level nor is marked as not assessable, and
    otherwise as `save_sheet` does.
    """
    _check_open(may_change_sheet(by, sheet, at))
    missing = {
        mark.key: _(
            "%(name)s: please choose a level, or that it cannot be assessed.",
            name=local(mark.name),
        )
        for mark in sheet.marks
        if mark.key not in written.levels
    }
    if missing:
        raise Refused("incomplete", errors=missing)
    save_sheet(db, sheet, written, seen=seen, by=by, at=at)
    db.execute(insert(SheetSubmission), [{"assignment_id": sheet.id, "at": at}])
    record(db, "jury.hand_in", sheet.id, by=by, at=at, edition=sheet.edition_id)


def recuse(db: Session, sheet: OwnSheet, *, reason: str, by: Actor, at: datetime) -> None:
    """Step back from one nomination: for the juror it no longer exists; raises Refused."""
    _check_open(may_recuse(by, sheet, at))
    _close(db, sheet.id, sheet.round_id)
    db.execute(insert(Recusal), [{"assignment_id": sheet.id, "reason": reason, "at": at}])
    record(db, "jury.recuse", sheet.id, by=by, at=at, edition=sheet.edition_id)


def exclude_sheet(  # noqa: PLR0913 - what does not count, why, by whom and when
    db: Session, assignment: Assignment, *, edition_id: str, reason: str, by: Actor, at: datetime
) -> None:
    """Keep a sheet on record that does not count, such as after a late disclosure.

    Raises Refused without a reason, twice, or after the opening.
    """
    if not reason.strip():
        raise Refused("reason", errors={"reason": _("Please say why this sheet does not count.")})
    if db.get(SheetExclusion, assignment.id) is not None:
        raise Refused("excluded", _("This sheet does not count already."))
    _close(db, assignment.id, assignment.round_id)
    row = {"assignment_id": assignment.id, "reason": reason, "by": by.account_id, "at": at}
    db.execute(insert(SheetExclusion), [row])
    record(db, "jury.exclude_sheet", assignment.id, by=by, at=at, edition=edition_id)


def _check_open(verdict: Verdict) -> None:
    if verdict.hidden:
        raise NotFound
    if not verdict:
        raise Refused(verdict.code, verdict.reason)


def _check_written(sheet: OwnSheet, written: Written) -> None:
    errors: dict[str, str] = {}
    for key, points in written.levels.items():
        if points is not None and not sheet.scale_min <= points <= sheet.scale_max:
            errors[key] = _(
                "Please choose a level from %(low)s to %(high)s, or that it cannot be assessed.",
                low=sheet.scale_min,
                high=sheet.scale_max,
            )
    long = {f"{key}-comment": text for key, text in written.remarks.items()}
    for name, text in {**long, "comment": written.comment, "note": written.note}.items():
        limit = LONGEST_REMARK if name in long else LONGEST_COMMENT
        if len(text) > limit:
            errors[name] = _("This text is too long: at most %(most)s characters.", most=limit)
    if errors:
        raise Refused("sheet", errors=errors)


def _row(sheet: OwnSheet, mark: Mark, written: Written, at: datetime) -> dict[str, Any] | None:
    """What to write for a criterion, None if it stays as it is."""
    is_chosen, points = mark.key in written.levels, written.levels.get(mark.key)
    comment = written.remarks.get(mark.key, "")
    if (is_chosen, points, comment) == (mark.is_chosen, mark.points, mark.comment):
        return None
    return {
        "assignment_id": sheet.id,
        "criterion_id": mark.criterion_id,
        "points": points,
        "is_chosen": is_chosen,
        "comment": comment,
        "scored_at": at,
    }


def _turn(db: Session, sheet: OwnSheet, written: Written, seen: int, at: datetime) -> int:
    """Raise the version if nobody else did; the row's lock makes saving and opening take turns."""
    values = {"new": seen + 1, "text": written.comment, "own": written.note, "at": at}
    turned: Any = db.execute(_TURN, {"sheet": sheet.id, "seen": seen, **values})
    if turned.rowcount == 0:
        raise Changed("changed", _("This sheet was changed in another window. Both are shown."))
    return seen + 1


def _write_scores(db: Session, rows: list[dict[str, Any]]) -> None:
    db.execute(_UPSERTS[db.get_bind().dialect.name], rows)


def _upsert(insertion: Any) -> Any:
    written = ("points", "is_chosen", "comment", "scored_at")
    return insertion.on_conflict_do_update(
        index_elements=["assignment_id", "criterion_id"],
        set_={name: insertion.excluded[name] for name in written},
    )


# The hot path of a judging evening: built once, and for the tables themselves.
_SHEETS = cast("Table", Sheet.__table__)
_TURN = (
    update(_SHEETS)
    .where(_SHEETS.c.assignment_id == bindparam("sheet"), _SHEETS.c.version == bindparam("seen"))
    .values(
        version=bindparam("new"),
        comment=bindparam("text"),
        note=bindparam("own"),
        saved_at=bindparam("at"),
    )
)
_SCORES = cast("Table", Score.__table__)
_UPSERTS = {
    "postgresql": _upsert(postgresql.insert(_SCORES)),
    "sqlite": _upsert(sqlite.insert(_SCORES)),
}


def _close(db: Session, assignment_id: str, round_id: str) -> None:
    """Take the sheet's lock, then look again whether the round is still sealed."""
    turned = update(Sheet).where(Sheet.assignment_id == assignment_id)
    db.execute(turned.values(version=Sheet.version + 1), execution_options=_QUIET)
    if queries.is_opened(db, round_id):
        raise Refused("opened", _("The scores of this round were opened. Sheets are frozen now."))
