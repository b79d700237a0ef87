"""From a handler's answer to a response; runs inside the transaction's thread."""

import hashlib
import re
from typing import Any

import msgspec

from award.kit import i18n
from award.kit.files import Scratch
from award.kit.links import link
from award.kit.templates import render
from award.web.call import Answer, Call, Data, Fragment, Page, See, Sent
from award.web.security import form_token


class Rendered(msgspec.Struct, frozen=True):
    """All of a response, ready to be sent after the commit."""

    status: int
    body: bytes
    media_type: str
    headers: dict[str, str]
    file: Scratch | None = None  # sent instead of the body


class OtherLanguage(msgspec.Struct, frozen=True):
    """The same page in the other language."""

    code: str
    name: str
    href: str


_HTML = "text/html; charset=utf-8"
_FRESH = re.compile(rb'name="_key" value="[^"]*"')


def rendered(call: Call, answer: Answer) -> Rendered:
    """Turn the answer into bytes while the transaction is still open."""
    if isinstance(answer, See):
        return Rendered(303, b"", _HTML, {"Location": answer.location, **answer.headers})
    if isinstance(answer, Data):
        return Rendered(answer.status, answer.body, answer.media_type, answer.headers)
    if isinstance(answer, Sent):
        headers = {**answer.headers, "Content-Length": str(answer.file.size)}
        return Rendered(200, b"", answer.media_type, headers, answer.file)
    if isinstance(answer, Fragment) and not call.is_htmx:
        return Rendered(303, b"", _HTML, {"Location": answer.location})
    status, headers = (answer.status, answer.headers) if isinstance(answer, Page) else (200, {})
    context = {**surroundings(call, answer.context), **answer.context}
    body = render(answer.template, **context).encode()
    found = Rendered(status, body, _HTML, headers)
    return _tagged(call, found) if isinstance(answer, Page) and answer.is_tagged else found


def _tagged(call: Call, found: Rendered) -> Rendered:
    """With the tag of what it shows, or without a body for whoever has that already.

    The fresh key of each form makes no other page of it.
    """
    tag = f'"{hashlib.sha256(_FRESH.sub(b"", found.body)).hexdigest()[:32]}"'
    headers = {**found.headers, "ETag": tag}
    if has_already(call.headers.get("if-none-match", ""), tag):
        return Rendered(304, b"", found.media_type, headers)
    return Rendered(found.status, found.body, found.media_type, headers)


def has_already(if_none_match: str, tag: str) -> bool:
    """Whether the client says that it has what this tag stands for."""
    known = [one.strip().removeprefix("W/") for one in if_none_match.split(",")]
    return tag in known or known == ["*"]


def surroundings(call: Call, context: dict[str, Any]) -> dict[str, Any]:
    """What every template may use, whatever its page is about."""
    frame = call.site.make_frame(call.db, call.actor, call.path, call.now, context)
    return {
        **plain_surroundings(call),
        "frame": frame,
        "nav": frame.nav,
        "actor": call.actor if call.actor.is_signed_in else None,
        "csrf": form_token(call.site.settings, call.token) if call.actor.session_id else "",
        "is_refused": call.is_shown_again,
        "typed": call.typed if call.refusal else None,
        "errors": call.refusal.errors if call.refusal else {},
        "refusal": call.refusal.message if call.refusal else "",
        "now": call.now,
        "path": call.path,
        "other_language": other_language(call.path),
    }


def plain_surroundings(call: Call) -> dict[str, Any]:
    """What a page needs that is shown without database and person."""
    return {"asset": call.site.assets.url, "link": link}


def other_language(path: str) -> OtherLanguage:
    code = "en" if i18n.language.get() == "de" else "de"
    return OtherLanguage(code, i18n.LANGUAGES[code], link(path, code))
