"""Which fields are asked, given the answers so far; pure.

A field may be shown only when another one, of the same or an earlier section, has a certain answer:
`shown_when` is {"field": its key, "is": the answer}. A field that is not asked is never missing and
nobody reads it; what was typed into it is kept.
"""

from collections.abc import Mapping
from typing import Any

from award.nominations.answers import NO, YES, Field, Section, Values, sections


def applicable(definition: Mapping[str, Any], answers: Mapping[str, Values]) -> list[Section]:
    """The sections with the fields that are asked; those in which nothing is asked are left out."""
    kept: list[Section] = []
    given: dict[str, Any] = {}
    for section in sections(definition):
        values, fields = answers.get(section["key"], {}), []
        for field in section["fields"]:
            if _is_met(field.get("shown_when"), given):
                given[field["key"]] = values.get(field["key"])
                fields.append(field)
        if fields:
            kept.append({**section, "fields": fields})
    return kept


def narrowed(
    definition: Mapping[str, Any], section: Section, answers: Mapping[str, Values]
) -> Section:
    """One section with the fields that are asked."""
    asked = (one for one in applicable(definition, answers) if one["key"] == section["key"])
    return next(asked, {**section, "fields": []})


def has_conditions(section: Section) -> bool:
    """Whether what is asked in a section depends on answers."""
    return any(field.get("shown_when") for field in section["fields"])


def leading(definition: Mapping[str, Any], section: Section) -> set[str]:
    """The fields of a section on which other sections depend."""
    others = [one for one in sections(definition) if one["key"] != section["key"]]
    wanted = {
        field["shown_when"]["field"]
        for other in others
        for field in other["fields"]
        if field.get("shown_when")
    }
    return wanted & {field["key"] for field in section["fields"]}


def followed(section: Section) -> dict[str, tuple[str, str]]:
    """By field: which input of the same section decides on it, and what that must send.

    An empty text means that it must send nothing, as a box that is not ticked.
    """
    here: dict[str, Field] = {field["key"]: field for field in section["fields"]}
    found = {}
    for field in section["fields"]:
        condition = field.get("shown_when")
        if condition and condition["field"] in here:
            found[field["key"]] = (condition["field"], _sent(here[condition["field"]], condition))
    return found


def _sent(leader: Field, condition: Mapping[str, str]) -> str:
    if leader["kind"] != "consent":
        return condition["is"]
    return "on" if condition["is"] == YES else ""


def _is_met(condition: Mapping[str, str] | None, given: Mapping[str, Any]) -> bool:
    if not condition:
        return True
    if condition["field"] not in given:
        return False
    value, wanted = given[condition["field"]], condition["is"]
    if isinstance(value, list):
        return wanted in value
    if isinstance(value, bool):
        return wanted == (YES if value else NO)
    return bool(value == wanted)
