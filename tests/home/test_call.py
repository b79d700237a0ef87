"""What visitors read: the start page, the call of an edition, the criteria, all editions."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from award.demo.archive import load_2014
from award.programmes.models import Edition, FormDefinition, Programme, Round
from tests.cast import Cast
from tests.world import Statements, World, words


def _archive(cast: Cast) -> None:
    def write(db: Session) -> None:
        programme = db.get(Programme, cast.programme.id)
        assert programme is not None
        load_2014(db, programme, cast.world.now)

    cast.world.write(write)


def test_without_an_edition_the_start_page_is_calm(each_world: World) -> None:
    for address, said in (("/", "Im Moment läuft kein Aufruf."), ("/en/", "No call is open")):
        page = each_world.visitor().get(address)
        assert page.status_code == 200
        assert said in words(page)


def test_between_two_editions_the_start_page_shows_the_last_winners(cast: Cast) -> None:
    _archive(cast)

    def hide(db: Session) -> None:
        edition = db.get(Edition, cast.edition.id)
        assert edition is not None
        edition.published_at = None

    cast.world.write(hide)
    said = words(cast.world.visitor().get("/"))
    assert "Im Moment läuft kein Aufruf." in said
    assert "Bündnis für Fachkräfte Bonn/Rhein-Sieg" in said


@pytest.mark.parametrize("address", ["/", "/editions/2026"])
def test_the_call_says_when_what_for_and_who_won_before(cast: Cast, address: str) -> None:
    _archive(cast)
    said = words(cast.world.visitor().get(address))
    for sentence in (
        "Bewerben bis Montag, 14. Dezember 2026, 09:59:59 Uhr (MEZ)",
        "Zwei Netzwerke, die zeigen, wie es geht",
        "Bewerben bis 14. Dezember, 21 Tage",
        "Jede Bewerbung bewerten 2 Jurymitglieder unabhängig voneinander.",
        "25 % Innovationsgehalt",
        "7 Texte, zusammen höchstens 11.500 Zeichen",
        "Ausgezeichnet 2014 Strategische Partnerschaft Sensorik e.V.",
    ):
        assert sentence in said.replace("\N{NO-BREAK SPACE}", " ").replace("noch ", "")


def test_the_numbers_come_from_the_definition_and_the_round(cast: Cast) -> None:
    def change(db: Session) -> None:
        form, first, edition = (
            db.get(FormDefinition, cast.form.id),
            db.get(Round, cast.round.id),
            db.get(Edition, cast.edition.id),
        )
        assert form is not None
        assert first is not None
        assert edition is not None
        fields = [{"key": "one", "kind": "long_text", "max_length": 1234}]
        form.definition = {"sections": [{"key": "all", "fields": fields}]}
        first.jurors_per_nomination = 7
        edition.winners = 1

    cast.world.write(change)
    said = words(cast.world.visitor().get("/en/"))
    assert "1 text of at most 1,234 characters" in said
    assert "7 members of the jury judge each nomination" in said
    assert "One network that shows how it is done" in said


def test_each_reader_finds_the_own_way_in(cast: Cast) -> None:
    world = cast.world
    visitor = world.visitor().get("/").text
    assert 'class="button primary" href="/registration"' in visitor
    assert "/sign-in?next=%2Fnominations" in visitor
    assert 'class="button primary" href="/nominations"' in world.signed_in(cast.nora).get("/").text
    assert 'class="button primary" href="/home"' in world.signed_in(cast.jules).get("/").text
    world.clock.instant = cast.phases["nominations"].ends_at
    after = world.visitor().get("/")
    assert "/registration" not in after.text
    assert "Die Bewerbungsfrist endete: Montag, 14. Dezember 2026, 09:59:59" in words(after)


def test_an_edition_is_not_there_before_its_publication(cast: Cast) -> None:
    world = cast.world
    world.clock.instant = cast.edition.published_at - timedelta(seconds=1)
    for page in ("/editions/2026", "/editions/2026/criteria", "/en/editions/2026"):
        assert world.visitor().get(page).headers["location"].partition("?")[0].endswith("/sign-in")
        assert world.signed_in(cast.nora).get(page).status_code == 404
        assert world.signed_in(cast.jules).get(page).status_code == 404
        assert world.signed_in(cast.olga).get(page).status_code == 200
        assert world.signed_in(cast.ada).get(page).status_code == 200
    assert "Auszeichnung 2026" not in words(world.visitor().get("/editions"))
    world.clock.move(seconds=1)
    assert world.visitor().get("/editions/2026").status_code == 200


def test_the_criteria_say_every_level_and_the_rules(cast: Cast) -> None:
    said = words(cast.world.visitor().get("/en/editions/2026/criteria"))
    for criterion in cast.criteria:
        assert criterion.name["en"] in said
        assert all(anchor["en"] in said for anchor in criterion.anchors)
    assert "A score sheet counts if at least 75% of the weight is judged." in said
    assert "A nomination is placed from 1 counted score sheet on." in said
    ties = "Impact and results Innovativeness Transferability and model character"
    assert f"in this order: {ties}" in said


def test_the_archive_has_winners_and_no_criteria(cast: Cast) -> None:
    _archive(cast)
    visitor = cast.world.visitor()
    assert visitor.get("/editions/2014").headers["location"] == "/editions/2014/winners"
    assert visitor.get("/editions/2014/criteria").headers["location"].startswith("/sign-in")
    assert cast.world.signed_in(cast.nora).get("/editions/2014/criteria").status_code == 404
    said = words(visitor.get("/editions"))
    assert said.index("Auszeichnung 2026") < said.index("Innovative Netzwerke 2014")
    assert "Preisträger bekannt gegeben" in said


def test_the_list_of_editions_costs_the_same_for_thirty(cast: Cast) -> None:
    world, visitor = cast.world, cast.world.visitor()
    with Statements(world) as one:
        visitor.get("/editions")

    def more(db: Session) -> None:
        for n in range(29):
            db.add(
                Edition(
                    programme_id=cast.programme.id,
                    slug=f"more-{n}",
                    name={"de": f"Nummer {n}", "en": f"Number {n}"},
                    year=2000 + n,
                    published_at=world.now,
                    created_at=world.now,
                )
            )

    world.write(more)
    with Statements(world) as thirty:
        assert "Nummer 28" in words(visitor.get("/editions"))
    assert len(thirty) == len(one)


def test_invented_winners_stand_only_beside_an_invented_call(cast: Cast) -> None:
    _archive(cast)

    def invent(db: Session) -> None:
        db.add(
            Edition(
                programme_id=cast.programme.id,
                slug="played",
                name={"de": "Gespielt", "en": "Played"},
                year=2020,
                kind="archive",
                is_synthetic=True,
                published_at=cast.world.now,
                created_at=cast.world.now,
            )
        )

    cast.world.write(invent)
    assert "Ausgezeichnet 2014" in words(cast.world.visitor().get("/"))
