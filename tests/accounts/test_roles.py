"""Roles of the house: one makes an auditor, two make an administrator."""

import pytest
from httpx import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts.models import Account, RoleGrant
from award.accounts.policy import may_confirm_grant
from award.audit.models import AuditEntry
from award.kit.actor import Actor
from award.kit.mail import Mail
from tests.cast import Cast
from tests.world import Client, Statements, words

PASSWORD = "a long walk by the sea"
NEW = {"name": "Neu Mensch", "email": "neu@cast.example", "language": "de"}


def administrator(cast: Cast, who: str) -> Client:
    account = getattr(cast, who)
    hashed = cast.world.site.passwords.hashed(PASSWORD)
    cast.world.write(lambda db: setattr(db.get_one(Account, account.id), "password_hash", hashed))
    return cast.world.signed_in(account)


def proposed(cast: Cast, by: Client) -> str:
    """Propose a new person and return the path of their page."""
    answer = by.post("/admin/people", NEW | {"role": "administrator"})
    assert answer.status_code == 303, words(answer)
    return answer.headers["location"]


def confirm(client: Client, person: str, password: str = PASSWORD, sha256: str = "") -> Response:
    page = client.get(f"{person}/administrator").text
    seen = page.partition('name="sha256" value="')[2][:64]
    typed = {"password_again": password, "sha256": sha256 or seen}
    return client.post(f"{person}/administrator", typed)


def grant(cast: Cast) -> RoleGrant:
    of_new = select(RoleGrant).join(Account, Account.id == RoleGrant.account_id)
    found = of_new.where(Account.email == NEW["email"])
    return cast.world.read(lambda db: db.scalars(found).one())


PAGES = ["people", "networks", "mails", "feedback", "audit", "audit/check"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("olga", 200), ("ada", 200), ("nora", 404), ("jules", 404), ("carla", 404)],
)
def test_who_reads_the_lists_of_the_house(cast: Cast, who: str, status: int, page: str) -> None:
    client = cast.world.signed_in(getattr(cast, who))
    assert client.get(f"/admin/{page}").status_code == status


@pytest.mark.parametrize("page", [*PAGES, "people/new", "networks/new", "nothing"])
def test_signed_out_all_of_it_leads_to_the_sign_in(cast: Cast, page: str) -> None:
    answer = cast.world.visitor().get(f"/admin/{page}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=")


def test_auditors_change_nothing(cast: Cast) -> None:
    ada, person = cast.world.signed_in(cast.ada), f"/admin/people/{cast.nora.id}"
    assert "Zur Prüfung zulassen" not in words(ada.get(person))
    for path, typed in (
        ("/admin/people", NEW | {"role": "auditor"}),
        (f"{person}/roles", {"role": "auditor"}),
        ("/admin/networks", {"network": "N", "name": "N", "email": "n@cast.example"}),
    ):
        assert ada.post(path, typed).status_code == 404
    assert ada.get("/admin/people/new").status_code == 404


def test_an_auditor_is_made_by_one(each_cast: Cast) -> None:
    cast = each_cast
    nora = cast.world.signed_in(cast.nora)
    olga = cast.world.signed_in(cast.olga)
    person = f"/admin/people/{cast.nora.id}"
    page = olga.follow(olga.post(f"{person}/roles", {"role": "auditor"}))
    assert "Prüfung seit 23. November 2026" in words(page)
    assert nora.get("/account").status_code == 303, "the sessions end with the change of role"
    assert cast.world.signed_in(cast.nora).get("/admin/audit").status_code == 200
    again = olga.post(f"{person}/roles", {"role": "auditor"})
    assert again.status_code == 422
    assert "hat die Rolle schon" in words(again)


@pytest.mark.parametrize("role", ["", "chair", "administrators", "Auditor", "*"])
def test_a_role_that_there_is_not_is_given_to_nobody(cast: Cast, role: str) -> None:
    olga, person = cast.world.signed_in(cast.olga), f"/admin/people/{cast.nora.id}"
    before = cast.world.read(lambda db: db.scalars(select(RoleGrant.id)).all())
    refused = olga.post(f"{person}/roles", {"role": role})
    assert refused.status_code == 422
    assert "Bitte wählen Sie eine der Möglichkeiten." in words(refused)
    assert cast.world.read(lambda db: db.scalars(select(RoleGrant.id)).all()) == before


