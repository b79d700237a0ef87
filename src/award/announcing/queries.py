"""Winners as the world sees them: archived ones, and decided ones once their embargo is over.

The jury learns of the decided ones earlier.
"""

import json
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from award.announcing import geo
from award.announcing.models import ArchivedWinner
from award.decisions.models import DecidedWinner, Decision
from award.jury.queries import in_conflict
from award.nominations.models import Answers, Nomination
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.programmes.starter import districts

_GEO = Path(__file__).parent / "geodata"


class Winner(msgspec.Struct, frozen=True, kw_only=True):
    """A winner as shown; `reason` is empty for archived ones, whose press text names none."""

    id: str
    position: int
    name: str
    region: str
    title: str = ""
    title_parts: list[Any] = []
    reason: str = ""
    districts: list[str] = []
    spellings: list[str] = []
    place: tuple[float, float] | None = None


class Map(msgspec.Struct, frozen=True):
    """What the template draws: states, the winners' districts, and numbered pins."""

    states: list[geo.Area]
    districts: list[geo.Area]
    pins: list[geo.Pin]
    width: float = geo.WIDTH
    height: float = geo.HEIGHT


def winners(db: Session, edition: Edition, now: datetime) -> list[Winner]:
    """The winners of an edition; empty before the announcement."""
    if edition.kind == "archive":
        return _archived(db, edition)
    return _read(db, _decided(edition.id).where(Decision.embargo_until <= now))


def decided(db: Session, edition_id: str, seat_id: str) -> list[Winner]:
    """The confirmed winners, whatever their embargo, but for the conflicts of this seat."""
    query = _decided(edition_id).where(~in_conflict(seat_id, DecidedWinner.nomination_id))
    return _read(db, query)


def announced_at(db: Session, edition: Edition) -> datetime | None:
    """The instant of the announcement, decided and confirmed; None if there is none yet."""
    if edition.kind == "archive":
        return edition.published_at
    return db.scalar(
        select(Decision.embargo_until).where(
            Decision.edition_id == edition.id,
            Decision.confirmed_at.is_not(None),
            Decision.dropped_at.is_(None),
        )
    )


def planned_for(db: Session, edition: Edition, now: datetime) -> datetime | None:
    """The day that the calendar plans for the announcement, as long as it lies ahead.

    Read from the calendar only: a decision's own instant is nobody's business before it.
    """
    planned = programmes.phase(db, edition.id, "announcement")
    return planned.starts_at if planned is not None and planned.starts_at > now else None


def _archived(db: Session, edition: Edition) -> list[Winner]:
    query = select(ArchivedWinner).where(ArchivedWinner.edition_id == edition.id)
    return [
        Winner(
            id=row.id,
            position=row.position,
            name=row.name,
            region=row.region_as_printed,
            districts=row.districts,
            spellings=row.spellings,
            place=(row.longitude, row.latitude),
        )
        for row in db.scalars(query.order_by(ArchivedWinner.position))
    ]


def _decided(edition_id: str) -> Select[Any]:
    return (
        select(DecidedWinner, Nomination, Answers.values)
        .join(Decision, Decision.id == DecidedWinner.decision_id)
        .join(Nomination, Nomination.id == DecidedWinner.nomination_id)
        .outerjoin(
            Answers, (Answers.nomination_id == Nomination.id) & (Answers.section == "network")
        )
        .where(
            Decision.edition_id == edition_id,
            Decision.confirmed_at.is_not(None),
            Decision.dropped_at.is_(None),
        )
        .order_by(DecidedWinner.position)
    )


def _read(db: Session, query: Select[Any]) -> list[Winner]:
    return [_as_winner(*row) for row in db.execute(query).all()]


def _as_winner(
    winner: DecidedWinner, nomination: Nomination, values: dict[str, Any] | None
) -> Winner:
    districts = list((values or {}).get("districts") or [])
    return Winner(
        id=nomination.id,
        position=winner.position,
        name=nomination.network_name,
        region=nomination.region,
        title=nomination.title,
        title_parts=nomination.title_parts,
        reason=winner.reason,
        districts=districts,
        place=_middle(districts),
    )


def _middle(districts: list[str]) -> tuple[float, float] | None:
    """The mean of the districts' points (longitude, latitude)."""
    points = [_points()[key] for key in districts if key in _points()]
    if not points:
        return None
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))


def drawn(shown: list[Winner]) -> Map:
    """The map of Germany with the winners' districts and a numbered pin for each."""
    keys = frozenset(key for winner in shown for key in winner.districts)
    places = [(w.position, w.name, *w.place) for w in shown if w.place]
    return Map(_states(), _districts(keys), geo.pins(places))


@lru_cache(64)
def _districts(keys: frozenset[str]) -> list[geo.Area]:
    """Drawing them takes longer than all the rest of the page."""
    return geo.areas(_topology("districts"), keys)


@cache
def _states() -> list[geo.Area]:
    return geo.areas(_topology("states"))


@cache
def _topology(name: str) -> Any:
    return json.loads((_GEO / f"{name}.topo.json").read_text())


@cache
def _points() -> dict[str, tuple[float, float]]:
    return {one["key"]: tuple(one["point"]) for one in districts()}
