"""The form edited in the browser: by role, each change, what may go wrong, and without script."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy.orm import Session

from award.kit.i18n import speaking
from award.nominations.schema import schema
from award.programmes import queries
from award.programmes.models import Edition
from tests.cast import SHIPPED, Cast
from tests.nominations.filled import answers, begun, handed_in
from tests.nominations.forms import asks, field, section
from tests.world import Client, Statements, words

BASE = "/admin/editions/2026/form"
READ = [BASE, f"{BASE}/fields/summary", f"{BASE}/sections/network", f"{BASE}/definition.json"]
WRITE = [f"{BASE}/import", f"{BASE}/new-section", f"{BASE}/new-field?section=network"]
CHANGES = [
    *(BASE, f"{BASE}/versions", f"{BASE}/import", f"{BASE}/new-section", f"{BASE}/new-field"),
    *(f"{BASE}/fields/summary", f"{BASE}/fields/summary/deletion"),
    *(f"{BASE}/sections/network", f"{BASE}/sections/network/deletion"),
]


@pytest.fixture
def olga(cast: Cast) -> Client:
    return cast.world.signed_in(cast.olga)


def unpublished(cast: Cast) -> None:
    def hide(db: Session) -> None:
        db.get_one(Edition, cast.edition.id).published_at = None

    cast.world.write(hide)


def form_of(cast: Cast) -> dict[str, Any]:
    return cast.world.read(lambda db: queries.form_definition(db, cast.edition.id))


def inputs(page: Any) -> dict[str, Any]:
    """What the first form of the main part would send as it stands."""
    [raw] = re.findall(r"<form.*?</form>", page.text.split("<main")[1], re.DOTALL)[:1]
    form = re.sub(r'<input type="hidden" name="_key"[^>]*>', "", raw)  # each time a form of its own
    texts = [
        *re.findall(r'<input[^>]* name="(\w+)" type="(?:text|date)" value="([^"]*)"', form),
        *re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form),
        *re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL),
    ]
    sent: dict[str, Any] = {name: unescape(value) for name, value in texts}
    for name, value in re.findall(
        r'type="checkbox"[^>]* name="(\w+)" value="([^"]+)"[^>]* checked', form
    ):
        sent.setdefault(name, []).append(value)
    for name, options in re.findall(
        r'<select[^>]* name="(\w+)".*?>(.*?)</select>', form, re.DOTALL
    ):
        sent[name] = "".join(re.findall(r'value="([^"]*)" selected', options))
    return sent


@pytest.mark.parametrize("path", READ)
def test_who_reads_the_set_up_of_the_form(cast: Cast, path: str) -> None:
    world = cast.world
    assert world.visitor().get(path).headers["location"].startswith("/sign-in")
    for outsider in (cast.nora, cast.jules, cast.carla):
        assert world.signed_in(outsider).get(path).status_code == 404
    for insider in (cast.olga, cast.ada):
        assert world.signed_in(insider).get(path).status_code == 200
    assert 'method="post"' not in _main(world.signed_in(cast.ada).get(path))


def _main(answer: Any) -> str:
    return str(answer.text.partition("<main")[2])


@pytest.mark.parametrize("path", CHANGES)
def test_only_administrators_change_it(cast: Cast, path: str) -> None:
    for other in (cast.nora, cast.jules, cast.carla, cast.ada):
        assert cast.world.signed_in(other).post(path, {"version": "1"}).status_code == 404


@pytest.mark.parametrize("path", WRITE)
def test_only_administrators_see_what_makes_something_new(cast: Cast, path: str) -> None:
    assert cast.world.signed_in(cast.ada).get(path).status_code == 404
    assert cast.world.signed_in(cast.olga).get(path).status_code == 200


def test_every_field_of_the_shipped_form_saves_as_it_is(cast: Cast, olga: Client) -> None:
    """Nothing is lost or changed by saving a page as it was shown."""
    unpublished(cast)
    for part in SHIPPED["form"]["sections"]:
        for one in part["fields"]:
            path = f"{BASE}/fields/{one['key']}"
            again = olga.post(path, inputs(olga.get(path)))
            assert "So ist das Formular bereits." in words(again), one["key"]
    assert form_of(cast) == SHIPPED["form"]


def test_a_field_is_changed_on_a_page_of_its_own(cast: Cast, olga: Client) -> None:
    unpublished(cast)
    path = f"{BASE}/fields/summary"
    sent = inputs(olga.get(path)) | {
        "label_de": "Kurz gesagt",
        "max_length": "80",
        "counted_in": "words",
        "example_de": "So.",
        "example_en": "Such.",
    }
    page = olga.follow(olga.post(path, sent))
    assert "Gesichert als Fassung 2." in words(page)
    assert "Kurz gesagt" in words(page)
    [part] = [one for one in form_of(cast)["sections"] if one["key"] == "summary"]
    assert part["fields"] == [
        SHIPPED["form"]["sections"][3]["fields"][0]
        | {"label": {"de": "Kurz gesagt", "en": "Summary"}, "max_length": 80}
        | {"counted_in": "words", "example": {"de": "So.", "en": "Such."}}
    ]
    assert "höchstens 80 Wörter" in words(olga.get("/editions/2026/form"))


def test_what_is_wrong_is_said_at_the_input_and_stays_typed(cast: Cast, olga: Client) -> None:
    unpublished(cast)
    path = f"{BASE}/fields/summary"
    sent = inputs(olga.get(path)) | {"label_en": "", "max_length": "viele", "help_de": "Neu hier"}
    again = olga.post(path, sent)
    assert again.status_code == 422
    assert 'id="error-label_en"' in again.text
    assert "Frage auf Englisch: Bitte schreiben Sie es auf Deutsch und auf Englisch." in words(
        again
    )
    assert 'id="error-max_length"' in again.text
    assert 'value="viele"' in again.text
    assert "Neu hier" in again.text


def test_districts_are_changed_line_by_line(cast: Cast, olga: Client) -> None:
    unpublished(cast)
    path = f"{BASE}/fields/districts"
    sent = inputs(olga.get(path))
    first, *others = sent["choices"].splitlines()
    assert first == "01001 | Flensburg (Kreisfreie Stadt) | Flensburg (city) | SH"
    lines = [
        *others[:-1],
        "01001 | Flensburg | Flensburg | SH",
        "99 | Neukreis | New district | BY",
    ]
    assert olga.post(path, sent | {"choices": "\n\n".join(lines)}).status_code == 303
    [districts] = [
        one for one in form_of(cast)["sections"][0]["fields"] if one["key"] == "districts"
    ]
    *_most, flensburg, new = districts["choices"]
    assert len(districts["choices"]) == len(others) + 1
    assert flensburg == {
        "key": "01001",
        "de": "Flensburg",
        "en": "Flensburg",
        "state": "SH",
        "point": [9.439, 54.781],
    }
    assert new == {"key": "99", "de": "Neukreis", "en": "New district", "state": "BY"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["a"], ["Zeile 1: Hierher gehören Schlüssel, Deutsch und Englisch, mit | dazwischen."]),
        (["", "a | A |"], ["Zeile 2: Hierher gehören Schlüssel"]),
        (["ä | A | A"], ["Zeile 1: Der Schlüssel darf Buchstaben, Ziffern und Bindestriche haben"]),
        (
            ["a | A | A", "b | B | B", "a | C | C"],
            ["Zeile 3: Der Schlüssel „a“ steht schon in Zeile 1."],
        ),
        ([f"a | {'A' * 301} | A"], ["Zeile 1: Bitte höchstens 300 Zeichen."]),
        (["a | A | A | ZZ"], ["Zeile 1: Es gibt kein Land mit dem Schlüssel „ZZ“."]),
        (["a | A", "b", "c | C | C"], ["Zeile 1: Hierher", "Zeile 2: Hierher"]),
        (["x"] * 7, ["Zeile 5: Hierher", "2 weitere Zeilen."]),
    ],
)
def test_lines_that_cannot_be_read_are_named(
    cast: Cast, olga: Client, lines: list[str], said: list[str]
) -> None:
    unpublished(cast)
    path = f"{BASE}/fields/districts"
    answer = olga.post(path, inputs(olga.get(path)) | {"choices": "\n".join(lines)})
    assert answer.status_code == 422
    assert [one for one in said if one not in words(answer)] == []
    assert inputs(answer)["choices"].splitlines() == lines
    assert form_of(cast) == SHIPPED["form"]


def test_a_new_field_asks_for_its_kind_first(cast: Cast, olga: Client) -> None:
    unpublished(cast)
    first = olga.get(f"{BASE}/new-field?section=summary")
    assert "Eine von mehreren Möglichkeiten" in words(first)
    page = olga.get(f"{BASE}/new-field?section=summary&kind=one_of")
    sent = inputs(page) | {
        "key": "reach",
        "label_de": "Reichweite",
        "label_en": "Reach",
        "required": "on",
        "choices": "a | Ort | Place\nb | Land | Country",
        "bears_on": ["K1"],
        "private": "on",
        "shown_when": "fieldOfAction=vereinbarkeit",
    }
    assert olga.post(f"{BASE}/new-field", sent).status_code == 303
    assert form_of(cast)["sections"][3]["fields"][1] == {
        "key": "reach",
        "kind": "one_of",
        "required": True,
        "label": {"de": "Reichweite", "en": "Reach"},
        "help": {"de": "", "en": ""},
        "choices": [
            {"key": "a", "de": "Ort", "en": "Place"},
            {"key": "b", "de": "Land", "en": "Country"},
        ],
        "shown_when": {"field": "fieldOfAction", "is": "vereinbarkeit"},
        "bears_on": ["K1"],
        "visible_to": ["administrator"],
    }
    again = olga.post(f"{BASE}/new-field", sent | {"version": "2"})
    assert "Ein anderes Feld hat diesen Schlüssel schon." in words(again)
    assert 'value="Reichweite"' in again.text


def test_sections_are_made_named_moved_and_deleted(cast: Cast, olga: Client) -> None:
    unpublished(cast)
    name = {"name_de": "Geld", "name_en": "Money"}
    assert olga.post(f"{BASE}/new-section", {"version": "1", "key": "1", **name}).status_code == 422
    olga.post(f"{BASE}/new-section", {"version": "1", "key": "money", **name})
    olga.post(f"{BASE}/sections/money", {"version": "2", **name, "name_de": "Mittel"})
    olga.post(BASE, {"version": "3", "move": "up section money"})
    sections = form_of(cast)["sections"]
    assert [one["key"] for one in sections][-2:] == ["money", "terms"]
    assert sections[-2] == {"key": "money", "name": {"de": "Mittel", "en": "Money"}, "fields": []}
    olga.post(f"{BASE}/sections/money/deletion", {"version": "4"})
    assert form_of(cast) == SHIPPED["form"]


def test_a_field_moves_within_its_section_and_can_be_deleted(cast: Cast, olga: Client) -> None:
    unpublished(cast)
    olga.post(BASE, {"version": "1", "move": "down field needs"})
    assert [one["key"] for one in form_of(cast)["sections"][4]["fields"]] == ["goal", "needs"]
    olga.post(f"{BASE}/fields/needs/deletion", {"version": "2"})
    assert [one["key"] for one in form_of(cast)["sections"][4]["fields"]] == ["goal"]


def test_what_others_depend_on_is_not_deleted(cast: Cast, olga: Client) -> None:
    unpublished(cast)
    follower = field("b", "link", shown_when={"field": "a", "is": "yes"})
    asks(cast, section(field("a", "yes_no"), follower))
    again = olga.post(f"{BASE}/fields/a/deletion", {"version": "2"})
    assert "Das Feld, von dem dieses abhängt, muss darüber stehen." in words(again)
    assert "facts / b / shown_when" in words(again)
    moved = olga.post(BASE, {"version": "2", "move": "up field b"})
    assert moved.status_code == 422


def test_once_published_a_change_needs_a_reason_and_says_whom_it_touches(
    cast: Cast, olga: Client
) -> None:
    begun(cast)
    handed_in(cast)
    path = f"{BASE}/fields/summary"
    page = olga.get(path)
    assert "1 Entwurf hat hier eine Antwort. Sie bleibt erhalten." in words(page)
    sent = inputs(page) | {"max_length": "80"}
    again = olga.post(path, sent)
    assert "Bitte sagen Sie, warum sich das Formular ändert" in words(again)
    assert 'value="80"' in again.text
    assert olga.post(path, sent | {"reason": "Kürzer ist besser."}).status_code == 303
    assert "Kürzer ist besser." in words(olga.get(BASE))


def test_somebody_else_changed_it_in_between(each_cast: Cast) -> None:
    unpublished(each_cast)
    olga, otto = (each_cast.world.signed_in(who) for who in (each_cast.olga, each_cast.otto))
    assert otto.post(BASE, {"version": "1", "move": "down field needs"}).status_code == 303
    path = f"{BASE}/fields/summary"
    sent = inputs(olga.get(path)) | {"version": "1", "label_de": "Meins"}
    again = olga.post(path, sent)
    assert again.status_code == 409
    assert "Otto Verwaltung hat das" in words(again)
    assert 'value="Meins"' in again.text
    assert 'name="version" value="2"' in again.text


def test_an_earlier_version_is_brought_back(cast: Cast, olga: Client) -> None:
    unpublished(cast)
    olga.post(BASE, {"version": "1", "move": "down field needs"})
    assert "Fassung zurückholen" in words(olga.get(BASE))
    back = olga.post(f"{BASE}/versions", {"version": "2", "number": "1"})
    assert back.status_code == 303
    assert form_of(cast) == SHIPPED["form"]
    assert "Fassung 3" in words(olga.get(BASE))
    assert olga.post(f"{BASE}/versions", {"version": "3", "number": "9"}).status_code == 404


def test_the_form_goes_out_as_a_file_and_comes_in_as_text(cast: Cast, olga: Client) -> None:
    unpublished(cast)
    file = olga.get(f"{BASE}/definition.json")
    assert 'attachment; filename="2026-form.json"' in file.headers["content-disposition"]
    assert len(file.text.splitlines()) < 60
    definition = file.json()
    assert definition == SHIPPED["form"]
    definition["sections"][0]["name"]["de"] = "Wer und wo"
    sent = {"version": "1", "definition": json.dumps(definition)}
    assert olga.post(f"{BASE}/import", sent).status_code == 303
    assert "Wer und wo" in words(olga.get(BASE))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"sections": [}', "Das lässt sich nicht als JSON lesen: Sehen Sie in Zeile 1"),
        ("", "Das lässt sich nicht als JSON lesen"),
        ("[]", "Ein Formular ist ein Objekt mit einer Liste „sections“."),
        ('{"sections": [], "x": 1e999}', "Darin ist eine Zahl oder ein Zeichen, das sich nicht"),
        ('{"sections": [], "x": NaN}', "Darin ist eine Zahl oder ein Zeichen, das sich nicht"),
        (
            '{"sections": [], "x": "\\ud800"}',
            "Darin ist eine Zahl oder ein Zeichen, das sich nicht",
        ),
        ("[" * 20_000, "Das ist zu tief verschachtelt."),
        (
            json.dumps({"sections": [section(field("x", "colour"), field("y", "one_of"))]}),
            "Diese Art von Feld gibt es nicht.",
        ),
    ],
)
def test_what_cannot_be_taken_in_is_said_with_its_place(
    cast: Cast, olga: Client, text: str, message: str
) -> None:
    again = olga.post(f"{BASE}/import", {"version": "1", "definition": text})
    assert again.status_code == 422
    assert message in words(again)
    assert form_of(cast) == SHIPPED["form"]


def test_the_title_says_that_a_pasted_form_was_refused(olga: Client) -> None:
    for definition in ("", "{", "[]"):
        again = olga.post(f"{BASE}/import", {"version": "1", "definition": definition})
        assert again.status_code == 422
        assert "<title>Fehler: " in again.text
    assert "<title>Fehler: " not in olga.get(f"{BASE}/import").text
    assert "<title>Fehler: " not in olga.get(f"{BASE}/nothing").text


def test_a_pasted_form_says_which_drafts_it_touches(cast: Cast, olga: Client) -> None:
    begun(cast)
    definition = json.loads(json.dumps(SHIPPED["form"]))
    definition["sections"][3]["fields"][0]["max_length"] = 80
    del definition["sections"][4]["fields"][1]
    sent = {"version": "1", "definition": json.dumps(definition)}
    again = olga.post(f"{BASE}/import", sent)
    said = words(again)
    assert "2 Felder werden andere oder entfallen." in said
    assert "Kurzfassung: 1 Entwurf hat hier eine Antwort." in said
    assert "Ziel: 1 Entwurf hat hier eine Antwort." in said
    assert olga.post(f"{BASE}/import", sent | {"reason": "Kürzer."}).status_code == 303


def test_the_page_asks_the_database_as_often_for_a_long_form(cast: Cast, olga: Client) -> None:
    with Statements(cast.world) as short:
        olga.get(BASE)
    asks(cast, *(section(field(f"x{n}", "link"), key=f"s{n}") for n in range(30)))
    with Statements(cast.world) as long:
        olga.get(BASE)
    assert len(long) == len(short)


def test_the_schema_is_public_once_the_call_is(cast: Cast) -> None:
    visitor = cast.world.visitor()
    answer = visitor.get("/en/editions/2026/form.schema.json")
    assert answer.headers["content-type"].startswith("application/schema+json")
    assert answer.json()["title"] == "Award 2026"
    unpublished(cast)
    assert visitor.get("/editions/2026/form.schema.json").status_code in (303, 404)


def test_the_schema_describes_what_is_handed_in() -> None:
    with speaking("de"):
        described = schema(SHIPPED["form"], "Preis")
    assert fits(described, answers())
    assert not fits(described, answers(summary="x" * 501))
    assert not fits(described, answers(districts=[]))
    assert not fits(described, answers(activeSince="2019"))
    assert not fits(described, answers(termsAccepted=False))
    assert not fits(described, {**answers(), "more": {}})
    missing = answers()
    del missing["summary"]
    assert not fits(described, missing)


@pytest.mark.parametrize(
    ("one", "value", "does_fit"),
    [
        (field("x", "number", maximum=5), 5, True),
        (field("x", "number", maximum=5), 6, False),
        (field("x", "number"), 1.5, False),
        (field("x", "money", decimals=2), 1.5, True),
        (field("x", "several_of", max=1, choices=[{"key": "a"}, {"key": "b"}]), ["a"], True),
        (field("x", "several_of", max=1, choices=[{"key": "a"}, {"key": "b"}]), ["a", "b"], False),
        (field("x", "yes_no"), "maybe", False),
        (field("x", "yes_no", required=False), "", True),
        (field("x", "person", required=False), {"name": "", "email": "", "phone": ""}, True),
        (field("x", "organisation", kinds=[{"key": "a"}]), {"kind": "a", "name": "B"}, True),
    ],
)
def test_the_schema_of_a_field(
    one: dict[str, Any],
    value: Any,
    does_fit: bool,  # noqa: FBT001 - a table
) -> None:
    described = schema({"sections": [section(one)]}, "x")
    assert fits(described, {"facts": {"x": value}}) is does_fit


_TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": int | float}
_TYPES["boolean"] = bool


def fits(rule: dict[str, Any], value: Any) -> bool:
    """Whether a value fits, as far as our schemas say something."""
    if "enum" in rule or "const" in rule:
        return value in rule.get("enum", [rule.get("const")])
    if "anyOf" in rule:
        return any(fits(one, value) for one in rule["anyOf"])
    is_of_kind = isinstance(value, _TYPES[rule["type"]])
    return is_of_kind and _LIMITS.get(rule["type"], lambda _rule, _value: True)(rule, value)


def _object(rule: dict[str, Any], value: dict[str, Any]) -> bool:
    known = rule["properties"]
    if not set(rule["required"]) <= set(value) <= set(known):
        return False
    return all(fits(known[name], inner) for name, inner in value.items())


def _number(rule: dict[str, Any], value: float) -> bool:
    return bool(rule.get("minimum", value) <= value <= rule.get("maximum", value))


def _text(rule: dict[str, Any], value: str) -> bool:
    return bool(rule.get("minLength", 0) <= len(value) <= rule.get("maxLength", len(value)))


def _list(rule: dict[str, Any], value: list[Any]) -> bool:
    fitting = rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", len(value))
    return fitting and all(fits(rule["items"], inner) for inner in value)


_LIMITS: dict[str, Any] = {
    "object": _object,
    "array": _list,
    "string": _text,
    "integer": _number,
    "number": _number,
}


def test_a_field_of_files_says_how_many_how_large_and_of_which_kinds(
    cast: Cast, olga: Client
) -> None:
    path = f"{BASE}/fields/attachments"
    page = olga.get(path)
    assert 'value="application/pdf" checked' in page.text
    version = re.search(r'name="version" value="(\d+)"', page.text)
    assert version
    typed = {
        **{name: name for name in ("label_de", "label_en", "help_de", "help_en", "reason")},
        "version": version[1],
        "max_files": "5",
        "max_bytes_each": "1000000",
    }
    refused = olga.post(path, typed)
    assert "Bitte wählen Sie eine der Möglichkeiten." in words(refused)
    done = olga.post(path, {**typed, "media_types": ["image/png", "image/webp"]})
    assert done.status_code == 303, words(done)
    definition = cast.world.read(lambda db: queries.form_definition(db, cast.edition.id))
    [files] = definition["sections"][7]["fields"]
    assert (files["max_files"], files["media_types"]) == (5, ["image/png", "image/webp"])


def test_judging_is_made_blind_and_open_again_by_versions(cast: Cast, olga: Client) -> None:
    button = "Blind bewerten lassen"
    assert button in words(olga.get(BASE))
    assert button not in words(cast.world.signed_in(cast.ada).get(BASE))
    unsaid = olga.post(BASE, {"version": "1", "blind": "on"})
    assert (unsaid.status_code, "blind" in form_of(cast)) == (422, False)
    olga.post(BASE, {"version": "1", "blind": "on", "reason": "Beschluss der Jury"})
    assert form_of(cast) == {**SHIPPED["form"], "blind": True}
    assert "Die Jury sieht nicht, wer sich bewirbt" in words(olga.get(BASE))
    public = cast.world.visitor().get("/editions/2026/form")
    assert "Die Jury sieht nicht, wer Sie sind" in words(public)
    late = olga.post(BASE, {"version": "1", "blind": "off", "reason": "x"})
    assert late.status_code == 409
    olga.post(BASE, {"version": "2", "blind": "off", "reason": "x"})
    assert form_of(cast) == SHIPPED["form"]


@pytest.mark.parametrize("is_blind", [False, True])
def test_once_the_jury_reads_judging_stays_blind_or_not(cast: Cast, is_blind: bool) -> None:  # noqa: FBT001 - a case
    judging, words_of_it = cast.phases["judging"].starts_at, "Ob sie blind bewertet, bleibt"
    cast.world.clock.instant = judging - timedelta(seconds=1)
    olga = cast.world.signed_in(cast.olga)
    other = "Blind bewerten lassen"
    if is_blind:
        olga.post(BASE, {"version": "1", "blind": "on", "reason": "Beschluss"})
        other = "Jury sehen lassen, wer sich bewirbt"
    page = words(olga.get(BASE))
    assert (other in page, words_of_it in page) == (True, False)
    cast.world.clock.move(seconds=1)
    page = words(olga.get(BASE))
    assert (other in page, words_of_it in page) == (False, True)
    sent = {"version": str(1 + is_blind), "blind": "off" if is_blind else "on", "reason": "x"}
    refused = olga.post(BASE, sent)
    assert (refused.status_code, words_of_it in words(refused)) == (422, True)
    if is_blind:
        back = olga.post(f"{BASE}/versions", {"version": "2", "number": "1", "reason": "x"})
        assert (back.status_code, words_of_it in words(back)) == (422, True)
    assert form_of(cast).get("blind", False) is is_blind


def test_a_form_says_plainly_whether_judging_is_blind(cast: Cast, olga: Client) -> None:
    typed = json.dumps({**SHIPPED["form"], "blind": "no"})
    sent = {"version": "1", "reason": "x", "definition": typed}
    refused = olga.post(f"{BASE}/import", sent)
    assert refused.status_code == 422
    assert "blind" in words(refused)


@pytest.mark.parametrize("typed", ["1", "[]", "null", '"x"'])
def test_what_is_no_form_at_all_is_refused_in_words(cast: Cast, olga: Client, typed: str) -> None:
    sent = {"version": "1", "reason": "x", "definition": typed}
    refused = olga.post(f"{BASE}/import", sent)
    assert (refused.status_code, form_of(cast)) == (422, SHIPPED["form"])
