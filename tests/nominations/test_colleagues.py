"""Colleagues on one nomination: who saved last, who is writing now, and who may know of it."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from award.accounts.models import Account, Membership
from tests.cast import Cast
from tests.nominations.filled import begun, reader, writer
from tests.world import Client, Statements, words

STATEMENTS_OF_A_SAVE = 8


class Desk:
    """Nora and Juna at one draft of their network."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.made = cast, begun(cast)
        self.juna_account = writer(cast)
        cast.world.clock.move(minutes=5)
        self.nora, self.juna = (
            cast.world.signed_in(cast.nora),
            cast.world.signed_in(self.juna_account),
        )
        self.own = f"/nominations/{self.made.id}"
        self.summary = f"{self.own}/sections/summary"

    def save(self, client: Client, text: str, version: int, **headers: str) -> int:
        typed = {"summary": text, "version": str(version)}
        return client.post(self.summary, typed, **headers).status_code

    def marks(self, client: Client) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = client.get(f"{self.own}/writing").json()
        return found


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


@pytest.fixture
def each_desk(each_cast: Cast) -> Desk:
    return Desk(each_cast)


def crowd(db: Session, cast: Cast) -> None:
    """Thirty more people of the network."""
    for number in range(30):
        name, now = f"M{number}", cast.world.now
        account = Account(email=f"{name}@cast.example", name=name, created_at=now)
        db.add(account)
        db.flush()
        db.add(Membership(network_id=cast.network.id, account_id=account.id, created_at=now))


def test_others_see_who_is_writing_where_and_oneself_does_not(each_desk: Desk) -> None:
    desk = each_desk
    desk.save(desk.juna, "Von Juna.", 1, accept="application/json")
    assert desk.marks(desk.nora) == [
        {
            "section": "summary",
            "place": "summary/summary",
            "who": "Juna Muster",
            "said": "Juna Muster schreibt hier",
        }
    ]
    assert desk.marks(desk.juna) == []
    assert "Juna Muster schreibt hier" in words(desk.nora.get(desk.summary))
    assert "Juna Muster schreibt hier" in words(desk.nora.get(desk.own))
    assert "schreibt hier" not in words(desk.juna.get(desk.summary))


@pytest.mark.parametrize(("seconds", "marks"), [(44, 1), (45, 0)])
def test_a_mark_lapses_by_itself(desk: Desk, seconds: int, marks: int) -> None:
    desk.save(desk.juna, "Von Juna.", 1)
    desk.cast.world.clock.move(seconds=seconds)
    assert len(desk.marks(desk.nora)) == marks
    assert words(desk.nora.get(desk.own)).count("Juna Muster schreibt hier") == marks


def test_a_mark_is_where_the_person_was_last(desk: Desk) -> None:
    desk.save(desk.juna, "Von Juna.", 1)
    desk.cast.world.clock.move(seconds=5)
    typed = {"needs": "Von Juna.", "goal": "Ganzjährige Stellen.", "version": "1"}
    desk.juna.post(f"{desk.own}/sections/needs-and-goal", typed)
    assert [one["place"] for one in desk.marks(desk.nora)] == ["needs-and-goal/needs"]


def test_two_who_write_in_turn_both_leave_a_mark(desk: Desk) -> None:
    desk.save(desk.juna, "Von Juna.", 1)
    desk.cast.world.clock.move(seconds=5)
    desk.save(desk.nora, "Von Nora.", 2)
    lea = desk.cast.world.signed_in(reader(desk.cast))
    said = [one["said"] for one in desk.marks(lea)]
    assert said == ["Juna Muster schreibt hier", "Nora Netzwerk schreibt hier"]
    assert [one["who"] for one in desk.marks(desk.nora)] == ["Juna Muster"]


def test_it_is_never_a_lock(desk: Desk) -> None:
    desk.save(desk.juna, "Von Juna.", 1)
    assert desk.save(desk.nora, "Von Nora.", 1) == 409
    assert desk.save(desk.nora, "Von Nora.", 2) == 303


def test_nobody_outside_learns_of_it(desk: Desk) -> None:
    desk.save(desk.juna, "Von Juna.", 1)
    cast = desk.cast
    for person in (cast.mallory, cast.jules, cast.carla, cast.olga, cast.ada):
        outside = cast.world.signed_in(person)
        assert outside.get(f"{desk.own}/writing").status_code == 404
        assert "schreibt hier" not in outside.get(f"/networks/{cast.network.id}/members").text
    assert cast.world.visitor().get(f"{desk.own}/writing").status_code == 303
    entry = cast.world.signed_in(cast.olga).get(f"/admin/editions/2026{desk.own}")
    assert entry.status_code == 200
    assert "Juna" not in entry.text
    assert desk.nora.get("/nominations/nothing/writing").status_code == 404


