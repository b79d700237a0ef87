"""A table of nominations that the office typed: one row each, columns named as in the form; pure.

What is left empty stays empty, for it came so; what is there has to be right.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import msgspec

from award.kit import i18n
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations.answers import (
    COLUMNS,
    NO,
    YES,
    Field,
    Section,
    answerable,
    sections,
    typed_values,
)
from award.nominations.folded import folded
from award.nominations.gaps import Gap, gaps

MOST_ROWS = 2000
_NETWORK = ("Netzwerk", "Network")
_ARRIVED = ("Eingegangen am", "Arrived on")
_FIRST_YEAR = 1900
_DAY = re.compile(
    r"(?:(\d{4})-(\d\d)-(\d\d)|(\d\d?)\.(\d\d?)\.(\d{4}))(?:[ T](\d\d?):(\d\d)(?::(\d\d))?)?"
)
_PARTS = {
    "name": {"de": "Name", "en": "Name"},
    "email": {"de": "E-Mail", "en": "Email"},
    "phone": {"de": "Telefon", "en": "Phone"},
}
_YES, _NO = {"ja", "yes", "x", "1", "true"}, {"nein", "no", "0", "false"}
_BETWEEN = re.compile(r"[;\n]")

Place: TypeAlias = tuple[str, str]  # a field's key, and the part of it, such as a person's name
_WHOSE: Place = ("", "")  # the column that names the network
_WHEN: Place = ("", "arrived")  # the column that says when the letter arrived
Cells: TypeAlias = Mapping[str, str]


class Amiss(msgspec.Struct, frozen=True):
    """What is wrong in which row (1 is the heading) and column."""

    row: int
    column: str
    message: str


class Typed(msgspec.Struct, frozen=True):
    """One row: the network and the time of arrival as they were typed, the answers by section."""

    row: int
    network: str
    arrived: str
    answers: dict[str, dict[str, Any]]


def headings(definition: Mapping[str, Any]) -> list[str]:
    """How the columns are called, in the language of the page."""
    names = [_("Network"), _("Arrived on")]
    for field in _fields(definition):
        label = str(local(field["label"]))
        is_person = field["kind"] == "person"
        names += [f"{label}: {local(part)}" for part in _PARTS.values()] if is_person else [label]
    return names


def read(
    table: Sequence[Sequence[str]], definition: Mapping[str, Any]
) -> tuple[list[Typed], list[Amiss]]:
    """The rows, and all that can be said of them without knowing the networks."""
    if len(table) < 2:  # noqa: PLR2004 - a heading and a row
        return [], [Amiss(1, "", _("There is no row below the headings."))]
    if len(table) - 1 > MOST_ROWS:
        return [], [
            Amiss(1, "", _("At most %(most)s rows at once, please.", most=i18n.number(MOST_ROWS)))
        ]
    columns, amiss = _columns(table[0], definition)
    typed = []
    for number, cells in enumerate(table[1:], 2):
        if any(cells):
            given = {place: cell for place, cell in zip(columns, cells, strict=False) if place}
            names = {place: name for place, name in zip(columns, table[0], strict=True) if place}
            answers, wrong = _answers(definition, given)
            amiss += [Amiss(number, _name(names, key), message) for key, message in wrong]
            typed.append(Typed(number, given.get(_WHOSE, ""), given.get(_WHEN, ""), answers))
    return typed, amiss


def arrival(text: str) -> datetime | None:
    """Day and time of the clock, as 2026-12-12 or 12.12.2026; a day alone counts from its start.

    None for what is neither.
    """
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day, of_day, of_month, of_year, *of_clock = found.groups()
    date = (year or of_year, month or of_month, day or of_day)
    try:
        wall = datetime(*(int(part or 0) for part in (*date, *of_clock)))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
    return wall if wall.year >= _FIRST_YEAR else None


def _fields(definition: Mapping[str, Any]) -> list[Field]:
    return [field for section in sections(definition) for field in _in_a_table(section)]


def _in_a_table(section: Section) -> list[Field]:
    """A file does not stand in a cell."""
    return [field for field in answerable(section) if field["kind"] != "files"]


def _columns(
    heading: Sequence[str], definition: Mapping[str, Any]
) -> tuple[list[Place | None], list[Amiss]]:
    """What each column holds; the network's place is `_WHOSE`."""
    known: dict[str, Place] = {folded(name): _WHOSE for name in _NETWORK}
    known |= {folded(name): _WHEN for name in _ARRIVED}
    for field in _fields(definition):
        names = (field["key"], *field["label"].values())
        if field["kind"] == "person":
            known |= {
                folded(f"{name}: {said}"): (field["key"], part)
                for name in names
                for part, words in _PARTS.items()
                for said in (part, *words.values())
            }
        else:
            known |= {folded(name): (field["key"], "") for name in names}
    columns, amiss, seen = [], [], set()
    for name in heading:
        place = known.get(folded(name))
        if place is None and name:
            amiss.append(Amiss(1, name, _("The form has no such column.")))
        elif place in seen:
            amiss.append(Amiss(1, name, _("This column is there twice.")))
        seen.add(place) if place else None
        columns.append(place)
    if _WHOSE not in seen:
        amiss.append(Amiss(1, _("Network"), _("This column is missing.")))
    return columns, amiss


