"""The only translator of problems: a page, a notice for htmx, or problem+json (RFC 9457)."""

import asyncio
from http import HTTPStatus
from urllib.parse import urlsplit

import msgspec
from sqlalchemy.orm import Session

from award.kit.errors import Ending, NotFound, Problem, SignInNeeded, TokenNeeded, TooMany
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.kit.templates import render
from award.web.call import Call
from award.web.render import Rendered, plain_surroundings, surroundings

_PAGES = {403, 404, 405, 409, 413, 422, 429, 500, 503}
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
    if not call.actor.is_signed_in and isinstance(problem, NotFound):
        problem = SignInNeeded()
    if call.wants_json:
        return _json(call, problem)
    if isinstance(problem, SignInNeeded):
        return _sign_in(call)
    work = lambda db: _page(call, problem, db)  # noqa: E731
    return await asyncio.wrap_future(call.site.database.read(work))


def _sign_in(call: Call) -> Rendered:
    """Signed out, every address that is not public leads to the sign-in page."""
    target = link("/sign-in", next=_afterwards(call))
    if call.is_htmx:
        return Rendered(401, b"", _HTML, {"HX-Redirect": target})
    return Rendered(303, b"", _HTML, {"Location": target})


def _afterwards(call: Call) -> str:
    """Where to go after signing in: to the same page, or to the one that the form was on."""
    if call.path == "/sign-out":
        return ""
    if call.method == "GET":
        return link(call.path)
    sender = urlsplit(call.headers.get("referer", ""))
    return sender.path if sender.netloc == call.headers.get("host") else ""


def _page(call: Call, problem: Problem, db: Session) -> Rendered:
    call.enter(db)
    status = problem.status if problem.status in _PAGES else 422
    context = {
        "code": problem.code,
        "message": problem.message or None,
        "detail": problem.detail,
        "errors": problem.errors,
        "request_id": call.headers.get("x-award-request-id", ""),
    }
    name = "errors/_notice.html" if call.is_htmx else f"errors/{status}.html"
    body = render(name, **{**surroundings(call, {}), **context, "status": status})
    return Rendered(status, body.encode(), _HTML, _headers(problem))


def plain(call: Call, request_id: str) -> Rendered:
    """The answer to an error of the program: it needs neither database nor person."""
    problem = Unforeseen("unforeseen")
    if call.wants_json:
        return _json(call, problem)
    name = "errors/_notice.html" if call.is_htmx else "errors/500.html"
    context = {"status": problem.status, "message": None, "request_id": request_id}
    body = render(name, **plain_surroundings(call), **context)
    return Rendered(problem.status, body.encode(), _HTML, {})


def _json(call: Call, problem: Problem) -> Rendered:
    body = {
        "type": f"urn:award:problem:{problem.code}",
        "title": _titles().get(problem.status) or HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "instance": call.path,
    }
    if detail := problem.message or _json_words().get(problem.status):
        body["detail"] = detail
    if problem.errors:
        body["errors"] = problem.errors
    return Rendered(
        problem.status, msgspec.json.encode(body), "application/problem+json", _headers(problem)
    )


def _titles() -> dict[int, str]:
    return {
        HTTPStatus.UNAUTHORIZED: _("Not signed in"),
        HTTPStatus.FORBIDDEN: _("Not allowed"),
        HTTPStatus.NOT_FOUND: _("Not found"),
        HTTPStatus.METHOD_NOT_ALLOWED: _("Not that way"),
        HTTPStatus.CONFLICT: _("This was changed in the meantime"),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("That was too much at once"),
        HTTPStatus.UNPROCESSABLE_ENTITY: _("Not accepted"),
        HTTPStatus.TOO_MANY_REQUESTS: _("Too many attempts"),
        HTTPStatus.INTERNAL_SERVER_ERROR: _("Unforeseen"),
        HTTPStatus.SERVICE_UNAVAILABLE: _("The server is being restarted"),
    }


def _json_words() -> dict[int, str]:
    return {
        HTTPStatus.UNAUTHORIZED: _("Please sign in."),
        HTTPStatus.NOT_FOUND: _("This page does not exist, or not for your account."),
        HTTPStatus.INTERNAL_SERVER_ERROR: _("Something went wrong on our side"),
    }


def _headers(problem: Problem) -> dict[str, str]:
    if isinstance(problem, TooMany | Ending):
        return {"Retry-After": str(problem.retry_after)}
    if isinstance(problem, TokenNeeded):
        error = ', error="invalid_token"' if problem.is_wrong else ""
        return {"WWW-Authenticate": f'Bearer realm="award"{error}'}
    return {}
