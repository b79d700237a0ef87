"""The form as one reads it before one writes: what is asked, and how much may be answered; pure."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import msgspec

from award.kit.i18n import euros, exact, local, ngettext, number
from award.kit.i18n import gettext as _
from award.nominations.answers import EXPLANATION, Field, sections
from award.nominations.limits import counts_words, days, span
from award.nominations.shown import answer_in_words

_MOST_CHOICES = 20  # more than these are counted, not listed


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the form, with its limits and its choices in words.

    An explanation is a field too, but nothing is answered to it. `depends` says when it is asked.
    """

    label: str
    help: str
    example: str
    depends: str
    is_optional: bool
    limits: tuple[str, ...]
    choices: tuple[str, ...]


def asked(definition: Mapping[str, Any]) -> list[tuple[str, list[Asked]]]:
    """The sections that can be filled in, each with its name and its fields."""
    all_fields = {one["key"]: one for part in sections(definition) for one in part["fields"]}
    return [
        (local(section["name"]), [_asked(field, all_fields) for field in section["fields"]])
        for section in sections(definition)
    ]


def _asked(field: Field, all_fields: Mapping[str, Field]) -> Asked:
    choices = [str(local(one)) for one in field.get("choices") or field.get("kinds") or ()]
    return Asked(
        label=local(field["label"]),
        help=local(field["help"]),
        example=local(field.get("example")),
        depends=_depends(field, all_fields),
        is_optional=not field["required"] and field["kind"] != EXPLANATION,
        limits=tuple(_limits(field, len(choices))),
        choices=tuple(choices) if len(choices) <= _MOST_CHOICES else (),
    )


def _limits(field: Field, choices: int) -> list[str]:
    said = []
    said += _lengths(field)
    if least := field.get("min"):
        said.append(ngettext("at least %(num)s", "at least %(num)s", least))
    if highest := field.get("max"):
        said.append(ngettext("at most %(num)s", "at most %(num)s", highest))
    if kinds := field.get("distinct_kinds"):
        said.append(ngettext("%(num)s kind in all", "%(num)s different kinds in all", kinds))
    said += _SAID.get(field["kind"], _nothing)(field)
    if choices > _MOST_CHOICES:
        said.append(_("%(count)s to choose from", count=number(choices)))
    return said


def _depends(field: Field, all_fields: Mapping[str, Field]) -> str:
    condition = field.get("shown_when")
    if not condition:
        return ""
    leader = all_fields.get(condition["field"])
    label = local(leader["label"]) if leader else condition["field"]
    return _(
        "Asked only if “%(label)s” is answered with “%(answer)s”.",
        label=label,
        answer=answer_in_words(leader, condition["is"]),
    )


def _lengths(field: Field) -> list[str]:
    least, most, said = field.get("min_length"), field.get("max_length"), []
    in_words = counts_words(field)
    if least and in_words:
        said.append(_("at least %(least)s words", least=number(least)))
    elif least:
        said.append(_("at least %(least)s characters", least=number(least)))
    if most and in_words:
        said.append(_("at most %(most)s words", most=number(most)))
    elif most:
        said.append(_("at most %(most)s characters", most=number(most)))
    return said


def _nothing(_field: Field) -> list[str]:
    return []


def _year(field: Field) -> list[str]:
    earliest, latest = field.get("minimum"), field.get("maximum")
    if earliest and latest:
        return [_("a year from %(earliest)s to %(latest)s", earliest=earliest, latest=latest)]
    return [_("a year from %(earliest)s on", earliest=earliest)] if earliest else []


def _number(field: Field) -> list[str]:
    unit, decimals = local(field.get("unit")), field.get("decimals", 0)
    said = [_("in %(unit)s", unit=unit)] if unit else []
    if limits := span(field, exact):
        said.append(limits)
    if decimals:
        said.append(ngettext("at most %(num)s decimal", "at most %(num)s decimals", decimals))
    else:
        said.append(_("a whole number"))
    return said


def _money(field: Field) -> list[str]:
    decimals = field.get("decimals", 0)
    unit = _("in euros and cents") if decimals else _("in whole euros")
    limits = span(field, partial(euros, places=decimals))
    return [unit, limits] if limits else [unit]


def _date(field: Field) -> list[str]:
    limits = days(field)
    return [_("a day"), limits] if limits else [_("a day")]


def _link(_field: Field) -> list[str]:
    return [_("the address of a page, or a mail address")]


def _yes_no(_field: Field) -> list[str]:
    return [_("yes or no")]


# What some kinds say of their values.
def _files(field: Field) -> list[str]:
    return [ngettext("at most %(num)s file", "at most %(num)s files", field["max_files"])]


_SAID: dict[str, Callable[[Field], list[str]]] = {
    "year": _year,
    "number": _number,
    "files": _files,
    "money": _money,
    "date": _date,
    "link": _link,
    "yes_no": _yes_no,
}
