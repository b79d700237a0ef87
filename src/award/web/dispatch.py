"""One request, one transaction, one thread call; the answer is sent after the commit."""

import asyncio
from typing import Any

import structlog
from litestar import Request
from litestar.exceptions import ClientException
from sqlalchemy.orm import Session

from award.kit import replay
from award.kit.errors import Problem, Refused, SignInNeeded
from award.kit.i18n import gettext as _
from award.web import problems
from award.web.call import Call, See
from award.web.forms import Typed
from award.web.render import Rendered, rendered
from award.web.routes import Handler, Route
from award.web.security import check_form_token, check_origin, session_token
from award.web.site import Site

_MOST_FIELDS = 1000
_log = structlog.get_logger("award.request")


async def dispatch(site: Site, route: Route, request: Request[Any, Any, Any]) -> Rendered:
    """Carry the request out and turn whatever happens into a response."""
    call = _call(site, request)
    params = request.path_params
    try:
        if route.method == "POST":
            check_origin(site.settings, call.headers, call.headers.get("host", ""))
            call.typed = await _typed(request)
        if route.prepare is not None:
            await _prepare(call, route)
        return await _carry_out(call, route, params)
    except replay.AlreadyAnswered:
        return await _first_answer(call)
    except Problem as problem:
        return await _problem(call, route, params, problem)
    finally:
        request.scope["award_account"] = call.actor.account_id


def _call(site: Site, request: Request[Any, Any, Any]) -> Call:
    headers = request.headers
    return Call(
        site=site,
        path=request.scope["path"],
        query=Typed(request.query_params.multi_items()),
        typed=Typed(),
        token=session_token(site.settings, headers.get("cookie", "")),
        headers=headers,
        address=request.scope.get("award_address", ""),
    )


async def _typed(request: Request[Any, Any, Any]) -> Typed:
    """Read the body: the one place that does, so that handlers stay synchronous."""
    form = await request.form()
    fields = form.multi_items()
    if len(fields) > _MOST_FIELDS:
        raise ClientException(status_code=413)
    return Typed((name, value) for name, value in fields if isinstance(value, str))


async def _prepare(call: Call, route: Route) -> None:
    prepare = route.prepare
    assert prepare is not None

    def read(db: Session) -> Any:
        _enter(call, route, db)
        return prepare.read(call)

    found = await asyncio.wrap_future(call.site.database.read(read))
    loop = asyncio.get_running_loop()
    call.prepared = await loop.run_in_executor(call.site.slow, prepare.slow, found)


async def _carry_out(call: Call, route: Route, params: dict[str, Any]) -> Rendered:
    def work(db: Session) -> Rendered:
        _enter(call, route, db)
        answer = route.handler(call, **params)
        if route.policy is not None and route.policy not in call.asked:
            raise AssertionError(f"{route.name} answered without asking its policy")
        response = rendered(call, answer)
        if route.method == "POST" and call.key and response.status in (200, 303):
            location = response.headers.get("Location") or getattr(answer, "location", call.path)
            replay.claim(db, call.key, call.actor.account_id, location, call.now)
        return response

    database = call.site.database
    run = database.write if route.method == "POST" else database.read
    return await asyncio.wrap_future(run(work))


def _enter(call: Call, route: Route, db: Session) -> None:
    """Who is it, and was the form made for this session?"""
    call.enter(db)
    if call.token:
        call.actor = call.site.load_actor(db, call.token, call.now)
    if not route.is_public and not call.actor.is_signed_in:
        raise SignInNeeded
    if route.method == "POST" and call.actor.is_signed_in:
        given = call.headers.get("x-csrf-token") or call.typed.get("_csrf")
        check_form_token(call.site.settings, call.token, given)


async def _first_answer(call: Call) -> Rendered:
    """The same form came twice: the first one's answer, and nothing done again."""
    work = lambda db: replay.answered(db, call.key, call.actor.account_id)  # noqa: E731
    location = await asyncio.wrap_future(call.site.database.read(work))
    if location is None:
        raise Refused(
            "twice", _("This form was sent twice at once. Please look whether it worked.")
        )
    return await _read(call, lambda _call: See(location))


async def _problem(call: Call, route: Route, params: dict[str, Any], problem: Problem) -> Rendered:
    """Write what must survive the refusal, then show the form again or say what is wrong."""
    if problem.afterwards is not None:
        await asyncio.wrap_future(call.site.database.write(problem.afterwards))
    if route.method == "POST" and call.key and await _was_answered(call):
        return await _first_answer(call)
    call.refusal = problem
    if route.again is not None and problem.status in (422, 409, 429):
        again = route.again
        response = await _read(call, lambda call: again(call, **params))
        return problems.with_status(response, problem)
    return await problems.answer(call, problem)


async def _was_answered(call: Call) -> bool:
    work = lambda db: replay.answered(db, call.key, call.actor.account_id)  # noqa: E731
    return await asyncio.wrap_future(call.site.database.read(work)) is not None


async def _read(call: Call, handler: Handler) -> Rendered:
    def work(db: Session) -> Rendered:
        call.enter(db)
        return rendered(call, handler(call))

    return await asyncio.wrap_future(call.site.database.read(work))
