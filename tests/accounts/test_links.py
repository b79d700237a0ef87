"""Links that come by mail: stored as hashes, used once, over after a while."""

import re
from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from award.accounts import actions, queries
from award.accounts.models import Account, Attempt, MailedLink, Membership, Network, RoleGrant
from award.kit.errors import Refused
from award.kit.ids import token_hash
from award.kit.mail import Mail
from tests.cast import Cast
from tests.world import URL, Client, World, words

PASSWORD = "vier Wörter am Stück"
NETWORK = {"network": "Netz Neu", "name": "Rita Neu", "email": "Rita@cast.example", "state": "SH"}


def link_to(world: World, email: str) -> str:
    """The path of the link in the newest letter to an address."""
    newest = select(Mail.text).where(Mail.recipient == email).order_by(Mail.created_at.desc())
    letter = world.read(lambda db: db.scalars(newest).first())
    assert letter is not None, f"no letter to {email}"
    return re.search(rf"{re.escape(URL)}(/\S+)", letter).group(1)


def letters(world: World) -> int:
    return world.read(lambda db: db.scalar(select(func.count(Mail.id))))


def accepted(client: Client, path: str, password: str = PASSWORD, **more: str) -> Response:
    typed = {"name": "Rita Neu", "language": "de", "password": password}
    return client.post(path, typed | more)


def test_a_network_registers_itself(each_world: World) -> None:
    visitor = each_world.visitor()
    sent = visitor.post("/registration", NETWORK)
    assert "Eine Nachricht ist unterwegs." in words(visitor.follow(sent))
    assert each_world.read(lambda db: db.scalar(select(func.count(Account.id)))) == 0
    path = link_to(each_world, "rita@cast.example")
    assert "Netz Neu" in words(visitor.get(path))
    done = accepted(visitor, path)
    assert (done.status_code, done.headers["location"]) == (303, "/nominations")
    account = each_world.read(lambda db: db.scalars(select(Account)).one())
    network = each_world.read(lambda db: db.scalars(select(Network)).one())
    member = each_world.read(lambda db: db.scalars(select(Membership)).one())
    assert (account.email, network.name, network.state) == ("rita@cast.example", "Netz Neu", "SH")
    assert (member.account_id, member.network_id, member.may_write) == (
        account.id,
        network.id,
        True,
    )
    assert visitor.get("/account").status_code == 200


def test_a_person_without_a_network_sets_up_an_account(each_world: World) -> None:
    visitor = each_world.visitor()
    typed = {"name": "Petra Privat", "email": "petra@cast.example"}
    sent = visitor.post("/registration/person", typed)
    assert "Eine Nachricht ist unterwegs." in words(visitor.follow(sent))
    path = link_to(each_world, "petra@cast.example")
    assert "Netzwerk" not in words(visitor.get(path))
    done = accepted(visitor, path, name="Petra Privat")
    assert (done.status_code, done.headers["location"]) == (303, "/account/proposals")
    assert each_world.read(lambda db: db.scalar(select(func.count(Network.id)))) == 0
    assert visitor.get("/nominations").status_code == 404
    wrong = each_world.visitor().post("/registration/person", {"name": "P", "email": "p"})
    assert (wrong.status_code, 'id="error-email"' in wrong.text) == (422, True)


def test_registering_a_known_address_says_the_same_and_sends_another_letter(cast: Cast) -> None:
    visitor = cast.world.visitor()
    unknown = visitor.post("/registration", NETWORK)
    known = visitor.post("/registration", NETWORK | {"email": "nora@cast.example"})
    assert known.headers["location"] == unknown.headers["location"]
    assert link_to(cast.world, "nora@cast.example").startswith("/password-resets/")
    newest = cast.world.read(
        lambda db: db.scalars(select(Mail).where(Mail.recipient == "nora@cast.example")).one()
    )
    assert "mit dieser Adresse haben Sie ein Konto" in newest.text