def test_whoever_left_sees_nothing_and_leaves_no_mark(desk: Desk) -> None:
    desk.save(desk.juna, "Von Juna.", 1)
    desk.nora.post(f"/networks/{desk.cast.network.id}/members/{desk.juna_account.id}/removal")
    assert desk.marks(desk.nora) == []
    for path in (desk.own, desk.summary, f"{desk.own}/writing", f"{desk.summary}/versions"):
        assert desk.juna.get(path).status_code == 404, path
    assert desk.save(desk.juna, "Noch einmal.", 2) == 404
    page = words(desk.nora.get(desk.own))
    assert "zuletzt gesichert von Juna Muster" in page
    assert "Juna Muster darf schreiben" not in page


def test_the_task_list_tells_who_works_on_it(desk: Desk) -> None:
    reader(desk.cast)
    desk.save(desk.juna, "Von Juna.", 1)
    desk.cast.world.clock.move(minutes=1)
    page = desk.nora.get(desk.own)
    said = words(page)
    assert "zuletzt gesichert von Juna Muster, heute, 10:05 Uhr (MEZ)" in said
    assert "Juna Muster eingeladen, Link abgelaufen darf schreiben und einreichen" in said
    assert "zuletzt in „Kurzfassung“, heute, 10:05 Uhr (MEZ)" in said
    assert "Lea Leserin eingeladen, Link abgelaufen darf lesen" in said
    assert "Nora Netzwerk (Sie)" in said
    members = f"/networks/{desk.cast.network.id}/members?back=%2Fnominations%2F{desk.made.id}"
    assert f'href="{members}"' in page.text
    assert f'href="{desk.own}"' in desk.nora.get(members).text


def test_a_reader_sees_who_works_on_it_and_is_not_led_to_an_invitation(desk: Desk) -> None:
    lea = desk.cast.world.signed_in(reader(desk.cast))
    said = words(lea.get(desk.own))
    assert "Wer daran arbeitet" in said
    assert "Alle Personen des Netzwerks" in said
    assert "Einladen" not in said


def test_a_section_says_who_saved_it_and_when(desk: Desk) -> None:
    desk.save(desk.juna, "Von Juna.", 1)
    assert "Gesichert von Juna Muster, heute, 10:05 Uhr (MEZ)" in words(desk.nora.get(desk.summary))
    assert "Gesichert von Ihnen, heute, 10:05 Uhr (MEZ)" in words(desk.juna.get(desk.summary))
    desk.cast.world.clock.move(hours=14)
    late = desk.cast.world.signed_in(desk.cast.nora)
    assert "Gesichert von Juna Muster, gestern, 10:05" in words(late.get(desk.summary))
    desk.cast.world.clock.move(days=1)
    late = desk.cast.world.signed_in(desk.cast.nora)
    assert "Gesichert von Juna Muster, 23. November 2026, 10:05" in words(late.get(desk.summary))


def test_alone_nobody_is_asked_for(cast: Cast) -> None:
    own = f"/nominations/{begun(cast).id}"
    nora = cast.world.signed_in(cast.nora)
    for path in (own, f"{own}/sections/summary"):
        assert "writing.js" not in nora.get(path).text
    writer(cast)
    for path in (own, f"{own}/sections/summary"):
        assert f'data-writing-at="{own}/writing"' in nora.get(path).text
    cast.world.clock.move(days=30)
    late = cast.world.signed_in(cast.nora)
    assert "writing.js" not in late.get(own).text


def test_asking_takes_three_statements_however_many_write(desk: Desk) -> None:
    with Statements(desk.cast.world) as alone:
        assert desk.marks(desk.nora) == []
    desk.cast.world.write(lambda db: crowd(db, desk.cast))
    desk.save(desk.juna, "Von Juna.", 1)
    with Statements(desk.cast.world) as busy:
        assert len(desk.marks(desk.nora)) == 1
    assert (len(alone), len(busy)) == (3, 3)


def test_the_task_list_takes_as_many_statements_for_thirty(desk: Desk) -> None:
    world = desk.cast.world
    with Statements(world) as two:
        desk.nora.get(desk.own)
    world.write(lambda db: crowd(db, desk.cast))
    with Statements(world) as thirty:
        assert "M29" in desk.nora.get(desk.own).text
    assert len(two) == len(thirty)


def test_a_mark_costs_a_save_nothing(desk: Desk) -> None:
    """It is part of the row that is written anyway."""
    desk.save(desk.juna, "Von Juna.", 1)
    desk.cast.world.clock.move(seconds=20)
    with Statements(desk.cast.world) as saving:
        desk.save(desk.juna, "Von Juna, mehr.", 2, accept="application/json")
    assert len(saving) == STATEMENTS_OF_A_SAVE
