"""From what was typed to answers; pure.

Saving takes everything: a text that is too long, a choice that does not exist and a year that is
no number are kept as typed. A number is read in the language of the page and kept as a number.
Only the submission asks that nothing is amiss (`gaps`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol, TypeAlias

from award.kit import i18n, numerals, weblinks
from award.nominations.canonical import normal
from award.programmes.fieldkinds import MOST_ROWS

Field: TypeAlias = Mapping[str, Any]
Section: TypeAlias = Mapping[str, Any]
Values: TypeAlias = Mapping[str, Any]

# A form that uses these keys has its lists searched, sorted and filtered by them.
COLUMNS = {
    "networkName": "network_name",
    "projectTitle": "title",
    "fieldOfAction": "field_of_action",
    "state": "state",
    "region": "region",
}
YES, NO = "yes", "no"
EXPLANATION = "explanation"  # the kind that is read only and has no answer
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(
    r"([0-9]{1,2})[./]\s?([0-9]{1,2})[./]\s?([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2})"
)
_CURRENCY = re.compile(r"^(?:€|EUR\b)|(?:€|EUR|Euros?)$", re.IGNORECASE)
_NO_CENTS = re.compile(r"[,.][-\N{EN DASH}]+$")


class Given(Protocol):
    """The fields of a form as they were sent."""

    def get(self, name: str, default: str = "") -> str: ...
    def all(self, name: str) -> list[str]: ...
    def __iter__(self) -> Iterator[str]: ...


def sections(definition: Mapping[str, Any]) -> list[Section]:
    """The sections of a form, in their order."""
    return list(definition["sections"])


def typed_values(section: Section, given: Given) -> dict[str, Any]:
    """The answers of a section as they were typed, in NFC."""
    asked = answerable(section)
    return {field["key"]: normal(_READ[field["kind"]](field, given)) for field in asked}


def answerable(section: Section) -> list[Field]:
    """The fields of a section that can have an answer."""
    return [field for field in section["fields"] if field["kind"] != EXPLANATION]


def needed(definition: Mapping[str, Any]) -> list[str]:
    """The keys of the sections in which something has to be answered, whatever else is answered."""
    return [
        section["key"]
        for section in sections(definition)
        if any(field["required"] and not field.get("shown_when") for field in section["fields"])
    ]


def takes_files(section: Section) -> bool:
    """Whether something is attached in this section."""
    return any(field["kind"] == "files" for field in section["fields"])


def size(values: Any) -> int:
    """How many characters were written."""
    if isinstance(values, str):
        return len(values)
    if isinstance(values, Mapping):
        return sum(size(inner) for inner in values.values())
    return sum(size(inner) for inner in values) if isinstance(values, list) else 0


def columns(section: Section, values: Values) -> dict[str, str]:
    """What of these answers the lists repeat; a choice that does not exist is left empty."""
    repeated = {}
    for field in section["fields"]:
        if field["key"] in COLUMNS:
            text = str(values.get(field["key"]) or "")
            known = field["kind"] != "one_of" or text in known_keys(field)
            repeated[COLUMNS[field["key"]]] = text if known else ""
    return repeated


def known_values(section: Section, known: Mapping[str, str]) -> dict[str, str]:
    """The answers of a section that are known from the columns that repeat them."""
    keys = {field["key"] for field in section["fields"]}
    return {key: known[name] for key, name in COLUMNS.items() if key in keys and name in known}


def known_keys(field: Field) -> set[str]:
    """The choices of a field."""
    if field["kind"] == "yes_no":
        return {YES, NO}
    return {choice["key"] for choice in field.get("choices", ())}


def kinds(section: Section, values: Values) -> set[str]:
    """The kinds of organisation that take part, those that were typed with a name."""
    rows: list[Any] = []
    for field in section["fields"]:
        value = values.get(field["key"])
        if field["kind"] == "organisation" and value:
            rows.append(value)
        if field["kind"] == "organisations":
            rows += value or []
    return {row["kind"] for row in rows if row.get("kind") and row.get("name")}


def row_numbers(field: Field, given: Given) -> list[int]:
    """The numbers of the rows that a list of organisations was sent with."""
    name = re.compile(rf"{re.escape(field['key'])}-([0-9]{{1,3}})-(?:kind|name)")
    found = {int(match[1]) for sent in given if (match := name.fullmatch(sent))}
    return sorted(found)[:MOST_ROWS]


def _line(field: Field, given: Given) -> str:
    return given.get(field["key"]).strip()


def _year(field: Field, given: Given) -> int | str:
    text = given.get(field["key"]).strip()
    return int(text) if _YEAR.fullmatch(text) else text


def _number(field: Field, given: Given) -> int | float | str:
    text = given.get(field["key"]).strip()
    value = numerals.read(text, i18n.language.get())
    return text if value is None else value


def _money(field: Field, given: Given) -> int | float | str:
    text = given.get(field["key"]).strip()
    amount = _NO_CENTS.sub("", _CURRENCY.sub("", text).strip())
    value = numerals.read(amount, i18n.language.get())
    return text if value is None else value


def _date(field: Field, given: Given) -> str:
    """The day in the ISO form; typed like 14.12.2026, 14/12/2026 or 2026-12-14."""
    text = given.get(field["key"]).strip()
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    d, m, y, year, month, day = found.groups()
    try:
        return date(int(y or year), int(m or month), int(d or day)).isoformat()
    except ValueError:
        return text


def _link(field: Field, given: Given) -> str:
    return weblinks.completed(_line(field, given))


def _chosen(field: Field, given: Given) -> list[str]:
    return sorted({key for key in given.all(field["key"]) if key})


def _organisation(field: Field, given: Given) -> dict[str, str]:
    return _parts(field["key"], ("kind", "name"), given)


def _organisations(field: Field, given: Given) -> list[dict[str, str]]:
    rows = (
        _parts(f"{field['key']}-{row}", ("kind", "name"), given)
        for row in row_numbers(field, given)
    )
    return [row for row in rows if row["kind"] or row["name"]]


def _person(field: Field, given: Given) -> dict[str, str]:
    return _parts(field["key"], ("name", "email", "phone"), given)


def _descriptions(field: Field, given: Given) -> dict[str, str]:
    """What each file shows, by its id; the files themselves come on their own way."""
    name = re.compile(rf"{re.escape(field['key'])}-([a-z0-9]{{12}})")
    found = [match for sent in given if (match := name.fullmatch(sent))][:MOST_ROWS]
    said = {match[1]: given.get(match[0]).strip() for match in found}
    return {key: text for key, text in said.items() if text}


def _consent(field: Field, given: Given) -> bool:
    return given.get(field["key"]) == "on"


def _parts(name: str, parts: tuple[str, ...], given: Given) -> dict[str, str]:
    return {part: given.get(f"{name}-{part}").strip() for part in parts}


_READ: dict[str, Callable[[Field, Given], Any]] = {
    "short_text": _line,
    "long_text": _line,
    "one_of": _line,
    "yes_no": _line,
    "several_of": _chosen,
    "districts": _chosen,
    "year": _year,
    "number": _number,
    "money": _money,
    "date": _date,
    "link": _link,
    "organisation": _organisation,
    "organisations": _organisations,
    "person": _person,
    "consent": _consent,
    "files": _descriptions,
}
