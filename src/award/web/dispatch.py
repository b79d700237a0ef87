"""One request, one transaction, one thread call; the answer is sent after the commit."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from http import HTTPStatus
from os import SEEK_END
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from award.kit import replay
from award.kit.errors import Ending, NotFound, Problem, Refused, SignInNeeded
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.web import problems
from award.web.call import Call, See, Upload
from award.web.forms import Typed, whole
from award.web.identity import identify
from award.web.render import Rendered, rendered
from award.web.routes import Handler, Prepare, Route
from award.web.security import check_form_token, check_origin, session_token
from award.web.site import Site

_MOST_FIELDS = 1000
_BODY_SECONDS = 60
_FILES_SECONDS = 300
_HIGHEST_NUMBER = 2**31 - 1
_DONE = {HTTPStatus.OK, HTTPStatus.SEE_OTHER}


async def dispatch(site: Site, route: Route, request: Request[Any, Any, Any]) -> Rendered:
    """Carry the request out and turn whatever happens into a response."""
    call = _call(site, request)
    params = request.path_params
    try:
        if route.method == "POST":
            check_origin(site.settings, call.headers, call.headers.get("host", ""))
            await _take_body(call, route, request)
        if route.prepare is not None:
            await _prepare(call, route, route.prepare)
        return await _carry_out(call, route, params)
    except replay.AlreadyAnswered:
        return await _first_answer(call)
    except Problem as problem:
        return await _problem(call, route, params, problem)
    except IntegrityError:  # of two that came at once, the second met the first one's row
        if not (call.key and await _was_answered(call)):
            raise
        return await _first_answer(call)
    finally:
        request.scope["award_account"] = call.actor.account_id  # type: ignore[typeddict-unknown-key]


def _call(site: Site, request: Request[Any, Any, Any]) -> Call:
    raw = request.scope["headers"]
    # Their names are in small letters already, and few of them are looked at.
    headers = {name.decode("latin-1"): text.decode("latin-1") for name, text in raw}
    return Call(
        site=site,
        path=request.scope["path"],
        query=Typed(request.query_params.multi_items()),
        typed=Typed(),
        token=session_token(site.settings, headers.get("cookie", "")),
        headers=headers,
        address=str(request.scope.get("award_address", "")),
        params=request.path_params,
        method=request.method,
    )


def _check_numbers(params: dict[str, Any]) -> None:
    """A number that no database column can hold names nothing."""
    if any(isinstance(value, int) and abs(value) > _HIGHEST_NUMBER for value in params.values()):
        raise NotFound


async def _take_body(call: Call, route: Route, request: Request[Any, Any, Any]) -> None:
    """Read the body: the one place that does, so that handlers stay synchronous.

    A usual form is not left to the framework, which would keep the last thousand bodies, with
    passwords in them, in a cache.
    """
    try:
        async with asyncio.timeout(_BODY_SECONDS if route.body_limit is None else _FILES_SECONDS):
            if _is_multipart(call):
                parts = list((await request.form()).multi_items())
                call.files = [await _upload(*part) for part in parts if _is_file(part[1])]
            else:
                most = route.body_limit or call.site.settings.body_limit
                body = (await _whole_body(call, request, most)).decode(errors="replace")
                parts = parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except TimeoutError as error:
        raise ClientException(status_code=HTTPStatus.REQUEST_TIMEOUT) from error
    except ValueError as error:
        raise ClientException(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE) from error
    call.typed = Typed((name, value) for name, value in parts if isinstance(value, str))


def _is_multipart(call: Call) -> bool:
    kind = call.headers.get("content-type", "").partition(";")[0]
    return kind.strip().lower() == RequestEncodingType.MULTI_PART


async def _whole_body(call: Call, request: Request[Any, Any, Any], most: int) -> bytes:
    """All of it, or nothing once it is known to be longer; raises RequestEntityTooLarge."""
    announced = whole(call.headers.get("content-length", "")) or 0
    body, has_more = b"", announced <= most
    while has_more:
        message: Any = await request.receive()
        if message["type"] != "http.request":
            raise ClientException
        body += message.get("body", b"")
        has_more = message.get("more_body", False) and len(body) <= most
    if max(announced, len(body)) > most:
        raise RequestEntityTooLarge
    return body


def _is_file(part: object) -> bool:
    """A file, and not the empty place of one that was not chosen."""
    return isinstance(part, UploadFile) and bool(part.filename or part.file.seek(0, SEEK_END))


async def _upload(field: str, part: UploadFile) -> Upload:
    await part.seek(0)
    return Upload(field, part.filename, await part.read())


async def _prepare(call: Call, route: Route, prepare: Prepare) -> None:
    def read(db: Session) -> Any:
        _enter(call, route, db)
        return prepare.read(call)

    found = await asyncio.wrap_future(call.site.database.read(read, is_long=True))
    executor = call.site.slow if route.body_limit is None else call.site.uploads
    call.prepared = await _slowly(executor, partial(prepare.slow, found))


async def _slowly(executor: Executor, work: Callable[[], Any]) -> Any:
    """Run it in a thread of the executor; raises Ending if that ended before it began."""
    words = _("The server is being restarted. This was not done; please send it again in a minute.")
    ending = Ending("ending", words)
    try:
        future = executor.submit(contextvars.copy_context().run, work)
    except RuntimeError as error:  # it takes no more
        raise ending from error
    try:
        return await asyncio.wrap_future(future)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():  # the client went away
            raise
        raise ending from None


async def _carry_out(call: Call, route: Route, params: dict[str, Any]) -> Rendered:
    def work(db: Session) -> Rendered:
        _enter(call, route, db)
        _check_numbers(params)
        answer = route.handler(call, **params)
        if route.policy is not None and route.policy not in call.asked:
            raise AssertionError(f"{route.name} answered without asking its policy")
        response = rendered(call, answer)
        key = call.key if route.method == "POST" and response.status in _DONE else ""
        if key:
            given = response.headers.get("Location") or getattr(answer, "location", "")
            location = str(given) or link(call.path)
            replay.claim(db, key, call.actor.account_id, location, call.now)
        return response

    database = call.site.database
    run = database.write if route.method == "POST" else database.read
    return await asyncio.wrap_future(run(work))


def _enter(call: Call, route: Route, db: Session) -> None:
    """Find out who it is, and whether the form was made for this session."""
    call.enter(db)
    identify(call)
    if not route.is_public and not call.actor.is_signed_in:
        raise SignInNeeded
    if route.method == "POST" and call.actor.is_signed_in:
        given = call.headers.get("x-csrf-token") or call.typed.get("_csrf")
        check_form_token(call.site.settings, call.token, given)


async def _first_answer(call: Call) -> Rendered:
    """The same form came twice: the first one's answer, and nothing done again."""
    location = await _first_location(call)
    if location is None:
        words = _("This form was sent twice at once. Please look whether it worked.")
        return await problems.answer(call, Refused("twice", words))
    if call.is_htmx:  # the whole page, never as a part of the one that is shown
        return Rendered(200, b"", "text/html; charset=utf-8", {"HX-Redirect": location})
    return await _read(call, lambda _call: See(location))


