"""Every fault that a definition can have, and that one without faults can be used."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award.decisions.queries import CONSENT
from award.kit.i18n import speaking
from award.nominations.answers import COLUMNS, sections, typed_values
from award.nominations.asked import asked
from award.nominations.audiences import ADMINISTRATOR, JURY, NETWORK
from award.nominations.canonical import canonical_text, sha256
from award.nominations.differences import compared
from award.nominations.gaps import _LOOK, all_gaps
from award.nominations.schema import _VALUES
from award.nominations.shown import in_short, reading
from award.programmes.fieldkinds import FIXED, MOST_FIELDS, MOST_SECTIONS, SETTINGS, names
from award.programmes.formdefinition import changed_kinds, faults
from award.web.forms import Typed
from tests.cast import SHIPPED
from tests.nominations.forms import field, section

BOTH = "Bitte schreiben Sie es auf Deutsch und auf Englisch."
NUMBER = "Bitte geben Sie eine Zahl an, die hier gemeint sein kann."
ABOVE = "Das Feld, von dem dieses abhängt, muss darüber stehen."
BELOW = "Der höchste Wert darf nicht unter dem niedrigsten liegen."
LEADS = "Nur eine Auswahl, Ja oder Nein oder eine Einwilligung kann über ein Feld entscheiden."
LISTED = "Das muss eine Liste von Objekten mit „key“, „de“ und „en“ sein."
OPTIONS = "Bitte wählen Sie eine der Möglichkeiten."
FILES = {"max_files": 3, "max_bytes_each": 5_000_000, "media_types": ["application/pdf"]}
CHOICES = [{"key": "a", "de": "A", "en": "A"}, {"key": "b", "de": "B", "en": "B"}]


def form(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"sections": [section(*fields)]}


def one(kind: Any, **more: Any) -> dict[str, Any]:
    return form(field("x", kind, **more))


def test_the_shipped_form_has_no_faults() -> None:
    assert faults(SHIPPED["form"]) == []


def test_every_kind_is_known_on_both_sides() -> None:
    answered = set(SETTINGS) - {"explanation"}
    assert set(SETTINGS) == set(_LOOK)
    assert answered == set(_VALUES)
    assert set(names()) == set(SETTINGS)
    assert set(FIXED) == {*COLUMNS, CONSENT}


LATER = {"shown_when": {"field": "y", "is": "yes"}}
FAULTS: list[tuple[Any, str, str]] = [
    ([], "", "Ein Formular ist ein Objekt mit einer Liste „sections“."),
    ({"sections": {}}, "", "Ein Formular ist ein Objekt mit einer Liste „sections“."),
    (
        {"sections": [{"key": "a", "fields": ["x"]}]},
        "",
        "Jeder Abschnitt ist ein Objekt mit „key“, „name“ und einer Liste „fields“.",
    ),
    ({"sections": []}, "", "Ein Formular braucht mindestens einen Abschnitt."),
    (
        {"sections": [section(key=f"s{n}") for n in range(MOST_SECTIONS + 1)]},
        "",
        "Bitte höchstens 40 Abschnitte.",
    ),
    (
        form(*(field(f"x{n}", "link") for n in range(MOST_FIELDS + 1))),
        "",
        "Bitte höchstens 200 Felder.",
    ),
    (
        {"sections": [section(), section()]},
        "facts / key",
        "Ein anderer Abschnitt hat diesen Schlüssel schon.",
    ),
    (
        {"sections": [section(key="1 2")]},
        "1 2 / key",
        "Ein Schlüssel beginnt mit einem Buchstaben und hat Buchstaben, Ziffern und Bindestriche, höchstens 40.",  # noqa: E501 - one sentence
    ),
    ({"sections": [section() | {"name": {"de": "A"}}]}, "facts / name", BOTH),
    (
        form(field("x", "link"), field("x", "link")),
        "facts / x / key",
        "Ein anderes Feld hat diesen Schlüssel schon.",
    ),
    (
        form(field("x-1", "link")),
        "facts / x-1 / key",
        "Ein Schlüssel beginnt mit einem Buchstaben und hat nur Buchstaben und Ziffern, höchstens 40.",  # noqa: E501 - one sentence
    ),
    (
        form(field("version", "link")),
        "facts / version / key",
        "Diesen Schlüssel braucht die Seite selbst. Bitte wählen Sie einen anderen.",
    ),
    (one("colour"), "facts / x / kind", "Diese Art von Feld gibt es nicht."),
    (
        form(field("projectTitle", "long_text")),
        "facts / projectTitle / kind",
        "Aus diesem Feld entstehen die Listen, deshalb behält es seine Art.",
    ),
    (
        one("link", maximum=3),
        "facts / x / maximum",
        "Das lässt sich bei dieser Art nicht einstellen.",
    ),
    (one("link", required="ja"), "facts / x / required", "Bitte geben Sie true oder false an."),
    (one("link", label={"de": "Nur", "en": ""}), "facts / x / label", BOTH),
    (one("link", label="Nur"), "facts / x / label", BOTH),
    (
        one("link", label={"de": "x" * 301, "en": "x"}),
        "facts / x / label",
        "Bitte höchstens 300 Zeichen.",
    ),
    (one("link", help={"de": "Nur", "en": ""}), "facts / x / help", BOTH),
    (one("link", example={"de": "", "en": "Only"}), "facts / x / example", BOTH),
    (one("number", unit={"de": "Stunden"}), "facts / x / unit", BOTH),
    (one("explanation", help={"de": "", "en": ""}), "facts / x / help", BOTH),
    (one("files", **FILES | {"max_files": 0}), "facts / x / max_files", NUMBER),
    (one("files", **FILES | {"max_files": None}), "facts / x / max_files", NUMBER),
    (one("files", **FILES | {"max_bytes_each": 99_000_000}), "facts / x / max_bytes_each", NUMBER),
    (one("files", **FILES | {"media_types": ["text/html"]}), "facts / x / media_types", OPTIONS),
    (one("files", **FILES | {"media_types": []}), "facts / x / media_types", OPTIONS),
    (one("short_text", max_length=-1), "facts / x / max_length", NUMBER),
    (one("short_text", max_length="9"), "facts / x / max_length", NUMBER),
    (
        one("short_text", counted_in="lines"),
        "facts / x / counted_in",
        "Bitte wählen Sie eine der Möglichkeiten.",
    ),
    (one("number", decimals=7), "facts / x / decimals", NUMBER),
    (one("number", minimum=True), "facts / x / minimum", NUMBER),
    (one("number", maximum=float("nan")), "facts / x / maximum", NUMBER),
    (one("money", decimals=1), "facts / x / decimals", NUMBER),
    (
        one("date", minimum="14.12.2026"),
        "facts / x / minimum",
        "Bitte geben Sie einen Tag wie 2026-12-14 an.",
    ),
    (one("short_text", min_length=9, max_length=8), "facts / x / max_length", BELOW),
    (one("number", minimum=2, maximum=1), "facts / x / maximum", BELOW),
    (one("date", minimum="2026-02-01", maximum="2026-01-01"), "facts / x / maximum", BELOW),
    (one("several_of", min=2, max=1, choices=CHOICES), "facts / x / max", BELOW),
    (
        one("several_of", min=3, choices=CHOICES),
        "facts / x / min",
        "So viele Möglichkeiten stehen nicht zur Auswahl.",
    ),
    (one("one_of"), "facts / x / choices", "Bitte geben Sie mindestens eine Möglichkeit an."),
    (one("one_of", choices=["a"]), "facts / x / choices", LISTED),
    (
        one("one_of", choices=[{"de": "A", "en": "A"}]),
        "facts / x / choices",
        "Möglichkeit 1 hat keinen Schlüssel aus Buchstaben, Ziffern und Bindestrichen.",
    ),
    (
        one("one_of", choices=[CHOICES[0], CHOICES[0]]),
        "facts / x / choices",
        "Der Schlüssel „a“ steht zweimal da.",
    ),
    (
        one("one_of", choices=[{"key": "a", "de": "A"}]),
        "facts / x / choices",
        f"Möglichkeit 1: {BOTH}",
    ),
    (
        one("one_of", choices=[{"key": f"k{n}", "de": "A", "en": "A"} for n in range(1001)]),
        "facts / x / choices",
        "Bitte höchstens 1.000 Möglichkeiten.",
    ),
    (
        one("organisations", kinds=CHOICES, distinct_kinds=3),
        "facts / x / distinct_kinds",
        "So viele Möglichkeiten stehen nicht zur Auswahl.",
    ),
    (one(["a"]), "facts / x / kind", "Diese Art von Feld gibt es nicht."),
    (
        one("short_text", counted_in=["words"]),
        "facts / x / counted_in",
        "Bitte wählen Sie eine der Möglichkeiten.",
    ),
    (
        {"sections": [section() | {"key": True}]},
        "key",
        "Ein Schlüssel beginnt mit einem Buchstaben und hat Buchstaben, Ziffern und Bindestriche, höchstens 40.",  # noqa: E501 - one sentence
    ),
    (
        one("organisation", kinds=[]),
        "facts / x / kinds",
        "Bitte geben Sie mindestens eine Möglichkeit an.",
    ),
    (
        one("link", shown_when="y"),
        "facts / x / shown_when",
        "Eine Bedingung nennt ein Feld („field“) und seine Antwort („is“).",
    ),
    (
        one("link", shown_when={"field": "x", "is": "yes"}),
        "facts / x / shown_when",
        "Ein Feld kann nicht von sich selbst abhängen.",
    ),
    (one("link", **LATER), "facts / x / shown_when", ABOVE),
    (form(field("x", "link", **LATER), field("y", "yes_no")), "facts / x / shown_when", ABOVE),
    (form(field("y", "link"), field("x", "link", **LATER)), "facts / x / shown_when", LEADS),
    (
        form(field("y", "one_of", choices=CHOICES), field("x", "link", **LATER)),
        "facts / x / shown_when",
        "Das Feld, von dem dieses abhängt, hat keine solche Antwort.",
    ),
    (
        form(field("y", "yes_no"), field("region", "short_text", **LATER)),
        "facts / region / shown_when",
        "Aus diesem Feld entstehen die Listen, deshalb wird es immer gefragt.",
    ),
    (
        one("link", visible_to="jury"),
        "facts / x / visible_to",
        "Das muss eine Liste von Texten sein.",
    ),
    (one("link") | {"checks": "none"}, "checks", LISTED),
]


@pytest.mark.parametrize(("definition", "place", "message"), FAULTS)
def test_each_fault_is_said_with_its_place(definition: Any, place: str, message: str) -> None:
    with speaking("de"):
        assert [(fault.place, fault.message) for fault in faults(definition)] == [(place, message)]


def test_a_key_keeps_its_kind() -> None:
    with speaking("en"):
        [fault] = changed_kinds(one("link"), one("number"))
        assert fault.place == "facts / x / kind"
        assert changed_kinds(one("link"), form(field("y", "number"))) == []


WORDS = st.text(min_size=1, max_size=20).filter(str.strip)
BOTH_WORDS = st.fixed_dictionaries({"de": WORDS, "en": WORDS})
KEYS = st.from_regex(r"[a-z][a-z0-9]{0,4}", fullmatch=True)
LIMIT = st.integers(0, 30)
SETTING: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("min_length", "max_length", "min", "max", "distinct_kinds"), LIMIT),
    **dict.fromkeys(("minimum", "maximum"), st.one_of(LIMIT, st.dates().map(str))),
    **dict.fromkeys(("max_files", "max_bytes_each"), LIMIT),
    "counted_in": st.sampled_from(["characters", "words"]),
    "decimals": st.sampled_from([0, 2]),
    "unit": BOTH_WORDS,
    "choices": st.just(CHOICES),
    "kinds": st.just(CHOICES),
    "media_types": st.just(["application/pdf"]),
}


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
PARTS = [*SETTING, "key", "label", "help", "required", "example", "shown_when", "bears_on"]


@given(
    st.sampled_from(sorted(SETTINGS)) | ANYTHING,
    st.dictionaries(st.sampled_from(PARTS), ANYTHING),
    ANYTHING,
)
def test_whatever_is_typed_is_looked_at(kind: Any, settings_of_it: Any, anything: Any) -> None:
    typed = {**field("x", kind), **settings_of_it}
    for definition in (anything, {"sections": anything}, form(typed), form(typed, typed)):
        for fault in faults(definition):
            assert fault.message
            assert isinstance(fault.place, str)


@st.composite
def fields(draw: Callable[..., Any]) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(SETTINGS)))
    listed = {"choices", "kinds"} & set(SETTINGS[kind])
    wanted = draw(st.sets(st.sampled_from(SETTINGS[kind]))) if SETTINGS[kind] else set()
    made = {"key": draw(KEYS), "kind": kind, "label": draw(BOTH_WORDS), "help": draw(BOTH_WORDS)}
    made |= {"required": draw(st.booleans())}
    made |= {name: draw(SETTING[name]) for name in sorted(wanted | listed)}
    if draw(st.booleans()):
        made["shown_when"] = {"field": draw(KEYS), "is": draw(st.sampled_from(["yes", "a"]))}
    return made


@st.composite
def forms(draw: Callable[..., Any]) -> dict[str, Any]:
    """Mostly forms without faults: those that have some are left out of it."""
    made: list[dict[str, Any]] = []
    for candidate in draw(st.lists(fields(), max_size=6)):
        if not faults(form(*made, candidate)):
            made.append(candidate)
    return form(*made)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(forms(), st.data())
def test_a_form_that_passes_can_be_shown_filled_in_and_read(form: Any, data: Any) -> None:
    assert faults(form) == []
    language = data.draw(st.sampled_from(["de", "en"]))
    names = [one["key"] for part in form["sections"] for one in part["fields"]]
    inputs = [name + part for name in names for part in ("", "-name", "-kind", "-1-kind", "-email")]
    values = st.one_of(
        st.text(max_size=30), st.sampled_from(["yes", "on", "a", "12,5", "1.2.2026"])
    )
    pairs = st.lists(st.tuples(st.sampled_from(inputs or ["x"]), values), max_size=12)
    sent = [Typed(data.draw(pairs)) for _time in range(2)]
    with speaking(language):
        assert len(asked(form)) == len(sections(form))
        first, second = (
            {one["key"]: typed_values(one, typed) for one in sections(form)} for typed in sent
        )
        for part in sections(form):
            assert isinstance(in_short(part, first[part["key"]]), str)
            compared(part, first[part["key"]], second[part["key"]])
        assert all(gap.message for some in all_gaps(form, first).values() for gap in some)
        for audience in (JURY, NETWORK, ADMINISTRATOR):
            read = reading(form, first, audience)
            assert all(isinstance(one.text, str) for part in read for one in part.fields)
    assert sha256(first) == sha256(first)
    assert canonical_text(first)
