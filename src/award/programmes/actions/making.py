"""Making editions: from the programme that is shipped, or from an earlier edition."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.programmes import queries
from award.programmes.actions.forming import begin_form
from award.programmes.calendar import RoundPlan, Span, days_between, planned, shifted
from award.programmes.models import (
    USUAL_ZONE,
    Criterion,
    Edition,
    Phase,
    Programme,
    Round,
)
from award.programmes.starter import shipped


class NewEdition(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for a new edition; the rest comes from the starter or the earlier one."""

    slug: str
    name: dict[str, str]
    year: int
    winners: int
    first_day: date
    time_zone: str = USUAL_ZONE


def create_programme(
    db: Session, *, name: dict[str, str], contact_email: str, by: Actor, at: datetime
) -> Programme:
    """Make the award of this installation; its texts are the shipped ones until changed."""
    programme = Programme(name=name, contact_email=contact_email, texts={}, created_at=at)
    db.add(programme)
    db.flush()
    record(db, "programmes.make_programme", programme.id, by=by, at=at)
    return programme


def create_edition(
    db: Session, programme: Programme, new: NewEdition, *, by: Actor, at: datetime
) -> Edition:
    """An edition from the shipped programme, with its usual timeline from the first day on."""
    starter = shipped()

    def span(row: dict[str, Any]) -> Span:
        return planned(row, new.first_day, new.time_zone)

    wanted = msgspec.structs.asdict(new)
    del wanted["first_day"]
    return from_starter(
        db,
        programme,
        **wanted,
        phases={one["phase"]: span(one) for one in starter["timeline"]},
        rounds=[_round_plan(one, span(one)) for one in starter["rounds"]],
        by=by,
        at=at,
    )


def from_starter(  # noqa: PLR0913 - an edition has these parts
    db: Session,
    programme: Programme,
    *,
    slug: str,
    name: dict[str, str],
    year: int,
    winners: int,
    phases: Mapping[str, Span],
    rounds: Sequence[RoundPlan],
    is_synthetic: bool = False,
    time_zone: str = USUAL_ZONE,
    by: Actor,
    at: datetime,
) -> Edition:
    """An edition with the shipped criteria and form, not yet published.

    `phases` holds (start, end) by kind, without judging: that comes from `rounds`, in their order.
    Raises Refused when the address is taken.
    """
    new = {"slug": slug, "name": name, "year": year, "winners": winners, "time_zone": time_zone}
    edition = _write(db, {"programme_id": programme.id, "is_synthetic": is_synthetic, **new}, at)
    _add_starter(db, edition, rounds, by=by, at=at)
    _add_phases(db, edition, phases)
    record(db, "programmes.make_edition", edition.id, by=by, at=at, edition=edition.id)
    return edition


def copy_edition(
    db: Session, source: Edition, new: NewEdition, *, by: Actor, at: datetime
) -> Edition:
    """An edition like an earlier one: form, criteria, rounds, and its phases on the new days.

    All times move by the same number of whole days, counted by the clocks on the wall, so that
    nominations begin on the first day wanted. Raises Refused when the address is taken.
    """
    values = msgspec.structs.asdict(new)
    first_day = values.pop("first_day")
    values |= {"programme_id": source.programme_id, "is_synthetic": source.is_synthetic}
    edition = _write(db, {**values, "time_zone": source.time_zone}, at)
    _copy_rows(db, source, edition, first_day, by=by, at=at)
    details = {"edition": edition.id, "source": source.id}
    record(db, "programmes.copy_edition", edition.id, by=by, at=at, **details)
    return edition


def _write(db: Session, values: dict[str, Any], at: datetime) -> Edition:
    check_address(db, values["slug"])
    edition = Edition(**values, created_at=at)
    db.add(edition)
    db.flush()
    return edition


def _add_starter(
    db: Session, edition: Edition, rounds: Sequence[RoundPlan], *, by: Actor, at: datetime
) -> None:
    starter = shipped()
    db.add_all(_shipped_criteria(edition, starter))
    begin_form(db, edition, starter["form"], by=by, at=at)
    scale = {"scale_labels": starter["scale"]["labels"]}
    _add_rounds(db, edition, [(plan, scale) for plan in rounds])