async def _problem(call: Call, route: Route, params: dict[str, Any], problem: Problem) -> Rendered:
    """Write what must survive the refusal, then show the form again or say what is wrong."""
    await write_afterwards(call, problem)
    if route.method == "POST" and call.key and await _was_answered(call):
        return await _first_answer(call)
    call.refusal = problem
    if route.again is not None and call.is_shown_again and not call.wants_json:
        again = route.again
        try:
            response = await _read(call, lambda call: again(call, **params))
        except Problem:  # the form itself is no longer to be had, such as after the deadline
            return await problems.answer(call, problem)
        return problems.with_status(response, problem)
    return await problems.answer(call, problem)


async def write_afterwards(call: Call, problem: Problem) -> None:
    """What must survive a refusal, in a transaction of its own."""
    if problem.afterwards is not None:
        await asyncio.wrap_future(call.site.database.write(problem.afterwards))


async def _was_answered(call: Call) -> bool:
    return await _first_location(call) is not None


async def _first_location(call: Call) -> str | None:
    """Where the sender of this form was sent when it was carried out, None if it was not."""
    work = lambda db: replay.answered(db, call.key, call.actor.account_id)  # noqa: E731
    return await asyncio.wrap_future(call.site.database.read(work))


async def _read(call: Call, handler: Handler) -> Rendered:
    def work(db: Session) -> Rendered:
        call.enter(db)
        return rendered(call, handler(call))

    return await asyncio.wrap_future(call.site.database.read(work))
