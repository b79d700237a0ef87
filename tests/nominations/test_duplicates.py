"""The page of possible duplicates: what is compared when, and for whom."""

from datetime import timedelta

from sqlalchemy.orm import Session

from award.nominations import actions
from award.nominations.models import Nomination
from tests.cast import Cast
from tests.nominations.filled import URL, as_actor, begun, handed_in
from tests.world import Statements, words

LIST = "/admin/editions/2026/nominations"
PAGE = f"{LIST}/duplicates"
LONG = "Die Häfen suchen im Sommer Menschen und im Winter Arbeit für sie, das Netz hat beides. " * 8


def _to_check(cast: Cast) -> None:
    cast.world.clock.instant = cast.phases["formal_check"].starts_at + timedelta(hours=1)


def test_pairs_stand_side_by_side_with_the_reason(each_cast: Cast) -> None:
    first = handed_in(each_cast)
    second = begun(each_cast, projectTitle="Aus Saison wird Stelle")
    olga = each_cast.world.signed_in(each_cast.olga)
    listed = olga.get(LIST)
    assert "Doppelte suchen" in words(listed)
    assert f'href="{PAGE}"' in listed.text
    page = olga.get(PAGE)
    assert "Selbes Netzwerk, Ähnlicher Titel" in words(page)
    for one in (first, second):
        assert f'href="{LIST}/{one.id}"' in page.text
    assert "Entwurf" in words(page)


def test_a_withdrawn_one_is_marked(cast: Cast) -> None:
    made = handed_in(cast)
    begun(cast)

    def withdraw(db: Session) -> None:
        nomination = db.get_one(Nomination, made.id)
        by, now = as_actor(cast.nora), cast.world.now
        actions.withdraw(db, nomination, "Doppelt.", by=by, at=now, public_url=URL)

    cast.world.write(withdraw)
    assert "zurückgezogen" in words(cast.world.signed_in(cast.olga).get(PAGE))


def test_texts_are_compared_from_the_formal_check_on_and_never_a_draft(cast: Cast) -> None:
    mallory = {"network": cast.other_network, "by": cast.mallory, "networkName": "Anderes"}
    handed_in(cast, measures=LONG)
    handed_in(cast, projectTitle="Duale Dörfer", measures=f"{LONG} Neu.", **mallory)
    begun(cast, projectTitle="Licht an", measures=LONG, **mallory)
    olga = cast.world.signed_in(cast.olga)
    early = words(olga.get(PAGE))
    assert "Texte werden ab der Formprüfung verglichen." in early
    assert early.count("Selbes Netzwerk") == 1
    assert "Ähnlicher Text" not in early
    _to_check(cast)
    for person in (cast.olga, cast.ada):
        assert words(cast.world.signed_in(person).get(PAGE)).count("Ähnlicher Text") == 1


def test_auditors_see_no_draft_and_nothing_before_the_check(cast: Cast) -> None:
    handed_in(cast)
    begun(cast)
    ada = cast.world.signed_in(cast.ada)
    assert "Saison wird Stelle" not in ada.get(PAGE).text
    assert PAGE not in ada.get(LIST).text
    _to_check(cast)
    ada = cast.world.signed_in(cast.ada)
    assert "Keine zwei Bewerbungen sehen sich ähnlich." in words(ada.get(PAGE))
    for person in (cast.nora, cast.jules, cast.carla, cast.mallory):
        assert cast.world.signed_in(person).get(PAGE).status_code == 404


def test_without_pairs_one_can_still_look(cast: Cast) -> None:
    begun(cast, projectTitle="Licht an")
    olga = cast.world.signed_in(cast.olga)
    assert PAGE not in olga.get(LIST).text
    begun(
        cast,
        network=cast.other_network,
        by=cast.mallory,
        projectTitle="Duale Dörfer",
        networkName="Anderes",
    )
    assert "Doppelte suchen" in words(olga.get(LIST))
    assert "Keine zwei Bewerbungen sehen sich ähnlich." in words(olga.get(PAGE))


def test_it_takes_the_same_statements_at_two_and_thirty(cast: Cast) -> None:
    for _one in range(2):
        begun(cast)
    olga = cast.world.signed_in(cast.olga)
    with Statements(cast.world) as two:
        olga.get(PAGE)
    for _more in range(28):
        begun(cast)
    with Statements(cast.world) as thirty:
        assert olga.get(PAGE).text.count("Saison wird Stelle") == 58
    assert len(two) == len(thirty)
