"""What the answers of a form look like, as a JSON Schema (draft 2020-12); pure.

It describes what is handed in, the file that the receipt offers: by section, by field, with what
is asked only. Lengths in words, days' limits and numbers of decimals stand in the form alone.
"""

from collections.abc import Callable, Mapping
from typing import Any

from award.kit.i18n import local
from award.nominations.answers import NO, YES, Field, Section, answerable, sections
from award.nominations.limits import counts_words

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(definition: Mapping[str, Any], title: str) -> dict[str, Any]:
    """The schema with its words in the language of the page."""
    parts = {one["key"]: _section(one) for one in sections(definition)}
    needed = [key for key, one in parts.items() if one["required"]]
    return {"$schema": _DIALECT, "title": title, **_object(parts, needed)}


def _section(section: Section) -> dict[str, Any]:
    asked = answerable(section)
    needed = [one["key"] for one in asked if one["required"] and not one.get("shown_when")]
    fields = {one["key"]: _field(one) for one in asked}
    return {"title": local(section["name"]), **_object(fields, needed)}


def _field(field: Field) -> dict[str, Any]:
    value = _VALUES[field["kind"]](field)
    if not field["required"] and field["kind"] != "consent":
        value = {"anyOf": [value, {"enum": ["", None, [], {}, *_EMPTY.get(field["kind"], ())]}]}
    words = {"title": local(field["label"]), "description": local(field["help"])}
    return {name: text for name, text in words.items() if text} | value


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _text(field: Field) -> dict[str, Any]:
    names = {} if counts_words(field) else {"min_length": "minLength", "max_length": "maxLength"}
    return {"type": "string", "minLength": 1} | _taken(field, names)


def _number(field: Field) -> dict[str, Any]:
    kind = "number" if field.get("decimals") else "integer"
    return {"type": kind} | _taken(field, {"minimum": "minimum", "maximum": "maximum"})


def _formatted(name: str) -> Callable[[Field], dict[str, Any]]:
    return lambda _field: {"type": "string", "format": name}


def _yes_no(_field: Field) -> dict[str, Any]:
    return {"enum": [YES, NO]}


def _choice(field: Field) -> dict[str, Any]:
    return {"enum": [one["key"] for one in field["choices"]]}


def _several(field: Field) -> dict[str, Any]:
    least = {"minItems": 1, "uniqueItems": True}
    counts = _taken(field, {"min": "minItems", "max": "maxItems"})
    return {"type": "array", "items": _choice(field)} | least | counts


def _organisation(field: Field) -> dict[str, Any]:
    kinds = {"enum": [one["key"] for one in field["kinds"]]}
    name = {"type": "string", "minLength": 1, "maxLength": field.get("max_length", 200)}
    return _object({"kind": kinds, "name": name}, ["kind", "name"])


def _organisations(field: Field) -> dict[str, Any]:
    rows = {"type": "array", "items": _organisation(field), "minItems": 1}
    return rows | _taken(field, {"min": "minItems"})


def _person(_field: Field) -> dict[str, Any]:
    text = {"type": "string"}
    return _object({"name": text, "email": text, "phone": text}, ["name", "email"])


def _files(field: Field) -> dict[str, Any]:
    """Each file as a submission names it; its content is the one with this SHA-256."""
    text, count = {"type": "string"}, {"type": "integer", "minimum": 1}
    file = {
        **dict.fromkeys(("id", "name", "description"), text),
        "media_type": {"enum": list(field["media_types"])},
        "size": count,
        "pages": {"anyOf": [count, {"type": "null"}]},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }
    files = {"type": "array", "items": _object(file, list(file)), "minItems": 1}
    return files | _taken(field, {"max_files": "maxItems"})


def _consent(field: Field) -> dict[str, Any]:
    return {"const": True} if field["required"] else {"type": "boolean"}


def _taken(field: Field, names: Mapping[str, str]) -> dict[str, Any]:
    return {new: field[old] for old, new in names.items() if field.get(old) is not None}


_EMPTY: dict[str, tuple[Any, ...]] = {
    "organisation": ({"kind": "", "name": ""},),
    "person": ({"name": "", "email": "", "phone": ""},),
}
_VALUES: dict[str, Callable[[Field], dict[str, Any]]] = {
    "short_text": _text,
    "long_text": _text,
    "number": _number,
    "money": _number,
    "year": _number,
    "date": _formatted("date"),
    "link": _formatted("uri"),
    "yes_no": _yes_no,
    "one_of": _choice,
    "several_of": _several,
    "districts": _several,
    "organisation": _organisation,
    "organisations": _organisations,
    "person": _person,
    "consent": _consent,
    "files": _files,
}
