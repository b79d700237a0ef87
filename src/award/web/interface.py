"""Programs are asked strictly and answered in JSON, with a tag by which nothing is sent twice."""

import hashlib
import typing
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from award.kit import openapi
from award.kit.errors import Refused
from award.kit.i18n import DEFAULT_LANGUAGE
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.web.call import Call, Data
from award.web.forms import whole
from award.web.render import has_already

S = TypeVar("S", bound=msgspec.Struct)


def asked(call: Call, kind: type[S]) -> S:
    """The query as a struct; raises Refused with a message for each name at fault.

    What a form would forgive is refused here: a name that does not exist, one that comes twice
    or empty. A program would go on with an answer to another question.
    """
    hints = typing.get_type_hints(kind, include_extras=True)
    schemas = openapi.query_schemas(kind)
    values, errors = {}, {}
    for name in call.query:
        given = call.query.all(name)
        if name not in hints:
            errors[name] = _("There is no parameter of this name here.")
        elif len(given) > 1:
            errors[name] = _("Please send this parameter only once.")
        else:
            try:
                values[name] = _converted(given[0], hints[name])
            except ValueError:
                errors[name] = _expected(schemas[name])
    if errors:
        words = _("A parameter cannot be used: %(names)s.", names=", ".join(errors))
        raise Refused("parameters", words, errors=errors)
    return kind(**values)


def answer(
    call: Call, value: Any, *, following: str | None = None, media_type: str = openapi.JSON
) -> Data:
    """The value in JSON, or 304 for who has it already; `following` is the next page's address."""
    body = msgspec.json.encode(value)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag}
    if following is not None:
        headers["Link"] = f'<{following}>; rel="next"'
    if has_already(call.headers.get("if-none-match", ""), tag):
        return Data(b"", media_type, headers, status=304)
    return Data(body, media_type, headers)


def address(call: Call, path: str, **query: object) -> str:
    """A whole address of the API; it has no language in it."""
    return call.site.settings.public_url + link(path, DEFAULT_LANGUAGE, **query)


def same_with(call: Call, **changed: object) -> str:
    """The address of this request with something changed in its query, the names in order."""
    query = {name: call.query.get(name) for name in call.query}
    return address(call, call.path, **dict(sorted({**query, **changed}.items())))


def _converted(raw: str, hint: Any) -> Any:
    """The value; raises ValueError. A number is written in figures, an instant as RFC 3339 says."""
    if not raw or not raw.isprintable():
        raise ValueError(raw)
    figures = whole(raw) if raw == "0" or not raw.startswith("0") else None
    try:
        value = msgspec.convert(raw, hint)
    except msgspec.ValidationError:
        if figures is None:
            raise
        value = msgspec.convert(figures, hint)
    return _in_utc(value) if isinstance(value, datetime) else value


def _in_utc(instant: datetime) -> datetime:
    """The instant in UTC; at the very edge of the calendar, where there is none, without offset."""
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        return instant.replace(tzinfo=UTC)


def _expected(schema: openapi.Schema) -> str:
    """What would have been right."""
    if "enum" in schema:
        return _("Please send one of these: %(choices)s.", choices=", ".join(schema["enum"]))
    if schema["type"] == "integer":
        low, high = schema["minimum"], schema["maximum"]
        return _("Please write a number from %(low)s to %(high)s.", low=low, high=high)
    if schema.get("format") == "date-time":
        return _(
            "Please send an instant with its offset: 2026-12-14T09:00:00Z, or +01:00 in place of "
            "Z, with %2B for the plus sign."
        )
    return _("Please send a text that fits this pattern: %(pattern)s", pattern=schema["pattern"])
