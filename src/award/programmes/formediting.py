"""A form with one thing changed: each function gives a new definition, the old one stays; pure."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Definition: TypeAlias = Mapping[str, Any]
Part: TypeAlias = Mapping[str, Any]


def section_of(definition: Definition, key: str) -> Part | None:
    """The section with this key."""
    return next((one for one in definition["sections"] if one["key"] == key), None)


def place_of(definition: Definition, key: str) -> tuple[Part, Part] | None:
    """A field by its key, with its section before it."""
    for section in definition["sections"]:
        for field in section["fields"]:
            if field["key"] == key:
                return section, field
    return None


def before(definition: Definition, key: str) -> list[Part]:
    """The fields above one, or all of them where there is no such field."""
    fields = [field for section in definition["sections"] for field in section["fields"]]
    keys = [field["key"] for field in fields]
    return fields[: keys.index(key)] if key in keys else fields


def moved_section(definition: Definition, key: str, by: int) -> dict[str, Any]:
    """With a section one place further up (-1) or down (1)."""
    return {**definition, "sections": _moved(definition["sections"], key, by)}


def moved_field(definition: Definition, key: str, by: int) -> dict[str, Any]:
    """With a field one place further up (-1) or down (1) in its section."""
    return _each(definition, lambda fields: _moved(fields, key, by))


def with_section(definition: Definition, key: str, name: Mapping[str, str]) -> dict[str, Any]:
    """With another name for a section, or with a new empty one at the end."""
    if section_of(definition, key) is None:
        new = {"key": key, "name": dict(name), "fields": []}
        return {**definition, "sections": [*definition["sections"], new]}
    sections = [
        {**one, "name": dict(name)} if one["key"] == key else one for one in definition["sections"]
    ]
    return {**definition, "sections": sections}


def without_section(definition: Definition, key: str) -> dict[str, Any]:
    sections = [one for one in definition["sections"] if one["key"] != key]
    return {**definition, "sections": sections}


def with_field(definition: Definition, section: str, field: Part) -> dict[str, Any]:
    """With a field in the place of the one with its key, else at the end of the section."""
    key = field["key"]
    if place_of(definition, key) is not None:
        return _each(
            definition, lambda fields: [field if one["key"] == key else one for one in fields]
        )
    sections = [
        {**one, "fields": [*one["fields"], field]} if one["key"] == section else one
        for one in definition["sections"]
    ]
    return {**definition, "sections": sections}


def without_field(definition: Definition, key: str) -> dict[str, Any]:
    return _each(definition, lambda fields: [one for one in fields if one["key"] != key])


def made_blind(definition: Definition, *, blind: bool) -> dict[str, Any]:
    """With the jury seeing who nominates, or not."""
    rest = {name: value for name, value in definition.items() if name != "blind"}
    return {**rest, "blind": True} if blind else rest


def touched(old: Definition, new: Definition) -> list[tuple[Part, Part]]:
    """The fields that are another way now or gone, each with its section as it was."""
    now = {field["key"]: field for section in new["sections"] for field in section["fields"]}
    return [
        (section, field)
        for section in old["sections"]
        for field in section["fields"]
        if now.get(field["key"]) != field
    ]


def in_lines(definition: Definition) -> str:
    """The form as JSON with a line for each field: to be read, compared and pasted with ease."""
    sections = ",\n".join(_section_in_lines(one) for one in definition["sections"])
    rest = "".join(
        f",\n{json.dumps(name)}: {_in_a_line(value)}"
        for name, value in definition.items()
        if name != "sections"
    )
    return f'{{"sections": [\n{sections}\n]{rest}}}\n'


def _section_in_lines(section: Part) -> str:
    head = ", ".join(
        f"{json.dumps(name)}: {_in_a_line(value)}"
        for name, value in section.items()
        if name != "fields"
    )
    fields = ",\n".join(f"  {_in_a_line(field)}" for field in section["fields"])
    return f' {{{head}, "fields": [\n{fields}\n ]}}'


def _in_a_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _each(definition: Definition, change: Callable[[list[Part]], list[Part]]) -> dict[str, Any]:
    sections = [{**one, "fields": change(one["fields"])} for one in definition["sections"]]
    return {**definition, "sections": sections}


def _moved(parts: list[Part], key: str, by: int) -> list[Part]:
    keys = [one["key"] for one in parts]
    if key not in keys:
        return parts
    here = keys.index(key)
    there = min(max(here + by, 0), len(parts) - 1)
    order = list(parts)
    order.insert(there, order.pop(here))
    return order
