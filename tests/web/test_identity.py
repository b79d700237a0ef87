"""People come with a session and programs with a token, and neither in the place of the other."""

import pytest
from httpx import Response
from sqlalchemy import func, select

from award.accounts.models import Account, Attempt
from tests.cast import Cast
from tests.world import Client

LIST = "/api/v1/nominations"
UNKNOWN = "award_" + 43 * "x"
PASSWORD = "a long walk by the sea"


def with_header(cast: Cast, authorization: str, path: str = LIST) -> Response:
    return cast.world.visitor().get(path, Authorization=authorization)


def test_a_token_opens_the_interface_and_no_page(cast: Cast) -> None:
    program = cast.world.program(cast.olga)
    assert program.get(LIST).status_code == 200
    for path in ("/home", "/account", "/admin/editions", "/account/api/openapi.json"):
        answer = program.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")
    assert program.post("/account", {"name": "x"}).status_code in (303, 401)


def test_a_session_opens_pages_and_not_the_interface(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    assert olga.get("/account/api/openapi.json").status_code == 200
    for path in (LIST, "/api/v1/openapi.json", "/api/", "/api/v2/anything", "/en" + LIST):
        assert olga.get(path).status_code == 401


def test_a_session_beside_a_token_changes_nothing(cast: Cast) -> None:
    nora, olga = cast.world.program(cast.nora), cast.world.signed_in(cast.olga)
    with_both = olga.get(LIST, Authorization=f"Bearer {nora.bearer}")
    assert with_both.json() == nora.get(LIST).json()


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Bearer  "])
def test_the_scheme_is_read_as_the_standard_says(cast: Cast, scheme: str) -> None:
    bearer = cast.world.program(cast.nora).bearer
    assert with_header(cast, f"{scheme} {bearer}").status_code == 200


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Basic bm9yYTp4", "Token x"])
def test_without_a_token_one_is_asked_for(cast: Cast, given: str) -> None:
    answer = with_header(cast, given)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="award"'
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "type": "urn:award:problem:token_needed",
        "title": "Nicht angemeldet",
        "status": 401,
        "detail": "Bitte senden Sie einen Zugriffsschlüssel: Authorization: Bearer …",
        "instance": LIST,
    }
    assert cast.world.read(lambda db: db.scalar(select(func.count(Attempt.id)))) == 0


@pytest.mark.parametrize("given", [UNKNOWN, "x", "x" * 4000, "a b c", "' OR 1=1 --"])
def test_a_wrong_token_is_told_as_such(cast: Cast, given: str) -> None:
    answer = with_header(cast, f"Bearer {given}")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="award", error="invalid_token"'
    assert answer.json()["type"] == "urn:award:problem:token_wrong"
    assert given not in answer.text


def test_too_many_wrong_tokens_have_to_wait_and_nobody_else(each_cast: Cast) -> None:
    hashed = each_cast.world.site.passwords.hashed(PASSWORD)
    each_cast.world.write(
        lambda db: setattr(db.get_one(Account, each_cast.nora.id), "password_hash", hashed)
    )
    good = each_cast.world.program(each_cast.nora)
    for place in range(50):
        # At addresses that exist and at others: the limit is the same one.
        path = LIST if place % 2 else "/api/v1/nothing"
        assert with_header(each_cast, f"Bearer {UNKNOWN}", path).status_code == 401
    for path in (LIST, "/api/v1/nothing"):
        refused = with_header(each_cast, f"Bearer {UNKNOWN}", path)
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "900"
        assert refused.json()["title"] == "Zu viele Versuche"
    assert good.get(LIST).status_code == 200
    signed_in = {"email": "nora@cast.example", "password": PASSWORD}
    assert each_cast.world.visitor().post("/sign-in", signed_in).status_code == 303
    each_cast.world.clock.move(minutes=16)
    assert with_header(each_cast, f"Bearer {UNKNOWN}").status_code == 401


def test_failed_sign_ins_do_not_count_for_tokens(cast: Cast) -> None:
    def fail(db: object) -> None:
        for place in range(50):
            row = Attempt(
                email_hash=str(place), address="127.0.0.1", at=cast.world.now, kind="sign_in"
            )
            db.add(row)  # type: ignore[attr-defined]

    cast.world.write(fail)
    assert with_header(cast, f"Bearer {UNKNOWN}").status_code == 401


@pytest.mark.parametrize("path", [LIST, f"{LIST}/x", "/api/v1/openapi.json"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(cast: Cast, path: str, method: str) -> None:
    program = cast.world.program(cast.olga)
    answer = program.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "So nicht"
    assert cast.world.visitor().request(method, path).status_code == 401


def test_what_is_not_there_is_told_to_a_right_token_only(cast: Cast) -> None:
    program = cast.world.program(cast.nora)
    for path in ("/api/v1/nothing", f"{LIST}/nothing", f"{LIST}/nothing/schema"):
        answer = program.get(path)
        assert (answer.status_code, answer.json()["title"]) == (404, "Nicht gefunden")
        assert cast.world.visitor().get(path).status_code == 401


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        ("", "Nicht gefunden"),
        ("de-DE,de;q=0.9,en;q=0.8", "Nicht gefunden"),
        ("en-GB,en;q=0.9", "Not found"),
        ("de;q=0.2, en;q=0.7", "Not found"),
        ("fr, en;q=0.5", "Not found"),
        ("fr", "Nicht gefunden"),
        ("en;q=0", "Nicht gefunden"),
        ("en;q=nonsense", "Not found"),
        (",;=,", "Nicht gefunden"),
    ],
)
def test_a_refusal_speaks_the_wanted_language(cast: Cast, accepted: str, title: str) -> None:
    program = cast.world.program(cast.nora)
    answer = program.get("/api/v1/nothing", Accept_Language=accepted)
    assert answer.json()["title"] == title
    assert answer.headers["content-language"] == ("de" if title.startswith("Nicht") else "en")
    assert answer.headers["vary"] == "Accept-Language, Authorization"


def test_the_head_of_an_answer_can_be_had_alone(cast: Cast) -> None:
    program: Client = cast.world.program(cast.nora)
    head, whole = program.request("HEAD", LIST), program.get(LIST)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]
