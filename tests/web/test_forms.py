"""From what was typed to values, with a message for every field at fault."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from award.kit import i18n
from award.kit.errors import Refused
from award.web.forms import Email, Line, Text, Typed, number_within, parse, whole


class Everything(msgspec.Struct):
    name: Line
    email: Email
    text: Text = ""
    count: Annotated[int, Meta(ge=0, le=5)] = 0
    any_number: int | None = None
    share: Decimal | None = None
    ratio: float | None = None
    is_public: bool = False
    kind: Literal["a", "b"] = "a"
    level: Literal[1, 2] | None = None
    day: date | None = None
    until: datetime | None = None
    tags: list[str] = msgspec.field(default_factory=list)
    numbers: list[Annotated[int, Meta(ge=1, le=9)]] = msgspec.field(default_factory=list)


NO_SUCH_DAY = "Bitte schreiben Sie einen Tag, den es gibt, zum Beispiel so: 2026-12-14."
MINIMAL = {"name": "Nora", "email": "nora@example.org"}


def typed(**fields: str | list[str]) -> Typed:
    pairs = []
    for name, value in {**MINIMAL, **fields}.items():
        pairs += [(name, one) for one in ([value] if isinstance(value, str) else value)]
    return Typed(pairs)


@pytest.mark.parametrize("raw", ["9" * 400, "1e999", "nan", "-inf"])
def test_a_number_without_measure_is_refused_at_its_field(raw: str) -> None:
    assert set(errors(any_number=raw)) == {"any_number"}
    assert set(errors(ratio=raw)) == {"ratio"}


@pytest.mark.parametrize(
    ("raw", "number"), [("12", 12), ("", None), ("-1", None), ("²", None), ("9" * 5000, None)]
)
def test_a_number_of_an_address_is_a_small_one_or_none(raw: str, number: int | None) -> None:
    assert whole(raw) == number


@pytest.mark.parametrize(("raw", "number"), [("12", 12.0), (" 0,5 ", 0.5), ("100", 100.0)])
def test_a_number_within_limits_is_read_with_comma_or_point(raw: str, number: float) -> None:
    assert number_within(raw, 0, 100) == number


@pytest.mark.parametrize("raw", ["", "x", "-1", "100.1", "nan", "1e2", "9" * 400])
def test_any_other_is_refused_in_words(raw: str) -> None:
    with i18n.speaking("en"), pytest.raises(ValueError, match="Please write a number"):
        number_within(raw, 0, 100)


def errors(code: str = "de", **fields: str | list[str]) -> dict[str, str]:
    with i18n.speaking(code), pytest.raises(Refused) as caught:
        parse(Everything, typed(**fields))
    return caught.value.errors


def test_every_kind_is_converted() -> None:
    given_ = typed(
        text="Zeile 1\r\nZeile 2",
        count="3",
        any_number="-7",
        share="12,5",
        ratio="0.25",
        is_public="on",
        kind="b",
        level="2",
        day="2026-12-14",
        until="2026-12-14T23:59",
        tags=["x", "", "y"],
        numbers=["1", "9"],
    )
    assert parse(Everything, given_) == Everything(
        name="Nora",
        email="nora@example.org",
        text="Zeile 1\nZeile 2",
        count=3,
        any_number=-7,
        share=Decimal("12.5"),
        ratio=0.25,
        is_public=True,
        kind="b",
        level=2,
        day=date(2026, 12, 14),
        until=datetime(2026, 12, 14, 22, 59, tzinfo=UTC),
        tags=["x", "y"],
        numbers=[1, 9],
    )


def test_what_is_empty_is_the_default() -> None:
    blank = {name: "  " for name in Everything.__struct_fields__ if name not in MINIMAL}
    assert parse(Everything, typed(**blank)) == Everything(name="Nora", email="nora@example.org")


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060 \ufeff", "\xa0", "\x07", "\u202e"])
def test_what_nobody_can_see_was_not_filled_in(unseen: str) -> None:
    assert errors(name=unseen) == {"name": "Bitte füllen Sie dieses Feld aus."}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Bitte füllen Sie dieses Feld aus."),
        ("name", " \t", "Bitte füllen Sie dieses Feld aus."),
        ("name", "x" * 201, "1 Zeichen zu viel; höchstens 200 haben hier Platz."),
        ("text", "x" * 6200, "1.200 Zeichen zu viel; höchstens 5.000 haben hier Platz."),
        ("email", "nora", "Bitte schreiben Sie die Adresse so: name@beispiel.de."),
        ("email", "no ra@example.org", "Bitte schreiben Sie die Adresse so: name@beispiel.de."),
        ("count", "6", "Bitte geben Sie eine Zahl von 0 bis 5 ein."),
        ("count", "-1", "Bitte geben Sie eine Zahl von 0 bis 5 ein."),
        ("count", "2.5", "Bitte geben Sie eine Zahl ein."),
        ("any_number", "viele", "Bitte geben Sie eine Zahl ein."),
        ("any_number", "9" * 30, "Diese Zahl ist zu klein oder zu groß."),
        ("any_number", "9" * 5000, "Bitte geben Sie eine Zahl ein."),
        ("share", "NaN", "Bitte geben Sie eine Zahl ein."),
        ("share", "1,2,3", "Bitte geben Sie eine Zahl ein."),
        ("ratio", "1e999", "Bitte geben Sie eine Zahl ein."),
        ("ratio", "1e2", "Bitte geben Sie eine Zahl ein."),
        ("count", "٣", "Bitte geben Sie eine Zahl ein."),
        ("ratio", "inf", "Bitte geben Sie eine Zahl ein."),
        ("kind", "c", "Bitte wählen Sie eine der Möglichkeiten."),
        ("level", "3", "Bitte wählen Sie eine der Möglichkeiten."),
        ("day", "14.12.2026", NO_SUCH_DAY),
        ("day", "2026-02-30", NO_SUCH_DAY),
        ("day", "0001-01-01", "Bitte wählen Sie ein Jahr von 1900 bis 2999."),
        ("until", "2026-02-30 10:00", "Bitte schreiben Sie Tag und Uhrzeit so: 2026-12-14 23:59."),
        ("until", "9999-12-31 23:59", "Bitte wählen Sie ein Jahr von 1900 bis 2999."),
        ("numbers", "10", "Bitte geben Sie eine Zahl von 1 bis 9 ein."),
    ],
)
def test_each_fault_has_its_message(field: str, value: str, message: str) -> None:
    assert errors(**{field: value}) == {field: message}


def test_all_faults_are_told_at_once_in_the_readers_language() -> None:
    assert errors("en", name="", email="x", count="9") == {
        "name": "Please fill in this field.",
        "email": "Please write it like this: name@example.org.",
        "count": "Please write a number from 0 to 5.",
    }


def test_a_text_is_composed_and_has_no_null() -> None:
    assert parse(Everything, typed(name="Zu\u0308rich\x00")).name == "Zürich"


def test_marks_that_turn_the_words_beside_them_are_dropped() -> None:
    assert parse(Everything, typed(name="Netz\u202e\u2066werk")).name == "Netzwerk"
    assert set(errors(name="\u202e \u2069")) == {"name"}


def test_a_choice_that_is_missing_is_asked_for_as_a_choice() -> None:
    class Choice(msgspec.Struct):
        kind: Literal["a", "b"]

    with i18n.speaking("de"), pytest.raises(Refused) as caught:
        parse(Choice, Typed())
    assert caught.value.errors == {"kind": "Bitte wählen Sie eine der Möglichkeiten."}


def test_the_last_value_of_a_field_counts() -> None:
    assert parse(Everything, typed(name=["first", "last"])).name == "last"


FIELDS = st.sampled_from(Everything.__struct_fields__)


@given(st.lists(st.tuples(FIELDS, st.text(max_size=40)), max_size=20))
def test_whatever_is_typed_is_taken_or_refused(pairs: list[tuple[str, str]]) -> None:
    done: Everything | None = None
    told: dict[str, str] = {}
    try:
        done = parse(Everything, Typed(pairs))
    except Refused as refused:
        told = refused.errors
    assert (done is None) == bool(told)
    assert set(told) <= set(Everything.__struct_fields__)
    assert done is None or (done.name and "@" in done.email)
