"""What every answer carries, and how a problem is told to browsers, htmx and programs."""

import asyncio
import gc
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from award.kit.files import Scratch
from award.web.sending import _bit_by_bit
from tests.web.stage import notes
from tests.world import Client, World, words

ALWAYS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
LONG = {"title": "x" * 300_000}
MANY = {f"field{number}": "x" for number in range(1001)}


@pytest.mark.parametrize(
    ("method", "path", "data", "status"),
    [
        ("GET", "/stage/notes", None, 200),
        ("HEAD", "/stage/notes", None, 200),
        ("POST", "/stage/notes", {"title": "a"}, 303),
        ("GET", "/stage/not-now", None, 403),
        ("GET", "/stage/hidden", None, 404),
        ("GET", "/not/there", None, 404),
        ("POST", "/not/there", {"a": "b"}, 404),
        ("GET", "/static/not-there.css", None, 404),
        ("PUT", "/stage/notes", None, 405),
        ("GET", "/stage/refused", None, 405),
        ("POST", "/stage/changed", {}, 409),
        ("POST", "/stage/notes", LONG, 413),
        ("POST", "/stage/notes", MANY, 413),
        ("POST", "/stage/notes", {}, 422),
        ("POST", "/stage/too-many", {}, 429),
        ("POST", "/stage/ending", {}, 503),
        ("GET", "/stage/broken", None, 500),
        ("GET", "/static/app.css", None, 200),
    ],
)
def test_every_answer_has_the_headers(
    sam: Client, method: str, path: str, data: dict[str, str] | None, status: int
) -> None:
    answer = sam.post(path, data) if method == "POST" else sam.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert len(answer.headers.get_list("x-request-id")) == 1
    if not path.startswith("/static/"):
        assert answer.headers["cache-control"] == "no-store"
    assert ("retry-after" in answer.headers) is (status in (429, 503))
    allowed = {"PUT": "GET, POST", "GET": "POST"}.get(method) if status == 405 else None
    assert answer.headers.get("allow") == allowed


def test_a_restart_is_told_once(sam: Client) -> None:
    told = words(sam.post("/stage/ending", {}))
    assert told.startswith("Der Server wird neu gestartet Das wurde nicht erledigt.")
    assert "We restart." not in told


def test_a_wrong_host_gets_the_headers_too(world: World) -> None:
    answer = world.visitor().get("/", Host="evil.example")
    assert answer.status_code == 400
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


def test_too_much_changes_nothing_and_says_so(sam: Client) -> None:
    for data in (LONG, MANY):
        answer = sam.post("/stage/notes", data)
        assert (answer.status_code, words(answer).startswith("Das war zu viel")) == (413, True)
    assert sam.world.read(notes) == []


def test_what_is_not_read_to_its_end_ends_the_connection(sam: Client) -> None:
    """Else the rest of it would be taken for the next request."""
    unread = [sam.post("/stage/notes", LONG), sam.post("/not/there", {"a": "b"})]
    read = [sam.post("/stage/notes", MANY), sam.post("/stage/notes", {"title": "a"})]
    assert [one.headers.get("connection") for one in unread] == ["close", "close"]
    assert [one.headers.get("connection") for one in [*read, sam.get("/")]] == [None] * 3


def test_a_head_is_its_get_without_the_body(sam: Client) -> None:
    head, get = sam.request("HEAD", "/stage/notes"), sam.get("/stage/notes")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.parametrize(
    "path",
    ["/not/there", "/stage/notes", "/stage/hidden", "/stage/refused", "/en/stage/notes", "/admin"],
)
def test_signed_out_every_address_that_is_not_public_leads_to_the_sign_in(
    world: World, path: str
) -> None:
    visitor = world.visitor()
    root = "/en" if path.startswith("/en") else ""
    target = f"{root}/sign-in?next={path.replace('/', '%2F')}"
    plain = visitor.get(path)
    assert (plain.status_code, plain.headers["location"]) == (303, target)
    htmx = visitor.get(path, htmx=True)
    assert (htmx.status_code, htmx.headers["hx-redirect"]) == (401, target)
    program = visitor.get(path, Accept="application/json")
    assert program.status_code == 401
    assert program.headers["content-type"] == "application/problem+json"
    assert program.json()["status"] == 401


