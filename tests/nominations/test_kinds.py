"""Every kind of field on its whole way: typed, kept, missed, shown again, read and compared."""

from typing import Any

import pytest

from award.kit.i18n import speaking
from award.nominations import queries
from award.nominations.answers import typed_values
from award.nominations.asked import asked
from award.nominations.canonical import canonical_text
from award.nominations.differences import compared
from award.nominations.gaps import gaps
from award.nominations.shown import shown
from award.web.forms import Typed
from tests.cast import Cast
from tests.nominations.forms import asks, field, section
from tests.world import words

HOURS = field("x", "number", minimum=10, maximum=2000, unit={"de": "Stunden", "en": "hours"})
SHARE = field("x", "number", decimals=2)

# field, what is typed (in German), what is kept
TYPED: list[tuple[dict[str, Any], Any, Any]] = [
    (HOURS, " 1.200 ", 1200),
    (HOURS, "viele", "viele"),
    (HOURS, "", ""),
    (SHARE, "12,5", 12.5),
    (SHARE, "12,00", 12),
]

# field, what is kept, what is amiss (in German), "" for nothing
AMISS: list[tuple[dict[str, Any], Any, str]] = [
    (HOURS, 1200, ""),
    (HOURS, None, "„Die x“ fehlt noch."),
    (HOURS, "", "„Die x“ fehlt noch."),
    (HOURS | {"required": False}, "", ""),
    (HOURS, "viele", "„Die x“: Bitte geben Sie eine Zahl an, zum Beispiel 12."),
    (HOURS, 12.5, "„Die x“: Bitte geben Sie eine ganze Zahl an."),
    (HOURS, 9, "Erlaubt bei „Die x“: von 10 bis 2.000."),
    (HOURS, 2001, "Erlaubt bei „Die x“: von 10 bis 2.000."),
    (SHARE, 12.5, ""),
    (SHARE, 12.125, "„Die x“: Bitte höchstens 2 Stellen nach dem Komma."),
    (SHARE, "x", "„Die x“: Bitte geben Sie eine Zahl an, zum Beispiel 12,5."),
    (SHARE | {"minimum": 0.5}, 0.25, "Erlaubt bei „Die x“: 0,5 oder mehr."),
    (SHARE | {"maximum": 100}, 100.5, "Erlaubt bei „Die x“: 100 oder weniger."),
]

# field, what is kept, how it is read in German and in English
READ: list[tuple[dict[str, Any], Any, str, str]] = [
    (HOURS, 1200, "1.200 Stunden", "1,200 hours"),
    (HOURS, "viele", "viele", "viele"),
    (HOURS, None, "", ""),
    (SHARE, 12.5, "12,5", "12.5"),
]

# field, what the form says of it before one begins, in German
LIMITS: list[tuple[dict[str, Any], list[str]]] = [
    (HOURS, ["in Stunden", "von 10 bis 2.000", "eine ganze Zahl"]),
    (SHARE, ["höchstens 2 Stellen nach dem Komma"]),
    (field("x", "year", minimum=1990, maximum=2026), ["ein Jahr von 1990 bis 2026"]),
]


@pytest.mark.parametrize(("one", "text", "kept"), TYPED)
def test_what_is_typed_is_kept(one: dict[str, Any], text: Any, kept: Any) -> None:
    sent = [("x", text)] if isinstance(text, str) else text
    with speaking("de"):
        values = typed_values(section(one), Typed(sent))
    assert values == {"x": kept}
    assert type(values["x"]) is type(kept)


@pytest.mark.parametrize(("one", "kept", "message"), AMISS)
def test_what_is_amiss_is_said(one: dict[str, Any], kept: Any, message: str) -> None:
    with speaking("de"):
        found = [gap.message for gap in gaps(section(one), {"x": kept})]
    assert found == ([message] if message else [])


@pytest.mark.parametrize(("one", "kept", "german", "english"), READ)
def test_how_it_is_read(one: dict[str, Any], kept: Any, german: str, english: str) -> None:
    for language, text in (("de", german), ("en", english)):
        with speaking(language):
            assert shown(one, {"x": kept}).text == text


@pytest.mark.parametrize(("one", "said"), LIMITS)
def test_what_the_form_says_of_it(one: dict[str, Any], said: list[str]) -> None:
    with speaking("de"):
        [(_name, [found])] = asked({"sections": [section(one)]})
    assert list(found.limits) == said


def test_a_number_is_compared_and_hashed_as_what_it_is() -> None:
    with speaking("en"):
        [difference] = compared(section(HOURS), {"x": 1200}, {"x": 1300})
        assert [piece.text for piece in difference.mine] == ["1,200", " hours"]
        assert compared(section(HOURS), {"x": 1200}, {"x": 1200}) == []
    assert canonical_text({"facts": {"x": 12.5}}) == '{"facts":{"x":12.5}}'


@pytest.mark.parametrize(
    ("language", "text", "again"), [("", "1.500,5", "1500,5"), ("/en", "1,500.5", "1500.5")]
)
def test_a_number_is_typed_in_the_language_of_the_page(
    each_cast: Cast, language: str, text: str, again: str
) -> None:
    asks(each_cast, section(SHARE | {"unit": {"de": "Euro", "en": "euros"}}))
    nora = each_cast.world.signed_in(each_cast.nora)
    begin = {"edition": "2026", "network": each_cast.network.id}
    own = nora.post("/nominations/new", begin).headers["location"]
    path = f"{language}{own}/sections/facts"
    page = nora.follow(nora.post(path, {"x": text, "version": "0"}))
    assert f'value="{again}"' in page.text
    assert 'inputmode="decimal"' in page.text
    assert 'aria-describedby="hint-x unit-x"' in page.text
    saved = each_cast.world.read(lambda db: queries.saved_values(db, own.rpartition("/")[2]))
    assert saved == {"facts": {"x": 1500.5}}
    refused = nora.follow(nora.post(path, {"x": "many", "version": "1"}))
    assert 'value="many"' in refused.text
    assert 'id="error-x"' in refused.text


def test_what_is_asked_can_be_read_before(cast: Cast) -> None:
    asks(cast, section(HOURS))
    said = words(cast.world.visitor().get("/en/editions/2026/form"))
    assert "in hours, from 10 to 2,000, a whole number" in said
