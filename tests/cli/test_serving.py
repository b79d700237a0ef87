"""The server as a process: it answers, keeps others away, logs, and ends as it should."""

import re
import shutil
import signal
import socket
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

import httpx
import psutil
import pytest

from tests.cli.command import award
from tests.cli.server import Server, free_port


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "award.db"))


@pytest.fixture
def server(database: Path, tmp_path: Path) -> Iterator[Server]:
    """A server for one test, which may end it."""
    server = Server(tmp_path, "serve", "--database", str(database))
    yield server
    server.kill()


@pytest.fixture(scope="module")
def lasting(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that all tests share which only look at it."""
    folder = tmp_path_factory.mktemp("serving")
    shutil.copy(migrated, folder / "award.db")
    server = Server(folder, "serve", "--database", str(folder / "award.db"))
    yield server
    server.kill()


def test_it_answers_logs_and_ends_with_status_0(server: Server) -> None:
    """Each request is a line of JSON in UTC, without what stands in its query."""
    answer = httpx.get(f"{server.url}/editions?token=hidden")
    assert server.end() == 0
    events = server.events()
    [request] = [one for one in events if one.get("id") == answer.headers["x-request-id"]]
    assert (request["method"], request["status"]) == ("GET", answer.status_code)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", str(request["timestamp"]))
    assert "hidden" not in server.log.read_text()
    assert [one["event"] for one in events if one["event"] in {"listening", "stopped"}] == [
        "listening",
        "stopped",
    ]


def test_sigint_ends_it_too_and_no_client_is_waited_for(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(
            b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail="
        )
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0


def test_what_waits_for_its_turn_is_told_and_what_runs_is_finished(
    database: Path, tmp_path: Path
) -> None:
    """Sixteen people sign in, two at a time, each for about a second."""
    server = Server(tmp_path, "serve", "--database", str(database), AWARD_ARGON2_PASSES="60")
    with ThreadPoolExecutor(16) as people:
        answers = [people.submit(_sign_in, server.url) for _ in range(16)]
        first, _ = wait(answers, return_when=FIRST_COMPLETED)
        begun = time.monotonic()
        assert server.end() == 0
        lasted = time.monotonic() - begun
    got = Counter(one.result().status_code for one in answers)
    assert got.keys() == {422, 503}, got
    [stopped] = [one for one in server.events() if one["event"] == "stopped"]
    assert stopped["complete"] is True
    assert lasted < 10
    told = next(answer for one in answers if (answer := one.result()).status_code == 503)
    assert told.headers["retry-after"] == "30"
    assert "Der Server wird neu gestartet" in told.text
    assert 'value="x@y.example"' in told.text
    with closing(sqlite3.connect(database)) as connection:
        [failed] = connection.execute(
            "SELECT count(*) FROM attempt WHERE kind = 'sign_in'"
        ).fetchone()
    assert failed == got[422] >= len(first)


def _sign_in(url: str) -> httpx.Response:
    typed = {"email": "x@y.example", "password": "a long walk by the sea"}
    return httpx.post(f"{url}/sign-in", data=typed, headers={"Origin": url}, timeout=60)


def test_the_file_is_free_again_after_a_sudden_end(server: Server, database: Path) -> None:
    assert server.database_holder == str(server.process.pid)
    server.kill()
    assert award("migrate", "--database", str(database)).status == 0


def test_it_keeps_a_second_server_away(lasting: Server) -> None:
    second = award("serve", "--port", str(free_port()), "--database", str(lasting.database))
    assert second.status == 2
    assert f"in use by another award process ({lasting.process.pid})" in second.complained


def test_check_runs_beside_it(lasting: Server) -> None:
    assert award("check", "--database", str(lasting.database)).status == 0


def test_it_warns_of_an_old_sqlite_only(lasting: Server) -> None:
    warned = [one["version"] for one in lasting.events() if one["event"] == "sqlite"]
    is_old = sqlite3.sqlite_version_info < (3, 51, 3)
    assert warned == ([sqlite3.sqlite_version] if is_old else [])


def test_it_stays_small(lasting: Server) -> None:
    for _ in range(20):
        assert httpx.get(lasting.url).status_code == 200
    process = psutil.Process(lasting.process.pid)
    family = [process, *process.children(recursive=True)]
    assert sum(one.memory_info().rss for one in family) < 180 * 1024 * 1024


def test_a_head_that_never_ends_is_cut_off(lasting: Server) -> None:
    with socket.create_connection(("127.0.0.1", lasting.port), timeout=60) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        assert client.recv(1000) == b""
