"""A field as it is edited: from its settings to what the inputs hold, and back again; pure.

Options are written one a line (`optionlines`). What cannot be read stays as typed, so that the
check of the form (`formdefinition`) finds it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from award.kit import i18n, numerals
from award.programmes.fieldkinds import LEADING, LISTS, SETTINGS
from award.programmes.formdefinition import answers_of
from award.programmes.optionlines import as_lines, from_lines

WORDS = ("label", "help", "example", "unit")
_NUMBERS = {"min_length", "max_length", "min", "max", "decimals", "distinct_kinds", "max_files"}
_NUMBERS |= {"max_bytes_each", "minimum", "maximum"}
_ADMINISTRATION = ["administrator"]
_MOST_DECIDING = 100  # answers that one would still look through to choose from


class Given(Protocol):
    """The inputs as they were sent."""

    def get(self, name: str, default: str = "") -> str: ...
    def all(self, name: str) -> list[str]: ...
    def __contains__(self, name: str) -> bool: ...


def field_of(old: Mapping[str, Any], given: Given) -> dict[str, Any]:
    """The field as typed; what the page does not show stays as it was in `old`."""
    kind = old["kind"]
    field = {**old, "required": given.get("required") == "on" and kind != "explanation"}
    for name in WORDS:
        if f"{name}_de" in given:
            field[name] = {code: given.get(f"{name}_{code}").strip() for code in ("de", "en")}
    for name in SETTINGS[kind]:
        if name in given:
            field[name] = _setting(kind, name, given.get(name), old)
    if "media_types" in SETTINGS[kind]:
        field["media_types"] = given.all("media_types")
    field["shown_when"] = _condition(given.get("shown_when"))
    field["bears_on"] = given.all("bears_on")
    field["visible_to"] = _ADMINISTRATION if given.get("private") == "on" else []
    return {name: value for name, value in field.items() if not _is_left_out(name, value)}


def inputs_of(field: Mapping[str, Any]) -> dict[str, str]:
    """What the inputs of a field hold, by their names."""
    held = {"required": "on" if field.get("required") else ""}
    for name in WORDS:
        for code in ("de", "en"):
            held[f"{name}_{code}"] = (field.get(name) or {}).get(code, "")
    for name in SETTINGS[field["kind"]]:
        held[name] = as_lines(field.get(name, []), field["kind"]) if name in LISTS else ""
        if name not in (*LISTS, "media_types"):
            value = field.get(name)
            held[name] = "" if value is None else str(i18n.as_typed(value))
    condition = field.get("shown_when")
    held["shown_when"] = f"{condition['field']}={condition['is']}" if condition else ""
    held["private"] = "on" if "administrator" in field.get("visible_to", ()) else ""
    return held


def deciding(above: list[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The answers that a field can depend on, each with the field above it that gives it."""
    for leader in above:
        if leader["kind"] in LEADING and leader["kind"] != "districts":
            for answer in answers_of(leader)[:_MOST_DECIDING]:
                yield leader, answer


def _setting(kind: str, name: str, text: str, old: Mapping[str, Any]) -> Any:
    if name in LISTS:
        return from_lines(text, old.get(name, []), kind)
    text = text.strip()
    if name not in _NUMBERS or (kind == "date" and name in {"minimum", "maximum"}):
        return text
    value = numerals.read(text, i18n.language.get())
    return text if value is None else value


def _condition(text: str) -> dict[str, str] | None:
    leader, found, answer = text.partition("=")
    return {"field": leader, "is": answer} if found else None


def _is_left_out(name: str, value: Any) -> bool:
    """Settings that say nothing are not written down."""
    if name in {"example", "unit"}:
        return not any(value.values())
    return name not in {"help", "label", "required"} and value in (None, "", [], "characters")
