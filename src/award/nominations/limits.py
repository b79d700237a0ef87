"""What the limits of a field say of one value: words for what is amiss, empty for nothing; pure."""

from collections.abc import Callable
from typing import Any

from award.kit.i18n import exact, local, ngettext
from award.kit.i18n import gettext as _
from award.kit.numerals import places
from award.nominations.answers import Field


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
    return _beyond(field, value, exact)


def span(field: Field, words: Callable[[Any], str]) -> str:
    """From where to where a value may lie, empty without limits."""
    least, most = field.get("minimum"), field.get("maximum")
    if least is not None and most is not None:
        return _("from %(least)s to %(most)s", least=words(least), most=words(most))
    if least is not None:
        return _("%(least)s or more", least=words(least))
    return _("%(most)s or less", most=words(most)) if most is not None else ""


def _beyond(field: Field, value: Any, words: Callable[[Any], str]) -> str:
    least, most = field.get("minimum"), field.get("maximum")
    if (least is None or value >= least) and (most is None or value <= most):
        return ""
    said = span(field, words)
    return _("“%(label)s” must be %(span)s.", label=local(field["label"]), span=said)
