"""From what was typed to a typed struct, with a message for every field at fault.

msgspec reports the first error only and knows nothing of checkboxes or empty inputs, so each
field is converted on its own.
"""

import re
import types
import typing
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from award.kit import i18n
from award.kit.addresses import PATTERN
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import ngettext

Line = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(min_length=1, max_length=5000)]
Email = Annotated[str, Meta(min_length=1, max_length=254, pattern=PATTERN)]
S = TypeVar("S", bound=msgspec.Struct)
_HIGHEST = 2**31 - 1
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_TRUE = {"on", "true", "1", "yes"}
_WHOLE = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
# They turn round what stands beside a name; answers of a nomination keep what was typed.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class Typed:
    """The fields of a form or a query as they were sent, each with all its values."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __iter__(self) -> typing.Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return sum(len(values) for values in self._values.values())

    def get(self, name: str, default: str = "") -> str:
        """The last value of a field, in NFC, with the line ends of a text."""
        values = self._values.get(name)
        return _clean(values[-1]) if values else default

    def all(self, name: str) -> list[str]:
        return [_clean(value) for value in self._values.get(name, [])]


def _clean(value: str) -> str:
    plain = value.replace("\r\n", "\n").replace("\x00", "")
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain)


def parse(kind: type[S], typed: Typed) -> S:
    """Convert every field; raises Refused whose `errors` hold a message per field at fault."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in _fields(kind):
        try:
            value = _convert(field, typed)
        except _Wrong as wrong:
            errors[field.input] = str(wrong)
            continue
        if value is not None:
            values[field.name] = value
        elif field.is_required:
            errors[field.input] = _missing(field)
    if errors:
        raise Refused("form", errors=errors)
    return kind(**values)


class _Field(msgspec.Struct, frozen=True):
    """One of a struct's fields; `many` gives those of a list one by one."""

    name: str
    input: str
    kind: Any
    meta: Meta
    many: bool
    is_required: bool


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[_Field, ...]:
    """Looked at once: the annotations of a form that saves itself stay the same."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return tuple(_field(one, hints[one.name]) for one in msgspec.structs.fields(kind))


def _field(field: msgspec.structs.FieldInfo, hint: Any) -> _Field:
    meta, inner = _unwrapped(hint)
    many = get_origin(inner) is list
    if many:
        meta, inner = _unwrapped(get_args(inner)[0])
    is_required = field.default is field.default_factory is msgspec.NODEFAULT
    return _Field(field.name, field.encode_name, inner, meta, many, is_required)


def _missing(field: _Field) -> str:
    if not field.many and get_origin(field.kind) is Literal:
        return _("Please choose one of the options.")
    return _("Please fill in this field.")


def whole(raw: str) -> int | None:
    """A number that was sent without a form's struct, such as a page's; None for anything else."""
    return int(raw) if _WHOLE.fullmatch(raw) else None


def number_within(raw: str, low: float, high: float) -> float:
    """The same for a number with a point or comma; raises ValueError with words for its field."""
    return float(_number(float, Meta(ge=low, le=high), raw.strip()))


class _Wrong(ValueError):
    """One field's message."""


def _convert(field: _Field, typed: Typed) -> Any:
    """The value of a field, None where nothing was given."""
    if field.many:
        given = (_trimmed(raw) for raw in typed.all(field.input))
        return [_single(field.kind, field.meta, raw) for raw in given if raw]
    if field.kind is bool:
        return typed.get(field.input) in _TRUE
    raw = _trimmed(typed.get(field.input))
    return _single(field.kind, field.meta, raw) if raw else None


def _trimmed(raw: str) -> str:
    """Without blanks around it; empty if nothing of it can be seen."""
    text = raw.translate(_TURNING).strip()
    return text if any(unicodedata.category(sign)[0] not in "CZ" for sign in text) else ""


def _unwrapped(hint: Any) -> tuple[Meta, Any]:
    meta = Meta()
    if get_origin(hint) is Annotated:
        meta, hint = next(m for m in hint.__metadata__ if isinstance(m, Meta)), hint.__origin__
    if get_origin(hint) in (Union, types.UnionType):
        inner = next(arg for arg in get_args(hint) if arg is not type(None))
        return _unwrapped(inner) if get_origin(inner) is Annotated else (meta, inner)
    return meta, hint


def _single(kind: Any, meta: Meta, raw: str) -> Any:
    if kind is str:
        return _text(meta, raw)
    if get_origin(kind) is Literal:
        return _choice(kind, raw)
    if kind in (int, float, Decimal):
        return _number(kind, meta, raw)
    if kind in (date, datetime):
        return _when(kind, raw)
    raise TypeError(f"a form cannot hold {kind!r}")


def _text(meta: Meta, raw: str) -> str:
    if meta.max_length is not None and len(raw) > meta.max_length:
        over = len(raw) - meta.max_length
        raise _Wrong(
            ngettext(
                "%(num)s character too many; at most %(most)s fit here.",
                "%(num)s characters too many; at most %(most)s fit here.",
                over,
                most=i18n.number(meta.max_length),
            )
        )
    if meta.min_length is not None and len(raw) < meta.min_length:
        raise _Wrong(_("At least %(least)s characters are needed.", least=meta.min_length))
    if meta.pattern is not None and not re.search(meta.pattern, raw):
        raise _Wrong(_("Please write it like this: name@example.org."))
    return raw


def _choice(kind: Any, raw: str) -> Any:
    for option in get_args(kind):
        if str(option) == raw:
            return option
    raise _Wrong(_("Please choose one of the options."))


def _number(kind: Any, meta: Meta, raw: str) -> Any:
    plain = raw.replace("\N{NO-BREAK SPACE}", "").replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise _Wrong(_("Please write a number."))
    try:
        value = kind(plain)
    except ValueError as error:
        raise _Wrong(_("Please write a number.")) from error
    low, high = meta.ge, meta.le
    beyond = abs(value) > _HIGHEST  # what every database column can hold
    if beyond or (low is not None and value < low) or (high is not None and value > high):
        if low is not None and high is not None:
            raise _Wrong(_("Please write a number from %(low)s to %(high)s.", low=low, high=high))
        raise _Wrong(_("This number is too small or too large."))
    return value


def _when(kind: Any, raw: str) -> Any:
    try:
        given = kind.fromisoformat(raw)
    except ValueError:
        given = None
    if given is None and kind is date:
        raise _Wrong(_("Please write a day that exists, like this: 2026-12-14."))
    if given is None:
        raise _Wrong(_("Please write day and time like this: 2026-12-14 23:59."))
    if not _FIRST_YEAR <= given.year <= _LAST_YEAR:
        raise _Wrong(
            _(
                "Please choose a year from %(first)s to %(last)s.",
                first=_FIRST_YEAR,
                last=_LAST_YEAR,
            )
        )
    if kind is date or given.tzinfo:
        return given
    return given.replace(tzinfo=ZoneInfo(i18n.zone.get()))
