"""What is typed on the pages that set an edition up."""

import re
from datetime import date, datetime
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.programmes.actions import CriterionPlan, RoundChange
from award.programmes.calendar import LAST_SECOND, instant_of, wall_clock, wall_time
from award.programmes.models import Criterion, Phase, Round
from award.web.forms import Email, Line, Typed, parse, whole

Slug = Annotated[str, Meta(min_length=2, max_length=40)]
Year = Annotated[int, Meta(ge=1990, le=2200)]
Winners = Annotated[int, Meta(ge=1, le=100)]
Jurors = Annotated[int, Meta(ge=1, le=50)]
Weight = Annotated[float, Meta(ge=0.5, le=100)]
Short = Annotated[str, Meta(min_length=1, max_length=500)]
S = TypeVar("S", bound=msgspec.Struct)
_PARTS = ("name_de", "name_en", "question_de", "question_en", "weight")
_TAKEN = {"new"}  # a page of its own stands there
_KEY = re.compile(r"[A-Z][A-Za-z0-9]{0,19}")
_SIGNS = set("abcdefghijklmnopqrstuvwxyz0123456789-")


class Creation(msgspec.Struct, kw_only=True):
    """A new edition; `source` is the id of the earlier one that is copied, if any."""

    slug: Slug
    name_de: Line
    name_en: Line
    year: Year
    winners: Winners
    first_day: date
    source: str = ""


class FirstProgramme(msgspec.Struct, kw_only=True):
    """The award itself, asked with its first edition."""

    programme_de: Line
    programme_en: Line
    contact_email: Email


class Basics(msgspec.Struct, kw_only=True):
    """What an edition is called, and how many win."""

    name_de: Line
    name_en: Line
    winners: Winners
    time_zone: Line
    version: int


class Move(msgspec.Struct, kw_only=True):
    """The times of a phase as the clocks on the wall show them, the end as the last second."""

    starts_at: Line
    ends_at: str = ""
    reason: Annotated[str, Meta(max_length=1000)] = ""
    ends_at_once: bool = False
    version: int


class Seen(msgspec.Struct):
    """The version that was on the screen."""

    version: int


class Row(msgspec.Struct, frozen=True):
    """A criterion on the form: its number there, its key, its fields, its anchors (de, en)."""

    number: int
    key: str
    values: dict[str, str]
    anchors: list[tuple[str, str]]


class _Criterion(msgspec.Struct, kw_only=True):
    key: str
    name_de: Line
    name_en: Line
    question_de: Short
    question_en: Short
    weight: Weight


class _Round(msgspec.Struct, kw_only=True):
    name_de: Line
    name_en: Line
    jurors_per_nomination: Jurors
    min_sheets: Jurors


def creation(typed: Typed) -> Creation:
    """A new edition whose address is made of letters that an address may have."""
    asked = parse(Creation, typed)
    if not set(asked.slug) <= _SIGNS or asked.slug in _TAKEN:
        words = _("Please use small letters, digits and hyphens only, such as 2027.")
        raise Refused("slug", errors={"slug": words})
    return asked


def rounds(typed: Typed, rows: list[Round]) -> list[RoundChange]:
    """The rounds as typed, each with its number behind the names of its fields."""
    errors: dict[str, str] = {}
    found = []
    for row in rows:
        one = _part(_Round, typed, row.position, errors)
        if one is not None:
            name = {"de": one.name_de, "en": one.name_en}
            found.append(
                RoundChange(
                    position=row.position,
                    name=name,
                    jurors_per_nomination=one.jurors_per_nomination,
                    min_sheets=one.min_sheets,
                )
            )
    if errors:
        raise Refused("form", errors=errors)
    return found


def criteria(typed: Typed, rows: list[Criterion], levels: int) -> list[CriterionPlan]:
    """The criteria as typed, without those marked for removal or left empty at the end."""
    _check_keys(typed)
    known = {one.key: one for one in rows}
    errors: dict[str, str] = {}
    found = []
    for number in numbers(typed):
        if typed.get(f"remove-{number}"):
            continue
        one = _part(_Criterion, typed, number, errors)
        anchors = _anchors(typed, number, levels, errors)
        if one is not None:
            row = known.get(one.key)
            found.append(_plan(one, anchors, row.tie_break if row else None))
    if not found and not errors:
        raise Refused("form", _("At least one criterion is needed."))
    if errors:
        raise Refused("form", errors=errors)
    return found


def _check_keys(typed: Typed) -> None:
    """Keys are not typed but sent with the form; score sheets use them as names of fields."""
    keys = [typed.get(f"key-{number}") for number in numbers(typed)]
    if len(set(keys)) < len(keys) or not all(_KEY.fullmatch(key) for key in keys):
        raise Refused("keys", _("This form is not as it was made. Please load the page again."))


