"""One click per role and the clock, in a demonstration and nowhere else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.app import all_routes
from award.audit.models import AuditEntry
from award.demo.archive import load_2014
from award.demo.models import Demonstration
from award.demo.people import ROLES, gather
from award.programmes.actions import create_programme
from tests.cast import Cast
from tests.world import Client, World, words


@pytest.fixture
def demo(sqlite_url: str) -> Iterator[World]:
    """A demonstration with its people only."""
    world = World(sqlite_url, demo=True)

    def begin(db: Session) -> None:
        people = gather(db, "no hash", world.now)
        texts = {"de": "Innovative Netzwerke", "en": "Innovative Networks"}
        programme = create_programme(
            db, name=texts, contact_email="x@y.example", by=people.admin, at=world.now
        )
        load_2014(db, programme, world.now)
        db.add(Demonstration(phase="", password="-", loaded_at=world.now))

    world.write(begin)
    yield world
    world.close()


def _as(world: World, role: str) -> Client:
    client = world.visitor()
    client.post("/demo/sign-in", {"role": role})
    return client


@pytest.mark.parametrize("role", list(ROLES))
def test_one_click_signs_in(demo: World, role: str) -> None:
    client = demo.visitor()
    page = client.get("/sign-in")
    assert f'name="role" value="{role}"' in page.text
    answer = client.post("/demo/sign-in", {"role": role})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/home"
    name = demo.read(lambda db: db.scalar(select(Account.name).where(Account.email == ROLES[role])))
    assert name in client.get("/account").text


def test_a_role_that_does_not_exist(demo: World) -> None:
    answer = demo.visitor().post("/demo/sign-in", {"role": "minister"})
    assert answer.status_code == 422


def test_another_site_cannot_sign_anybody_in(demo: World) -> None:
    answer = demo.visitor().post("/demo/sign-in", {"role": "admin"}, Sec_Fetch_Site="cross-site")
    assert answer.status_code == 403


def test_its_routes_are_those_of_a_demonstration_only(demo: World, cast: Cast) -> None:
    def paths(world: World) -> set[str]:
        return {route.path for route in all_routes(world.settings)}

    assert paths(demo) - paths(cast.world) == {"/demo/sign-in", "/demo/clock", "/_gallery"}


def test_without_a_demonstration_nothing_of_it_exists(cast: Cast) -> None:
    visitor = cast.world.visitor()
    assert "/demo/" not in visitor.get("/sign-in").text
    olga = cast.world.signed_in(cast.olga)
    answer = visitor.post("/demo/sign-in", {"role": "admin"})
    assert answer.headers["location"].startswith("/sign-in")
    assert "set-cookie" not in answer.headers
    assert olga.post("/demo/sign-in", {"role": "admin"}).status_code == 404
    assert olga.get("/demo/clock").status_code == 404
    assert olga.post("/demo/clock", {"step": "day"}).status_code == 404
    assert "Vorführung" not in visitor.get("/").text


def test_the_clock_goes_forward_and_nobody_is_signed_out(demo: World) -> None:
    admin, juror = _as(demo, "admin"), _as(demo, "juror_a")
    before = demo.now
    answer = admin.post("/demo/clock", {"step": "week"})
    assert answer.headers["location"] == "/demo/clock"
    assert demo.now == before + timedelta(days=7)
    assert juror.get("/account").status_code == 200
    assert "30. November 2026" in words(admin.follow(answer))
    told = demo.read(lambda db: db.scalar(select(Demonstration.ahead)))
    assert told == 7 * 86_400
    entry = demo.read(
        lambda db: db.scalars(
            select(AuditEntry).where(AuditEntry.action == "demo.move_clock")
        ).one()
    )
    assert entry.details == {"seconds": 7 * 86_400}


def test_the_clock_goes_to_an_instant(demo: World) -> None:
    _as(demo, "admin").post("/demo/clock", {"to": "2026-12-24T18:00:00"})
    assert demo.now.isoformat() == "2026-12-24T17:00:00+00:00"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"to": "2026-11-23T09:59:59"}, "Die Uhr geht nur vorwärts."),
        ({"to": "2031-01-01T00:00:00"}, "höchstens drei Jahre voraus"),
        ({}, "Bitte wählen Sie Tag und Uhrzeit."),
    ],
)
def test_where_the_clock_does_not_go(demo: World, typed: dict[str, str], message: str) -> None:
    before = demo.now
    answer = _as(demo, "admin").post("/demo/clock", typed)
    assert answer.status_code == 422
    assert message in words(answer)
    assert typed.get("to", "") in answer.text
    assert demo.now == before


@pytest.mark.parametrize("role", ["network_a", "juror_a", "chair", "auditor"])
def test_administrators_only(demo: World, role: str) -> None:
    client = _as(demo, role)
    assert client.get("/demo/clock").status_code == 404
    assert client.post("/demo/clock", {"step": "day"}).status_code == 404


def test_visitors_are_asked_to_sign_in(demo: World) -> None:
    answer = demo.visitor().get("/demo/clock")
    assert answer.headers["location"].startswith("/sign-in")


def test_every_page_tells_the_time_of_the_demonstration(demo: World) -> None:
    assert "Hier ist es Montag, 23. November 2026, 10:00" in demo.visitor().get("/sign-in").text
    assert "Here it is Monday" in demo.visitor().get("/en/sign-in").text
