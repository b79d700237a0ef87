"""What can be amiss with the limits of a form's field; pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from award.kit.i18n import gettext as _
from award.programmes import fieldkinds as kinds

_MOST = {"decimals": 6, "min": kinds.MOST_CHOICES, "max": kinds.MOST_CHOICES}
_HIGHEST = 10**12


def limit_faults(field: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The setting and the words of each fault: no such measure, or one against another."""
    kind = field["kind"]
    if kind == "files":
        yield from _file_faults(field)
    wrong = [name for name in _measures(kind) if not _is_measure(kind, name, field.get(name))]
    for name in wrong:
        words = _("Please write a day like 2026-12-14.") if _is_day(kind, name) else ""
        yield name, words or _("Please write a number that can be meant here.")
    if field.get("counted_in", "characters") not in ("characters", "words"):
        yield "counted_in", _("Please choose one of the options.")
    for low, high in kinds.PAIRS:
        least, most = field.get(low), field.get(high)
        if {low, high} & set(wrong) or least is None or most is None:
            continue
        if low in kinds.SETTINGS[kind] and high in kinds.SETTINGS[kind] and least > most:
            yield high, _("The highest value must not be below the lowest one.")
    for name, listed in (("min", "choices"), ("distinct_kinds", "kinds")):
        options, taken = field.get(listed), {name, listed} <= set(kinds.SETTINGS[kind])
        if not taken or name in wrong or not isinstance(options, list):
            continue
        if (field.get(name) or 0) > len(options):
            yield name, _("There are not so many options to choose from.")


def _file_faults(field: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is attached is always limited, in number, size and kind."""
    for name, most in kinds.MOST_OF_FILES.items():
        value = field.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= most:
            yield name, _("Please write a number that can be meant here.")
    given = field.get("media_types")
    if not isinstance(given, list | tuple) or not given or not set(given) <= kinds.MEDIA_TYPES:
        yield "media_types", _("Please choose one of the options.")


def _measures(kind: str) -> list[str]:
    names = {*(name for pair in kinds.PAIRS for name in pair), "decimals", "distinct_kinds"}
    return [name for name in kinds.SETTINGS[kind] if name in names]


def _is_day(kind: str, name: str) -> bool:
    return kind == "date" and name in {"minimum", "maximum"}


def _is_measure(kind: str, name: str, value: Any) -> bool:
    """Whether a limit can be one: a day for days, a number for numbers, else a whole number."""
    if value is None:
        return True
    if _is_day(kind, name):
        return _is_iso_day(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - no number is not itself
        return False
    if kind in {"number", "money"} and name in {"minimum", "maximum"}:
        return abs(value) <= _HIGHEST
    if kind == "money" and name == "decimals":
        return value in (0, 2) and isinstance(value, int)
    most = kinds.MOST_ROWS if kind == "organisations" and name == "min" else _MOST.get(name)
    return isinstance(value, int) and 0 <= value <= (most or 1_000_000)


def _is_iso_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
