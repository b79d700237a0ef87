"""One juror's own sheet, found only by the juror it belongs to."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from award.jury.models import Assignment, Opening, Score, Seat, Sheet, SheetSubmission
from award.jury.queries.active import is_active
from award.kit.db import rows
from award.kit.errors import NotFound
from award.nominations.models import Nomination, Submission
from award.programmes.models import Criterion, Edition, Phase, Round


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion of a sheet and what was given on it so far."""

    criterion_id: str
    key: str
    name: dict[str, str]
    question: dict[str, str]
    weight: float
    anchors: list[Any]
    points: int | None
    is_chosen: bool
    comment: str


class OwnSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A juror's sheet with its criteria, and all that decides what may be done with it."""

    id: str
    nomination_id: str
    seat_id: str
    account_id: str
    round_id: str
    position: int
    edition_id: str
    scale_min: int
    scale_max: int
    scale_labels: dict[str, Any]
    starts_at: datetime | None
    ends_at: datetime | None
    opened_at: datetime | None
    handed_in_at: datetime | None
    comment: str
    note: str
    version: int
    saved_at: datetime | None
    marks: list[Mark]

    @property
    def missing(self) -> list[Mark]:
        """The criteria without a level and not marked as not assessable."""
        return [mark for mark in self.marks if not mark.is_chosen]


class About(msgspec.Struct, frozen=True):
    """What stands beside a sheet: the nomination as it was handed in, its edition and its round."""

    title: str
    title_parts: list[Any]
    network_name: str
    region: str
    received_at: datetime
    sha256: str
    answers: dict[str, Any]
    form_version: int
    round_name: dict[str, str]
    edition: "OfEdition"


class OfEdition(msgspec.Struct, frozen=True):
    """What surrounds the page from its edition."""

    slug: str
    name: dict[str, str]
    kind: str
    is_synthetic: bool


_ABOUT = (
    select(
        Nomination.title,
        Nomination.title_parts,
        Nomination.network_name,
        Nomination.region,
        Submission.at,
        Submission.sha256,
        Submission.answers,
        Submission.form_version,
        Round.name,
        Edition.slug,
        Edition.name,
        Edition.kind,
        Edition.is_synthetic,
    )
    .join(Submission, Submission.nomination_id == Nomination.id)
    .join(Edition, Edition.id == Nomination.edition_id)
    .join(Round, Round.edition_id == Edition.id)
    .where(Nomination.id == bindparam("nomination_id"), Round.id == bindparam("round_id"))
)
_OWN = (
    select(
        Assignment.id,
        Assignment.nomination_id,
        Assignment.seat_id,
        Assignment.round_id,
        Assignment.position,
        Seat.account_id,
        Seat.edition_id,
        Round.scale_min,
        Round.scale_max,
        Round.scale_labels,
        Phase.starts_at,
        Phase.ends_at,
        Opening.confirmed_at,
        SheetSubmission.at,
        Sheet.comment,
        Sheet.note,
        Sheet.version,
        Sheet.saved_at,
        Criterion.id.label("criterion_id"),
        Criterion.key,
        Criterion.name,
        Criterion.question,
        Criterion.weight,
        Criterion.anchors,
        Score.points,
        Score.is_chosen,
        Score.comment.label("remark"),
    )
    .join(Seat, Seat.id == Assignment.seat_id)
    .join(Sheet, Sheet.assignment_id == Assignment.id)
    .join(Round, Round.id == Assignment.round_id)
    .join(Criterion, Criterion.edition_id == Round.edition_id)
    .outerjoin(Phase, and_(Phase.round_id == Round.id, Phase.kind == "judging"))
    .outerjoin(Opening, and_(Opening.round_id == Round.id, Opening.confirmed_at.is_not(None)))
    .outerjoin(SheetSubmission, SheetSubmission.assignment_id == Assignment.id)
    .outerjoin(
        Score, and_(Score.assignment_id == Assignment.id, Score.criterion_id == Criterion.id)
    )
    .where(
        Assignment.id == bindparam("sheet_id"),
        Seat.account_id == bindparam("account_id"),
        *is_active(),
    )
    .order_by(Criterion.position)
)


def own_sheet(db: Session, sheet_id: str, account_id: str | None) -> OwnSheet:
    """The sheet with its criteria in one statement; raises NotFound.

    For anybody else, and after a recusal, an exclusion, a conflict or a withdrawal, it does not
    exist.
    """
    found = rows(db, _OWN, {"sheet_id": sheet_id, "account_id": account_id}).all()
    if not found:
        raise NotFound
    first = found[0]
    return OwnSheet(
        id=first.id,
        nomination_id=first.nomination_id,
        seat_id=first.seat_id,
        account_id=first.account_id,
        round_id=first.round_id,
        position=first.position,
        edition_id=first.edition_id,
        scale_min=first.scale_min,
        scale_max=first.scale_max,
        scale_labels=first.scale_labels,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
        opened_at=first.confirmed_at,
        handed_in_at=first.at,
        comment=first.comment,
        note=first.note,
        version=first.version,
        saved_at=first.saved_at,
        marks=[_mark(row) for row in found],
    )


def about(db: Session, sheet: OwnSheet) -> About:
    """The nomination of a sheet, with what surrounds it, in one statement; raises NotFound."""
    ids = {"nomination_id": sheet.nomination_id, "round_id": sheet.round_id}
    found = rows(db, _ABOUT, ids).one_or_none()
    if found is None:
        raise NotFound
    title, parts, network, region, at, sha256, answers, version, round_name, *of_edition = found
    edition = OfEdition(*of_edition)
    return About(title, parts, network, region, at, sha256, answers, version, round_name, edition)


def _mark(row: Any) -> Mark:
    return Mark(
        criterion_id=row.criterion_id,
        key=row.key,
        name=row.name,
        question=row.question,
        weight=row.weight,
        anchors=row.anchors,
        points=row.points,
        is_chosen=bool(row.is_chosen),
        comment=row.remark or "",
    )
