"""The only translator of problems: a page, a notice for htmx, or problem+json (RFC 9457)."""

import asyncio
from http import HTTPStatus

import msgspec
from sqlalchemy.orm import Session

from award.kit.errors import Problem, SignInNeeded, TooMany
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.kit.templates import render
from award.web.call import Call
from award.web.render import Rendered, plain_surroundings, surroundings

_PAGES = {403, 404, 405, 409, 413, 422, 429, 500}
_HTML = "text/html; charset=utf-8"


class Unforeseen(Problem):
    """An error of the program; nothing of it is told."""

    status = 500


def with_status(response: Rendered, problem: Problem) -> Rendered:
    """The form shown again, with the status and headers of its refusal."""
    headers = {**response.headers, **_headers(problem)}
    return msgspec.structs.replace(response, status=problem.status, headers=headers)


async def answer(call: Call, problem: Problem) -> Rendered:
    """The response for a problem, in the form that the client understands."""
    visitor = not call.actor.is_signed_in
    if call.wants_json:
        return _json(call, SignInNeeded() if visitor and problem.status == 404 else problem)
    if visitor and problem.status in (401, 404):
        return _sign_in(call)
    work = lambda db: _page(call, problem, db)  # noqa: E731
    return await asyncio.wrap_future(call.site.database.read(work))


def _sign_in(call: Call) -> Rendered:
    """Signed out, every address that is not public leads to the sign-in page."""
    target = link("/sign-in", next=link(call.path) if call.path != "/sign-out" else "")
    if call.is_htmx:
        return Rendered(401, b"", _HTML, {"HX-Redirect": target})
    return Rendered(303, b"", _HTML, {"Location": target})


def _page(call: Call, problem: Problem, db: Session) -> Rendered:
    call.enter(db)
    status = problem.status if problem.status in _PAGES else 422
    context = {
        "code": problem.code,
        "message": problem.message or None,
        "detail": problem.detail,
        "request_id": call.headers.get("x-award-request-id", ""),
    }
    name = "errors/_notice.html" if call.is_htmx else f"errors/{status}.html"
    body = render(name, **{**surroundings(call, {}), **context, "status": status})
    return Rendered(status, body.encode(), _HTML, _headers(problem))


def plain(call: Call, request_id: str) -> Rendered:
    """The page for an error of the program: it needs neither database nor person."""
    if call.wants_json:
        return _json(call, Unforeseen("unforeseen"))
    body = render("errors/500.html", **plain_surroundings(call), request_id=request_id)
    return Rendered(500, body.encode(), _HTML, {})


def _json(call: Call, problem: Problem) -> Rendered:
    body = {
        "type": f"urn:award:problem:{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.message or _("This page does not exist, or not for your account."),
        "instance": call.path,
    }
    if problem.errors:
        body["errors"] = problem.errors
    if problem.status == 401:
        body["detail"] = _("Please sign in.")
    return Rendered(
        problem.status, msgspec.json.encode(body), "application/problem+json", _headers(problem)
    )


def _headers(problem: Problem) -> dict[str, str]:
    return {"Retry-After": str(problem.retry_after)} if isinstance(problem, TooMany) else {}
