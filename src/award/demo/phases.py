"""The phases of the demonstration: when "now" is in the story as it is told; pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

ZONE = "Europe/Berlin"
_BERLIN = ZoneInfo(ZONE)
DEADLINE = datetime(2014, 3, 15, tzinfo=_BERLIN)  # the first instant that is too late

# "Now" in the story, phase by phase.
PHASES = {
    "call": DEADLINE - timedelta(days=21),
    "check": datetime(2014, 3, 18, 10, tzinfo=_BERLIN),
    "judging": datetime(2014, 4, 6, 12, tzinfo=_BERLIN),
    "deliberation": datetime(2014, 5, 6, 10, tzinfo=_BERLIN),
    "announced": datetime(2014, 5, 22, 15, tzinfo=_BERLIN),
}


class Telling(msgspec.Struct, frozen=True):
    """One practice edition: its address, its names, and the phase in which it stands."""

    slug: str
    phase: str
    name: dict[str, str]


SIDE_BY_SIDE = (
    Telling(
        "practice-deliberation",
        "deliberation",
        {"de": "Übungsrunde Entscheidung", "en": "Practice round, deciding"},
    ),
    Telling(
        "practice-judging",
        "judging",
        {"de": "Übungsrunde Jury", "en": "Practice round, judging"},
    ),
    Telling(
        "practice-call",
        "call",
        {"de": "Übungsrunde Aufruf", "en": "Practice round, call"},
    ),
)


def tellings(phase: str) -> tuple[Telling, ...]:
    """The practice editions of a demonstration; three of them without a phase."""
    if not phase:
        return SIDE_BY_SIDE
    return (Telling("practice", phase, {"de": "Übungsrunde", "en": "Practice round"}),)