def test_after_the_session_ended_a_form_leads_back_to_its_own_page(world: World) -> None:
    sent = {"title": "late"}
    inside = world.visitor().post("/stage/notes", sent, Referer="http://127.0.0.1:8000/stage/form")
    assert inside.headers["location"] == "/sign-in?next=%2Fstage%2Fform"
    outside = world.visitor().post("/stage/notes", sent, Referer="https://evil.example/stage/form")
    assert outside.headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/stage/not-now", 403, "Not now."),
        ("/stage/hidden", 404, "Diese Seite gibt es nicht"),
        ("/stage/refused", 405, "nimmt solche Anfragen nicht an"),
        ("/stage/broken", 500, "Bei uns ist etwas schiefgegangen"),
    ],
)
def test_a_problem_is_a_page_a_notice_or_a_document(
    sam: Client, path: str, status: int, said: str
) -> None:
    page = sam.get(path)
    assert (page.status_code, page.text.count("<h1>"), said in page.text) == (status, 1, True)
    assert page.text.count("<main") == 1

    notice = sam.get(path, htmx=True)
    assert (notice.status_code, said in notice.text) == (status, True)
    assert "<html" not in notice.text
    assert 'role="alert"' in notice.text

    document = sam.get(path, Accept="application/json")
    assert document.headers["content-type"] == "application/problem+json"
    told = json.loads(document.content)
    assert (told["status"], said in told["detail"], told["instance"]) == (status, True, path)


def test_an_unexpected_error_tells_a_number_and_nothing_else(sam: Client) -> None:
    for options in ({}, {"htmx": True}):
        answer = sam.get("/stage/broken", **options)  # type: ignore[arg-type]
        assert answer.status_code == 500
        assert answer.headers["x-request-id"] in answer.text
        for inside in ("secret", "ValueError", "Traceback", "stage.py"):
            assert inside not in answer.text


def test_errors_at_fields_are_told_to_programs(sam: Client) -> None:
    answer = sam.post("/stage/refused", {}, Accept="application/json")
    assert answer.json() == {
        "type": "urn:award:problem:late",
        "title": "Nicht angenommen",
        "status": 422,
        "detail": "Too late.",
        "instance": "/stage/refused",
        "errors": {"title": "This title is taken."},
    }


def test_the_number_of_a_request_cannot_be_chosen_from_outside(sam: Client) -> None:
    answer = sam.get("/stage/broken", X_Award_Request_Id="mine")
    assert "mine" not in answer.text.split("<main")[1]
    assert answer.headers["x-request-id"] in answer.text


def test_files_are_kept_by_their_content(world: World) -> None:
    visitor = world.visitor()
    stamped = visitor.get(world.site.assets.url("app.css"))
    assert "immutable" in stamped.headers["cache-control"]
    assert stamped.headers["content-type"] == "text/css; charset=utf-8"
    tag = stamped.headers["etag"]
    assert visitor.get("/static/app.css", If_None_Match=tag).status_code == 304
    assert "immutable" not in visitor.get("/static/app.css?v=old").headers["cache-control"]
    for path in ("/static/../pyproject.toml", "/static/%2e%2e/pyproject.toml", "/static/"):
        assert visitor.get(path).status_code in (303, 404)


def test_a_large_file_is_sent_from_the_disk_with_its_length(sam: Client) -> None:
    answer = sam.get("/stage/large")
    assert answer.content == b"".join(bytes([number]) * 200_000 for number in range(8))
    assert answer.headers["content-length"] == "1600000"
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].endswith("filename*=UTF-8''gro%C3%9F.zip")


def test_it_is_sent_bit_by_bit_and_let_go_when_the_client_leaves(world: World) -> None:
    made = world.site.files.scratch()
    made.file.write(bytes(1_000_000))
    handle = made.file
    with ThreadPoolExecutor(1) as alone:  # a loop of its own, which has ended after it
        assert len(alone.submit(asyncio.run, _first_bit(made)).result()) == 256 * 1024
    del made
    gc.collect()
    assert handle.closed


async def _first_bit(file: Scratch) -> bytes:
    stream = _bit_by_bit(file)
    first = await anext(stream)
    await stream.aclose()
    return first
