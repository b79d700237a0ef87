"""A practice edition while it is being told, and the events that its story is made of."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeAlias

import msgspec
from sqlalchemy.orm import Session

from award.demo.people import People
from award.demo.shift import Shift
from award.nominations.answers import Section
from award.programmes.models import Edition, Round

Deed: TypeAlias = Callable[[Session, datetime], object]


class Event(msgspec.Struct, frozen=True):
    """Something that happens in the story at `told`; `deed` does it at the moved instant."""

    told: datetime
    deed: Deed


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """What the events of one practice edition need. `now` is the story's own.

    `nominations`, `seats` and `assignments` map what the story calls things to the ids of the
    rows, filled as they are made; an assignment is told by the place of its round, juror and
    nomination.
    """

    edition: Edition
    rounds: list[Round]
    sections: list[Section]
    criteria: dict[str, str]
    people: People
    shift: Shift
    now: datetime
    public_url: str
    nominations: dict[str, str] = {}
    seats: dict[str, str] = {}
    assignments: dict[tuple[int, str, str], str] = {}


def tell(db: Session, stage: Stage, events: Iterable[Event]) -> None:
    """Let everything happen in its order, up to the story's "now"."""
    past = [event for event in events if event.told <= stage.now]
    for event in sorted(past, key=lambda event: event.told):
        event.deed(db, stage.shift.moved(event.told))
