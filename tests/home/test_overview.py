"""Where an edition stands: derived from rows, without any score."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.audit import queries as audit
from award.nominations.models import FormalCheck
from award.programmes.models import Edition, Phase, Round
from tests.cast import Cast
from tests.jury.staged import nominated, staged
from tests.world import Statements, words

PAGE = "/admin/editions/2026"


def test_administrators_and_auditors_see_it(cast: Cast) -> None:
    world = cast.world
    assert world.visitor().get(PAGE).headers["location"].startswith("/sign-in")
    for outsider in (cast.nora, cast.mallory, cast.jules, cast.carla):
        assert world.signed_in(outsider).get(PAGE).status_code == 404
    for insider in (cast.olga, cast.ada):
        assert "Bewerbungen sind möglich" in words(world.signed_in(insider).get(PAGE))
    assert world.signed_in(cast.olga).get("/admin/editions/2031").status_code == 404


def test_what_is_next_follows_from_the_rows(each_cast: Cast) -> None:
    cast = each_cast
    world = cast.world

    def hide(db: Session) -> None:
        db.get_one(Edition, cast.edition.id).published_at = None

    world.write(hide)
    said = words(world.signed_in(cast.olga).get(PAGE))
    assert "In Vorbereitung 0 Bewerbungen eingereicht" in said
    assert "Aufruf veröffentlichen Vorher kann sich niemand bewerben. überfällig" in said


def test_unchecked_nominations_wait_after_the_deadline(cast: Cast) -> None:
    world = cast.world

    def hand_in(db: Session) -> None:
        made = nominated(db, cast, 1)
        db.delete(db.get_one(FormalCheck, made.id))

    world.write(hand_in)
    olga = world.signed_in(cast.olga)
    assert "Bewerbung prüfen" not in words(olga.get(PAGE))
    world.clock.instant = cast.phases["nominations"].ends_at
    olga = world.signed_in(cast.olga)
    said = words(olga.get(PAGE))
    assert "1 Bewerbung prüfen" in said
    assert "1 Bewerbung eingereicht, 0 zugelassen, 3 Jurymitglieder." in said
    assert f'href="{PAGE}/nominations"' in olga.get(PAGE).text


def test_the_jury_is_shown_by_numbers_of_sheets_only(each_cast: Cast) -> None:
    cast = each_cast
    stage = staged(cast, nominations=2)
    stage.hand_in("jules", 0, points=(1, 5, 1, 5, 1, 5))
    stage.save("jo", 0, comment="Kanarienvogel")
    page = stage.client("olga").get(PAGE)
    said = words(page)
    assert "Vorrunde läuft" in said
    assert "Jules Jury 1 / 2 1 von 2" in said
    assert "Jo Jury 0 / 2 0 von 2" in said
    assert "Bögen 1 / 6" in said
    assert "Kanarienvogel" not in page.text
    assert "Öffnung" not in said


def test_the_round_waits_for_two_persons_and_then_for_its_ranking(cast: Cast) -> None:
    stage = staged(cast)
    for name in ("jules", "jo", "carla"):
        stage.hand_in(name)
    assert "Öffnung vorschlagen: Vorrunde" in words(stage.client("olga").get(PAGE))
    stage.open()
    said = words(stage.client("olga").get(PAGE))
    assert "Rangfolge berechnen Vorrunde ist geöffnet" in said
    assert "Vorrunde , fertig geöffnet am" in said
    assert "Vorrunde läuft" not in said
    assert "Öffnung vorschlagen" not in said


def test_missing_assignments_are_counted(cast: Cast) -> None:
    stage = staged(cast, nominations=3, jurors=("jules",))
    said = words(stage.client("olga").get(PAGE))
    assert "3 Bewerbungen zuteilen Jede bekommt 2 Jurymitglieder. überfällig" in said


@pytest.mark.parametrize(
    ("language", "said"), [("", "Nachweis {} Einträge"), ("/en", "Record {} entries")]
)
def test_the_end_of_the_log_is_shown(cast: Cast, language: str, said: str) -> None:
    stage = staged(cast)
    for name in ("jules", "jo"):
        stage.hand_in(name)
    length, sha256 = cast.world.read(lambda db: audit.head(db, cast.edition.id))
    page = stage.client("ada").get(f"{language}{PAGE}")
    assert said.format(length) in words(page)
    assert f"{sha256[:4]} {sha256[4:8]} … {sha256[-4:]}" in words(page)
    assert f'href="{language}/admin/audit/check"' in page.text


def test_it_costs_the_same_with_thirty_nominations(cast: Cast) -> None:
    world = cast.world
    stage = staged(cast)
    olga = stage.client("olga")
    with Statements(world) as one:
        olga.get(PAGE)
    world.write(lambda db: [nominated(db, cast, place) for place in range(2, 31)])
    with Statements(world) as thirty:
        assert "30 Bewerbungen eingereicht" in words(olga.get(PAGE))
    assert len(thirty) == len(one)
    assert len(one) <= 17


def test_ranking_and_decision_are_in_the_navigation_once_they_can_be_seen(cast: Cast) -> None:
    stage = staged(cast)
    for name in ("jules", "jo", "carla"):
        stage.hand_in(name)
    ranking, decision = f'href="{PAGE}/ranking"', f'href="{PAGE}/decisions"'
    sealed = stage.client("olga").get(PAGE).text
    assert ranking not in sealed
    assert decision not in sealed
    stage.open()
    assert ranking in stage.client("olga").get(PAGE).text


def test_a_round_that_was_left_out_waits_for_nothing(cast: Cast) -> None:
    stage = staged(cast)

    def put_one_before(db: Session) -> None:
        judged = db.scalars(select(Round).where(Round.edition_id == cast.edition.id)).one()
        judged.position, judged.name = 2, {"de": "Endrunde", "en": "Final round"}
        db.flush()
        names = {"de": "Ausgelassene Runde", "en": "Left out"}
        first = Round(
            edition_id=judged.edition_id, position=1, name=names, scale_labels=judged.scale_labels
        )
        db.add(first)
        db.flush()
        same = cast.phases["judging"]
        times = {"starts_at": same.starts_at, "ends_at": same.ends_at}
        db.add(Phase(edition_id=first.edition_id, kind="judging", round_id=first.id, **times))

    cast.world.write(put_one_before)
    said = words(stage.client("olga").get(PAGE))
    assert "Endrunde läuft" in said
    assert "Jules Jury 0 / 1 0 von 1" in said
    assert "Ausgelassene Runde" not in said
    assert "/rounds/2/progress" in stage.client("carla").get("/jury/conflicts").text
    for name in ("jules", "jo", "carla"):
        stage.hand_in(name)
    stage.open()
    assert "/rounds/2/progress" in stage.client("carla").get("/jury/conflicts").text


def test_auditors_learn_no_numbers_before_the_formal_check(cast: Cast) -> None:
    world = cast.world
    world.write(lambda db: db.delete(db.get_one(FormalCheck, nominated(db, cast, 1).id)))
    numbers = "1 Bewerbung eingereicht"
    said = words(world.signed_in(cast.ada).get(PAGE))
    assert numbers not in said
    assert "Eingereicht" not in said
    assert numbers in words(world.signed_in(cast.olga).get(PAGE))
    world.clock.instant = cast.phases["formal_check"].starts_at
    ada, olga = world.signed_in(cast.ada), world.signed_in(cast.olga)
    said = words(ada.get(PAGE))
    assert numbers in said
    assert "Entwürfe" not in said
    assert "Entwürfe" in words(olga.get(PAGE))
