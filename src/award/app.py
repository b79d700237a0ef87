"""The only place that puts the parts together: settings, database, routes and the worker."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache, partial
from typing import Any

import msgspec
from litestar import Litestar
from litestar.exceptions import HTTPException
from sqlalchemy.orm import Session

from award.accounts import pages as accounts
from award.accounts.actions import count_failure, count_guess
from award.accounts.policy import may_read_house
from award.accounts.presence import Presence
from award.accounts.queries import (
    check_attempts,
    check_guesses,
    load_actor,
    load_bearer,
    stored_password,
)
from award.announcing import pages as announcing
from award.audit import pages as audit
from award.decisions import pages as decisions
from award.demo import pages as demo
from award.home import pages as home
from award.home.queries import Frame, frame
from award.jury import pages as jury
from award.jury.queries import hidden_from
from award.kit import templates
from award.kit.actor import Actor
from award.kit.clock import Clock
from award.kit.db import open_database
from award.kit.files import open_files
from award.kit.passwords import Passwords
from award.kit.scanner import Scanner
from award.nominations import api as nominations_api
from award.nominations import pages as nominations
from award.nominations.queries.extensions import last_promised
from award.programmes import pages as programmes
from award.programmes.queries import contact
from award.ranking import pages as ranking
from award.settings import Settings
from award.web import handlers
from award.web.assets import Assets
from award.web.routes import Route
from award.web.security import token_hash
from award.web.site import LoadActor, MakeFrame, Site
from award.web.wrapper import Wrapper
from award.worker import Worker

_SLOW_THREADS = 2


def all_routes(settings: Settings) -> list[Route]:
    """Every slice's routes; the demonstration's exist only in a demonstration."""
    slices = [audit, accounts, programmes, nominations, jury, ranking, decisions, announcing, home]
    interfaces = [nominations_api]
    if settings.demo:
        slices.append(demo)
    return [route for edge in (*slices, *interfaces) for route in edge.routes.all]


def make_site(settings: Settings, presence: Presence, clock: Clock) -> Site:
    """Everything a request needs, without the web framework around it."""
    templates.set_up(settings.templates, debug=settings.debug)
    return Site(
        settings=settings,
        database=open_database(settings.database),
        files=open_files(settings.files_place),
        scanner=Scanner(settings.clamd) if settings.clamd else None,
        clock=clock,
        assets=Assets(settings.static),
        slow=ThreadPoolExecutor(_SLOW_THREADS, "slow"),
        uploads=ThreadPoolExecutor(_SLOW_THREADS, "uploads"),
        load_actor=_by_token(load_actor, presence),
        load_bearer=_by_token(load_bearer, presence),
        make_frame=_frame_maker(settings),
        passwords=Passwords(settings.argon2_memory_kib, settings.argon2_passes),
        stored_password=stored_password,
        check_attempts=check_attempts,
        count_failure=count_failure,
        check_guesses=check_guesses,
        count_guess=count_guess,
        last_promised=last_promised,
        contact=contact,
    )


def create_app(
    settings: Settings, clock: Clock | None = None, more_routes: Sequence[Route] = ()
) -> Wrapper:
    """The ASGI application; its lifespan holds the worker and closes the database."""
    presence = Presence()
    site = make_site(settings, presence, clock or Clock())
    routes = (*all_routes(settings), *more_routes)
    app = _framework(routes, settings.body_limit)
    return Wrapper(app, settings, site, partial(_running, presence))


# Hundreds of routes take it a third of a second.
@cache
def _framework(routes: tuple[Route, ...], body_limit: int) -> Litestar:
    """It keeps nothing of a request or a site."""
    return Litestar(
        route_handlers=[
            *(handlers.handler(route, body_limit) for route in routes),
            handlers.static_handler(),
        ],
        exception_handlers={
            HTTPException: handlers.explained,
            Exception: handlers.explained,
        },
        openapi_config=None,
        logging_config=None,
        request_max_body_size=body_limit,
    )


@asynccontextmanager
async def _running(presence: Presence, site: Site) -> AsyncIterator[None]:
    worker = Worker(site, presence)
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        await worker.stop()
        await task
        for executor in (site.slow, site.uploads):
            executor.shutdown(wait=False, cancel_futures=True)
        site.database.close()


def _by_token(
    find: Callable[[Session, str, datetime, Presence], Actor], presence: Presence
) -> LoadActor:
    """The person, and of those who oversee what a conflict of interest hides from them."""

    def load(db: Session, token: str, now: datetime) -> Actor:
        actor = find(db, token_hash(token), now, presence)
        if not may_read_house(actor):
            return actor
        return msgspec.structs.replace(actor, hidden=hidden_from(db, actor.account_id))

    return load


def _frame_maker(settings: Settings) -> MakeFrame:
    def make(
        db: Session, actor: Actor, path: str, now: datetime, context: Mapping[str, Any]
    ) -> Frame:
        return frame(db, actor, path, now, context, settings=settings)

    return make
