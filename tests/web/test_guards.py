"""Who may send a form from where: the token of the session, the origin, the name of the server."""

import pytest

from award.web.security import cookie_name, form_token, is_known_host, session_token
from tests.web.conftest import somebody
from tests.web.test_dispatch import state
from tests.world import URL, Client, World


def test_a_form_needs_the_token_of_its_own_session(sam: Client) -> None:
    others = sam.world.signed_in(somebody(sam.world, "sue"))
    right = form_token(sam.world.settings, sam.token)
    wrong = ["", "x", right[:-1], right + "x", form_token(sam.world.settings, others.token), "ü"]
    for token in wrong:
        answer = sam.post("/stage/notes", {"title": "forged", "_csrf": token})
        assert answer.status_code == 403
        assert "gehört zu einer anderen Sitzung" in answer.text
    assert state(sam) == ([], 0)
    assert sam.post("/stage/notes", {"title": "own", "_csrf": right}).status_code == 303


def test_htmx_brings_the_token_in_a_header(sam: Client) -> None:
    right = form_token(sam.world.settings, sam.token)
    given = {"title": "own", "_csrf": "broken"}
    assert sam.post("/stage/notes", given, X_CSRF_Token=right).status_code == 303
    assert sam.post("/stage/notes", given, X_CSRF_Token="broken").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": URL.replace("8000", "8001")},
        {"Origin": URL.replace("http:", "https:")},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": URL, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused(sam: Client, headers: dict[str, str]) -> None:
    fields = {"title": "forged", "_csrf": form_token(sam.world.settings, sam.token)}
    answer = sam.request("POST", "/stage/notes", data=fields, headers={"Origin": URL, **headers})
    assert answer.status_code == 403
    assert "fremden Seite" in answer.text
    assert state(sam) == ([], 0)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": URL},
        {"Origin": URL, "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://localhost:8000", "Host": "localhost:8000"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_form_of_ours_is_taken(sam: Client, headers: dict[str, str]) -> None:
    fields = {"title": "own", "_csrf": form_token(sam.world.settings, sam.token)}
    answer = sam.request("POST", "/stage/notes", data=fields, headers=headers)
    assert answer.status_code == 303


def test_a_get_changes_nothing_even_with_a_form_in_it(sam: Client) -> None:
    assert sam.request("GET", "/stage/notes", data={"title": "x"}).status_code == 200
    assert state(sam) == ([], 0)


@pytest.mark.parametrize(
    ("host", "is_known"),
    [
        ("award.example", True),
        ("AWARD.Example", True),
        ("award.example:443", True),
        ("award.example:8443", True),
        ("other.example", True),
        ("evil.example", False),
        ("award.example.evil.example", False),
        ("127.0.0.1:8000", False),
        ("", False),
        ("[::1", False),
    ],
)
def test_the_server_knows_its_names(sqlite_url: str, host: str, is_known: bool) -> None:  # noqa: FBT001
    world = World(sqlite_url, public_url="https://award.example", hosts=("other.example:8080",))
    assert is_known_host(world.settings, host) is is_known
    answer = world.visitor().get("/static/app.css", Host=host)
    assert answer.status_code == (200 if is_known else 400)
    world.close()


def test_at_home_every_loopback_name_is_known(world: World) -> None:
    for host in ("127.0.0.1:8000", "localhost", "LOCALHOST:9", "[::1]:8000"):
        assert world.visitor().get("/static/app.css", Host=host).status_code == 200


def test_the_session_is_found_among_other_cookies(world: World) -> None:
    settings = world.settings
    name = cookie_name(settings)
    for cookies in (
        f"{name}=abc",
        f'a={{"b": 1}}; {name}=abc',
        f"a[b]=1;{name}=abc;c",
        f"x; {name}=abc",
    ):
        assert session_token(settings, cookies) == "abc"
    for cookies in ("", "x", f"not{name}=abc", f"{name}x=abc"):
        assert session_token(settings, cookies) == ""


def test_https_has_a_cookie_that_no_other_host_can_set(sqlite_url: str) -> None:
    world = World(sqlite_url, public_url="https://award.example")
    assert cookie_name(world.settings) == "__Host-sid"
    answer = world.visitor().get("/static/app.css", Host="award.example")
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
    world.close()
