"""The practice editions: set up as the story's timeline has it, then told event by event."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from award.demo import deciding, judging, nominating, proposing, story
from award.demo.people import People
from award.demo.phases import DEADLINE, PHASES, Telling
from award.demo.shift import Shift, shift_to
from award.demo.stage import Stage, tell
from award.nominations.answers import sections
from award.programmes import queries as programmes
from award.programmes.actions import from_starter, publish
from award.programmes.calendar import RoundPlan
from award.programmes.models import Edition, Programme

_SET_UP_BEFORE = timedelta(days=21)
_PUBLISHED_BEFORE = timedelta(days=7)
_PHASES = {
    "formal_check": "formale_pruefung",
    "conflicts": "befangenheit",
    "meeting": "jurysitzung",
    "announcement": "veroeffentlicht",
}


def load_practice(  # noqa: PLR0913 - what is told, of whom, where and when
    db: Session,
    programme: Programme,
    telling: Telling,
    people: People,
    public_url: str,
    now: datetime,
) -> Edition:
    """Tell one practice edition up to its phase, so that the phase is now."""
    told_now = PHASES[telling.phase]
    shift = shift_to(told_now, now)
    begins = story.timeline()["einreichung"][0]
    edition = _set_up(db, programme, telling, people, shift, begins - _SET_UP_BEFORE)
    publish(db, edition, by=people.admin, at=shift.moved(begins - _PUBLISHED_BEFORE))
    stage = Stage(
        edition=edition,
        rounds=programmes.rounds(db, edition.id),
        sections=sections(programmes.form_definition(db, edition.id)),
        criteria={one.key: one.id for one in programmes.criteria(db, edition.id)},
        people=people,
        shift=shift,
        now=told_now,
        public_url=public_url,
    )
    told = (nominating, proposing, judging, deciding)
    tell(db, stage, [event for one in told for event in one.events(stage)])
    return edition


def _set_up(  # noqa: PLR0913 - what is set up, by whom and when
    db: Session,
    programme: Programme,
    telling: Telling,
    people: People,
    shift: Shift,
    told: datetime,
) -> Edition:
    return from_starter(
        db,
        programme,
        slug=telling.slug,
        name=telling.name,
        year=shift.year(DEADLINE.year),
        winners=5,
        phases={kind: _span(told, shift) for kind, told in _spans().items()},
        rounds=_rounds(shift),
        is_synthetic=True,
        by=people.admin,
        at=shift.moved(told),
    )


def _spans() -> dict[str, Any]:
    timeline = story.timeline()
    begins = timeline["einreichung"][0]
    return {
        "call": (begins - _PUBLISHED_BEFORE, DEADLINE),
        "nominations": (begins, DEADLINE),
        **{kind: timeline[told] for kind, told in _PHASES.items()},
    }


def _span(told: tuple[datetime, datetime | None], shift: Shift) -> tuple[datetime, datetime | None]:
    return shift.moved(told[0]), told[1] and shift.moved(told[1])


def _rounds(shift: Shift) -> list[RoundPlan]:
    """Calibration belongs to the first round, so it begins with it."""
    timeline = story.timeline()
    first = _span((timeline["kalibrierung"][0], timeline["vorrunde"][1]), shift)
    final = _span(timeline["endrunde"], shift)
    return [
        RoundPlan(
            name={"de": "Vorrunde", "en": "First round"},
            starts_at=first[0],
            ends_at=first[1],
            shortlist_size=12,
        ),
        RoundPlan(
            name={"de": "Endrunde", "en": "Final round"},
            starts_at=final[0],
            ends_at=final[1],
            jurors_per_nomination=len(story.jury()["members"]),
        ),
    ]
