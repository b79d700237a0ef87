"""Signing in and out: who gets in, who does not, and what nobody can find out by it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from httpx import Response
from sqlalchemy import func, select

from award.accounts.browsers import browser
from award.accounts.models import Account, Attempt, Session
from award.accounts.pages.signing_in import local_address
from award.audit.models import AuditEntry
from award.kit import queue
from award.kit.ids import token_hash
from award.worker import REGULAR
from tests.cast import Cast, seated
from tests.world import Client, World, words

PASSWORD = "a long walk by the sea"


@pytest.fixture
def nora(each_cast: Cast) -> Cast:
    return with_password(each_cast)


def with_password(cast: Cast) -> Cast:
    hashed = cast.world.site.passwords.hashed(PASSWORD)
    cast.world.write(lambda db: setattr(db.get_one(Account, cast.nora.id), "password_hash", hashed))
    return cast


def attempt(client: Client, email: str, password: str = PASSWORD, **more: str) -> Response:
    return client.post("/sign-in", {"email": email, "password": password, **more})


def test_the_right_password_begins_a_session(nora: Cast) -> None:
    visitor = nora.world.visitor()
    answer = attempt(visitor, " NORA@cast.example ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/home")
    stored = nora.world.read(lambda db: db.scalars(select(Session)).one())
    assert stored.account_id == nora.nora.id
    assert stored.token_hash == token_hash(visitor.token)
    assert visitor.token not in stored.token_hash
    actions = nora.world.read(lambda db: db.scalars(select(AuditEntry.action)).all())
    assert actions == ["accounts.sign_in"]


def test_known_and_unknown_get_the_same_answer(nora: Cast) -> None:
    visitor = nora.world.visitor()
    answers = [
        attempt(visitor, email, "not this one at all")
        for email in ("nora@cast.example", "mallory@cast.example", "nobody@cast.example")
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert len({words(answer) for answer in answers}) == 1
    assert "Adresse oder Passwort stimmen nicht." in words(answers[0])
    assert 'value="nora@cast.example"' in answers[0].text
    assert "not this one at all" not in answers[0].text
    assert nora.world.read(lambda db: db.scalar(select(func.count(Attempt.id)))) == 3


def test_after_ten_failures_an_address_has_to_wait_and_another_has_not(nora: Cast) -> None:
    visitor = nora.world.visitor()
    for _ in range(10):
        assert attempt(visitor, "nora@cast.example", "wrong").status_code == 422
    refused = attempt(visitor, "nora@cast.example")
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "900"
    assert 'href="/password-resets"' in refused.text
    assert attempt(visitor, "nobody@cast.example", "wrong").status_code == 422
    nora.world.clock.move(minutes=16)
    assert attempt(visitor, "nora@cast.example").status_code == 303


def test_many_attempts_at_once_are_no_way_around_the_limit(sqlite_url: str) -> None:
    world = World(sqlite_url, argon2_memory_kib=19456, argon2_passes=2)
    with_password(seated(world))
    with ThreadPoolExecutor(40) as threads:
        sent = [
            threads.submit(attempt, world.visitor(), "nora@cast.example", "wrong")
            for _ in range(40)
        ]
        statuses = Counter(one.result().status_code for one in sent)
    world.close()
    assert set(statuses) == {422, 429}
    assert statuses[422] <= 20  # ten, and those that were compared at that moment


def test_after_fifty_failures_a_browser_has_to_wait(nora: Cast) -> None:
    visitor = nora.world.visitor()
    for number in range(50):
        attempt(visitor, f"nobody{number}@cast.example", "wrong")
    assert attempt(visitor, "nora@cast.example").status_code == 429


@pytest.mark.parametrize(
    ("wanted", "language", "address"),
    [
        ("/nominations/x?y=1", "de", "/nominations/x?y=1"),
        ("/en/nominations", "de", "/nominations"),
        ("/nominations", "en", "/en/nominations"),
        ("", "en", "/en/home"),
        ("//evil.example/x", "de", "/home"),
        ("/\\evil.example", "de", "/home"),
        ("/en//evil.example", "de", "/home"),
        ("/%2F/evil.example", "de", "/home"),
        ("/%5Cevil.example", "de", "/home"),
        ("https://evil.example/", "de", "/home"),
        ("javascript:alert(1)", "de", "/home"),
        ("/x\r\nSet-Cookie: a=b", "de", "/home"),
        ("/sign-out", "de", "/home"),
    ],
)
def test_next_leads_to_our_own_pages_only(wanted: str, language: str, address: str) -> None:
    assert local_address(wanted, language) == address


def test_next_goes_through_a_failure(cast: Cast) -> None:
    with_password(cast)
    visitor = cast.world.visitor()
    turned_away = visitor.get("/account")
    page = visitor.follow(turned_away)
    assert 'name="next" value="/account"' in page.text
    again = attempt(visitor, "nora@cast.example", "wrong", next="/account")
    assert 'name="next" value="/account"' in again.text
    done = attempt(visitor, "nora@cast.example", next="/account")
    assert done.headers["location"] == "/account"


def test_a_cookie_chosen_by_the_client_is_not_taken(cast: Cast) -> None:
    with_password(cast)
    chosen = Client(cast.world, "chosen-by-somebody-else")
    attempt(chosen, "nora@cast.example")
    assert "chosen-by-somebody-else" not in chosen.token
    hashes = cast.world.read(lambda db: db.scalars(select(Session.token_hash)).all())
    assert hashes == [token_hash(chosen.token)]


def test_signing_in_again_ends_the_session_before(cast: Cast) -> None:
    with_password(cast)
    before = cast.world.signed_in(cast.mallory)
    old = before.token
    attempt(before, "nora@cast.example")
    assert before.token != old
    assert Client(cast.world, old).get("/account").status_code == 303


def test_signing_out_ends_the_session(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    token = nora.token
    answer = nora.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert Client(cast.world, token).get("/account").status_code == 303
    assert cast.world.visitor().post("/sign-out").status_code == 303


def test_nothing_typed_has_a_message_at_each_field(world: World) -> None:
    answer = world.visitor().post("/en/sign-in", {"email": "", "password": ""})
    assert answer.status_code == 422
    assert answer.text.count("Please fill in this field.") == 4
    assert "<title>Error:" in answer.text.replace("\n", "")


def test_an_old_hash_is_made_anew(cast: Cast) -> None:
    from award.kit.passwords import Passwords  # noqa: PLC0415 - only here

    old = Passwords(16, 1).hashed(PASSWORD)
    cast.world.write(lambda db: setattr(db.get_one(Account, cast.nora.id), "password_hash", old))
    attempt(cast.world.visitor(), "nora@cast.example")
    new = cast.world.read(lambda db: db.get_one(Account, cast.nora.id).password_hash)
    assert new != old
    assert "m=8," in new
    assert attempt(cast.world.visitor(), "nora@cast.example").status_code == 303


def test_a_browser_is_named_in_few_words() -> None:
    assert browser("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0") == (
        "Firefox, Linux"
    )
    assert browser("") == ""


def test_failures_are_forgotten_after_a_day(each_cast: Cast) -> None:
    world = each_cast.world
    attempt(world.visitor(), "nobody@cast.example")
    world.clock.move(hours=20)
    attempt(world.visitor(), "somebody@cast.example")
    world.write(lambda db: queue.begin_regular(db, REGULAR, world.now))
    kept = []
    for _ in range(3):
        world.clock.move(hours=4, minutes=1)
        world.work()
        kept.append(world.read(lambda db: db.scalar(select(func.count(Attempt.id)))))
        world.clock.move(hours=8)
    assert kept == [1, 1, 0]