def test_an_administrator_is_made_by_two(each_cast: Cast) -> None:
    cast = each_cast
    olga, otto = administrator(cast, "olga"), administrator(cast, "otto")
    person = proposed(cast, olga)
    granted = grant(cast).account_id
    new = cast.world.signed_in(cast.world.read(lambda db: db.get(Account, granted)))
    assert new.get("/admin/people").status_code == 404
    own = olga.get(f"{person}/administrator")
    assert "Das haben Sie vorgeschlagen." in words(own)
    assert confirm(olga, person).status_code == 403
    wrong = confirm(otto, person, password="not mine at all")
    assert wrong.status_code == 422
    assert 'id="error-password_again"' in wrong.text
    done = confirm(otto, person)
    assert (done.status_code, done.headers["location"]) == (303, person)
    made = grant(cast)
    assert (made.proposed_by, made.confirmed_by) == (cast.olga.id, cast.otto.id)
    letter = cast.world.read(
        lambda db: db.scalars(select(Mail).where(Mail.event == f"role:{made.id}")).one()
    )
    assert letter.recipient == NEW["email"]
    actions = cast.world.read(lambda db: db.scalars(select(AuditEntry.action)).all())
    assert actions[-1] == "accounts.confirm_administrator"
    assert confirm(otto, person).status_code == 404


def test_a_proposal_dies_when_the_person_changes(cast: Cast) -> None:
    olga, otto = administrator(cast, "olga"), administrator(cast, "otto")
    person = proposed(cast, olga)
    seen = grant(cast).sha256
    other = confirm(otto, person, sha256="0" * 64)
    assert other.status_code == 422

    def rename(db: Session) -> None:
        db.get_one(Account, grant(cast).account_id).name = "Jemand Anderes"

    cast.world.write(rename)
    assert "Dieser Vorschlag gilt nicht mehr" in words(otto.get(f"{person}/administrator"))
    assert confirm(otto, person, sha256=seen).status_code == 422
    assert grant(cast).confirmed_at is None


@pytest.mark.parametrize(("hours", "status"), [(71, 403), (72, 303)])
def test_a_new_administrator_waits_before_confirming(cast: Cast, hours: int, status: int) -> None:
    def in_the_browser(db: Session) -> None:
        otto = db.scalars(select(RoleGrant).filter_by(account_id=cast.otto.id)).one()
        otto.is_operators = False

    cast.world.write(in_the_browser)
    cast.world.clock.move(hours=hours)
    olga, otto = administrator(cast, "olga"), administrator(cast, "otto")
    assert confirm(otto, proposed(cast, olga)).status_code == status


def test_nobody_confirms_the_own_role(cast: Cast) -> None:
    proposal = RoleGrant(account_id=cast.otto.id, proposed_by=cast.olga.id, role="administrator")
    own = RoleGrant(confirmed_at=cast.world.now, is_operators=True)
    for who, code in (("olga", "own_proposal"), ("otto", "own_role"), ("ada", "")):
        account = getattr(cast, who)
        roles = frozenset({"auditor" if who == "ada" else "administrator"})
        actor = Actor(account_id=account.id, roles=roles)
        verdict = may_confirm_grant(actor, proposal, own, cast.world.now)
        assert (verdict.allowed, verdict.code) == (False, code)


def test_a_role_ends_at_once_but_not_the_last_one(cast: Cast) -> None:
    olga, otto = cast.world.signed_in(cast.olga), cast.world.signed_in(cast.otto)
    end = "/admin/people/{}/roles/administrator/end"
    assert olga.post(end.format(cast.otto.id)).status_code == 303
    assert otto.get("/account").status_code == 303
    assert cast.world.signed_in(cast.otto).get("/admin/people").status_code == 404
    last = olga.post(end.format(cast.olga.id))
    assert last.status_code == 422
    assert "Eine Person muss in der Verwaltung bleiben." in words(last)
    assert olga.get("/admin/people").status_code == 200


def test_a_missing_role_is_said_at_its_field(cast: Cast) -> None:
    answer = cast.world.signed_in(cast.olga).post("/admin/people", NEW)
    assert answer.status_code == 422
    assert 'id="error-role"' in answer.text
    assert 'value="Neu Mensch"' in answer.text


def test_people_are_found_by_name_address_and_network(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    for wanted in ("NORA", "nora@cast", "nordl"):
        said = words(olga.get(f"/admin/people?q={wanted}"))
        assert "Nora Netzwerk" in said
        assert "Mallory" not in said
    assert "Niemand gefunden." in words(olga.get("/admin/people?q=100%25"))
    assert olga.get("/admin/people?after=x").status_code == 200


@pytest.mark.parametrize("path", ["/admin/people", "/admin/networks", "/admin/mails"])
def test_lists_take_as_many_statements_for_thirty(cast: Cast, path: str) -> None:
    olga = cast.world.signed_in(cast.olga)
    new = {"network": "N", "name": "N", "email": "n@cast.example", "language": "de", "state": ""}
    olga.post("/admin/networks", new)
    with Statements(cast.world) as few:
        olga.get(path)
    for number in range(29):
        olga.post("/admin/networks", new | {"email": f"n{number}@cast.example"})
    with Statements(cast.world) as many:
        olga.get(path)
    assert len(many) == len(few)