def numbers(typed: Typed) -> list[int]:
    """Which criteria are on the form; an empty one at the end was not meant."""
    return [n for n in _given(typed) if any(typed.get(f"{part}-{n}").strip() for part in _PARTS)]


def _given(typed: Typed) -> list[int]:
    """The numbers of all criteria that were sent."""
    sent = (whole(name.removeprefix("key-")) for name in typed if name.startswith("key-"))
    return sorted(number for number in sent if number is not None)


def criteria_rows(typed: Typed | None, rows: list[Criterion], levels: int) -> list[Row]:
    """What the form of the criteria shows: as typed, or as stored with an empty one at the end."""
    if typed is not None:
        return [_typed_row(typed, number, levels) for number in _given(typed)]
    shown = [_stored_row(one, number, levels) for number, one in enumerate(rows, 1)]
    digits = [number for one in rows if (number := whole(one.key[1:])) is not None]
    empty = Row(
        len(rows) + 1,
        f"K{max(digits, default=0) + 1}",
        dict.fromkeys(_PARTS, ""),
        [("", "")] * levels,
    )
    return [*shown, empty]


def _typed_row(typed: Typed, number: int, levels: int) -> Row:
    values = {part: typed.get(f"{part}-{number}") for part in _PARTS}
    anchors = [
        (typed.get(f"anchor_de-{number}-{level}"), typed.get(f"anchor_en-{number}-{level}"))
        for level in range(1, levels + 1)
    ]
    return Row(number, typed.get(f"key-{number}"), values, anchors)


def _stored_row(one: Criterion, number: int, levels: int) -> Row:
    values = {
        "name_de": one.name.get("de", ""),
        "name_en": one.name.get("en", ""),
        "question_de": one.question.get("de", ""),
        "question_en": one.question.get("en", ""),
        "weight": f"{one.weight:g}",
    }
    words = [(anchor.get("de", ""), anchor.get("en", "")) for anchor in one.anchors]
    return Row(number, one.key, values, (words + [("", "")] * levels)[:levels])


def move(typed: Typed, phase: Phase, zone: str) -> tuple[Move, datetime, datetime | None]:
    """The move with both instants: the first that counts, and the first that is too late."""
    asked = parse(Move, typed)
    errors: dict[str, str] = {}
    begin = instant(asked.starts_at, zone, phase.starts_at, "starts_at", errors)
    last = phase.ends_at - LAST_SECOND if phase.ends_at else None
    end = instant(asked.ends_at, zone, last, "ends_at", errors) if asked.ends_at else None
    if errors or begin is None:
        raise Refused("form", errors=errors)
    return asked, begin, end + LAST_SECOND if end else None


def instant(
    text: str, zone: str, stored: datetime | None, field: str, errors: dict[str, str]
) -> datetime | None:
    """What is typed, in the zone; left as shown it stays the instant that it was.

    That matters in the night in which an hour comes twice.
    """
    try:
        wall = wall_time(text)
    except ValueError:
        errors[field] = _("Please write day and time like this: 2026-12-14 23:59.")
        return None
    if stored and wall.isoformat(timespec="seconds") == wall_clock(stored, zone):
        return stored
    found = instant_of(wall, zone, later=field == "ends_at")
    if found is None:
        errors[field] = _("That night the clocks skip this hour. Please choose another time.")
    return found


def _part(kind: type[S], typed: Typed, number: int, errors: dict[str, str]) -> S | None:
    """One of several things on a form; messages are kept under the fields' full names."""
    names = [field.name for field in msgspec.structs.fields(kind)]
    own = Typed((name, typed.get(f"{name}-{number}")) for name in names)
    try:
        return parse(kind, own)
    except Refused as refused:
        errors |= {f"{name}-{number}": words for name, words in refused.errors.items()}
        return None


def _anchors(
    typed: Typed, number: int, levels: int, errors: dict[str, str]
) -> list[dict[str, str]]:
    found = []
    for level in range(1, levels + 1):
        words = {
            code: typed.get(f"anchor_{code}-{number}-{level}").strip() for code in ("de", "en")
        }
        for code, text in words.items():
            if not text:
                errors[f"anchor_{code}-{number}-{level}"] = _("Please fill in this field.")
        found.append(words)
    return found


def _plan(one: _Criterion, anchors: list[dict[str, str]], tie_break: int | None) -> CriterionPlan:
    return CriterionPlan(
        key=one.key,
        name={"de": one.name_de, "en": one.name_en},
        question={"de": one.question_de, "en": one.question_en},
        weight=one.weight,
        anchors=anchors,
        tie_break=tie_break,
    )
