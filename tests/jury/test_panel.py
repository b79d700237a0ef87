"""The panel, what a round judges, and who reads what."""

import pytest
from httpx import Response
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.jury import queries
from award.jury.models import Assignment, RoundEntry, Seat, SheetExclusion
from award.kit.mail import Mail
from tests.cast import Cast
from tests.jury.staged import Staged, assigned, nominated, staged
from tests.world import Statements, words

INVITED = {
    "name": "Ina Neu",
    "email": "ina@cast.example",
    "organisation": "Kammer",
    "language": "de",
}


def test_an_invited_person_has_a_seat_and_a_letter(each_cast: Cast) -> None:
    stage = staged(each_cast)
    olga = stage.client("olga")
    answer = olga.post(f"{stage.base}/jury", INVITED)
    assert "Ina Neu Kammer ina@cast.example" in words(olga.follow(answer))
    mails = each_cast.world.read(lambda db: list(db.scalars(select(Mail))))
    assert [mail.recipient for mail in mails] == ["ina@cast.example"]
    assert "Sie gehören zur Jury von „Auszeichnung 2026“." in mails[0].text


@pytest.mark.parametrize(
    ("who", "message"),
    [
        ("jules@cast.example", "Diese Person sitzt schon in der Jury."),
        ("nora@cast.example", "Diese Person gehört zu einem Netzwerk mit einer Bewerbung"),
    ],
)
def test_who_cannot_have_a_seat_is_said_at_the_address(cast: Cast, who: str, message: str) -> None:
    stage = staged(cast)
    answer = stage.client("olga").post(f"{stage.base}/jury", {**INVITED, "email": who})
    assert answer.status_code == 422
    assert message in words(answer)
    assert 'href="#field-email"' in answer.text
    assert f'value="{who}"' in answer.text


def test_the_database_too_refuses_a_seat_to_who_nominates(each_cast: Cast) -> None:
    staged(each_cast)
    row = Seat(
        edition_id=each_cast.edition.id,
        account_id=each_cast.nora.id,
        created_at=each_cast.world.now,
    )
    with pytest.raises(DBAPIError, match="a person cannot both nominate and judge"):
        each_cast.world.write(lambda db: db.add(row))


def test_there_is_one_chair_and_one_deputy_and_they_are_two_people(each_cast: Cast) -> None:
    stage = staged(each_cast)
    seats = each_cast.seats
    olga = stage.client("olga")
    both = {"chair": seats["jo"].id, "deputy": seats["jules"].id}
    assert olga.post(f"{stage.base}/jury/lead", both).status_code == 303
    query = select(Account.name, Seat.is_chair, Seat.is_deputy).join(
        Seat, Seat.account_id == Account.id
    )
    found = each_cast.world.read(lambda db: sorted(tuple(row) for row in db.execute(query)))
    assert found == [
        ("Carla Vorsitz", False, False),
        ("Jo Jury", True, False),
        ("Jules Jury", False, True),
    ]
    same = olga.post(f"{stage.base}/jury/lead", {"chair": seats["jo"].id, "deputy": seats["jo"].id})
    assert same.status_code == 422
    assert "Vorsitz und Stellvertretung sind zwei Personen." in words(same)


def test_who_does_not_sit_on_the_panel_does_not_lead_it_and_who_leads_it_stays(cast: Cast) -> None:
    stage = staged(cast)
    answer = stage.client("olga").post(f"{stage.base}/jury/lead", {"chair": "nobody"})
    assert answer.status_code == 422
    assert 'id="error-chair"' in answer.text
    panel = cast.world.read(lambda db: queries.panel(db, cast.edition.id))
    assert [one.name for one in panel if one.is_chair] == ["Carla Vorsitz"]


def test_the_admitted_nominations_are_taken_over_once(each_cast: Cast) -> None:
    stage = staged(each_cast)

    def write(db: Session) -> None:
        nominated(db, each_cast, 2)
        nominated(db, each_cast, 3, admitted=False)

    each_cast.world.write(write)
    olga = stage.client("olga")
    assert "1 zugelassene Bewerbung ist noch nicht in dieser Runde." in words(olga.get(stage.round))
    for _ in range(2):
        said = words(olga.follow(olga.post(f"{stage.round}/nominations")))
    assert "2 Bewerbungen" in said
    assert "Vorhaben 3" not in said
    assert (
        each_cast.world.read(lambda db: db.scalar(select(func.count()).select_from(RoundEntry)))
        == 2
    )


def _readers(stage: Staged, *names: str) -> str:
    return " ".join(sorted(stage.cast.seats[name].id for name in names))


def _set(stage: Staged, seen: str, *names: str, reason: str = "") -> Response:
    seats = [stage.cast.seats[name].id for name in names]
    address = f"{stage.round}/assignments/{stage.nominations[0].id}"
    data = {"seen": seen, "seats": seats, "reason": reason}
    return stage.client("olga").post(address, data)


def _assigned(stage: Staged) -> set[str]:
    names = {seat.id: name for name, seat in stage.cast.seats.items()}
    query = select(Assignment.seat_id)
    return stage.cast.world.read(lambda db: {names[one] for one in db.scalars(query)})


