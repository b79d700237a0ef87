"""One section: saved as typed, counted in characters, never overwritten unknowingly."""

import re
import unicodedata

import pytest

from award.nominations import queries
from tests.cast import SHIPPED, Cast
from tests.nominations.filled import begun
from tests.world import Client, words


def _values(cast: Cast, nomination_id: str, key: str) -> dict[str, object]:
    return cast.world.read(lambda db: queries.answers(db, nomination_id)[key].values)


@pytest.fixture
def nora(cast: Cast) -> Client:
    return cast.world.signed_in(cast.nora)


def test_saving_says_when_and_goes_on(cast: Cast, nora: Client) -> None:
    path = f"/nominations/{begun(cast).id}/sections/summary"
    page = nora.follow(nora.post(path, {"summary": "Neu.", "version": "1", "_save": ""}))
    assert "Gesichert 10:00:00" in words(page)
    assert "Neu." in page.text
    following = nora.post(path, {"summary": "Neuer.", "version": "2", "_next": ""})
    assert following.headers["location"].endswith("/sections/needs-and-goal")


def test_the_last_section_leads_to_the_check(cast: Cast, nora: Client) -> None:
    own = f"/nominations/{begun(cast).id}"
    done = nora.post(f"{own}/sections/terms", {"version": "1", "_next": ""})
    assert done.headers["location"] == f"{own}/check"


def test_a_text_that_is_too_long_is_saved_and_said(cast: Cast, nora: Client) -> None:
    made = begun(cast)
    path = f"/nominations/{made.id}/sections/summary"
    page = nora.follow(nora.post(path, {"summary": "x" * 541, "version": "1"}))
    assert "„Kurzfassung“ ist 41 Zeichen zu lang." in words(page)
    assert "541 von 500 Zeichen" in words(page)
    assert "<title>Fehler:" in page.text
    assert "41 Zeichen zu lang" in words(nora.get(f"/nominations/{made.id}"))
    assert _values(cast, made.id, "summary") == {"summary": "x" * 541}


def test_decomposed_letters_count_as_people_count_them(cast: Cast, nora: Client) -> None:
    made = begun(cast)
    path = f"/nominations/{made.id}/sections/summary"
    typed = unicodedata.normalize("NFD", "ö" * 500)
    assert len(typed) == 1000
    page = nora.follow(nora.post(path, {"summary": typed, "version": "1"}))
    assert "500 von 500 Zeichen" in words(page)
    assert "zu lang" not in words(page)
    assert _values(cast, made.id, "summary") == {"summary": "ö" * 500}


def test_partners_are_rows_and_empty_ones_are_left_out(cast: Cast, nora: Client) -> None:
    made = begun(cast)
    path = f"/nominations/{made.id}/sections/partners"
    sent = {
        "version": "1",
        "leadOrganisation-kind": "kommune",
        "leadOrganisation-name": "Kreis",
        "partners-1-kind": "kammer",
        "partners-1-name": "Kammer",
        "partners-2-kind": "",
        "partners-2-name": "",
        "partners-3-kind": "verein",
        "partners-3-name": "Verein",
        "_add": "partners",
    }
    page = nora.follow(nora.post(path, sent))
    assert _values(cast, made.id, "partners")["partners"] == [
        {"kind": "kammer", "name": "Kammer"},
        {"kind": "verein", "name": "Verein"},
    ]
    assert 'name="partners-5-name"' in page.text
    assert 'name="partners-6-name"' not in page.text


def test_districts_are_boxes_by_state(cast: Cast, nora: Client) -> None:
    made = begun(cast)
    path = f"/nominations/{made.id}/sections/network"
    page = nora.get(path).text
    assert len(re.findall(r'name="districts"', page)) == 402
    assert page.count('<details class="fold"') == 16
    chosen = re.findall(r'value="(\d{5})" checked', page)
    assert chosen == ["01051", "01054"]


def test_two_tabs_do_not_overwrite_each_other(cast: Cast, nora: Client) -> None:
    made = begun(cast)
    path = f"/nominations/{made.id}/sections/summary"
    assert nora.post(path, {"summary": "Der erste Text.", "version": "1"}).status_code == 303
    second = nora.post(path, {"summary": "Der zweite Text.", "version": "1"})
    assert second.status_code == 409
    said = words(second)
    assert "Sie haben denselben Text in einem anderen Fenster geändert" in said
    assert "Der erste Text." in said
    assert "Der zweite Text." in said
    assert "<ins>zweite</ins>" in second.text
    assert _values(cast, made.id, "summary") == {"summary": "Der erste Text."}
    assert 'name="version" value="2"' in second.text
    mine = nora.post(path, {"summary": "Der zweite Text.", "version": "2", "_save": ""})
    assert mine.status_code == 303
    assert _values(cast, made.id, "summary") == {"summary": "Der zweite Text."}


def test_a_first_save_from_two_tabs_is_noticed_too(each_cast: Cast) -> None:
    nora = each_cast.world.signed_in(each_cast.nora)
    begin = {"edition": "2026", "network": each_cast.network.id}
    path = nora.post("/nominations/new", begin).headers["location"] + "/sections/summary"
    assert nora.post(path, {"summary": "eins", "version": "0"}).status_code == 303
    assert nora.post(path, {"summary": "zwei", "version": "0"}).status_code == 409
    assert nora.post(path, {"summary": "zwei", "version": "1"}).status_code == 303


def test_the_same_form_twice_saves_once(cast: Cast, nora: Client) -> None:
    made = begun(cast)
    path = f"/nominations/{made.id}/sections/summary"
    sent = {"summary": "einmal", "version": "1", "_key": "one-key-of-a-form"}
    assert nora.post(path, sent).status_code == 303
    assert nora.post(path, sent).status_code == 303
    rows = cast.world.read(lambda db: queries.answers(db, made.id))
    assert rows["summary"].version == 2


def test_what_is_missing_is_said_when_one_asks(cast: Cast, nora: Client) -> None:
    made = begun(cast, goal="")
    path = f"/nominations/{made.id}/sections/needs-and-goal"
    assert "fehlt noch" not in words(nora.get(path))
    asked = nora.get(f"{path}?check=1")
    assert "„Ziel“ fehlt noch." in words(asked)
    assert 'href="#field-goal"' in asked.text
    assert 'id="field-goal"' in asked.text


def test_a_broken_version_keeps_what_was_typed(cast: Cast, nora: Client) -> None:
    path = f"/nominations/{begun(cast).id}/sections/summary"
    again = nora.post(path, {"summary": "Bleibt stehen.", "version": "x"})
    assert again.status_code == 422
    assert "Bleibt stehen." in again.text


def test_the_jury_s_questions_stand_beside(cast: Cast, nora: Client) -> None:
    page = nora.get(f"/nominations/{begun(cast).id}/sections/summary")
    assert SHIPPED["criteria"][0]["question"]["de"] in words(page)
