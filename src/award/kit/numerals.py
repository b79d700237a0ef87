"""Numbers as people type them: with the comma or the point of their language, and grouped.

"12.500,50" and "12,500.50" are the same amount in both languages. Only where one sign stands once
before three digits does the language decide: "12.500" is twelve thousand in German, in English
twelve and a half.
"""

import re
from decimal import Decimal

_MOST_DIGITS = 15  # what JSON and every database give back unchanged
_BLANKS = re.compile(r"[\s'\N{RIGHT SINGLE QUOTATION MARK}]+")
_MINUS = str.maketrans("\N{MINUS SIGN}\N{EN DASH}", "--")
_SHAPE = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+)")
_POINT = {"de": ",", "en": "."}


def read(text: str, language: str) -> int | float | None:
    """The number that was typed, a whole one as int; None for what is none, or is too long."""
    plain = _BLANKS.sub("", text.translate(_MINUS))
    if not _SHAPE.fullmatch(plain) or sum(sign.isdigit() for sign in plain) > _MOST_DIGITS:
        return None
    parts = _without_groups(plain, language)
    if parts is None:
        return None
    value = Decimal(parts)
    return int(value) if value == value.to_integral_value() else float(value)


def _without_groups(plain: str, language: str) -> str | None:
    """The same with nothing but a point before the decimals; None where the groups are odd."""
    point = _point_of(plain, language)
    whole, found, decimals = plain.rpartition(point) if point else (plain, "", "")
    groups = re.split(r"[.,]", whole.lstrip("+-")) if whole.lstrip("+-") else ["0"]
    mixed = "." in whole and "," in whole
    if mixed or any(len(group) != len("000") for group in groups[1:]):
        return None
    sign = "-" if plain.startswith("-") else ""
    return sign + "".join(groups) + ("." + decimals if found else "")


def _point_of(plain: str, language: str) -> str:
    """The sign that stands before the decimals, empty if there are none."""
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return ""
    sign = plain[last]
    if plain.count(sign) > 1:
        return ""
    is_alone = not ({".", ","} - {sign}) & set(plain)
    looks_grouped = is_alone and re.fullmatch(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}", plain)
    return "" if looks_grouped and sign != _POINT[language] else sign


def typed(value: float, language: str) -> str:
    """A stored number as one would type it, without groups and with all its decimals."""
    return f"{Decimal(str(value)):f}".replace(".", _POINT[language])


def places(value: float) -> int:
    """How many decimals a stored number has."""
    return len(f"{Decimal(str(value)):f}".partition(".")[2])
