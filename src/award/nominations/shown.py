"""A nomination as one reads it: the form's sections with the answers in words; pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from award.kit.i18n import day, euros, exact, local, ngettext, number, told
from award.kit.i18n import gettext as _
from award.kit.weblinks import is_weblink
from award.nominations import audiences
from award.nominations.answers import NO, YES, Field, Values, answerable, kinds, known_keys
from award.nominations.answers import Section as Form
from award.nominations.attached import kind_and_size
from award.nominations.canonical import normal
from award.nominations.conditions import applicable
from award.nominations.folded import folded
from award.nominations.limits import counts_words, day_of, length


class Line(msgspec.Struct, frozen=True):
    """One value: a text, or a name with what it is.

    `href` if one can be led there safely, `file` is the id of an attached one.
    """

    text: str
    note: str = ""
    href: str = ""
    file: str = ""


class TitlePart(msgspec.Struct, frozen=True):
    """Words of a title in another language."""

    text: str
    lang: str


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A field as it is read. `bears_on` are the keys of the criteria it contributes to."""

    key: str
    label: str
    kind: str
    lines: tuple[Line, ...]
    bears_on: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it in plain words, one value a line."""
        return "\n".join(
            f"{line.text} ({line.note})" if line.note else line.text for line in self.lines
        )


class Section(msgspec.Struct, frozen=True):
    """A section of the form with what was answered."""

    key: str
    name: str
    fields: list[Shown]


def title_parts(stored: Iterable[Mapping[str, str]]) -> tuple[TitlePart, ...]:
    """The foreign words of a title as they are stored with the nomination."""
    return tuple(TitlePart(part["text"], part["lang"]) for part in stored)


def reading(
    definition: Mapping[str, Any], answers: Mapping[str, Values], audience: str
) -> list[Section]:
    """The sections as one of the audiences reads them."""
    read = []
    for section in applicable(definition, answers):
        values = answers.get(section["key"], {})
        seen = [one for one in answerable(section) if audiences.reads(one, audience)]
        fields = [shown(field, values) for field in seen]
        if fields:
            read.append(Section(section["key"], local(section["name"]), fields))
    return read


def files_for(
    definition: Mapping[str, Any], answers: Mapping[str, Values], audience: str
) -> set[str]:
    """The ids of the files that this audience reads."""
    fields = (field for one in reading(definition, answers, audience) for field in one.fields)
    return {line.file for field in fields for line in field.lines if line.file}


def shown(field: Field, values: Values) -> Shown:
    """One field with its answer."""
    return Shown(
        key=field["key"],
        label=local(field["label"]),
        kind=field["kind"],
        lines=tuple(_LINES[field["kind"]](field, normal(values.get(field["key"])))),
        bears_on=tuple(field.get("bears_on", ())),
    )


def in_short(section: Form, values: Values) -> str:
    """What a task list says of a section: how much is there, never whether it is good."""
    said = []
    for field in section["fields"]:
        value = normal(values.get(field["key"]))
        if field["kind"] == "districts" and value:
            said.append(ngettext("%(num)s district", "%(num)s districts", len(value)))
        if field["kind"] == "files":
            limit = number(field["max_files"])
            said.append(
                _("%(count)s of %(limit)s files", count=number(len(value or [])), limit=limit)
            )
        if field["kind"] == "organisations" and value:
            said.append(_organisations_in_short(section, values, len(value)))
    texts = [field for field in section["fields"] if field["kind"] == "long_text"]
    if len(texts) == 1 and texts[0].get("max_length"):
        said.append(_length_in_short(texts[0], normal(values.get(texts[0]["key"]) or "")))
    return ", ".join(said)


def _length_in_short(field: Field, text: str) -> str:
    count, limit = number(length(field, text)), number(field["max_length"])
    if counts_words(field):
        return _("%(count)s of %(limit)s words", count=count, limit=limit)
    return _("%(count)s of %(limit)s characters", count=count, limit=limit)


def choice(field: Field | None, key: str) -> str:
    """The words of a choice; the key itself when there is no such choice."""
    options = field.get("choices", ()) if field else ()
    return next((str(local(one)) for one in options if one["key"] == key), key)


def answer_in_words(field: Field | None, key: str) -> str:
    """What a condition asks for: a choice, or yes or no."""
    in_words = {YES: _("Yes"), NO: _("No")}
    if field is None or field["kind"] in {"yes_no", "consent"}:
        return in_words.get(key, key)
    return choice(field, key)


def options(choices: Sequence[Mapping[str, Any]], value: str) -> list[tuple[str, str]]:
    """Choices for a select, none chosen first; an unknown one that was saved stays visible."""
    pairs = [("", _("Please choose"))] + [(one["key"], str(local(one))) for one in choices]
    return pairs if not value or value in dict(pairs) else [*pairs, (value, value)]


def boxes(field: Field, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """Choices to tick; unknown ones that were saved stay visible."""
    pairs = [(one["key"], str(local(one))) for one in field.get("choices", ())]
    return pairs + [(key, key) for key in chosen if key not in known_keys(field)]


def is_day(value: Any) -> bool:
    """Whether a day's own input can hold it; it would hide what is no day."""
    return not value or day_of(value) is not None