def test_what_is_missing_in_a_registration_is_said_and_what_was_typed_stays(world: World) -> None:
    answer = world.visitor().post("/registration", NETWORK | {"email": "rita", "state": ""})
    assert answer.status_code == 422
    assert 'id="error-email"' in answer.text
    assert 'value="Netz Neu"' in answer.text
    wrong = world.visitor().post("/registration", NETWORK | {"state": "XX"})
    assert "Bitte wählen Sie eines der Bundesländer." in words(wrong)
    assert letters(world) == 0


def test_asking_for_a_password_tells_nobody_who_has_an_account(each_cast: Cast) -> None:
    world, visitor = each_cast.world, each_cast.world.visitor()
    answers = [
        visitor.post("/password-resets", {"email": email})
        for email in ("nora@cast.example", "nobody@cast.example")
    ]
    assert len({(a.status_code, a.headers["location"], a.text) for a in answers}) == 1
    assert letters(world) == 1
    assert world.read(lambda db: db.scalar(select(func.count(MailedLink.id)))) == 1


def test_an_address_gets_three_letters_an_hour(cast: Cast) -> None:
    visitor = cast.world.visitor()
    for _ in range(5):
        visitor.post("/password-resets", {"email": "nora@cast.example"})
        cast.world.clock.move(minutes=1)
    assert letters(cast.world) == 3
    cast.world.clock.move(hours=1)
    visitor.post("/password-resets", {"email": "nora@cast.example"})
    assert letters(cast.world) == 4


def test_a_new_password_signs_in_and_ends_all_else(each_cast: Cast) -> None:
    world = each_cast.world
    elsewhere = world.signed_in(each_cast.nora)
    visitor = world.visitor()
    for _ in range(10):
        visitor.post("/sign-in", {"email": "nora@cast.example", "password": "wrong"})
    visitor.post("/password-resets", {"email": "nora@cast.example"})
    done = visitor.post(link_to(world, "nora@cast.example"), {"password": PASSWORD})
    assert (done.status_code, done.headers["location"]) == (303, "/home")
    assert elsewhere.get("/account").status_code == 303
    assert visitor.get("/account").status_code == 200
    assert (
        world.read(lambda db: db.scalar(select(func.count()).where(Attempt.kind == "sign_in"))) == 0
    )
    again = world.visitor()
    signed_in = again.post("/sign-in", {"email": "nora@cast.example", "password": PASSWORD})
    assert signed_in.status_code == 303


def test_a_link_works_once(each_cast: Cast) -> None:
    world, visitor = each_cast.world, each_cast.world.visitor()
    visitor.post("/password-resets", {"email": "nora@cast.example"})
    path = link_to(world, "nora@cast.example")
    visitor.post(path, {"password": PASSWORD})
    page = world.visitor().get(path)
    assert page.status_code == 410
    assert "Dieser Link wurde schon benutzt." in words(page)
    assert 'href="/password-resets"' in page.text
    late = world.visitor().post(path, {"password": "noch ein anderer Satz"})
    assert late.status_code == 422
    assert "Dieser Link wurde schon benutzt." in words(late)
    old = {"email": "nora@cast.example", "password": "noch ein anderer Satz"}
    assert world.visitor().post("/sign-in", old).status_code == 422


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (30, 410)])
def test_a_password_link_is_good_for_half_an_hour(cast: Cast, minutes: int, status: int) -> None:
    cast.world.visitor().post("/password-resets", {"email": "nora@cast.example"})
    path = link_to(cast.world, "nora@cast.example")
    cast.world.clock.move(minutes=minutes)
    page = cast.world.visitor().get(path)
    assert page.status_code == status
    assert ("Dieser Link ist abgelaufen" in words(page)) is (status == 410)


