"""Where one lands after signing in, what surrounds the pages, and what machines are told."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from award.accounts.models import Account, RoleGrant
from award.jury.models import Opening
from tests.cast import Cast
from tests.world import World


def test_one_role_leads_straight_to_its_page(cast: Cast) -> None:
    world = cast.world
    for person, page in (
        (cast.nora, "/nominations"),
        (cast.jules, "/jury"),
        (cast.olga, "/admin/editions"),
        (cast.ada, "/admin/editions"),
    ):
        assert world.signed_in(person).get("/home").headers["location"] == page
    assert world.visitor().get("/home").headers["location"] == "/sign-in?next=%2Fhome"


def test_several_roles_are_a_choice_and_none_is_said(cast: Cast) -> None:
    world = cast.world

    def grant(db: Session) -> Account:
        now = world.now
        db.add(
            RoleGrant(
                account_id=cast.jules.id,
                role="auditor",
                proposed_at=now,
                confirmed_at=now,
                is_operators=True,
            )
        )
        nobody = Account(email="n@cast.example", name="Nina Neu", created_at=now)
        db.add(nobody)
        return nobody

    nobody = world.write(grant)
    both = world.signed_in(cast.jules).get("/en/home").text
    assert 'href="/en/jury"' in both
    assert 'href="/en/admin/editions"' in both
    assert "Ihr Konto hat noch keine Rolle." in world.signed_in(nobody).get("/home").text


def test_the_header_says_as_whom_one_reads_an_administrators_page(cast: Cast) -> None:
    world = cast.world
    for person, role in ((cast.olga, "Verwaltung"), (cast.ada, "Prüfung"), (cast.carla, "Vorsitz")):
        page = world.signed_in(person).get("/admin/editions/2026/conflicts").text
        assert f"<small>{role} · Auszeichnung 2026</small>" in page


def test_ones_account_leads_back_to_all_that_one_has(cast: Cast) -> None:
    world = cast.world
    for person, way in (
        (cast.nora, '<a href="/nominations">Bewerbungen</a>'),
        (cast.jules, '<a href="/jury">Jury</a>'),
        (cast.olga, '<a href="/admin/editions">Verwaltung</a>'),
    ):
        assert way in world.signed_in(person).get("/account").text


def test_the_chair_finds_ranking_and_decision_once_a_round_is_opened(cast: Cast) -> None:
    world = cast.world
    carla, jules = world.signed_in(cast.carla), world.signed_in(cast.jules)
    assert "/admin/editions/2026/rounds/1/progress" in carla.get("/jury/conflicts").text
    assert "/admin/editions/2026/ranking" not in carla.get("/jury/conflicts").text

    def open_it(db: Session) -> None:
        db.add(
            Opening(
                round_id=cast.round.id,
                sheets_sha256="0" * 64,
                sheets=0,
                proposed_by=cast.olga.id,
                proposed_at=world.now,
                confirmed_by=cast.otto.id,
                confirmed_at=world.now,
            )
        )

    world.write(open_it)
    assert "/admin/editions/2026/ranking" in carla.get("/jury/conflicts").text
    assert "/admin/editions/2026/decisions" in carla.get("/jury/conflicts").text
    assert "/admin/" not in jules.get("/jury/conflicts").text


def test_machines_are_told_that_the_server_lives_and_works(each_world: World) -> None:
    visitor = each_world.visitor()
    assert visitor.get("/health").json() == {"status": "ok"}
    ready = visitor.get("/ready")
    assert (ready.status_code, ready.json()["status"]) == (200, "ok")


def test_an_old_schema_is_not_ready(each_world: World) -> None:
    each_world.write(lambda db: db.execute(text("UPDATE alembic_version SET version_num = '0001'")))
    ready = each_world.visitor().get("/ready")
    assert ready.status_code == 503
    assert ready.json()["schema"] == "0001"
