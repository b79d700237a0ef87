"""Around the framework: what must hold for every answer, also for its router's own errors.

Request id, host check, language by the address, security headers, one log line a request; and the
server's beginning and end.
"""

import ipaddress
import secrets
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from award.kit import i18n
from award.settings import Settings
from award.web.call import API
from award.web.security import is_known_host
from award.web.site import Site

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_ALWAYS = {
    b"content-security-policy": _CSP.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
_ID = b"x-award-request-id"
_HSTS = {b"strict-transport-security": b"max-age=31536000; includeSubDomains"}
_STARTED: Any = {"type": "lifespan.startup.complete"}
_STOPPED: Any = {"type": "lifespan.shutdown.complete"}
_log = structlog.get_logger("award.request")


Running: TypeAlias = Callable[[Site], AbstractAsyncContextManager[None]]


class Wrapper:
    """The outermost ASGI application; while it is served, `running` holds what runs beside it."""

    def __init__(self, app: ASGIApp, settings: Settings, site: Site, running: Running) -> None:
        self.app = app
        self.settings = settings
        self.site = site
        self._running = running
        self._headers = _ALWAYS | (_HSTS if settings.is_https else {})

    async def __call__(self, given: Scope, receive: Receive, send: Send) -> None:
        if given["type"] != ScopeType.HTTP:
            await self._live(receive, send)
            return
        request_id = secrets.token_hex(6)
        headers = dict(given["headers"])
        scope = self._prepared(given, headers, request_id)
        always = self._headers | _about_language(scope)
        body = _Body(receive, headers)
        is_head = given["method"] == "HEAD"
        answer = _Answer(send, always, request_id, body, is_head=is_head)
        began = time.perf_counter()
        token = i18n.language.set(scope["award_language"])
        i18n.zone.set(self.settings.time_zone)  # a request inherits no context from the start
        try:
            if not is_known_host(self.settings, headers.get(b"host", b"").decode("latin-1")):
                await _plain(answer, 400, "This server does not answer under that name.")
            else:
                await self.app(scope, body, answer)
        finally:
            i18n.language.reset(token)
            _write_log(scope, answer, time.perf_counter() - began)

    async def _live(self, receive: Receive, send: Send) -> None:
        """The protocol of a server's start and end; what fails at the start ends it."""
        await receive()
        async with self._running(self.site):
            await send(_STARTED)
            await receive()
        await send(_STOPPED)

    def _prepared(self, scope: HTTPScope, headers: dict[bytes, bytes], request_id: str) -> Any:
        """The scope with its language taken off the path, its id and the client's address.

        A HEAD is answered like its GET; `_Answer` leaves the body out.
        """
        path = scope["path"].replace("\x00", "\N{REPLACEMENT CHARACTER}")
        code = i18n.DEFAULT_LANGUAGE
        for other in i18n.LANGUAGES:
            if other != code and (path == f"/{other}" or path.startswith(f"/{other}/")):
                code, path = other, path.removeprefix(f"/{other}") or "/"
        if scope["path"].startswith(API):  # an address of programs has no language in it
            code = i18n.preferred(headers.get(b"accept-language", b"").decode("latin-1"))
        return {
            **scope,
            "path": path,
            "raw_path": path.encode(errors="replace"),
            "method": "GET" if scope["method"] == "HEAD" else scope["method"],
            "award_method": scope["method"],
            "award_id": request_id,
            "award_site": self.site,
            "headers": [(_ID, request_id.encode()), *(h for h in scope["headers"] if h[0] != _ID)],
            "award_language": code,
            "award_address": self._address(scope, headers),
        }

    def _address(self, scope: HTTPScope, headers: dict[bytes, bytes]) -> str:
        """The client's address; a forwarded one counts only from a configured proxy."""
        client = scope.get("client")
        address = client[0] if client else ""
        forwarded = headers.get(b"x-forwarded-for", b"").decode("latin-1")
        if forwarded and address in self.settings.proxies:
            given = forwarded.rpartition(",")[2].strip()
            try:
                return str(ipaddress.ip_address(given))
            except ValueError:
                return address
        return address


class _Body:
    """Passes the body on, and knows whether all of it has come."""

    def __init__(self, receive: Receive, headers: dict[bytes, bytes]) -> None:
        self.receive = receive
        announced = headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers
        self.is_whole = not announced

    async def __call__(self) -> Any:
        message = await self.receive()
        if message["type"] == "http.request" and not message.get("more_body"):
            self.is_whole = True
        return message


class _Answer:
    """Adds the headers to whatever is sent, and remembers the status."""

    def __init__(
        self,
        send: Send,
        headers: dict[bytes, bytes],
        request_id: str,
        body: _Body,
        *,
        is_head: bool,
    ) -> None:
        self.send = send
        self.body = body
        self.is_head = is_head
        self.headers = headers
        self.request_id = request_id
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = list(message.get("headers", []))
            names = {name.lower() for name, _ in own}
            own += [(name, value) for name, value in self.headers.items() if name not in names]
            own.append((b"x-request-id", self.request_id.encode()))
            if not self.body.is_whole:  # what still comes is not the next request
                own.append((b"connection", b"close"))
            message["headers"] = own
        elif self.is_head and message["type"] == "http.response.body":
            message["body"] = b""
        await self.send(message)


def _about_language(scope: Any) -> dict[bytes, bytes]:
    """What an answer to a program says of its language; a page's address says it."""
    if not scope["path"].startswith(API):
        return {}
    code = scope["award_language"].encode()
    return {b"content-language": code, b"vary": b"Accept-Language, Authorization"}


async def _plain(send: Any, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode(), "more_body": False})


def _write_log(scope: Any, answer: _Answer, seconds: float) -> None:
    """The route, never the address: an address may hold a token or what somebody searches."""
    _log.info(
        "request",
        id=scope["award_id"],
        method=scope["award_method"],
        route=scope.get("award_route", "-"),
        status=answer.status,
        ms=round(seconds * 1000, 1),
        account=scope.get("award_account"),
    )
