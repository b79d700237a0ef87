"""The routes as Litestar's handlers, and its own errors in our words."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.types import Receive, Scope, Send

from award.kit.errors import NotFound, Problem
from award.kit.i18n import gettext as _
from award.web import problems
from award.web.call import Call
from award.web.dispatch import dispatch
from award.web.forms import Typed
from award.web.render import Rendered
from award.web.routes import Route
from award.web.security import session_token
from award.web.site import Site

_log = structlog.get_logger("award.request")
_UNFORESEEN = 500
_Request: TypeAlias = Request[Any, Any, Any]


def handler(site: Site, route: Route) -> HTTPRouteHandler:
    """A Litestar handler that carries the route out."""

    async def handle(request: _Request) -> Response[bytes]:
        request.scope["award_route"] = route.path  # type: ignore[typeddict-unknown-key]
        try:
            response = await dispatch(site, route, request)
        except HTTPException:
            raise
        except Exception:
            response = _unforeseen(site, request)
        return as_response(response, private=not route.is_public or _has_cookie(site, request))

    return HTTPRouteHandler(
        route.path, http_method=route.method, name=f"{route.method} {route.path}"
    )(handle)


def static_handler(site: Site) -> HTTPRouteHandler:
    """The static files; an address with a content hash is kept for a year."""

    async def static(request: _Request) -> Response[bytes]:
        asset = site.assets.find(str(request.path_params["file_path"]).lstrip("/"))
        if asset is None:
            return Response(b"", status_code=404, media_type="text/plain")
        fresh = request.query_params.get("v") == asset.digest[:10]
        age = "public, max-age=31536000, immutable" if fresh else "public, max-age=3600"
        headers = {"Cache-Control": age, "ETag": f'"{asset.digest[:32]}"'}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(b"", status_code=304, headers=headers, media_type=asset.media_type)
        return Response(asset.body, media_type=asset.media_type, headers=headers)

    return HTTPRouteHandler("/static/{file_path:path}", http_method="GET")(static)


def as_response(response: Rendered, *, private: bool) -> Response[bytes]:
    headers = {"Cache-Control": "no-store" if private else "no-cache", **response.headers}
    return Response(
        response.body, status_code=response.status, media_type=response.media_type, headers=headers
    )


def exception_handler(site: Site) -> Callable[[_Request, Exception], Response[bytes]]:
    """Litestar's own refusals (no such address, wrong method, too large) as our pages."""

    def translate(request: _Request, error: Exception) -> Response[bytes]:
        return _Later(site, error)

    return translate


class _Later(Response[bytes]):
    """A response whose making has to wait for the database; the framework's hook cannot."""

    def __init__(self, site: Site, error: Exception) -> None:
        super().__init__(b"")
        self._site = site
        self._error = error

    def to_asgi_response(self, request: _Request, **more: Any) -> Any:  # type: ignore[override]
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            response = as_response(await self._made(request), private=True)
            await response.to_asgi_response(request=request, **more)(scope, receive, send)

        return answer

    async def _made(self, request: _Request) -> Rendered:
        status = getattr(self._error, "status_code", _UNFORESEEN)
        try:
            made = await _router_problem(self._site, request, status)
        except Exception:
            _log.exception("unforeseen")
            made = _unforeseen(self._site, request)
        allow = (getattr(self._error, "headers", None) or {}).get("Allow")
        return made if not allow else msgspec.structs.replace(made, headers={"Allow": allow})


async def _router_problem(site: Site, request: _Request, status: int) -> Rendered:
    if status >= _UNFORESEEN:
        _log.error("unforeseen", status=status)
        return _unforeseen(site, request)
    call = _bare_call(site, request)
    if call.token:
        call.actor = await asyncio.wrap_future(
            site.database.read(lambda db: site.load_actor(db, call.token, call.now))
        )
    return await problems.answer(call, _as_problem(status))


def _as_problem(status: int) -> Problem:
    words = {
        405: ("method", _("This address does not take that kind of request.")),
        413: ("too_large", _("This is larger than what is accepted here.")),
    }
    if status == 404:
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
        address="",
    )


def _unforeseen(site: Site, request: _Request) -> Rendered:
    request_id = request.headers.get("x-award-request-id", "")
    _log.exception("unforeseen", id=request_id)
    return problems.plain(_bare_call(site, request), request_id)


def _has_cookie(site: Site, request: _Request) -> bool:
    return bool(session_token(site.settings, request.headers.get("cookie", "")))
