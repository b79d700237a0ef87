"""The administrators' list of an edition's nominations: facts only, never a text."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, get_args

import msgspec
from sqlalchemy import RowMapping, Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from award.kit.db import rows
from award.kit.errors import NotFound
from award.nominations.folded import folded
from award.nominations.models import (
    Answers,
    DraftLook,
    FormalCheck,
    Nomination,
    SavedFilter,
    Submission,
    Withdrawal,
)
from award.nominations.queries import EXTENDED_UNTIL
from award.nominations.resource import Status

PAGE = 50
LOOK_LASTS = timedelta(minutes=30)
STATES: tuple[str, ...] = get_args(Status)

STATUS = case(
    (Withdrawal.nomination_id.is_not(None), "withdrawn"),
    (Submission.nomination_id.is_(None), "draft"),
    (FormalCheck.nomination_id.is_(None), "submitted"),
    (FormalCheck.is_admitted, "admitted"),
    else_="not_admitted",
)
_SORTS: dict[str, Any] = {
    "reference": Nomination.reference,
    "title": Nomination.folded,
    "state": Nomination.state,
    "received": Submission.at,
    "status": STATUS,
}
SORTS = tuple(_SORTS)


# Statements are written once: making them anew costs more than running them.
_ROWS = (
    select(
        Nomination.id,
        Nomination.reference,
        Nomination.title,
        Nomination.title_parts,
        Nomination.network_name,
        Nomination.state,
        Nomination.field_of_action,
        STATUS.label("status"),
        Submission.at.label("received_at"),
        FormalCheck.checks,
        EXTENDED_UNTIL.label("extended_until"),
    )
    .outerjoin(Submission, Submission.nomination_id == Nomination.id)
    .outerjoin(Withdrawal, Withdrawal.nomination_id == Nomination.id)
    .outerjoin(FormalCheck, FormalCheck.nomination_id == Nomination.id)
    .where(
        Nomination.edition_id == bindparam("edition_id"),
        Nomination.id.not_in(bindparam("hidden", expanding=True)),
    )
)
_SUBMITTED_ROWS = _ROWS.where(Submission.nomination_id.is_not(None))
_IS_DONE = (Answers.is_complete, Answers.section.in_(bindparam("needed", expanding=True)))
_WRITTEN = (
    select(
        Answers.nomination_id,
        func.count().filter(*_IS_DONE),
        func.sum(Answers.size),
    )
    .where(Answers.nomination_id.in_(bindparam("drafts", expanding=True)))
    .group_by(Answers.nomination_id)
)


class Scope(msgspec.Struct, frozen=True):
    """What a person may see in a list: an edition's nominations, its drafts too or not.

    `hidden` are those with which the person is in conflict.
    """

    edition_id: str
    hidden: frozenset[str]
    drafts: bool

    @property
    def asked(self) -> dict[str, Any]:
        """As the statements take it."""
        return {"edition_id": self.edition_id, "hidden": list(self.hidden)}


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What the list is narrowed to and sorted by; each empty for all. `-title` sorts backwards."""

    search: str = ""
    status: str = ""
    state: str = ""
    field: str = ""
    sort: str = "reference"
    page: int = 1

    @property
    def are_set(self) -> bool:
        return any((self.search, self.status, self.state, self.field))


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One nomination as the list shows it; `complete` and `size` are of a draft's sections.

    Of those in which something has to be answered so many are complete.
    """

    id: str
    reference: str | None
    title: str
    title_parts: list[Any]
    network_name: str
    state: str
    field_of_action: str
    status: str
    received_at: datetime | None
    checks: dict[str, bool] | None
    extended_until: datetime | None
    complete: int
    size: int


def listed(db: Session, scope: Scope, filters: Filters, needed: Sequence[str]) -> list[Row]:
    """A page of the list in two statements.

    `needed` are the keys of the sections of which it is counted how many are complete.
    """
    page = _in_order(scope, filters).limit(PAGE).offset((filters.page - 1) * PAGE)
    return _read(db, scope, page, needed)


def all_listed(db: Session, scope: Scope, filters: Filters, needed: Sequence[str]) -> list[Row]:
    """The list on all of its pages, in two statements."""
    return _read(db, scope, _in_order(scope, filters), needed)


def total(db: Session, scope: Scope, filters: Filters) -> int:
    """How many rows the list has on all of its pages."""
    wanted = _narrowed(_ROWS if scope.drafts else _SUBMITTED_ROWS, filters)
    counted = wanted.with_only_columns(func.count(), maintain_column_froms=True)
    count: int = rows(db, counted, scope.asked).scalar_one()
    return count


def saved_filters(db: Session, edition_id: str, account_id: str | None) -> list[SavedFilter]:
    """What this person keeps for the list of an edition, by the alphabet."""
    query = select(SavedFilter).filter_by(account_id=account_id, edition_id=edition_id)
    return sorted(db.scalars(query), key=lambda one: (folded(one.name), one.name))


def saved_filter(db: Session, edition_id: str, filter_id: str) -> SavedFilter:
    """One of them, whosever it is; raises NotFound."""
    found = db.get(SavedFilter, filter_id)
    if found is None or found.edition_id != edition_id:
        raise NotFound
    return found


def facts(db: Session, nomination_id: str, needed: Sequence[str]) -> tuple[int, int]:
    """Of a draft: how many needed sections are complete, and how many characters it has."""
    return _written(db, [nomination_id], needed).get(nomination_id, (0, 0))


def has_looked(db: Session, nomination_id: str, account_id: str | None, now: datetime) -> bool:
    """Whether this person's look into the draft was written down a short while ago."""
    query = select(DraftLook.id).where(
        DraftLook.nomination_id == nomination_id,
        DraftLook.by == account_id,
        DraftLook.at > now - LOOK_LASTS,
    )
    return db.scalar(query.limit(1)) is not None


def _in_order(scope: Scope, filters: Filters) -> Select[Any]:
    wanted = _narrowed(_ROWS if scope.drafts else _SUBMITTED_ROWS, filters)
    return wanted.order_by(*_order(filters.sort))


def _read(db: Session, scope: Scope, wanted: Select[Any], needed: Sequence[str]) -> list[Row]:
    found = rows(db, wanted, scope.asked).mappings().all()
    written = _written(db, [row["id"] for row in found if row["status"] == "draft"], needed)
    return [_row(row, *written.get(row["id"], (0, 0))) for row in found]


def _written(db: Session, drafts: list[str], needed: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Of these drafts only: how many sections are complete, and their size."""
    found = rows(db, _WRITTEN, {"drafts": drafts, "needed": needed})
    return {nomination_id: (done, size) for nomination_id, done, size in found}


def _row(row: RowMapping, complete: int, size: int) -> Row:
    return Row(**row, complete=complete, size=size)


def _narrowed(query: Select[Any], filters: Filters) -> Select[Any]:
    for word in folded(filters.search).split():
        query = query.where(Nomination.folded.contains(word, autoescape=True))
    if filters.status:
        query = query.where(STATUS.is_not_distinct_from(filters.status))
    if filters.state:
        query = query.where(Nomination.state == filters.state)
    if filters.field:
        query = query.where(Nomination.field_of_action == filters.field)
    return query


def _order(sort: str) -> tuple[Any, ...]:
    column = _SORTS.get(sort.removeprefix("-"), Nomination.reference)
    first = column.desc() if sort.startswith("-") else column.asc()
    return (first.nulls_last(), Nomination.folded, Nomination.id)
