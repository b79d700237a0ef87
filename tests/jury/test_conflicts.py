"""Declaring, deciding, and what a conflict hides."""

from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.jury import actions, queries
from award.jury.models import Conflict
from tests.cast import Cast
from tests.jury.staged import Staged, staged
from tests.world import Statements, words

DECLARED = {"kind": "relative", "statement": "Meine Schwester leitet das Büro."}


def _declare(stage: Staged, name: str = "jules", place: int = 0) -> str:
    """Declare by the page and return the conflict's id."""
    nomination = stage.nominations[place].id
    answer = stage.client(name).post(f"/jury/conflicts/{nomination}", DECLARED)
    assert answer.status_code == 303, words(answer)
    seat = stage.cast.seats[name].id
    query = select(Conflict.id).where(
        Conflict.seat_id == seat, Conflict.nomination_id == nomination
    )
    return stage.cast.world.read(lambda db: db.scalar(query))


def _decide(stage: Staged, name: str, conflict: str, decision: str = "excluded") -> Response:
    data = {"decision": decision, "reason": "So steht es in der Regel."}
    return stage.client(name).post(f"{stage.base}/conflicts/{conflict}/decision", data)


def test_the_list_for_declaring_shows_who_takes_part_and_no_text(cast: Cast) -> None:
    stage = staged(cast, 2)
    cast.world.clock.instant = cast.phases["conflicts"].starts_at
    shown = stage.client("jules").get("/jury/conflicts")
    said = words(shown)
    assert "Förde, Schleswig-Holstein Partner: Beispiel-Kammer 1" in said
    assert "2 Bewerbungen" in said
    assert "Kurzfassung des Vorhabens" not in shown.text
    assert "Kontaktperson geheim" not in shown.text


def test_the_list_is_not_there_before_declaring_begins(cast: Cast) -> None:
    stage = staged(cast)
    cast.world.clock.instant = cast.phases["conflicts"].starts_at - timedelta(seconds=1)
    jules = stage.client("jules")
    assert "Vorhaben 1" not in words(jules.get("/jury/conflicts"))
    assert jules.get(f"/jury/conflicts/{stage.nominations[0].id}").status_code == 404


def test_once_judging_has_begun_only_the_own_nominations_are_listed(cast: Cast) -> None:
    stage = staged(cast, 2, jurors=("jo",))
    said = words(stage.client("jules").get("/jury/conflicts"))
    assert "Vorhaben" not in said
    assert "Vorhaben 1" in words(stage.client("jo").get("/jury/conflicts"))


def test_a_declared_conflict_hides_the_nomination_at_once_and_everywhere(each_cast: Cast) -> None:
    stage = staged(each_cast, 2)
    _declare(stage)
    jules = stage.client("jules")
    pile = words(jules.get("/jury"))
    assert "0 von 1 Bewerbung bewertet." in pile
    assert "Vorhaben 1" not in pile
    for address in ("", "/recusal"):
        assert jules.get(f"/sheets/{stage.sheets['jules', 0]}{address}").status_code == 404
    assert "1 von 1" in words(jules.get(f"/sheets/{stage.sheets['jules', 1]}"))
    own = words(jules.get("/jury/conflicts"))
    words_of_own = "Meine Schwester leitet das Büro."
    assert f"Angehörig oder verwandt {words_of_own} wartet auf die Entscheidung" in own


def test_a_handed_in_sheet_does_not_count_after_a_late_declaration(each_cast: Cast) -> None:
    stage = staged(each_cast)
    stage.hand_in("jules")
    stage.hand_in("jo")
    _declare(stage)
    counted = each_cast.world.read(lambda db: queries.counted_sheets(db, each_cast.round))
    assert [one.seat_id for one in counted] == [each_cast.seats["jo"].id]
    assert counted[0].scores == dict.fromkeys(("K1", "K2", "K3", "K4", "K5", "K6"), 4)


def test_the_chair_decides_and_an_admitted_juror_has_the_nomination_back(each_cast: Cast) -> None:
    stage = staged(each_cast)
    conflict = _declare(stage)
    carla = stage.client("carla")
    assert "von Ihnen zu entscheiden" in words(carla.get(f"{stage.base}/conflicts"))
    assert _decide(stage, "carla", conflict, "admitted").status_code == 303
    assert stage.client("jules").get(f"/sheets/{stage.sheets['jules', 0]}").status_code == 200
    again = _decide(stage, "carla", conflict)
    assert again.status_code == 422
    assert "Darüber ist schon entschieden." in words(again)


def test_a_decision_needs_a_reason(cast: Cast) -> None:
    stage = staged(cast)
    conflict = _declare(stage)
    address = f"{stage.base}/conflicts/{conflict}/decision"
    answer = stage.client("carla").post(address, {"decision": "excluded", "reason": " "})
    assert answer.status_code == 422
    assert 'href="#field-reason"' in answer.text


