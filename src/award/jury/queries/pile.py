"""The juror's own rounds and pile; Core statements, since a pile can be long."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import and_, bindparam, case, func, select, tuple_
from sqlalchemy.orm import Session

from award.jury.models import (
    Assignment,
    Opening,
    Score,
    Seat,
    SheetSubmission,
)
from award.jury.queries.active import is_active
from award.jury.queries.sheets import OwnSheet
from award.kit.db import rows
from award.nominations.models import Nomination
from award.programmes.models import Criterion, Phase, Round


class OwnRound(msgspec.Struct, frozen=True):
    """A round of an edition in which the person has a seat."""

    id: str
    edition_id: str
    seat_id: str
    position: int
    name: dict[str, str]
    scale_min: int
    scale_max: int
    starts_at: datetime | None
    ends_at: datetime | None
    opened_at: datetime | None
    criteria: int


class PileRow(msgspec.Struct, frozen=True):
    """A nomination in the juror's own order; `done` counts the criteria with a level.

    `weighted` and `weight` are the sums over what can be assessed, for the juror's own value.
    """

    id: str
    title: str
    title_parts: list[Any]
    network_name: str
    state: str
    handed_in_at: datetime | None
    done: int
    weighted: float | None
    weight: float | None

    def value(self, low: int, high: int) -> float | None:
        """The juror's own value of the sheet from 0 to 100."""
        if not self.weight or self.weighted is None:
            return None
        return 100 * (self.weighted / self.weight - low) / (high - low)


class Place(msgspec.Struct, frozen=True):
    """Where a sheet stands in its juror's pile, and which stand beside it."""

    number: int
    total: int
    handed_in: int
    before: str | None
    after: str | None


def own_rounds(db: Session, account_id: str | None) -> list[OwnRound]:
    """The rounds of the editions in which the person sits, those that begin first on top."""
    return [OwnRound(*row) for row in rows(db, _ROUNDS, {"account_id": account_id}).all()]


# Statements are written once: making them anew costs more than running them.
_ROUNDS = (
    select(
        Round.id,
        Round.edition_id,
        Seat.id,
        Round.position,
        Round.name,
        Round.scale_min,
        Round.scale_max,
        Phase.starts_at,
        Phase.ends_at,
        Opening.confirmed_at,
        select(func.count()).where(Criterion.edition_id == Round.edition_id).scalar_subquery(),
    )
    .join(Seat, Seat.edition_id == Round.edition_id)
    .outerjoin(Phase, and_(Phase.round_id == Round.id, Phase.kind == "judging"))
    .outerjoin(Opening, and_(Opening.round_id == Round.id, Opening.confirmed_at.is_not(None)))
    .where(Seat.account_id == bindparam("account_id"))
    .order_by(Phase.starts_at, Round.position, Round.id)
)
_OWN = (
    Assignment.seat_id == bindparam("seat_id"),
    Assignment.round_id == bindparam("round_id"),
)
_IN_ORDER = (Assignment.position, Assignment.id)
_SUMS = (
    select(
        Score.assignment_id,
        func.count().label("done"),
        func.sum(Criterion.weight * Score.points).label("weighted"),
        func.sum(case((Score.points.is_not(None), Criterion.weight))).label("weight"),
    )
    .join(Criterion, Criterion.id == Score.criterion_id)
    .join(Assignment, Assignment.id == Score.assignment_id)
    .where(Score.is_chosen, *_OWN)
    .group_by(Score.assignment_id)
    .subquery()
)
_PILE = (
    select(
        Assignment.id,
        Nomination.title,
        Nomination.title_parts,
        Nomination.network_name,
        Nomination.state,
        SheetSubmission.at,
        func.coalesce(_SUMS.c.done, 0),
        _SUMS.c.weighted,
        _SUMS.c.weight,
    )
    .join(Nomination, Nomination.id == Assignment.nomination_id)
    .outerjoin(SheetSubmission, SheetSubmission.assignment_id == Assignment.id)
    .outerjoin(_SUMS, _SUMS.c.assignment_id == Assignment.id)
    .where(*_OWN, *is_active())
    .order_by(*_IN_ORDER)
)
_HERE = tuple_(bindparam("position"), bindparam("sheet_id"))
_IS_BEFORE, _IS_AFTER = tuple_(*_IN_ORDER) < _HERE, tuple_(*_IN_ORDER) > _HERE
_STEP = select(Assignment.id).where(*_OWN, *is_active()).limit(1).correlate(None)
# The database counts: to fetch the pile row by row, or to number it, takes thrice the time.
_PLACE = (
    select(
        func.count().filter(~_IS_AFTER),
        func.count(),
        func.count(SheetSubmission.at),
        _STEP.where(_IS_BEFORE)
        .order_by(*(column.desc() for column in _IN_ORDER))
        .scalar_subquery(),
        _STEP.where(_IS_AFTER).order_by(*_IN_ORDER).scalar_subquery(),
    )
    .select_from(Assignment)
    .outerjoin(SheetSubmission, SheetSubmission.assignment_id == Assignment.id)
    .where(*_OWN, *is_active())
)
_NEXT = (
    select(Assignment.id)
    .outerjoin(SheetSubmission, SheetSubmission.assignment_id == Assignment.id)
    .where(*_OWN, *is_active(), SheetSubmission.at.is_(None))
    .order_by(_IS_BEFORE, *_IN_ORDER)
    .limit(1)
)
_LEVELS = (
    select(Score.points, func.count())
    .where(
        Score.assignment_id.in_(select(Assignment.id).where(*_OWN, *is_active())),
        Score.points.is_not(None),
    )
    .group_by(Score.points)
)


def pile(db: Session, seat_id: str, round_id: str) -> list[PileRow]:
    """The juror's nominations of a round in the order that was drawn for this juror."""
    own = {"seat_id": seat_id, "round_id": round_id}
    return [PileRow(*row) for row in rows(db, _PILE, own).all()]


def place(db: Session, sheet: OwnSheet) -> Place:
    """Where the sheet stands in the pile, in one row."""
    return Place(*rows(db, _PLACE, _here(sheet)).one())


def next_open(db: Session, sheet: OwnSheet) -> str | None:
    """The next sheet that is not handed in, from this one on round the pile."""
    found = rows(db, _NEXT, _here(sheet)).scalar_one_or_none()
    return None if found is None else str(found)


def levels_given(db: Session, seat_id: str, round_id: str) -> dict[int, int]:
    """How often the juror gave each level in this round, over all criteria."""
    own = {"seat_id": seat_id, "round_id": round_id}
    return {points: count for points, count in rows(db, _LEVELS, own).all()}  # noqa: C416 - rows


def _here(sheet: OwnSheet) -> dict[str, Any]:
    return {
        "seat_id": sheet.seat_id,
        "round_id": sheet.round_id,
        "position": sheet.position,
        "sheet_id": sheet.id,
    }


def own_nominations(db: Session, seat_id: str) -> set[str]:
    """The ids of the nominations that the juror reads, in any round."""
    query = select(Assignment.nomination_id).where(Assignment.seat_id == seat_id, *is_active())
    return set(db.scalars(query))
