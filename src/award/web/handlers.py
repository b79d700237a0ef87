"""The routes as Litestar's handlers, and its own errors in our words.

They know no site: each request brings its own, so that they are made once for a process.
"""

import asyncio
import contextlib
from http import HTTPStatus
from typing import Any, TypeAlias

import msgspec
import structlog
from litestar import HttpMethod, Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send
from litestar.utils import normalize_path
from sqlalchemy.orm import Session

from award.kit.errors import NotFound, Problem
from award.kit.i18n import gettext as _
from award.web import problems
from award.web.call import Call
from award.web.dispatch import dispatch, write_afterwards
from award.web.forms import Typed
from award.web.identity import identify
from award.web.render import Rendered
from award.web.routes import Route
from award.web.security import session_token
from award.web.sending import sent
from award.web.site import Site

_log = structlog.get_logger("award.request")
_Request: TypeAlias = Request[Any, Any, Any]


def handler(route: Route, body_limit: int) -> HTTPRouteHandler:
    """A Litestar handler that carries the route out; it takes `body_limit` bytes, or its own."""

    async def handle(request: _Request) -> ASGIApp:
        request.scope["award_route"] = route.path  # type: ignore[typeddict-unknown-key]
        site = _site(request)
        try:
            response = await dispatch(site, route, request)
        except HTTPException:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing of it is told
            response = _unforeseen(site, request, error)
        private = not route.is_public or _has_cookie(site, request)
        return sent(response, request, private=private)

    method = HttpMethod(route.method)
    return HTTPRouteHandler(
        route.path,
        http_method=method,
        name=f"{route.method} {route.path}",
        is_public=route.is_public,
        request_max_body_size=route.body_limit or body_limit,
    )(handle)


def static_handler() -> HTTPRouteHandler:
    """The static files; an address with a content hash is kept for a year."""

    async def static(request: _Request) -> ASGIApp:
        return sent(_asset(request), request, private=False)

    return HTTPRouteHandler("/static/{file_path:path}", http_method="GET")(static)


def _asset(request: _Request) -> Rendered:
    asset = _site(request).assets.find(str(request.path_params["file_path"]).lstrip("/"))
    if asset is None:
        return Rendered(404, b"", "text/plain; charset=utf-8", {})
    fresh = request.query_params.get("v") == asset.digest[:10]
    age = "public, max-age=31536000, immutable" if fresh else "public, max-age=3600"
    headers = {"Cache-Control": age, "ETag": f'"{asset.digest[:32]}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Rendered(304, b"", asset.media_type, headers)
    return Rendered(200, asset.body, asset.media_type, headers)


def explained(request: _Request, error: Exception) -> Response[bytes]:
    """Litestar's own refusals (no such address, wrong method, too large) as our pages."""
    return _Later(_site(request), error)


def _site(request: _Request) -> Site:
    site: Site = request.scope["award_site"]  # type: ignore[typeddict-item]
    return site


class _Later(Response[bytes]):
    """A response whose making has to wait for the database; the framework's hook cannot."""

    def __init__(self, site: Site, error: Exception) -> None:
        super().__init__(b"")
        self._site = site
        self._error = error

    def to_asgi_response(self, request: _Request, **more: Any) -> Any:  # type: ignore[override]
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            made = await self._made(request)
            await sent(made, request, private=True)(scope, receive, send)

        return answer

    async def _made(self, request: _Request) -> Rendered:
        status = getattr(self._error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR)
        try:
            made = await _router_problem(self._site, request, self._error, status)
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing of it is told
            made = _unforeseen(self._site, request, error)
        if made.status != HTTPStatus.METHOD_NOT_ALLOWED:
            return made
        allow = ", ".join(_routes_here(request))
        return msgspec.structs.replace(made, headers={"Allow": allow, **made.headers})


async def _router_problem(site: Site, request: _Request, error: Exception, status: int) -> Rendered:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _unforeseen(site, request, error)
    call = _bare_call(site, request)
    try:
        await asyncio.wrap_future(site.database.read(lambda db: _identify(call, db)))
    except Problem as problem:  # a program without a right token is told nothing else
        await write_afterwards(call, problem)
        return await problems.answer(call, problem)
    if status == HTTPStatus.METHOD_NOT_ALLOWED and not any(_routes_here(request).values()):
        status = status if call.actor.is_signed_in else HTTPStatus.NOT_FOUND
    return await problems.answer(call, _as_problem(status))


def _identify(call: Call, db: Session) -> None:
    call.enter(db)
    identify(call)


def _routes_here(request: _Request) -> dict[str, bool]:
    """The methods that this address takes, and whether everybody may come."""
    path = normalize_path(request.scope["path"])
    found = {}
    for method in (HttpMethod.GET, HttpMethod.POST):
        with contextlib.suppress(HTTPException):
            route = request.app.asgi_router.handle_routing(path=path, method=method)[1]
            found[method.value] = bool(route.opt.get("is_public"))
    return found


def _as_problem(status: int) -> Problem:
    words: dict[int, tuple[str, str]] = {
        HTTPStatus.METHOD_NOT_ALLOWED: (
            "method",
            _("This address does not take that kind of request."),
        ),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
            "too_large",
            _("This is larger than what is accepted here."),
        ),
    }
    if status == HTTPStatus.NOT_FOUND:
        return NotFound()
    code, message = words.get(status, ("unreadable", _("This request could not be read.")))
    problem = Problem(code, message)
    problem.status = status if status in words else 422
    return problem


def _bare_call(site: Site, request: _Request) -> Call:
    return Call(
        site=site,
        path=request.scope["path"],
        query=Typed(),
        typed=Typed(),
        token=session_token(site.settings, request.headers.get("cookie", "")),
        headers=request.headers,
        address=str(request.scope.get("award_address", "")),
        params={},
        method=request.method,
    )


def _unforeseen(site: Site, request: _Request, error: Exception) -> Rendered:
    request_id = request.headers.get("x-award-request-id", "")
    _log.error("unforeseen", id=request_id, exc_info=error)
    return problems.plain(_bare_call(site, request), request_id)


def _has_cookie(site: Site, request: _Request) -> bool:
    return bool(session_token(site.settings, request.headers.get("cookie", "")))
