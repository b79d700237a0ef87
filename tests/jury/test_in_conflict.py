"""An administrator on the panel: what a conflict of interest hides stays hidden in any role."""

import io
from zipfile import ZipFile

import pytest
from sqlalchemy.orm import Session

from award.accounts.models import RoleGrant
from award.jury.models import Conflict, ConflictDecision
from tests.cast import Cast
from tests.jury.staged import Staged, staged
from tests.world import Client, words

LIST = "/admin/editions/2026/nominations"


@pytest.fixture
def stage(each_cast: Cast) -> Staged:
    """Two nominations; Jules, who is an administrator too, is in conflict with the first."""
    found = staged(each_cast, nominations=2)
    now = each_cast.world.now

    def write(db: Session) -> None:
        times = {"proposed_at": now, "confirmed_at": now}
        db.add(RoleGrant(account_id=each_cast.jules.id, role="administrator", **times))
        conflict = Conflict(
            seat_id=each_cast.seats["jules"].id,
            nomination_id=found.nominations[0].id,
            kind="membership",
            statement="Ich kenne sie.",
            source="juror",
            reported_at=now,
            reported_by=each_cast.jules.id,
        )
        db.add(conflict)

    each_cast.world.write(write)
    return found


def addresses(stage: Staged) -> list[str]:
    one = f"{LIST}/{stage.nominations[0].id}"
    return [one, f"{one}/nomination.pdf", f"{one}/formal-check", f"{one}/extra-time"]


def test_its_pages_are_not_there(stage: Staged) -> None:
    jules, olga = stage.client("jules"), stage.client("olga")
    for address in addresses(stage):
        assert jules.get(address).status_code == 404
        assert olga.get(address).status_code == 200
    assert jules.get(f"{LIST}/{stage.nominations[1].id}").status_code == 200
    refused = jules.post(addresses(stage)[2], {"decision": "refuse", "reason": "x"})
    assert refused.status_code == 404


def test_it_is_in_no_list_no_number_and_no_file(stage: Staged) -> None:
    jules = stage.client("jules")
    page = jules.get(LIST)
    assert "Vorhaben 2" in page.text
    assert "Vorhaben 1" not in page.text
    assert "1 Bewerbung " in words(page)
    table = jules.post(f"{LIST}/export", {"kind": "csv"}).text
    assert ("Vorhaben 2" in table, "Vorhaben 1" in table) == (True, False)
    assert "Vorhaben 1" not in jules.get(f"{LIST}/together/letter").text
    with ZipFile(io.BytesIO(jules.post(f"{LIST}/package").content)) as packed:
        assert [name for name in packed.namelist() if "2026-0001" in name] == []
    said = words(jules.get("/admin/editions/2026"))
    assert "1 Bewerbung eingereicht" in said


def test_programs_find_it_no_more(stage: Staged) -> None:
    program = stage.cast.world.program(stage.cast.jules)
    found = [one["title"] for one in program.get("/api/v1/nominations").json()["items"]]
    assert found == ["Vorhaben 2"]
    one = f"/api/v1/nominations/{stage.nominations[0].id}"
    assert program.get(one).status_code == 404


def test_it_is_there_again_when_the_chair_says_that_it_is_no_conflict(stage: Staged) -> None:
    def decide(db: Session) -> None:
        conflict = db.query(Conflict).one()
        made = {"by": stage.cast.carla.id, "at": stage.cast.world.now, "reason": "Kein Bezug."}
        db.add(ConflictDecision(conflict_id=conflict.id, is_excluded=False, **made))

    stage.cast.world.write(decide)
    jules: Client = stage.client("jules")
    assert jules.get(addresses(stage)[0]).status_code == 200
    assert "Vorhaben 1" in jules.get(LIST).text
