"""The winners' page: the edition of 2014 as it was announced."""

from markupsafe import escape
from sqlalchemy.orm import Session

from award.demo.archive import load_2014
from award.programmes.models import Programme
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