def check_address(db: Session, slug: str) -> None:
    """Raises Refused when an edition has this address already."""
    if db.scalar(select(Edition.id).where(Edition.slug == slug)):
        raise Refused(
            "slug_taken",
            errors={"slug": _("There is an edition with this address. Please choose another.")},
        )


def _shipped_criteria(edition: Edition, starter: dict[str, Any]) -> list[Criterion]:
    breakers = starter["aggregation"]["tieBreakers"]
    return [
        Criterion(
            edition_id=edition.id,
            position=position,
            key=one["id"],
            name=one["name"],
            question=one["question"],
            weight=one["weight"],
            anchors=one["anchors"],
            tie_break=breakers.index(one["id"]) + 1 if one["id"] in breakers else None,
        )
        for position, one in enumerate(starter["criteria"], 1)
    ]


def _round_plan(row: dict[str, Any], span: Span) -> RoundPlan:
    return RoundPlan(
        name=row["name"],
        jurors_per_nomination=row["jurorsPerNomination"],
        shortlist_size=row["shortlistSize"],
        starts_at=span[0],
        ends_at=span[1],
    )


def _add_rounds(
    db: Session, edition: Edition, plans: Sequence[tuple[RoundPlan, dict[str, Any]]]
) -> None:
    """Write the rounds in their order, each with its judging phase; the dict holds its scale."""
    for position, (plan, scale) in enumerate(plans, 1):
        made = Round(
            edition_id=edition.id,
            position=position,
            name=plan.name,
            jurors_per_nomination=plan.jurors_per_nomination,
            min_sheets=plan.min_sheets,
            shortlist_size=plan.shortlist_size,
            carries_earlier_sheets=plan.carries_earlier_sheets,
            **scale,
        )
        db.add(made)
        db.flush()
        _add_phases(db, edition, {"judging": (plan.starts_at, plan.ends_at)}, made.id)


def _add_phases(
    db: Session, edition: Edition, spans: Mapping[str, Span], round_id: str | None = None
) -> None:
    for kind, (starts_at, ends_at) in spans.items():
        db.add(
            Phase(
                edition_id=edition.id,
                kind=kind,
                round_id=round_id,
                starts_at=starts_at,
                ends_at=ends_at,
            )
        )
    db.flush()


def _copy_rows(  # noqa: PLR0913 - from where to where, who, when
    db: Session, source: Edition, edition: Edition, first_day: date, *, by: Actor, at: datetime
) -> None:
    criteria = queries.criteria(db, source.id)
    db.add_all(Criterion(edition_id=edition.id, **_same(one)) for one in criteria)
    definition = queries.form_definition(db, source.id)
    begin_form(db, edition, definition, by=by, at=at)
    phases = queries.phases(db, source.id)
    spans = _moved(phases, first_day, source.time_zone)
    judging = {one.round_id: spans[one.id] for one in phases if one.kind == "judging"}
    rounds = queries.rounds(db, source.id)
    _add_rounds(db, edition, [(_plan_of(one, judging[one.id]), _scale(one)) for one in rounds])
    others = {one.kind: spans[one.id] for one in phases if one.kind != "judging"}
    _add_phases(db, edition, others)


def _same(criterion: Criterion) -> dict[str, Any]:
    names = ("position", "key", "name", "question", "weight", "anchors", "tie_break")
    return {name: getattr(criterion, name) for name in names}


def _moved(phases: list[Phase], first_day: date, zone: str) -> dict[str, Span]:
    """Every phase's new span; the first phase of nominations begins on the day wanted."""
    begin = next((p for p in phases if p.kind == "nominations"), phases[0])
    days = days_between(begin.starts_at, first_day, zone)
    return {
        one.id: (
            shifted(one.starts_at, days, zone),
            one.ends_at and shifted(one.ends_at, days, zone),
        )
        for one in phases
    }


def _plan_of(row: Round, span: Span) -> RoundPlan:
    return RoundPlan(
        name=row.name,
        jurors_per_nomination=row.jurors_per_nomination,
        min_sheets=row.min_sheets,
        shortlist_size=row.shortlist_size,
        carries_earlier_sheets=row.carries_earlier_sheets,
        starts_at=span[0],
        ends_at=span[1],
    )


def _scale(row: Round) -> dict[str, Any]:
    names = ("scale_min", "scale_max", "scale_labels", "min_weight_present")
    return {name: getattr(row, name) for name in names}