def grouped(states: Field | None, field: Field) -> list[tuple[str, str, list[Mapping[str, Any]]]]:
    """The districts by federal state, each group with its key and name, by the alphabet."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for one in field.get("choices", ()):
        groups.setdefault(one.get("state", ""), []).append(one)
    names = {one["key"]: one for one in (states or {}).get("choices", ())}
    in_order = sorted(groups, key=lambda key: folded(choice(states, key)))
    return [(key, told(names.get(key)) or key, groups[key]) for key in in_order]


def field_named(definition: Mapping[str, Any], key: str) -> Field | None:
    """A field of the form by its key."""
    for section in definition["sections"]:
        for field in section["fields"]:
            if field["key"] == key:
                return field  # type: ignore[no-any-return]
    return None


def _organisations_in_short(section: Form, values: Values, count: int) -> str:
    different = len(kinds(section, values))
    return " ".join(
        (
            ngettext("%(num)s partner,", "%(num)s partners,", count),
            ngettext("%(num)s kind in all", "%(num)s different kinds in all", different),
        )
    )


def _text(_field: Field, value: Any) -> list[Line]:
    return [Line(str(value))] if value not in (None, "") else []


def _number(field: Field, value: Any) -> list[Line]:
    if not isinstance(value, int | float):
        return _text(field, value)
    unit = local(field.get("unit"))
    return [Line(f"{exact(value)} {unit}".rstrip())]


def _money(field: Field, value: Any) -> list[Line]:
    if not isinstance(value, int | float):
        return _text(field, value)
    return [Line(euros(value, field.get("decimals", 0)))]


def _date(field: Field, value: Any) -> list[Line]:
    given = day_of(value)
    return [Line(day(given))] if given else _text(field, value)


def _link(_field: Field, value: Any) -> list[Line]:
    if not value:
        return []
    return [Line(value.removeprefix("mailto:"), href=value if is_weblink(value) else "")]


def _yes_no(field: Field, value: Any) -> list[Line]:
    if value not in known_keys(field):
        return _text(field, value)
    return _consent(field, value == YES)


def _several(field: Field, value: Any) -> list[Line]:
    """In the order of the form; what is no choice of it stands at the end as it was sent."""
    chosen = [one for one in field.get("choices", ()) if one["key"] in (value or ())]
    strange = [key for key in value or () if key not in known_keys(field)]
    return [Line(str(local(one))) for one in chosen] + [Line(key) for key in strange]


def _nothing(_field: Field, _value: Any) -> list[Line]:
    return []


def _choice(field: Field, value: Any) -> list[Line]:
    return [Line(choice(field, value))] if value else []


def _districts(field: Field, value: Any) -> list[Line]:
    wanted = set(value or [])
    names = {
        one["key"]: str(local(one)) for one in field.get("choices", ()) if one["key"] in wanted
    }
    return [Line(names.get(key, key)) for key in value or []]


def _organisation(field: Field, value: Any) -> list[Line]:
    row = value or {}
    names = {one["key"]: str(local(one)) for one in field.get("kinds", ())}
    if not row.get("name") and not row.get("kind"):
        return []
    return [Line(row.get("name") or "–", names.get(row.get("kind", ""), ""))]


def _organisations(field: Field, value: Any) -> list[Line]:
    return [line for row in value or [] for line in _organisation(field, row)]


def _person(_field: Field, value: Any) -> list[Line]:
    person = value or {}
    return [Line(person[part]) for part in ("name", "email", "phone") if person.get(part)]


def _files(_field: Field, value: Any) -> list[Line]:
    """The files; of a version of a section, which does not hold them, what was said of each."""
    if isinstance(value, Mapping):
        return [Line(text) for text in value.values()]
    return [
        Line(one["description"] or one["name"], kind_and_size(one), file=one["id"])
        for one in value or []
    ]


def _consent(_field: Field, value: Any) -> list[Line]:
    return [Line(_("Yes") if value else _("No"))]


_LINES: dict[str, Callable[[Field, Any], list[Line]]] = {
    "short_text": _text,
    "long_text": _text,
    "one_of": _choice,
    "yes_no": _yes_no,
    "several_of": _several,
    "districts": _districts,
    "year": _text,
    "number": _number,
    "money": _money,
    "date": _date,
    "link": _link,
    "explanation": _nothing,
    "organisation": _organisation,
    "organisations": _organisations,
    "person": _person,
    "consent": _consent,
    "files": _files,
}
