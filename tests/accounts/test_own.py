"""The own account, and how long one stays signed in."""

import pytest
from sqlalchemy import select

from award.accounts.models import Account, Session
from award.audit.models import AuditEntry
from award.kit.ids import token_hash
from tests.cast import Cast
from tests.world import Client, words

OLD, NEW = "a long walk by the sea", "ein ganz anderer Satz"


def with_password(cast: Cast) -> Client:
    hashed = cast.world.site.passwords.hashed(OLD)
    cast.world.write(lambda db: setattr(db.get_one(Account, cast.nora.id), "password_hash", hashed))
    return cast.world.signed_in(cast.nora)


def is_in(client: Client) -> bool:
    return client.get("/account/sessions").status_code == 200


@pytest.mark.parametrize(
    ("who", "minutes", "stays"),
    [
        ("nora", 12 * 60, True),
        ("nora", 12 * 60 + 1, False),
        ("ada", 12 * 60, True),
        ("olga", 30, True),
        ("olga", 31, False),
    ],
)
def test_without_a_request_a_session_ends(cast: Cast, who: str, minutes: int, stays: bool) -> None:  # noqa: FBT001
    client = cast.world.signed_in(getattr(cast, who))
    assert is_in(client)
    cast.world.clock.move(minutes=minutes)
    assert is_in(client) is stays


def test_with_requests_a_session_goes_on_for_seven_days(cast: Cast) -> None:
    client = cast.world.signed_in(cast.nora)
    for _ in range(7 * 24 // 12):
        cast.world.clock.move(hours=12)
        assert is_in(client)
    cast.world.clock.move(minutes=1)
    assert not is_in(client)


def test_a_profile_is_saved_and_shown_in_its_language(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    answer = nora.post("/account", {"name": "Nora N. Neu", "language": "en", "theme": "dark"})
    page = nora.follow(answer)
    assert answer.headers["location"] == "/en/account?done=profile"
    assert "Your details are saved." in words(page)
    assert 'data-kern-theme="dark"' in page.text
    assert "Nora N. Neu" in page.text


def test_a_profile_without_a_name_keeps_what_was_typed(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    answer = nora.post("/account", {"name": " ", "language": "en", "theme": "dark"})
    assert answer.status_code == 422
    assert 'id="error-name"' in answer.text
    assert 'value="en" checked' in answer.text
    assert nora.get("/account").text.count("Nora Netzwerk") > 0


def test_changing_the_password_ends_the_other_sessions(cast: Cast) -> None:
    nora = with_password(cast)
    elsewhere = cast.world.signed_in(cast.nora)
    answer = nora.post("/account/password", {"password_again": OLD, "password": NEW})
    assert "Ihr neues Passwort gilt." in words(nora.follow(answer))
    assert is_in(nora)
    assert not is_in(elsewhere)
    signed_in = {"email": "nora@cast.example", "password": NEW}
    assert cast.world.visitor().post("/sign-in", signed_in).status_code == 303
    actions = cast.world.read(lambda db: db.scalars(select(AuditEntry.action)).all())
    assert "accounts.set_password" in actions


def test_the_password_until_now_has_to_be_right(cast: Cast) -> None:
    nora = with_password(cast)
    answer = nora.post("/account/password", {"password_again": "wrong", "password": NEW})
    assert answer.status_code == 422
    assert 'id="error-password_again"' in answer.text
    assert NEW not in answer.text
    weak = nora.post("/account/password", {"password_again": OLD, "password": "short"})
    assert 'id="error-password"' in weak.text
    for _ in range(9):
        nora.post("/account/password", {"password_again": "wrong", "password": NEW})
    answer = nora.post("/account/password", {"password_again": OLD, "password": NEW})
    assert answer.status_code == 429


def test_own_sessions_are_listed_and_ended(cast: Cast) -> None:
    nora, elsewhere = cast.world.signed_in(cast.nora), cast.world.signed_in(cast.nora)
    cast.world.signed_in(cast.mallory)
    page = nora.get("/account/sessions")
    assert page.text.count("Unbekannter Browser") == 2
    assert page.text.count('class="tag ok"') == 1
    other = select(Session.id).where(Session.token_hash == token_hash(elsewhere.token))
    session = cast.world.read(lambda db: db.scalar(other))
    assert nora.post(f"/account/sessions/{session}/end").status_code == 303
    assert not is_in(elsewhere)
    assert nora.get("/account/sessions").text.count("Unbekannter Browser") == 1


def test_nobody_ends_the_session_of_another(cast: Cast) -> None:
    nora, mallory = cast.world.signed_in(cast.nora), cast.world.signed_in(cast.mallory)
    of_nora = select(Session.id).where(Session.account_id == cast.nora.id)
    session = cast.world.read(lambda db: db.scalar(of_nora))
    assert mallory.post(f"/account/sessions/{session}/end").status_code == 404
    assert is_in(nora)


def test_all_other_sessions_are_ended_at_once(cast: Cast) -> None:
    nora, elsewhere = cast.world.signed_in(cast.nora), cast.world.signed_in(cast.nora)
    nora.post("/account/sessions/end")
    assert is_in(nora)
    assert not is_in(elsewhere)
