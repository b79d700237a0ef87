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
from tests.nominations.forms import NO_FILES, asks, field, section
from tests.world import START, words

HOURS = field("x", "number", minimum=10, maximum=2000, unit={"de": "Stunden", "en": "hours"})
SHARE = field("x", "number", decimals=2)
COST = field("x", "money", decimals=2, minimum=100, maximum=50000)
EUROS = field("x", "money")
DAY = field("x", "date", minimum="2020-01-01", maximum="2026-12-31")
PAGE = field("x", "link")
AGREE = field("x", "yes_no")
TOPICS = field(
    "x",
    "several_of",
    min=2,
    max=2,
    choices=[
        {"key": "b", "de": "Beruf", "en": "Job"},
        {"key": "a", "de": "Alter", "en": "Age"},
        {"key": "c", "de": "Chancen", "en": "Chances"},
    ],
)
NOTE = field("x", "explanation", required=False)

# field, what is typed (in German), what is kept
TYPED: list[tuple[dict[str, Any], Any, Any]] = [
    (HOURS, " 1.200 ", 1200),
    (HOURS, "viele", "viele"),
    (HOURS, "", ""),
    (SHARE, "12,5", 12.5),
    (SHARE, "12,00", 12),
    (COST, "12.500,50", 12500.5),
    (COST, "12.500,50 €", 12500.5),
    (COST, "EUR 12.500", 12500),
    (COST, "12.500,- Euro", 12500),
    (COST, "teuer", "teuer"),
    (DAY, "14.12.2026", "2026-12-14"),
    (DAY, "1. 2. 2026", "2026-02-01"),
    (DAY, "14/12/2026", "2026-12-14"),
    (DAY, "2026-12-14", "2026-12-14"),
    (DAY, "31.02.2026", "31.02.2026"),
    (DAY, "bald", "bald"),
    (PAGE, "www.netz.example", "https://www.netz.example"),
    (PAGE, "javascript:alert(1)", "javascript:alert(1)"),
    (AGREE, "yes", "yes"),
    (AGREE, "", ""),
    (TOPICS, [("x", "c"), ("x", "a"), ("x", "c"), ("x", "")], ["a", "c"]),
    (TOPICS, [], []),
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
    (COST, 12500.5, ""),
    (COST, 99, "Erlaubt bei „Die x“: von 100,00\xa0€ bis 50.000,00\xa0€."),
    (COST, 100.125, "„Die x“: Bitte geben Sie höchstens zwei Stellen für die Cent an."),
    (COST, "teuer", "„Die x“: Bitte geben Sie einen Betrag an, zum Beispiel 12.500,50\xa0€."),
    (EUROS, 100.5, "„Die x“: Bitte geben Sie ganze Euro ohne Cent an."),
    (EUROS, "x", "„Die x“: Bitte geben Sie einen Betrag an, zum Beispiel 12.500\xa0€."),
    (DAY, "2026-12-14", ""),
    (
        DAY,
        "31.02.2026",
        "„Die x“: Bitte geben Sie einen Tag an, den es gibt, zum Beispiel 14.12.2026.",
    ),
    (DAY, "2019-12-31", "Erlaubt bei „Die x“: von 1. Januar 2020 bis 31. Dezember 2026."),
    (DAY | {"maximum": None}, "2019-12-31", "Erlaubt bei „Die x“: 1. Januar 2020 oder später."),
    (DAY | {"minimum": None}, "2027-01-01", "Erlaubt bei „Die x“: 31. Dezember 2026 oder früher."),
    (PAGE, "https://netz.example", ""),
    (
        PAGE,
        "siehe unten",
        "„Die x“: Bitte geben Sie eine ganze Adresse an, zum Beispiel https://example.org/seite.",
    ),
    (AGREE, "no", ""),
    (AGREE, "", "„Die x“ fehlt noch."),
    (AGREE, "vielleicht", "Bitte wählen Sie eine der Möglichkeiten: Die x."),
    (TOPICS, ["a", "b"], ""),
    (TOPICS, [], "„Die x“ fehlt noch."),
    (TOPICS, ["a"], "„Die x“: Bitte wählen Sie mindestens 2 aus."),
    (TOPICS, ["a", "b", "c"], "„Die x“: Bitte wählen Sie höchstens 2 aus."),
    (TOPICS, ["a", "z"], "Bitte wählen Sie aus der Liste: Die x."),
    (NOTE, None, ""),
]

