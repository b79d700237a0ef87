"""The checks that need no person: each says whether it is met, and why; pure.

A check whose key is not known here is done by hand, like those that the form calls so.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from award.kit import i18n
from award.kit.i18n import gettext as _
from award.kit.i18n import local, ngettext, number
from award.nominations.answers import Values, kinds
from award.nominations.conditions import applicable
from award.nominations.gaps import all_gaps


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One check of the list. `is_met` is None where a person has to look."""

    key: str
    label: str
    is_met: bool | None
    why: str = ""

    @property
    def is_automatic(self) -> bool:
        return self.is_met is not None


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks look at."""

    definition: Mapping[str, Any]
    answers: Mapping[str, Values]
    received_at: datetime
    deadline: datetime | None


def computed(facts: Facts) -> list[Check]:
    """The checks in the form's order, the automatic ones with their result."""
    return [_one(check, facts) for check in facts.definition.get("checks", ())]


def _one(check: Mapping[str, Any], facts: Facts) -> Check:
    look = _LOOKS.get(check["key"].partition("_")[0]) if check.get("automatic") else None
    if look is None:
        return Check(key=check["key"], label=local(check), is_met=None)
    is_met, why = look(facts)
    return Check(key=check["key"], label=local(check), is_met=is_met, why=why)


def _in_time(facts: Facts) -> tuple[bool, str]:
    in_time = facts.deadline is None or facts.received_at < facts.deadline
    return in_time, _("Received %(moment)s.", moment=i18n.moment(facts.received_at, seconds=True))


def _in_region(facts: Facts) -> tuple[bool, str]:
    chosen: set[str] = set()
    for field, values in _fields(facts, {"districts"}):
        known = {one["key"] for one in field.get("choices", ())}
        chosen |= known & set(values.get(field["key"]) or ())
    said = ngettext("%(num)s district is named.", "%(num)s districts are named.", len(chosen))
    return bool(chosen), said


def _has_kinds(facts: Facts) -> tuple[bool, str]:
    wanted, found = 0, set()
    for section in applicable(facts.definition, facts.answers):
        found |= kinds(section, facts.answers.get(section["key"], {}))
        wanted = max([wanted, *(field.get("distinct_kinds", 0) for field in section["fields"])])
    said = _(
        "%(found)s different kinds, %(wanted)s are needed.",
        found=number(len(found)),
        wanted=number(wanted),
    )
    return len(found) >= wanted, said


def _is_complete(facts: Facts) -> tuple[bool, str]:
    amiss = [
        gap
        for some in all_gaps(facts.definition, facts.answers).values()
        for gap in some
        if gap.field not in _consents(facts) and gap.kind != "kinds"
    ]
    return not amiss, " ".join(gap.message for gap in amiss) or _("Nothing is missing.")


def _consents(facts: Facts) -> set[str]:
    return {field["key"] for field, _values in _fields(facts, {"consent"})}


def _has_agreed(facts: Facts) -> tuple[bool, str]:
    missing = [
        str(local(field["label"]))
        for field, values in _fields(facts, {"consent"})
        if field["required"] and not values.get(field["key"])
    ]
    if not missing:
        return True, _("All required consents are given.")
    return False, _("Not confirmed: %(labels)s", labels=" ".join(missing))


def _fields(facts: Facts, wanted: set[str]) -> list[tuple[Mapping[str, Any], Values]]:
    return [
        (field, facts.answers.get(section["key"], {}))
        for section in applicable(facts.definition, facts.answers)
        for field in section["fields"]
        if field["kind"] in wanted
    ]


_LOOKS: dict[str, Callable[[Facts], tuple[bool, str]]] = {
    "E1": _in_time,
    "E2": _in_region,
    "E3": _has_kinds,
    "E5": _is_complete,
    "E6": _has_agreed,
}