def _name(names: Mapping[Place, str], key: str) -> str:
    return next((name for place, name in names.items() if place[0] == key), key)


def _answers(
    definition: Mapping[str, Any], given: Mapping[Place, str]
) -> tuple[dict[str, dict[str, Any]], list[tuple[str, str]]]:
    """The answers of a row by section, and what is wrong with them by field."""
    answers: dict[str, dict[str, Any]] = {}
    wrong: list[tuple[str, str]] = []
    for section in sections(definition):
        values = {}
        for field in _in_a_table(section):
            cells = {part: cell for (key, part), cell in given.items() if key == field["key"]}
            if any(cells.values()):
                values[field["key"]] = _READ[field["kind"]](field, cells)
            elif COLUMNS.get(field["key"]) == "network_name" and given.get(_WHOSE):
                values[field["key"]] = given[_WHOSE]
        answers[section["key"]] = values
        wrong += _wrong(section, values)
    return answers, wrong


def _wrong(section: Section, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Only of what was typed: an empty cell is no mistake of the table."""
    found = [
        (one.field, one.message)
        for one in gaps(section, values)
        if one.field in values and one.kind != "kinds" and not _is_left_out(one, values)
    ]
    unclear = [
        (field["key"], _("Please write yes or no."))
        for field in section["fields"]
        if field["kind"] == "consent" and isinstance(values.get(field["key"]), str)
    ]
    return found + unclear


def _is_left_out(gap: Gap, values: Mapping[str, Any]) -> bool:
    """Of a list, that there should be more rows; of a person, that a part is not there."""
    value = values[gap.field]
    is_behind = isinstance(value, list) and gap.target == f"{gap.field}-{len(value) + 1}-kind"
    is_persons = isinstance(value, dict) and "kind" not in value
    return is_behind or (is_persons and gap.kind == "missing")


class _Cell:
    """A cell in the place of what a form sends."""

    def __init__(self, key: str, text: str) -> None:
        self._sent = {key: text}

    def get(self, name: str, default: str = "") -> str:
        return self._sent.get(name, default)

    def all(self, name: str) -> list[str]:
        return [self._sent[name]] if name in self._sent else []

    def __iter__(self) -> Iterator[str]:
        return iter(self._sent)


def _as_typed(field: Field, cells: Cells) -> Any:
    key = field["key"]
    return typed_values({"fields": [field]}, _Cell(key, cells[""]))[key]


def _choice(field: Field, cells: Cells) -> str:
    return _key(field["choices"], cells[""])


def _key(choices: Sequence[Mapping[str, Any]], text: str) -> str:
    """The choice that is meant by its key or its words; the text itself where there is none."""
    wanted = folded(text)
    for one in choices:
        if wanted in {folded(one["key"]), folded(one.get("de")), folded(one.get("en"))}:
            return str(one["key"])
    return text


def _yes_no(_field: Field, cells: Cells) -> str:
    said = folded(cells[""])
    return YES if said in _YES else NO if said in _NO else cells[""]


def _chosen(field: Field, cells: Cells) -> list[str]:
    return sorted({_key(field["choices"], name) for name in _several(cells[""])})


def _several(text: str) -> list[str]:
    return [one.strip() for one in _BETWEEN.split(text) if one.strip()]


def _organisation(field: Field, cells: Cells) -> dict[str, str]:
    return _kind_and_name(field, cells[""])


def _kind_and_name(field: Field, text: str) -> dict[str, str]:
    """„Kammer: IHK Flensburg“; without a colon all of it is the name."""
    kind, colon, name = text.partition(":")
    known = _key(field.get("kinds", ()), kind) if colon else ""
    return {"kind": known, "name": name.strip() if colon else text}


def _organisations(field: Field, cells: Cells) -> list[dict[str, str]]:
    return [_kind_and_name(field, one) for one in _several(cells[""])]


def _person(_field: Field, cells: Cells) -> dict[str, str]:
    return {part: cells.get(part, "") for part in _PARTS}


def _consent(_field: Field, cells: Cells) -> bool | str:
    said = folded(cells[""])
    return True if said in _YES else False if said in _NO else cells[""]


_READ: dict[str, Callable[[Field, Cells], Any]] = {
    **dict.fromkeys(("short_text", "long_text", "year", "number"), _as_typed),
    **dict.fromkeys(("money", "date", "link"), _as_typed),
    "one_of": _choice,
    "yes_no": _yes_no,
    "several_of": _chosen,
    "districts": _chosen,
    "organisation": _organisation,
    "organisations": _organisations,
    "person": _person,
    "consent": _consent,
}
