"""What contradicts itself in the definition of a form, in words and with its place; pure.

A definition that passes can be shown, filled in, handed in and read. Whatever is given is looked
at, also what is no definition at all: it may have been typed.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from award.kit.i18n import gettext as _
from award.kit.i18n import number
from award.programmes import fieldkinds as kinds
from award.programmes.formlimits import limit_faults

_FIELD_KEY = re.compile(r"[A-Za-z][A-Za-z0-9]{0,39}")
_SECTION_KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}")
CHOICE_KEY = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_LANGUAGES = ("de", "en")


class Fault(msgspec.Struct, frozen=True):
    """What is amiss, and where: the keys of section and field, and the setting, as far as known."""

    message: str
    section: str = ""
    field: str = ""
    setting: str = ""

    @property
    def place(self) -> str:
        """The same as a path, such as partners / leadOrganisation / label."""
        return " / ".join(part for part in (self.section, self.field, self.setting) if part)


def faults(definition: Any) -> list[Fault]:
    """All that is amiss, in the order of the form."""
    if not isinstance(definition, Mapping) or not isinstance(definition.get("sections"), list):
        return [Fault(_("A form is an object with a list of “sections”."))]
    sections = definition["sections"]
    if not all(_is_section(one) for one in sections):
        return [Fault(_("Every section is an object with “key”, “name” and a list of “fields”."))]
    found = [*_too_many(sections), *_doubles(sections)]
    before: dict[str, Mapping[str, Any]] = {}
    for section in sections:
        found += _section_faults(section)
        for field in section["fields"]:
            found += [_at(section, field, *fault) for fault in field_faults(field, before)]
            before[_key(field)] = field
    if not isinstance(definition.get("blind", False), bool):
        found.append(Fault(_("Please say true or false."), "blind"))
    for part in ("checks", "questions"):
        found += [Fault(message, part) for message in _list_faults(definition.get(part, []))]
    return found


def field_faults(
    field: Mapping[str, Any], before: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    """The setting and the words of each fault of a field; `before` are the fields above it."""
    kind, key = field.get("kind"), _key(field)
    if not isinstance(kind, str) or kind not in kinds.SETTINGS:
        yield "kind", _("There is no such kind of field.")
        return
    if not _FIELD_KEY.fullmatch(key):
        yield "key", _("A key begins with a letter and has letters and digits only, at most 40.")
    if key in kinds.RESERVED:
        yield "key", _("This key is taken by the page itself. Please choose another one.")
    if kinds.FIXED.get(key, kind) != kind:
        yield "kind", _("The lists are made of this field, so it has to keep its kind.")
    for name in field.keys() - {*kinds.EVERY, *kinds.SETTINGS[kind]}:
        yield str(name), _("This cannot be set for this kind of field.")
    if not isinstance(field.get("required"), bool):
        yield "required", _("Please say true or false.")
    yield from _word_faults(field)
    yield from limit_faults(field)
    for name in kinds.LISTS:
        if name in kinds.SETTINGS[kind]:
            yield from ((name, message) for message in _choice_faults(field, name))
    yield from _condition_faults(field, before)
    yield from _reader_faults(field)


def changed_kinds(old: Any, new: Any) -> list[Fault]:
    """The fields whose kind is another one now: answers under the same key could not be read."""
    was = {field["key"]: field["kind"] for _section, field in fields(old)}
    message = _("This key had another kind before. Please choose a new key for a new question.")
    return [
        Fault(message, section["key"], field["key"], "kind")
        for section, field in fields(new)
        if was.get(field["key"], field["kind"]) != field["kind"]
    ]


def fields(definition: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Every field with its section."""
    for section in definition["sections"]:
        for field in section["fields"]:
            yield section, field


def _is_section(section: Any) -> bool:
    if not isinstance(section, Mapping) or not isinstance(section.get("fields"), list):
        return False
    return all(isinstance(field, Mapping) for field in section["fields"])


def _at(section: Mapping[str, Any], field: Mapping[str, Any], setting: str, message: str) -> Fault:
    return Fault(message, _key(section), _key(field), setting)


def _key(part: Mapping[str, Any]) -> str:
    """The key of a section or a field; empty for what is none."""
    key = part.get("key")
    return key if isinstance(key, str) else ""


def _too_many(sections: list[Any]) -> Iterator[Fault]:
    if not sections:
        yield Fault(_("A form needs at least one section."))
    if len(sections) > kinds.MOST_SECTIONS:
        yield Fault(_("At most %(most)s sections, please.", most=number(kinds.MOST_SECTIONS)))
    if sum(len(one["fields"]) for one in sections) > kinds.MOST_FIELDS:
        yield Fault(_("At most %(most)s fields, please.", most=number(kinds.MOST_FIELDS)))


