"""The log: a line of JSON for each request, and nothing that people wrote."""

import io
import json
from collections.abc import Iterator

import pytest
import structlog

from award.kit import log
from award.web.security import form_token
from tests.world import Client, World


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    log.set_up(stream)
    yield stream
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_is_one_line(stream: io.StringIO, sam: Client) -> None:
    answer = sam.post("/stage/notes", {"title": "Privates"})
    [line] = lines(stream)
    account = sam.world.read(lambda db: sam.world.site.load_actor(db, sam.token, sam.world.now))
    assert str(line.pop("timestamp")).endswith("Z")
    assert isinstance(line.pop("ms"), float)
    assert line == {
        "event": "request",
        "level": "info",
        "id": answer.headers["x-request-id"],
        "method": "POST",
        "route": "/stage/notes",
        "status": 303,
        "account": account.account_id,
    }


def test_addresses_forms_and_tokens_are_never_written(stream: io.StringIO, sam: Client) -> None:
    secrets = ["geheim-1", "geheim-2", "geheim-3", "geheim-4", sam.token]
    csrf = form_token(sam.world.settings, sam.token)
    sam.get(f"/stage/named/{secrets[0]}?token={secrets[1]}", Referer=f"http://x/{secrets[2]}")
    sam.post("/stage/refused", {"title": secrets[3]})
    sam.get(f"/not-there/{secrets[0]}")
    sam.get("/stage/broken")
    sam.post("/stage/broken-commit", {"title": secrets[3]})
    written = stream.getvalue()
    assert [text for text in [*secrets, csrf, "a secret in an error"] if text in written] == []
    statuses = [line["status"] for line in lines(stream) if line["event"] == "request"]
    assert statuses == [200, 422, 404, 500, 500]


def test_an_error_is_told_by_kind_and_place(stream: io.StringIO, sam: Client) -> None:
    answer = sam.get("/stage/broken")
    [told] = [line for line in lines(stream) if line["event"] == "unforeseen"]
    assert told["id"] == answer.headers["x-request-id"]
    [error] = told["error"]  # type: ignore[misc, attr-defined]
    assert error["kind"] == "builtins.ValueError"
    assert error["at"][-1].endswith(" broken")
    assert "message" not in error


def test_the_programs_own_words_are_told(stream: io.StringIO, sam: Client) -> None:
    sam.get("/stage/unasked")
    [told] = [line for line in lines(stream) if line["event"] == "unforeseen"]
    [error] = told["error"]  # type: ignore[misc, attr-defined]
    assert error["message"].endswith("unasked answered without asking its policy")


@pytest.mark.parametrize(
    ("client", "forwarded", "address"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
    ],
)
def test_a_forwarded_address_counts_from_a_known_proxy_only(
    sqlite_url: str, client: str, forwarded: str, address: str
) -> None:
    world = World(sqlite_url, proxies=("127.0.0.1",))
    headers = {b"x-forwarded-for": forwarded.encode()} if forwarded else {}
    scope = {"path": "/", "method": "GET", "headers": list(headers.items()), "client": (client, 1)}
    prepared = world.app._prepared(scope, headers, "id")  # type: ignore[arg-type]
    assert prepared["award_address"] == address
    world.close()
