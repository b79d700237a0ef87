"""What of the answers is missing, too long or not to be read; pure."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import msgspec

from award.kit.addresses import is_address
from award.kit.i18n import gettext as _
from award.kit.i18n import local, ngettext, number
from award.nominations import limits
from award.nominations.answers import Field, Section, Values, kinds, known_keys
from award.nominations.canonical import normal
from award.nominations.conditions import applicable

LONGEST_DESCRIPTION = 300


class Gap(msgspec.Struct, frozen=True):
    """What stands between an answer and its submission; `target` is the input to go to.

    `kind` is missing, short, over (by `over` characters, 0 if words are counted), wrong, or kinds
    (too few of them).
    """

    field: str
    target: str
    kind: str
    message: str
    over: int = 0


def gaps(section: Section, values: Values) -> list[Gap]:
    """All that is amiss with the answers of a section, in the order of its fields.

    `section` holds the fields that are asked (see `conditions`).
    """
    found: list[Gap] = []
    for field in section["fields"]:
        found += _LOOK[field["kind"]](field, normal(values.get(field["key"])))
    return found + _kinds_missing(section, values)


def all_gaps(definition: Mapping[str, Any], answers: Mapping[str, Values]) -> dict[str, list[Gap]]:
    """The gaps of every section that has some, by its key."""
    asked = applicable(definition, answers)
    found = {one["key"]: gaps(one, answers.get(one["key"], {})) for one in asked}
    return {key: some for key, some in found.items() if some}


def _text_gaps(field: Field, value: Any) -> list[Gap]:
    text = str(value or "")
    if not text.strip():
        return _missing(field)
    message = limits.too_short(field, text)
    if message:
        return [Gap(field["key"], field["key"], "short", message)]
    return _over(field, field["key"], text, field.get("max_length"))


def _choice_gaps(field: Field, value: Any) -> list[Gap]:
    if not value:
        return _missing(field)
    known = value in known_keys(field)
    return (
        []
        if known
        else _wrong(
            field, _("Please choose one of the options: %(label)s.", label=local(field["label"]))
        )
    )


def _several_gaps(field: Field, value: Any) -> list[Gap]:
    if not value:
        return _missing(field)
    label = local(field["label"])
    if not set(value) <= known_keys(field):
        return _wrong(field, _("Please choose from the list: %(label)s.", label=label))
    message = limits.how_many(field, len(value))
    return _wrong(field, message) if message else []


def _value_gaps(amiss: Callable[[Field, Any], str], field: Field, value: Any) -> list[Gap]:
    """A value that is one thing, such as a number; `amiss` says in words what is wrong with it."""
    if value in (None, ""):
        return _missing(field)
    message = amiss(field, value)
    return _wrong(field, message) if message else []


def _organisation_gaps(field: Field, value: Any) -> list[Gap]:
    row = value or {}
    if not row.get("name") and not row.get("kind"):
        return _missing(field, "kind")
    return _row_gaps(field, field["key"], row)


def _organisations_gaps(field: Field, value: Any) -> list[Gap]:
    rows, least = value or [], field.get("min", 1 if field["required"] else 0)
    found: list[Gap] = []
    for position, row in enumerate(rows, 1):
        found += _row_gaps(field, f"{field['key']}-{position}", row)
    if len(rows) < least:
        message = ngettext(
            "“%(label)s”: %(num)s more is needed.",
            "“%(label)s”: %(num)s more are needed.",
            least - len(rows),
            label=local(field["label"]),
        )
        found.append(Gap(field["key"], f"{field['key']}-{len(rows) + 1}-kind", "missing", message))
    return found


def _row_gaps(field: Field, name: str, row: Values) -> list[Gap]:
    label, known = local(field["label"]), {kind["key"] for kind in field.get("kinds", ())}
    if row.get("kind") not in known:
        message = _("“%(label)s”: please choose the kind of organisation.", label=label)
        return [Gap(field["key"], f"{name}-kind", "missing", message)]
    if not row.get("name"):
        message = _("“%(label)s”: please write the name of the organisation.", label=label)
        return [Gap(field["key"], f"{name}-name", "missing", message)]
    return _over(field, f"{name}-name", row["name"], field.get("max_length", 200))


def _person_gaps(field: Field, value: Any) -> list[Gap]:
    person, label = value or {}, local(field["label"])
    found = []
    if field["required"] and not person.get("name"):
        message = _("“%(label)s”: please write a name.", label=label)
        found.append(Gap(field["key"], f"{field['key']}-name", "missing", message))
    if person.get("email") and not is_address(person["email"]):
        message = _("“%(label)s”: a mail address looks like name@example.org.", label=label)
        found.append(Gap(field["key"], f"{field['key']}-email", "wrong", message))
    elif field["required"] and not person.get("email"):
        message = _("“%(label)s”: please write a mail address.", label=label)
        found.append(Gap(field["key"], f"{field['key']}-email", "missing", message))
    return found


def _consent_gaps(field: Field, value: Any) -> list[Gap]:
    if value or not field["required"]:
        return []
    message = _("Please confirm: %(label)s", label=local(field["label"]))
    return [Gap(field["key"], field["key"], "missing", message)]


def _files_gaps(field: Field, value: Any) -> list[Gap]:
    files, label = value or [], local(field["label"])
    if not files:
        return _missing(field)
    over = len(files) - field["max_files"]
    if over > 0:
        message = ngettext(
            "“%(label)s”: please remove %(num)s file.",
            "“%(label)s”: please remove %(num)s files.",
            over,
            label=label,
        )
        return [Gap(field["key"], field["key"], "wrong", message)]
    return [gap for one in files for gap in _description_gaps(field, one)]


def _description_gaps(field: Field, one: Values) -> list[Gap]:
    said = one.get("description", "")
    return _over(field, f"{field['key']}-{one['id']}", said, LONGEST_DESCRIPTION)


def _no_gaps(_field: Field, _value: Any) -> list[Gap]:
    return []


_LOOK: dict[str, Callable[[Field, Any], list[Gap]]] = {
    "short_text": _text_gaps,
    "long_text": _text_gaps,
    "one_of": _choice_gaps,
    "yes_no": _choice_gaps,
    "several_of": _several_gaps,
    "districts": _several_gaps,
    "year": partial(_value_gaps, limits.year),
    "number": partial(_value_gaps, limits.number),
    "money": partial(_value_gaps, limits.money),
    "date": partial(_value_gaps, limits.day),
    "link": partial(_value_gaps, limits.link),
    "explanation": _no_gaps,
    "organisation": _organisation_gaps,
    "organisations": _organisations_gaps,
    "person": _person_gaps,
    "consent": _consent_gaps,
    "files": _files_gaps,
}


def _kinds_missing(section: Section, values: Values) -> list[Gap]:
    """The distinct kinds are counted over all organisations of the section together."""
    for field in section["fields"]:
        wanted, found = field.get("distinct_kinds", 0), kinds(section, values)
        if found and len(found) < wanted:
            message = _(
                "%(wanted)s different kinds of organisation are needed; so far: %(found)s.",
                wanted=number(wanted),
                found=number(len(found)),
            )
            return [Gap(field["key"], f"{field['key']}-1-kind", "kinds", message)]
    return []


def _missing(field: Field, part: str = "") -> list[Gap]:
    if not field["required"]:
        return []
    target = f"{field['key']}-{part}" if part else field["key"]
    message = _("“%(label)s” is still missing.", label=local(field["label"]))
    return [Gap(field["key"], target, "missing", message)]


def _over(field: Field, target: str, text: str, limit: int | None) -> list[Gap]:
    message, over = limits.too_long(field, text, limit)
    return [Gap(field["key"], target, "over", message, over)] if message else []


def _wrong(field: Field, message: str) -> list[Gap]:
    return [Gap(field["key"], field["key"], "wrong", message)]
