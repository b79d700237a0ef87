"""What the limits of a field say of one value: words for what is amiss, empty for nothing; pure."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from award.kit.i18n import day as said_day
from award.kit.i18n import euros, exact, local, ngettext, short_day
from award.kit.i18n import gettext as _
from award.kit.numerals import places
from award.kit.weblinks import is_weblink
from award.nominations.answers import Field

WORDS = "words"


def year(field: Field, value: Any) -> str:
    label = local(field["label"])
    if not isinstance(value, int):
        return _("“%(label)s” needs a year with four digits, such as 2019.", label=label)
    least, most = field.get("minimum"), field.get("maximum")
    if least is not None and value < least:
        return _("“%(label)s”: please write %(least)s or a later year.", label=label, least=least)
    if most is not None and value > most:
        return _("“%(label)s”: please write %(most)s or an earlier year.", label=label, most=most)
    return ""


def number(field: Field, value: Any) -> str:
    label, decimals = local(field["label"]), field.get("decimals", 0)
    if not isinstance(value, int | float):
        example = exact(12.5 if decimals else 12)
        return _(
            "“%(label)s”: please write a number, such as %(example)s.", label=label, example=example
        )
    if not decimals and places(value):
        return _("“%(label)s”: please write a whole number.", label=label)
    if places(value) > decimals:
        return ngettext(
            "“%(label)s”: at most %(num)s decimal, please.",
            "“%(label)s”: at most %(num)s decimals, please.",
            decimals,
            label=label,
        )
    return _beyond(field, value, span(field, exact))


def money(field: Field, value: Any) -> str:
    label, decimals = local(field["label"]), field.get("decimals", 0)
    if not isinstance(value, int | float):
        example = euros(12500.5, 2) if decimals else euros(12500)
        return _(
            "“%(label)s”: please write an amount, such as %(example)s.",
            label=label,
            example=example,
        )
    if places(value) > decimals and not decimals:
        return _("“%(label)s”: please write whole euros, without cents.", label=label)
    if places(value) > decimals:
        return _("“%(label)s”: please write at most two digits for the cents.", label=label)
    return _beyond(field, value, span(field, partial(euros, places=decimals)))


def day(field: Field, value: Any) -> str:
    label, given = local(field["label"]), day_of(value)
    if given is None:
        example = short_day(date(2026, 12, 14))
        return _(
            "“%(label)s”: please write a day that exists, such as %(example)s.",
            label=label,
            example=example,
        )
    return _beyond(field, value, days(field))


def day_of(value: Any) -> date | None:
    """The day of an answer that was read as one; None for what was kept as typed."""
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.isoformat() == value else None


def link(field: Field, value: Any) -> str:
    if is_weblink(value):
        return ""
    return _(
        "“%(label)s”: please write a full address, such as https://example.org/page.",
        label=local(field["label"]),
    )


def counts_words(field: Field) -> bool:
    """Whether the length of a text is told in words and not in characters."""
    return field.get("counted_in") == WORDS


def length(field: Field, text: str) -> int:
    return len(text.split()) if counts_words(field) else len(text)


def too_short(field: Field, text: str) -> str:
    label, less = local(field["label"]), (field.get("min_length") or 0) - length(field, text)
    if less <= 0:
        return ""
    if counts_words(field):
        return ngettext(
            "“%(label)s” is too short: %(num)s more word is needed.",
            "“%(label)s” is too short: %(num)s more words are needed.",
            less,
            label=label,
        )
    return ngettext(
        "“%(label)s” is too short: %(num)s more character is needed.",
        "“%(label)s” is too short: %(num)s more characters are needed.",
        less,
        label=label,
    )


def too_long(field: Field, text: str, most: int | None) -> tuple[str, int]:
    """The words, and by how many characters; 0 where words are counted."""
    label, over = local(field["label"]), length(field, text) - most if most else 0
    if over <= 0:
        return "", 0
    if counts_words(field):
        message = ngettext(
            "“%(label)s” is %(num)s word too long.",
            "“%(label)s” is %(num)s words too long.",
            over,
            label=label,
        )
        return message, 0
    message = ngettext(
        "“%(label)s” is %(num)s character too long.",
        "“%(label)s” is %(num)s characters too long.",
        over,
        label=label,
    )
    return message, over


def how_many(field: Field, count: int) -> str:
    """What is amiss with a number of choices."""
    label, least, most = local(field["label"]), field.get("min"), field.get("max")
    if least is not None and count < least:
        return ngettext(
            "“%(label)s”: please choose at least %(num)s.",
            "“%(label)s”: please choose at least %(num)s.",
            least,
            label=label,
        )
    if most is not None and count > most:
        return ngettext(
            "“%(label)s”: please choose %(num)s at the most.",
            "“%(label)s”: please choose %(num)s at the most.",
            most,
            label=label,
        )
    return ""


def span(field: Field, words: Callable[[Any], str]) -> str:
    """From where to where a value may lie, empty without limits."""
    least, most = field.get("minimum"), field.get("maximum")
    if least is not None and most is not None:
        return _("from %(least)s to %(most)s", least=words(least), most=words(most))
    if least is not None:
        return _("%(least)s or more", least=words(least))
    return _("%(most)s or less", most=words(most)) if most is not None else ""


def days(field: Field) -> str:
    """From when to when a day may lie, empty without limits."""
    first, last = day_of(field.get("minimum")), day_of(field.get("maximum"))
    if first and last:
        return _("from %(least)s to %(most)s", least=said_day(first), most=said_day(last))
    if first:
        return _("%(first)s or later", first=said_day(first))
    return _("%(last)s or earlier", last=said_day(last)) if last else ""


def _beyond(field: Field, value: Any, said: str) -> str:
    """Numbers and days in the ISO form are compared as they are."""
    least, most = field.get("minimum"), field.get("maximum")
    if (least is None or value >= least) and (most is None or value <= most):
        return ""
    return _("“%(label)s” must be %(span)s.", label=local(field["label"]), span=said)
