"""The server: Granian inside this process, one loop, one process, so one owner of the database."""

import asyncio
import gc
import os
import signal
import socket
import sqlite3
import threading
from collections.abc import Callable

import structlog
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from award.app import create_app
from award.cli.group import FINDING, OK, Failed
from award.kit.clock import Clock
from award.settings import Settings
from award.web.site import Site

_HEADERS_WITHIN_MS = 10_000
_LONGEST_HEAD = 65_536
_END_WITHIN = 10.0
_SLOW = ("slow", "uploads")  # what the names of their threads begin with
_POLL = 0.02
_YOUNG = 20_000
_SOUND_SQLITE = (3, 51, 3)
_log = structlog.get_logger("award.server")


def check_port(host: str, port: int) -> None:
    """Raises Failed when the port is taken: the server itself would share it silently."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Failed(
                f"Port {port} on {host} cannot be used ({error.strerror or error}). "
                f"Choose another one, for example --port {port % 65535 + 1}."
            ) from error


def warn_of_sqlite(settings: Settings) -> None:
    """Versions before 3.51.3 can, very rarely, damage a file in WAL mode."""
    if settings.sqlite_file and sqlite3.sqlite_version_info < _SOUND_SQLITE:
        _log.warning(
            "sqlite",
            version=sqlite3.sqlite_version,
            advice="Use SQLite 3.51.3 or newer, or PostgreSQL; older versions can very rarely "
            "lose a write-ahead log that is reset while it is read.",
        )


def run(settings: Settings, host: str, port: int, clock: Clock, ready: Callable[[], object]) -> int:
    """Serve until SIGTERM or SIGINT; `ready` is called when requests are answered."""
    app = create_app(settings, clock)
    _tidy_once()
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(
            header_read_timeout=_HEADERS_WITHIN_MS, max_buffer_size=_LONGEST_HEAD
        ),
        log_level=LogLevels.error,
    )
    return asyncio.run(_serve(server, app.site, host, port, ready))


def _tidy_once() -> None:
    """Let the collector pass over what stays for ever; it took a fifth of a request's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)


async def _serve(
    server: Server, site: Site, host: str, port: int, ready: Callable[[], object]
) -> int:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    if await _answers(host, port, serving):
        _log.info("listening", host=host, port=port)
        ready()
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        _log.error("ended", reason="the server could not start or broke down")
        return FINDING
    return await _end(server, site, serving)


async def _end(server: Server, site: Site, serving: asyncio.Task[None]) -> int:
    """Finish what is under way; what takes longer than a few seconds is cut off.

    Slow work that still waits for its turn is not begun: whoever sent it is told so at once.
    Files that are on their way are taken in.
    """
    site.slow.shutdown(wait=False, cancel_futures=True)
    server.stop()  # type: ignore[no-untyped-call]
    done, _ = await asyncio.wait({serving}, timeout=_END_WITHIN)
    is_at_work = any(thread.name.startswith(_SLOW) for thread in threading.enumerate())
    _log.info("stopped", complete=bool(done) and not is_at_work)
    if not done or is_at_work:
        # What was answered is committed; nobody waits for a client that never ends its request,
        # nor for slow work that nobody would be told of.
        os._exit(OK)
    return OK


async def _answers(host: str, port: int, serving: asyncio.Task[None]) -> bool:
    """Wait until the port takes connections; False when the server ended before."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only compared
    while not serving.done():
        try:
            _reader, writer = await asyncio.open_connection(local, port)
        except OSError:
            await asyncio.sleep(_POLL)
        else:
            writer.close()
            return True
    return False
