"""What is uploaded passes the scanner before anything reads it, and is kept or said not to be."""

import io
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import msgspec
import pytest
import structlog

from award.kit import log
from award.nominations.models import Nomination
from award.nominations.queries import attachments
from tests.cast import Cast, seated
from tests.kit.clamd import Clamd
from tests.kit.s3 import S3
from tests.kit.uploads import EICAR, pdf, picture
from tests.nominations.filled import begun
from tests.world import World, words

Start = Callable[..., Cast]


@pytest.fixture
def start(sqlite_url: str) -> Iterator[Start]:
    """Start the application with these settings, the cast in it."""
    begun_worlds: list[World] = []

    def make(**settings: Any) -> Cast:
        begun_worlds.append(World(sqlite_url, **settings))
        return seated(begun_worlds[-1])

    yield make
    for world in begun_worlds:
        world.close()


@pytest.fixture
def clamd() -> Iterator[Clamd]:
    scanner = Clamd()
    yield scanner
    scanner.close()


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    lines = io.StringIO()
    log.set_up(lines)
    yield lines
    structlog.reset_defaults()


def _send(cast: Cast, made: Nomination, *files: tuple[str, bytes]) -> httpx.Response:
    parts = [("file", name, content) for name, content in files]
    nora = cast.world.signed_in(cast.nora)
    path = f"/nominations/{made.id}/sections/attachments/attachments"
    return nora.send(path, {"field": "attachments"}, parts)


def _names(cast: Cast, made: Nomination) -> list[str]:
    rows = cast.world.read(lambda db: attachments.attached(db, made.id))
    return [row.name for row in rows]


def _events(logged: io.StringIO, event: str) -> list[dict[str, Any]]:
    lines = [msgspec.json.decode(line) for line in logged.getvalue().splitlines()]
    return [one for one in lines if one["event"] == event]


INFECTED = pdf() + EICAR


def test_what_the_scanner_finds_is_refused_and_logged_and_the_rest_comes_in(
    start: Start, clamd: Clamd, logged: io.StringIO
) -> None:
    cast = start(clamd=clamd.address)
    made = begun(cast)
    answer = _send(cast, made, ("a.pdf", pdf()), ("b.pdf", INFECTED), ("c.png", picture()))
    assert answer.status_code == 422
    assert "„b.pdf“ wurde nicht angehängt: Der Virenscanner" in words(answer)
    assert _names(cast, made) == ["a.pdf", "c.png"]
    assert clamd.asked == 3
    [found] = _events(logged, "virus")
    assert found["virus"] == "Eicar-Signature"
    assert len(set(cast.world.site.files.older_than(-60))) == 4
    assert "b.pdf" not in logged.getvalue()


def test_without_a_scanner_that_answers_nothing_comes_in(start: Start, logged: io.StringIO) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    cast = start(clamd=f"127.0.0.1:{port}")
    made = begun(cast)
    answer = _send(cast, made, ("a.pdf", pdf()), ("b.pdf", pdf(2)))
    assert answer.status_code == 422
    for name in ("a.pdf", "b.pdf"):
        assert f"„{name}“ kann gerade nicht auf Viren geprüft werden." in words(answer)
    assert _names(cast, made) == []
    assert list(cast.world.site.files.older_than(-60)) == []
    [failed] = _events(logged, "unchecked")
    assert failed["reason"].startswith("ConnectionRefusedError")


def test_one_that_breaks_off_is_asked_no_more_and_what_it_passed_is_attached(
    start: Start, clamd: Clamd
) -> None:
    cast = start(clamd=clamd.address)
    made = begun(cast)
    _send(cast, made, ("a.pdf", pdf()))
    clamd.answer = b"stream: Can't open file ERROR\0"
    said = words(_send(cast, made, ("b.pdf", pdf(2)), ("c.pdf", pdf(3))))
    for name in ("b.pdf", "c.pdf"):
        assert f"„{name}“ kann gerade nicht auf Viren geprüft werden." in said
    assert clamd.asked == 2
    assert _names(cast, made) == ["a.pdf"]


def test_nobody_waits_behind_uploads_to_sign_in(cast: Cast) -> None:
    is_over = threading.Event()
    waiting = [cast.world.site.uploads.submit(is_over.wait, 30) for _ in range(8)]
    try:
        answer = cast.world.visitor().post("/sign-in", {"email": "x@y.example", "password": "x"})
        assert answer.status_code == 422
        assert not any(one.done() for one in waiting)
    finally:
        is_over.set()


def test_files_come_into_a_bucket_and_are_read_from_it(
    start: Start, s3: S3, logged: io.StringIO
) -> None:
    cast = start(files="s3://award/2026")
    made = begun(cast)
    assert _send(cast, made, ("a.pdf", pdf())).status_code == 303
    assert [key.startswith("2026/") for key in s3.held] == [True, True]
    nora = cast.world.signed_in(cast.nora)
    [row] = cast.world.read(lambda db: attachments.attached(db, made.id))
    assert nora.get(f"/nominations/{made.id}/attachments/{row.id}").content == pdf()
    s3.is_down = True
    answer = _send(cast, made, ("b.pdf", pdf(2)))
    assert answer.status_code == 422
    assert "„b.pdf“ kann gerade nicht gespeichert werden." in words(answer)
    assert _names(cast, made) == ["a.pdf"]
    [failed] = _events(logged, "not kept")
    assert failed["error"][0]["kind"] == "builtins.OSError"
    assert nora.get(f"/nominations/{made.id}").status_code == 200