# field, what is kept, how it is read in German and in English
READ: list[tuple[dict[str, Any], Any, str, str]] = [
    (HOURS, 1200, "1.200 Stunden", "1,200 hours"),
    (HOURS, "viele", "viele", "viele"),
    (HOURS, None, "", ""),
    (SHARE, 12.5, "12,5", "12.5"),
    (COST, 12500.5, "12.500,50\xa0€", "€12,500.50"),
    (COST, -3, "\N{MINUS SIGN}3,00\xa0€", "\N{MINUS SIGN}€3.00"),
    (EUROS, 12500, "12.500\xa0€", "€12,500"),
    (EUROS, 0.5, "0,5\xa0€", "€0.5"),
    (DAY, "2026-12-14", "14. Dezember 2026", "14 December 2026"),
    (DAY, "bald", "bald", "bald"),
    (PAGE, "https://netz.example", "https://netz.example", "https://netz.example"),
    (PAGE, "mailto:a@netz.example", "a@netz.example", "a@netz.example"),
    (AGREE, "no", "Nein", "No"),
    (AGREE, "", "", ""),
    (TOPICS, ["a", "b", "z"], "Beruf\nAlter\nz", "Job\nAge\nz"),
    (NOTE, None, "", ""),
]

# field, what the form says of it before one begins, in German
LIMITS: list[tuple[dict[str, Any], list[str]]] = [
    (HOURS, ["in Stunden", "von 10 bis 2.000", "eine ganze Zahl"]),
    (SHARE, ["höchstens 2 Stellen nach dem Komma"]),
    (COST, ["in Euro und Cent", "von 100,00\xa0€ bis 50.000,00\xa0€"]),
    (EUROS, ["in ganzen Euro"]),
    (DAY, ["ein Tag", "von 1. Januar 2020 bis 31. Dezember 2026"]),
    (PAGE, ["die Adresse einer Seite oder eine Mailadresse"]),
    (AGREE, ["ja oder nein"]),
    (TOPICS, ["mindestens 2", "höchstens 2"]),
    (NOTE, []),
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
    saved = each_cast.world.read(
        lambda db: queries.saved_values(db, own.rpartition("/")[2], NO_FILES, START)
    )
    assert saved == {"facts": {"x": 1500.5}}
    refused = nora.follow(nora.post(path, {"x": "many", "version": "1"}))
    assert 'value="many"' in refused.text
    assert 'id="error-x"' in refused.text


def test_what_is_asked_can_be_read_before(cast: Cast) -> None:
    asks(cast, section(HOURS))
    said = words(cast.world.visitor().get("/en/editions/2026/form"))
    assert "in hours, from 10 to 2,000, a whole number" in said


def test_all_kinds_on_one_page_and_read_by_those_who_may(each_cast: Cast) -> None:
    fields = {
        "cost": COST,
        "day": DAY,
        "page": PAGE,
        "agree": AGREE,
        "topics": TOPICS,
        "note": NOTE,
    }
    asks(each_cast, section(*(one | {"key": key} for key, one in fields.items())))
    nora = each_cast.world.signed_in(each_cast.nora)
    begin = {"edition": "2026", "network": each_cast.network.id}
    own = nora.post("/nominations/new", begin).headers["location"]
    sent = {
        "version": "0",
        "cost": "12.500,50",
        "day": "14.12.2026",
        "page": "netz.example/a",
        "agree": "no",
        "topics": ["a", "b"],
    }
    page = nora.follow(nora.post(f"{own}/sections/facts", sent)).text
    assert 'value="12500,5"' in page
    assert 'type="date" value="2026-12-14"' in page
    assert page.count(" checked") == 3
    assert "Hilfe zu x" in page
    assert nora.post(f"{own}/submission", {}).headers["location"] == f"{own}/receipt"
    to_the_network = nora.get(own)
    each_cast.world.clock.move(days=22)
    olga = each_cast.world.signed_in(each_cast.olga)
    shown_to = [to_the_network, olga.get(f"/admin/editions/2026{own}")]
    for answer in shown_to:
        said = words(answer)
        assert "12.500,50 €" in said.replace("\xa0", " ")
        assert "14. Dezember 2026" in said
        link = '<a href="https://netz.example/a" rel="noopener nofollow ugc">https://netz.example/a</a>'
        assert link in answer.text
        assert "Hilfe zu x" not in said


def test_what_is_no_day_stays_in_the_input(cast: Cast) -> None:
    asks(cast, section(DAY))
    nora = cast.world.signed_in(cast.nora)
    begin = {"edition": "2026", "network": cast.network.id}
    own = nora.post("/nominations/new", begin).headers["location"]
    page = nora.follow(nora.post(f"{own}/sections/facts", {"x": "im Mai", "version": "0"}))
    assert 'type="text" value="im Mai"' in page.text


def test_a_link_that_leads_to_nowhere_safe_is_only_text() -> None:
    [line] = shown(PAGE, {"x": "javascript:alert(1)"}).lines
    assert line.href == ""
