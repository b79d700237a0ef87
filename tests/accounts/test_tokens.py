"""Access tokens: shown once, kept as a hash, never more than their person, and easily ended."""

import re
from datetime import datetime, timedelta

import pytest
from httpx import Response
from sqlalchemy import select, update

from award.accounts.actions import set_password
from award.accounts.actions.tokens import MOST
from award.accounts.models import AccessToken, Account, Membership
from award.accounts.presence import Presence
from award.accounts.queries import load_bearer
from award.audit.models import AuditEntry
from award.kit.ids import new_token, token_hash
from award.worker import Worker
from tests.cast import Cast
from tests.world import Client, words

PASSWORD = "a long walk by the sea"
SECRET = re.compile(r"award_[0-9A-Za-z]{43}")
LIST = "/api/v1/nominations"


@pytest.fixture
def nora(cast: Cast) -> Client:
    return with_password(cast, cast.nora)


def with_password(cast: Cast, account: Account) -> Client:
    hashed = cast.world.site.passwords.hashed(PASSWORD)
    cast.world.write(lambda db: setattr(db.get_one(Account, account.id), "password_hash", hashed))
    return cast.world.signed_in(account)


def made(client: Client, **changed: str) -> Response:
    given = {"name": "Zahlen", "days": "90", "password_again": PASSWORD}
    return client.post("/account/tokens", given | changed)


def secret_of(answer: Response) -> str:
    assert answer.status_code == 200, words(answer)
    [secret] = set(SECRET.findall(answer.text))
    return str(secret)


def stored(client: Client) -> list[AccessToken]:
    return client.world.read(lambda db: list(db.scalars(select(AccessToken))))


def is_taken(client: Client, secret: str) -> bool:
    program = Client(client.world, bearer=secret)
    return program.get(LIST).status_code == 200


def test_a_token_is_shown_once_and_kept_as_a_hash(nora: Client, cast: Cast) -> None:
    answer = made(nora)
    secret = secret_of(answer)
    assert "Kopieren Sie ihn jetzt" in words(answer)
    assert answer.headers["cache-control"] == "no-store"
    [row] = stored(nora)
    assert (row.name, row.account_id) == ("Zahlen", cast.nora.id)
    assert row.token_hash == token_hash(secret)
    assert row.expires_at == cast.world.now + timedelta(days=90)
    assert is_taken(nora, secret)
    page = nora.get("/account/tokens")
    assert "Zahlen" in words(page)
    assert not SECRET.search(page.text)


def test_making_and_ending_stand_in_the_log_without_the_secret(nora: Client, cast: Cast) -> None:
    secret = secret_of(made(nora))
    [row] = stored(nora)
    assert nora.post(f"/account/tokens/{row.id}/end").status_code == 303
    assert not is_taken(nora, secret)
    assert "Sie haben keine Zugriffsschlüssel." in words(nora.get("/account/tokens"))
    entries = cast.world.read(lambda db: list(db.scalars(select(AuditEntry))))
    assert [(one.action, one.object_id, one.details) for one in entries] == [
        ("accounts.make_token", cast.nora.id, {"token": row.id, "days": 90}),
        ("accounts.end_token", cast.nora.id, {"token": row.id}),
    ]
    assert "hat einen Zugriffsschlüssel erstellt" in words(nora.get("/account/log"))


def test_the_password_is_asked_and_what_was_typed_stays(nora: Client) -> None:
    answer = made(nora, name="Jahresbericht", days="365", password_again="wrong")
    assert answer.status_code == 422
    assert 'id="error-password_again"' in answer.text
    assert 'value="Jahresbericht"' in answer.text
    assert 'value="365" checked' in answer.text
    assert "wrong" not in answer.text
    assert stored(nora) == []
    for _ in range(9):
        made(nora, password_again="wrong")
    assert made(nora).status_code == 429


@pytest.mark.parametrize("days", ["0", "366", "3650", "-1", "", "ewig"])
def test_none_is_good_for_longer_than_a_year(nora: Client, days: str) -> None:
    answer = made(nora, days=days)
    assert answer.status_code == 422
    assert 'id="error-days"' in answer.text
    assert stored(nora) == []


def test_the_same_form_twice_makes_one_token_and_tells_it_once(nora: Client) -> None:
    key = new_token(128)
    first, second = made(nora, _key=key), made(nora, _key=key)
    secret_of(first)
    assert second.headers["location"] == "/account/tokens"
    assert len(stored(nora)) == 1