def test_an_invitation_is_good_for_three_days(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    new = {"name": "Pia", "email": "pia@cast.example", "role": "auditor", "language": "en"}
    olga.post("/admin/people", new)
    path = link_to(cast.world, "pia@cast.example")
    assert path.startswith("/en/invitations/")
    page = words(cast.world.visitor().get(path))
    assert "pia@cast.example" in page
    assert "Auditor" in page
    cast.world.clock.move(hours=72)
    assert cast.world.visitor().get(path).status_code == 410


def test_a_link_serves_its_purpose_only(cast: Cast) -> None:
    cast.world.visitor().post("/password-resets", {"email": "nora@cast.example"})
    token = link_to(cast.world, "nora@cast.example").rpartition("/")[2]
    assert cast.world.visitor().get(f"/invitations/{token}").status_code == 410
    assert "nicht vollständig" in words(cast.world.visitor().get("/password-resets/nonsense"))


def test_only_hashes_of_tokens_are_stored(cast: Cast) -> None:
    cast.world.visitor().post("/password-resets", {"email": "nora@cast.example"})
    token = link_to(cast.world, "nora@cast.example").rpartition("/")[2]
    session = cast.world.signed_in(cast.nora).token
    stored = cast.world.read(
        lambda db: [
            str(row)
            for table in ("mailed_link", "session", "audit_entry")
            for row in db.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - names of ours
        ]
    )
    assert any(token_hash(token) in row for row in stored)
    assert any(token_hash(session) in row for row in stored)
    assert not any(token in row or session in row for row in stored)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kurz", "mindestens 12 Zeichen"),
        ("x" * 129, "höchstens 128 Zeichen"),
        ("Passwort1234", "verwenden viele"),
        ("aaaaaaaaaaaaaaaa", "verwenden viele"),
        ("ich bin nora und müde", "Name Ihrer E-Mail-Adresse"),
    ],
)
def test_a_weak_password_is_refused_at_its_field(cast: Cast, password: str, said: str) -> None:
    cast.world.visitor().post("/password-resets", {"email": "nora@cast.example"})
    path = link_to(cast.world, "nora@cast.example")
    answer = cast.world.visitor().post(path, {"password": password})
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'id="error-password"' in answer.text
    assert accepted(cast.world.visitor(), path, PASSWORD).status_code == 303


def test_the_operator_makes_administrators_who_need_not_wait(each_world: World) -> None:
    world = each_world

    def create(db: Session) -> str:
        return actions.create_administrator(
            db, email="Root@cast.example", public_url=URL, at=world.now
        )

    first = world.write(create).removeprefix(URL)
    second = world.write(create).removeprefix(URL)
    assert world.visitor().get(first).status_code == 410
    root = world.visitor()
    assert accepted(root, second, name="Root").headers["location"] == "/home"
    assert root.get("/admin/people").status_code == 200
    grant = world.read(lambda db: db.scalars(select(RoleGrant)).one())
    assert grant.is_operators
    assert grant.confirmed_at is not None


def test_who_has_a_password_is_told_instead_of_asked_for_one(cast: Cast) -> None:
    def have(db: Session) -> None:
        db.get_one(Account, cast.mallory.id).password_hash = "set"

    cast.world.write(have)
    nora = cast.world.signed_in(cast.nora)
    members = f"/networks/{cast.network.id}/members"
    colleague = {"name": "M", "email": "mallory@cast.example", "access": "read", "language": "de"}
    assert nora.post(members, colleague).status_code == 303
    assert link_to(cast.world, "mallory@cast.example") == "/home"
    found = cast.world.read(
        lambda db: queries.membership(db, cast.network.id, cast.mallory.id).may_write
    )
    assert found is False


def test_two_uses_at_once_are_one(each_cast: Cast) -> None:
    world = each_cast.world
    world.visitor().post("/password-resets", {"email": "nora@cast.example"})
    token = link_to(world, "nora@cast.example").rpartition("/")[2]
    mailed = world.read(lambda db: queries.mailed_link(db, token, ("password",), world.now))

    def use(db: Session) -> None:
        actions.accept(
            db, mailed, name="Nora", language="de", password_hash="x", at=world.now + timedelta(1)
        )

    world.write(use)
    with pytest.raises(Refused, match="link_used"):
        world.write(use)
