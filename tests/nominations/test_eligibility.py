"""The questions before one begins: an answer at once, in words, and nothing stored."""

import pytest

from award.nominations.questions import questions
from tests.cast import SHIPPED, Cast
from tests.world import words

PATH = "/editions/2026/eligibility"
KEYS = [one["key"] for one in SHIPPED["form"]["questions"]]


def asked(**changed: str) -> str:
    answers = dict.fromkeys(KEYS, "yes") | {"asked": "1"} | changed
    return f"{PATH}?" + "&".join(f"{key}={value}" for key, value in answers.items() if value)


@pytest.mark.parametrize(
    ("expected", "answer", "is_met"),
    [(True, "yes", True), (True, "no", False), (False, "no", True), (False, "yes", False)],
)
def test_an_answer_is_held_against_what_is_expected(
    *, expected: bool, answer: str, is_met: bool
) -> None:
    form = {"questions": [{"key": "a", "de": "Ja?", "en": "Yes?", "expected": expected}]}
    [one] = questions(form, {"a": answer})
    assert one.is_met is is_met
    assert questions(form, {"a": "perhaps"})[0].is_met is None


def test_it_begins_without_an_answer_and_leads_on_from_the_call(cast: Cast) -> None:
    visitor = cast.world.visitor()
    page = words(visitor.get(PATH))
    assert f"{len(KEYS)} Fragen" in page
    assert "Arbeiten mindestens drei verschiedene Arten von Einrichtungen mit?" in page
    assert "Sie können mitmachen" not in page
    assert "brauchen noch Ihren Blick" not in page
    assert f'href="{PATH}"' in visitor.get("/editions/2026").text


def test_all_as_expected_leads_to_the_registration(cast: Cast) -> None:
    page = cast.world.visitor().get(asked())
    assert "Sie können mitmachen." in words(page)
    assert "Montag, 14. Dezember 2026, 09:59:59 Uhr (MEZ)" in words(page)
    assert 'href="/registration"' in page.text
    member = cast.world.signed_in(cast.nora).get(asked())
    assert 'href="/nominations"' in member.text
    cast.world.clock.move(days=60)
    late = cast.world.visitor().get(asked())
    assert "Zurzeit kann man sich nicht bewerben." in words(late)
    assert 'href="/registration"' not in late.text.split("<main")[1]


def test_what_speaks_against_it_is_named(cast: Cast) -> None:
    page = words(cast.world.visitor().get(asked(E4_laufzeit="no")))
    assert "So, wie es ist, können Sie nicht mitmachen." in page
    assert "Diese Antwort spricht dagegen: Läuft das Vorhaben seit mindestens sechs" in page
    assert "award@organiser.example" in page


def test_a_missing_answer_is_asked_for_and_the_others_stay(cast: Cast) -> None:
    page = cast.world.visitor().get(asked(ziel="", E7_unabhaengig="x"))
    assert "2 Stellen brauchen noch Ihren Blick" in words(page)
    assert page.text.count(" checked") == len(KEYS) - 2


def test_there_is_none_for_an_edition_that_is_not_there(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    assert nora.get("/editions/none/eligibility").status_code == 404