def test_sent_again_it_leads_to_the_list_in_the_same_language(nora: Client) -> None:
    given = {"name": "Figures", "days": "30", "password_again": PASSWORD, "_key": new_token(128)}
    nora.post("/en/account/tokens", given)
    assert nora.post("/en/account/tokens", given).headers["location"] == "/en/account/tokens"


def test_nobody_has_more_than_anybody_needs(nora: Client, cast: Cast) -> None:
    for _ in range(MOST):
        cast.world.program(cast.nora)
    answer = made(nora)
    assert answer.status_code == 422
    assert "Sie haben 20 Schlüssel." in words(answer)
    cast.world.clock.move(days=366)
    assert made(with_password(cast, cast.nora)).status_code == 200  # the others are over


def test_nobody_ends_or_sees_the_token_of_another(nora: Client, cast: Cast) -> None:
    secret = secret_of(made(nora, name="Nur Noras"))
    [row] = stored(nora)
    mallory = cast.world.signed_in(cast.mallory)
    assert "Nur Noras" not in words(mallory.get("/account/tokens"))
    assert mallory.post(f"/account/tokens/{row.id}/end").status_code == 404
    assert is_taken(nora, secret)


def test_whoever_has_nothing_to_read_makes_none(cast: Cast) -> None:
    jules = with_password(cast, cast.jules)
    assert made(jules).status_code == 404
    page = jules.get("/account/tokens")
    assert 'name="password_again"' not in page.text
    assert "/account/tokens" not in jules.get("/account").text
    assert "/account/tokens" in cast.world.signed_in(cast.nora).get("/account").text


@pytest.mark.parametrize(("days", "stays"), [(90, False), (89.9, True)])
def test_a_token_is_over_at_its_end(nora: Client, days: float, stays: bool) -> None:  # noqa: FBT001
    secret = secret_of(made(nora))
    nora.world.clock.move(days=days)
    assert is_taken(nora, secret) is stays


def test_a_new_password_ends_all_tokens(nora: Client, cast: Cast) -> None:
    secret, others = secret_of(made(nora)), cast.world.program(cast.mallory)
    cast.world.write(
        lambda db: set_password(
            db,
            db.get_one(Account, cast.nora.id),
            "x",
            keep=None,
            by=cast.nora.id,
            at=nora.world.now,
        )
    )
    assert not is_taken(nora, secret)
    assert others.get(LIST).status_code == 200


def test_signing_out_elsewhere_ends_browsers_only(nora: Client) -> None:
    secret = secret_of(made(nora))
    nora.post("/account/sessions/end")
    nora.post("/sign-out")
    assert is_taken(nora, secret)


def test_the_end_of_a_role_ends_all_tokens(cast: Cast) -> None:
    program, olga = cast.world.program(cast.ada), cast.world.signed_in(cast.olga)
    assert program.get(LIST).status_code == 200
    olga.post(f"/admin/people/{cast.ada.id}/roles/auditor/end")
    assert program.get(LIST).status_code == 401


def test_a_token_has_the_rights_of_its_person_at_this_moment(cast: Cast) -> None:
    program = cast.world.program(cast.nora)
    assert program.get(LIST).status_code == 200
    cast.world.write(
        lambda db: db.execute(
            update(Membership)
            .where(Membership.account_id == cast.nora.id)
            .values(network_id=cast.other_network.id)
        )
    )
    assert program.get(LIST).json()["items"] == []


def uses(cast: Cast, presence: Presence) -> datetime | None:
    """Let the worker write what was noted, and read when the token was used."""
    worker = Worker(cast.world.site, presence)
    cast.world.run(worker._write_presence())
    return cast.world.read(lambda db: db.scalars(select(AccessToken.used_at)).one())


def test_a_use_is_written_once_an_hour(cast: Cast) -> None:
    secret, presence = token_hash(cast.world.program(cast.nora).bearer), Presence()

    def use() -> None:
        cast.world.read(lambda db: load_bearer(db, secret, cast.world.now, presence))

    first = cast.world.now
    use()
    assert uses(cast, presence) == first
    cast.world.clock.move(minutes=59)
    use()
    assert presence.taken().tokens == {}
    assert uses(cast, presence) == first
    cast.world.clock.move(minutes=1)
    use()
    assert uses(cast, presence) == first + timedelta(hours=1)
    page = words(cast.world.signed_in(cast.nora).get("/account/tokens"))
    assert page.count("23.11.2026") == 2