@pytest.mark.parametrize(
    ("who", "about", "status"),
    [
        ("carla", "jules", 303),
        ("jo", "jules", 403),
        ("olga", "jules", 403),
        ("ada", "jules", 403),
        ("nora", "jules", 404),
        ("carla", "carla", 403),
        ("jo", "carla", 303),
        ("jo", "jo", 403),
    ],
)
def test_the_chair_decides_and_the_deputy_where_the_chair_is_affected(
    cast: Cast, who: str, about: str, status: int
) -> None:
    stage = staged(cast)

    def lead(db: Session) -> None:
        seat = queries.seat_in(db, cast.edition.id, cast.seats["jo"].id)
        actions.set_lead(db, seat, "deputy", by=stage.by("olga"), at=cast.world.now)

    cast.world.write(lead)
    conflict = _declare(stage, about)
    assert _decide(stage, who, conflict).status_code == status


def test_where_the_chair_is_in_conflict_the_deputy_decides_on_all_and_the_chair_sees_nothing(
    each_cast: Cast,
) -> None:
    stage = staged(each_cast, 2)

    def lead(db: Session) -> None:
        seat = queries.seat_in(db, each_cast.edition.id, each_cast.seats["jo"].id)
        actions.set_lead(db, seat, "deputy", by=stage.by("olga"), at=each_cast.world.now)

    each_cast.world.write(lead)
    own, others = _declare(stage, "carla"), _declare(stage, "jules")
    elsewhere = _declare(stage, "jules", 1)
    carla = stage.client("carla")
    listed = carla.get(f"{stage.base}/conflicts").text
    assert own in listed
    assert elsewhere in listed
    assert others not in listed
    assert carla.get(f"{stage.base}/conflicts/{others}").status_code == 404
    assert _decide(stage, "carla", others).status_code == 404
    assert _decide(stage, "jo", elsewhere).status_code == 403
    assert _decide(stage, "jo", others).status_code == 303


def test_the_chair_does_not_read_what_others_said_of_the_chair(cast: Cast) -> None:
    stage = staged(cast)
    data = {
        "seat": cast.seats["carla"].id,
        "nomination": stage.nominations[0].id,
        "kind": "disputed",
        "statement": "Jemand hat angerufen.",
    }
    stage.client("olga").post(f"{stage.base}/conflicts", data)
    assert "Vorhaben 1" in words(stage.client("olga").get(f"{stage.base}/conflicts"))
    assert "Vorhaben 1" not in words(stage.client("carla").get(f"{stage.base}/conflicts"))


def test_an_administrator_enters_a_hint_and_the_juror_does_not_read_it(cast: Cast) -> None:
    stage = staged(cast)
    data = {
        "seat": cast.seats["jules"].id,
        "nomination": stage.nominations[0].id,
        "kind": "disputed",
        "statement": "Jemand hat angerufen.",
    }
    olga = stage.client("olga")
    assert olga.post(f"{stage.base}/conflicts", data).status_code == 303
    jules = stage.client("jules")
    assert jules.get(f"/sheets/{stage.sheets['jules', 0]}").status_code == 404
    assert "Jemand hat angerufen." not in jules.get("/jury/conflicts").text
    twice = olga.post(f"{stage.base}/conflicts", data)
    assert twice.status_code == 422
    assert "schon eine Befangenheit vermerkt" in words(twice)


@pytest.mark.parametrize(
    ("name", "status"),
    [("olga", 200), ("ada", 200), ("carla", 200), ("jules", 404), ("nora", 404), ("mallory", 404)],
)
def test_who_reads_the_list_of_conflicts(cast: Cast, name: str, status: int) -> None:
    stage = staged(cast)
    conflict = _declare(stage, "jo")
    client = stage.client(name)
    assert client.get(f"{stage.base}/conflicts").status_code == status
    assert client.get(f"{stage.base}/conflicts/{conflict}").status_code == status


def test_after_the_opening_nothing_is_declared_or_decided_any_more(cast: Cast) -> None:
    stage = staged(cast, 2)
    conflict = _declare(stage, "jo", 1)
    stage.hand_in("jules", 0)
    stage.open()
    late = stage.client("jules").post(f"/jury/conflicts/{stage.nominations[0].id}", DECLARED)
    assert late.status_code == 422
    assert "sind geöffnet" in words(late)
    assert _decide(stage, "carla", conflict).status_code == 422


def test_the_lists_ask_the_same_with_one_row_and_with_thirty(cast: Cast) -> None:
    stage = staged(cast, 30)
    counts = []
    for place in (0, *range(1, 30)):
        conflict = _declare(stage, "jo", place)
        if place in (0, 29):
            with Statements(cast.world) as asked:
                stage.client("olga").get(f"{stage.base}/conflicts")
                stage.client("jo").get("/jury/conflicts")
            counts.append(len(asked) - 2)
    assert conflict
    assert counts[0] == counts[1], counts