def test_jurors_are_ticked_and_unticked_before_judging_without_a_reason(each_cast: Cast) -> None:
    stage = staged(each_cast, jurors=("jules",))
    each_cast.world.clock.instant = each_cast.phases["judging"].starts_at
    each_cast.world.clock.move(seconds=-1)
    assert _set(stage, _readers(stage, "jules"), "jo", "carla").status_code == 303
    assert _assigned(stage) == {"jo", "carla"}
    said = words(stage.client("olga").get(f"{stage.round}/assignments"))
    assert "Carla Vorsitz, Jo Jury" in said
    assert "2 von 2" in said
    assert "Carla Vorsitz 1 Jo Jury 1 Jules Jury 0" in said


def test_once_judging_has_begun_a_change_needs_a_reason(each_cast: Cast) -> None:
    stage = staged(each_cast, jurors=("jules",))
    answer = _set(stage, _readers(stage, "jules"), "jules", "jo")
    assert answer.status_code == 422
    assert "Bitte sagen Sie, warum sich das ändert." in words(answer)
    assert _set(stage, _readers(stage, "jules"), "jules", "jo", reason="Ersatz").status_code == 303
    assert _assigned(stage) == {"jules", "jo"}


def test_a_sheet_that_was_begun_stays_on_record_and_does_not_count(each_cast: Cast) -> None:
    stage = staged(each_cast, jurors=("jules", "jo"))
    stage.hand_in("jules")
    assert _set(stage, _readers(stage, "jules", "jo"), "jo", reason="Zu spät").status_code == 303
    kept = each_cast.world.read(lambda db: db.get_one(SheetExclusion, stage.sheets["jules", 0]))
    assert kept.reason == "Zu spät"
    jules = stage.client("jules")
    assert jules.get(f"/sheets/{stage.sheets['jules', 0]}").status_code == 404
    said = words(stage.client("olga").get(f"{stage.round}/assignments"))
    assert "Jules Jury: entzogen, der Bogen zählt nicht" in said


def test_a_conflict_blocks_the_assignment_with_its_message(each_cast: Cast) -> None:
    stage = staged(each_cast, jurors=("jules",))
    data = {
        "seat": each_cast.seats["jo"].id,
        "nomination": stage.nominations[0].id,
        "kind": "disputed",
        "statement": "Ein Hinweis.",
    }
    stage.client("olga").post(f"{stage.base}/conflicts", data)
    answer = _set(stage, _readers(stage, "jules"), "jules", "jo", reason="Ersatz")
    assert answer.status_code == 422
    assert "Dieses Jurymitglied ist hier befangen" in words(answer)
    assert _assigned(stage) == {"jules"}


def test_two_administrators_do_not_undo_each_other_unknowingly(cast: Cast) -> None:
    stage = staged(cast, jurors=("jules",))
    assert _set(stage, _readers(stage, "jules"), "jules", "jo", reason="Ersatz").status_code == 303
    answer = _set(stage, _readers(stage, "jules"), "jules", "carla", reason="Ersatz")
    assert answer.status_code == 409
    assert "Inzwischen hat jemand anderes diese Zuteilung geändert." in words(answer)
    assert _assigned(stage) == {"jules", "jo"}


@pytest.mark.parametrize(
    ("name", "reads", "runs"),
    [
        ("olga", True, True),
        ("ada", True, False),
        ("carla", False, False),
        ("jules", False, False),
        ("nora", False, False),
        ("mallory", False, False),
    ],
)
def test_administrators_run_the_panel_and_auditors_read_it(
    cast: Cast,
    name: str,
    reads: bool,  # noqa: FBT001
    runs: bool,  # noqa: FBT001
) -> None:
    stage = staged(cast)
    client = stage.client(name)
    for path in (f"{stage.base}/jury", stage.round, f"{stage.round}/assignments"):
        assert client.get(path).status_code == (200 if reads else 404)
    one = f"{stage.round}/assignments/{stage.nominations[0].id}"
    assert client.get(one).status_code == (200 if runs else 404)
    for path in (
        f"{stage.base}/jury",
        f"{stage.base}/jury/lead",
        f"{stage.round}/nominations",
        one,
    ):
        assert (client.post(path, {}).status_code == 404) is not runs


def test_the_lists_ask_the_same_with_one_row_and_with_thirty(cast: Cast) -> None:
    stage = staged(cast, 1)
    olga = stage.client("olga")
    ways = ("", "/assignments", "/progress", "/opening")
    counts = []
    for rows in (1, 30):
        with Statements(cast.world) as asked:
            for path in (f"{stage.base}/jury", *(stage.round + way for way in ways)):
                assert olga.get(path).status_code == 200
        counts.append(len(asked))
        if rows == 1:
            cast.world.write(lambda db: _more(db, cast))
    assert counts[0] == counts[1], counts


def _more(db: Session, cast: Cast) -> None:
    """Twenty-nine further nominations in the round, read by Jules."""
    for place in range(2, 31):
        one = nominated(db, cast, place)
        db.add(RoundEntry(round_id=cast.round.id, nomination_id=one.id, at=cast.world.now))
        assigned(db, cast, one, "jules", place)
