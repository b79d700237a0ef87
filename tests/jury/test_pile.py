"""The juror's first page: the pile, what is next, the own value; and nothing of anybody else."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from award.jury.models import Seat
from award.nominations.models import Withdrawal
from award.programmes.actions import NewEdition, create_edition
from award.programmes.queries import form_definition
from tests.cast import Cast
from tests.jury.staged import Staged, assigned, staged
from tests.world import Statements, words


def test_the_pile_shows_progress_the_next_nomination_and_the_own_value(cast: Cast) -> None:
    stage = staged(cast, 3)
    stage.hand_in("jules", 0, (5, 5, 5, 5, 5, 5))
    stage.save("jules", 1, levels={"K1": 3, "K2": None})
    pile = stage.client("jules").get("/jury")
    said = words(pile)
    assert "Guten Tag, Jules Jury" in said
    assert "1 von 3 Bewerbungen bewertet. 1 ist begonnen." in said
    assert "Ihr Wert 100 fertig" in said
    assert "2 von 6 Kriterien begonnen" in said
    assert f'href="/sheets/{stage.sheets["jules", 1]}"' in pile.text
    assert "Weiter mit Nummer 2" in said
    assert "alle 3 offen 1 begonnen 1 fertig 1" in said


def test_the_own_levels_are_drawn_and_stand_in_a_table_too(cast: Cast) -> None:
    stage = staged(cast)
    stage.hand_in("jules", 0, (2, 2, 5, None, 2, 2))
    pile = stage.client("jules").get("/jury")
    assert "Stufe 1: 0, Stufe 2: 4, Stufe 3: 0, Stufe 4: 0, Stufe 5: 1" in pile.text
    assert "Stufe Wie oft 1 0 2 4 3 0 4 0 5 1" in words(pile)


@pytest.mark.parametrize(
    ("show", "seen"), [("open", 3), ("begun", 2), ("done", 1), ("nonsense", 0)]
)
def test_the_filter_stands_in_the_address(cast: Cast, show: str, seen: int) -> None:
    stage = staged(cast, 3)
    stage.hand_in("jules", 0)
    stage.save("jules", 1, levels={"K1": 3})
    said = words(stage.client("jules").get(f"/jury?show={show}"))
    shown = [place for place in (1, 2, 3) if f"Vorhaben {place}" in said]
    assert shown == ([seen] if seen else [1, 2, 3])


def test_before_the_round_the_pile_says_when_it_begins(cast: Cast) -> None:
    stage = staged(cast)
    start = cast.phases["judging"].starts_at
    cast.world.clock.instant = start - timedelta(seconds=1)
    early = words(stage.client("jules").get("/jury"))
    assert "Die Bewertung beginnt am Montag, 21. Dezember 2026, 10:00 Uhr (MEZ)." in early
    assert "Vorhaben 1" not in early
    cast.world.clock.instant = start
    assert "Vorhaben 1" in words(stage.client("jules").get("/jury"))


def test_after_the_round_the_sheets_can_be_read(cast: Cast) -> None:
    stage = staged(cast)
    stage.save("jules", levels={"K1": 3})
    cast.world.clock.move(days=14)
    jules = stage.client("jules")
    assert "Die Zeit zum Bewerten ist vorbei." in words(jules.get("/jury"))
    sheet = jules.get(f"/sheets/{stage.sheets['jules', 0]}")
    assert "Dieser Bogen ist nur noch zu lesen." in words(sheet)
    assert "Abgeben und nächste" not in words(sheet)
    assert 'value="3" checked disabled' in sheet.text


@pytest.mark.parametrize("name", ["nora", "mallory", "olga", "ada"])
def test_who_has_no_seat_finds_no_pile(cast: Cast, name: str) -> None:
    client = staged(cast).client(name)
    assert client.get("/jury").status_code == 404
    assert client.get("/jury/conflicts").status_code == 404


def test_the_pile_asks_the_same_with_one_row_and_with_thirty(each_cast: Cast) -> None:
    stage = staged(each_cast, 30, jurors=("jules",))
    each_cast.world.write(lambda db: assigned(db, each_cast, stage.nominations[0], "jo", 0))
    each_cast.world.read(lambda db: form_definition(db, each_cast.edition.id))  # it is read once
    counts = []
    for name, rows in (("jules", "0 von 30 Bewerbungen"), ("jo", "0 von 1 Bewerbung")):
        client = stage.client(name)
        with Statements(each_cast.world) as asked:
            assert rows in words(client.get("/jury"))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9, counts


def test_an_english_juror_reads_english(cast: Cast) -> None:
    stage = staged(cast)
    stage.hand_in("jules", 0)
    said = words(stage.client("jules").get("/en/jury"))
    assert "1 of 1 nomination scored." in said
    assert "Your value 75 done" in said


def test_a_withdrawn_nomination_leaves_every_pile(cast: Cast) -> None:
    stage = staged(cast, 2)
    row = Withdrawal(nomination_id=stage.nominations[0].id, at=cast.world.now, reason="doch nicht")
    cast.world.write(lambda db: db.add(row))
    jules = stage.client("jules")
    said = words(jules.get("/jury"))
    assert "0 von 1 Bewerbung bewertet." in said
    assert "Vorhaben 1" not in said
    assert jules.get(f"/sheets/{stage.sheets['jules', 0]}").status_code == 404


def test_the_rounds_stand_under_their_editions(cast: Cast) -> None:
    """Two editions that run side by side are not mixed, whichever round begins first."""
    stage = staged(cast)
    cast.world.write(lambda db: _another_edition(db, cast, stage))
    said = words(stage.client("jules").get("/jury"))
    assert "Auszeichnung 2026: Vorrunde Auszeichnung 2027: Vorrunde Endrunde 0 von 1" in said


def _another_edition(db: Session, cast: Cast, stage: Staged) -> None:
    new = NewEdition(
        slug="2027",
        name={"de": "Auszeichnung 2027", "en": "Award 2027"},
        year=2027,
        winners=2,
        first_day=date(2027, 1, 4),
    )
    by, at = stage.by("olga"), cast.world.now
    made = create_edition(db, cast.programme, new, by=by, at=at)
    db.add(Seat(edition_id=made.id, account_id=cast.jules.id, created_at=at))
