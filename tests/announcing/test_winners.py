"""The winners' page: the edition of 2014 as it was announced, and what the jury learns earlier."""

from datetime import timedelta

from markupsafe import escape
from sqlalchemy.orm import Session

from award.decisions.models import DecidedWinner, Decision
from award.demo.archive import load_2014
from award.jury.models import Conflict
from award.programmes.models import Programme
from tests.cast import Cast
from tests.ranking.opened import Judged, judged
from tests.world import World, words

NAMES = [
    "Strategische Partnerschaft Sensorik e.V.",
    "SWITCH - verkürzte Berufsausbildung für Studienabbrecher/innen",
    "Wirtschaftsinitiative Lausitz e.V.",
    'Netzwerk "Cleveres Köpfchen - Glówka pracuje"',
    "Bündnis für Fachkräfte Bonn/Rhein-Sieg",
]
REGIONS = [
    "Region: Regensburg, Bayern",
    "Region: Aachen",
    "Region Lausitz",
    "Region: Östl. Mecklenburg und Vorpommern",
    "Region Rhein-Sieg",
]
EMBARGO = timedelta(days=2)
DECIDED = "/jury/editions/2026/winners"


def _announced(world: World) -> None:
    def write(db: Session) -> None:
        programme = Programme(
            name={"de": "Innovative Netzwerke", "en": "Innovative Networks"},
            contact_email="award@organiser.example",
            texts={},
            created_at=world.now,
        )
        db.add(programme)
        db.flush()
        load_2014(db, programme, world.now)

    world.write(write)


def test_names_and_regions_stand_as_printed_in_both_languages(world: World) -> None:
    _announced(world)
    for address in ("/editions/2014/winners", "/en/editions/2014/winners"):
        said = words(world.visitor().get(address))
        places = [
            said.index(f"{name} {region}") for name, region in zip(NAMES, REGIONS, strict=True)
        ]
        assert places == sorted(places)
        assert "Hand in Hand arbeiten." in said
        assert "© GeoBasis-DE / BKG 2017" in said


def test_each_winner_has_a_page_and_a_pin_on_the_map(world: World) -> None:
    _announced(world)
    visitor = world.visitor()
    overview = visitor.get("/editions/2014/winners").text
    for number, name in enumerate(NAMES, 1):
        assert f'href="/editions/2014/winners/{number}" aria-label="' in overview
        single = visitor.get(f"/editions/2014/winners/{number}")
        assert f'<h1 class="serif">{escape(name)}</h1>' in single.text
    assert visitor.get("/editions/2014/winners/6").status_code == 303


def _decided(found: Judged, *, is_confirmed: bool = True) -> None:
    """Olga proposes the first two nominations, Otto confirms."""
    cast, at = found.cast, found.cast.world.now

    def write(db: Session) -> None:
        confirmed = {"confirmed_by": cast.otto.id, "confirmed_at": at} if is_confirmed else {}
        decision = Decision(
            edition_id=cast.edition.id,
            embargo_until=at + EMBARGO,
            sha256="0" * 64,
            proposed_by=cast.olga.id,
            proposed_at=at,
            **confirmed,
        )
        db.add(decision)
        db.flush()
        for number, one in enumerate(found.nominations[:2], 1):
            chosen = {"decision_id": decision.id, "nomination_id": one.id, "position": number}
            db.add(DecidedWinner(**chosen, reason=f"Grund {number}"))

    cast.world.write(write)


def _in_conflict(found: Judged, name: str, place: int) -> None:
    cast = found.cast
    conflict = Conflict(
        seat_id=cast.seats[name].id,
        nomination_id=found.nominations[place].id,
        kind="membership",
        statement="Ich kenne sie.",
        source="juror",
        reported_at=cast.world.now,
        reported_by=getattr(cast, name).id,
    )
    cast.world.write(lambda db: db.add(conflict))


def test_the_jury_learns_of_the_winners_when_they_are_confirmed(cast: Cast) -> None:
    found = judged(cast)
    found.open()
    _decided(found)
    jules = found.client("jules")
    said = words(jules.get(DECIDED))
    assert "Netz 1 Titel 1 Oberland Grund 1 Netz 2 Titel 2 Oberland Grund 2" in said
    assert "Vertraulich bis" in said
    assert f'href="{DECIDED}"' in jules.get("/jury").text
    for name in ("nora", "mallory", "olga", "ada"):
        assert found.client(name).get(DECIDED).status_code == 404
    assert "Grund 1" not in cast.world.visitor().get("/editions/2026/winners").text


def test_a_conflict_hides_a_winner_until_it_is_public(cast: Cast) -> None:
    found = judged(cast)
    _in_conflict(found, "jo", 0)
    found.open()
    _decided(found)
    page = found.client("jo").get(DECIDED)
    assert "Grund 2" in page.text
    assert "Titel 1" not in page.text
    cast.world.clock.instant += EMBARGO
    jo = found.client("jo")
    assert "Titel 1" in words(jo.follow(jo.get(DECIDED)))


def test_a_proposal_is_not_shown_to_the_jury(cast: Cast) -> None:
    found = judged(cast)
    found.open()
    _decided(found, is_confirmed=False)
    jules = found.client("jules")
    assert jules.get(DECIDED).status_code == 404
    assert DECIDED not in jules.get("/jury").text