def _doubles(sections: list[Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    named: set[str] = set()
    for section in sections:
        key = _key(section)
        if key in named:
            yield Fault(_("Another section has this key already."), key, "", "key")
        named.add(key)
        for field in section["fields"]:
            if (own := _key(field)) in seen:
                yield Fault(_("Another field has this key already."), key, own, "key")
            seen.add(own)


def _section_faults(section: Mapping[str, Any]) -> Iterator[Fault]:
    key = _key(section)
    if not _SECTION_KEY.fullmatch(key):
        words = _("A key begins with a letter and has letters, digits and hyphens, at most 40.")
        yield Fault(words, key, "", "key")
    if message := _both(section.get("name"), kinds.MOST_LABEL):
        yield Fault(message, key, "", "name")


def _word_faults(field: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if message := _both(field.get("label"), kinds.MOST_LABEL):
        yield "label", message
    needs_help = field["kind"] == "explanation"
    for name in ("help", "example", "unit"):
        given = field.get(name)
        if (given or (name == "help" and needs_help)) and (
            message := _both(given, kinds.MOST_WORDS, may_be_empty=not needs_help)
        ):
            yield name, message
    if "help" not in field:
        yield "help", _("Please write it in German and in English.")


def _both(words: Any, most: int, *, may_be_empty: bool = False) -> str:
    """What is amiss with a text that has to be there in both languages."""
    both = [words.get(code) for code in _LANGUAGES] if isinstance(words, Mapping) else []
    texts = [one.strip() for one in both if isinstance(one, str)]
    if len(texts) < len(_LANGUAGES) or (any(texts) and not all(texts)):
        return _("Please write it in German and in English.")
    if not all(texts) and not may_be_empty:
        return _("Please write it in German and in English.")
    if max(len(text) for text in texts) > most:
        return _("At most %(most)s characters, please.", most=number(most))
    return ""


def _choice_faults(field: Mapping[str, Any], name: str) -> Iterator[str]:
    given = field.get(name)
    if not isinstance(given, list) or not given:
        yield _("Please give at least one option.")
        return
    yield from _list_faults(given)


def _list_faults(given: Any) -> Iterator[str]:
    """Of options, checks and questions: each has a key of its own and words in both languages."""
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        yield _("This has to be a list of objects with “key”, “de” and “en”.")
        return
    if len(given) > kinds.MOST_CHOICES:
        yield _("At most %(most)s options, please.", most=number(kinds.MOST_CHOICES))
    keys = [one.get("key") for one in given]
    for place, one in enumerate(given, 1):
        key = one.get("key")
        if not isinstance(key, str) or not CHOICE_KEY.fullmatch(key):
            yield _("Option %(place)s has no key of letters, digits and hyphens.", place=place)
        elif keys.index(key) != place - 1:
            yield _("The key “%(key)s” is there twice.", key=key)
        if message := _both(one, kinds.MOST_LABEL):
            yield _("Option %(place)s: %(message)s", place=place, message=message)


def _condition_faults(
    field: Mapping[str, Any], before: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    condition = field.get("shown_when")
    if not condition:
        return
    if not isinstance(condition, Mapping) or condition.keys() != {"field", "is"}:
        yield "shown_when", _("A condition names a “field” and what its answer “is”.")
        return
    if field.get("key") in kinds.FIXED:
        yield "shown_when", _("The lists are made of this field, so it is always asked.")
    leader = before.get(str(condition["field"]))
    if condition["field"] == field.get("key"):
        yield "shown_when", _("A field cannot depend on itself.")
    elif leader is None:
        yield "shown_when", _("The field that this depends on has to stand above it.")
    elif leader.get("kind") not in kinds.LEADING:
        yield "shown_when", _("Only a choice, yes or no, or a consent can decide on a field.")
    elif condition["is"] not in answers_of(leader):
        yield "shown_when", _("The field that this depends on has no such answer.")


def answers_of(leader: Mapping[str, Any]) -> list[str]:
    """The answers of a field that others can depend on."""
    if leader.get("kind") in {"yes_no", "consent"}:
        return ["yes", "no"]
    given = leader.get("choices")
    options = given if isinstance(given, list) else []
    return [str(one.get("key")) for one in options if isinstance(one, Mapping)]


def _reader_faults(field: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("bears_on", "visible_to"):
        given = field.get(name, [])
        if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
            yield name, _("This has to be a list of texts.")
