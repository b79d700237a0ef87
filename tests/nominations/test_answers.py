"""Typed forms, gaps, folding, comparing and hashing: the pure part."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.kit.i18n import speaking
from award.nominations.answers import sections, typed_values
from award.nominations.audiences import ADMINISTRATOR, JURY, NETWORK
from award.nominations.canonical import canonical_text, sha256
from award.nominations.differences import side_by_side
from award.nominations.folded import folded
from award.nominations.gaps import all_gaps, gaps
from award.nominations.shown import reading
from award.web.forms import Typed
from tests.cast import SHIPPED
from tests.nominations.filled import answers

FORM = SHIPPED["form"]


def _kinds(**changed: Any) -> list[tuple[str, str]]:
    return [
        (gap.target, gap.kind)
        for some in all_gaps(FORM, answers(**changed)).values()
        for gap in some
    ]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"projectTitle": "  "}, [("projectTitle", "missing")]),
        ({"measures": "x" * 3000}, []),
        ({"measures": "x" * 3001}, [("measures", "over")]),
        ({"state": "XX"}, [("state", "wrong")]),
        ({"fieldOfAction": ""}, [("fieldOfAction", "missing")]),
        ({"districts": []}, [("districts", "missing")]),
        ({"districts": ["99999"]}, [("districts", "wrong")]),
        ({"activeSince": "bald"}, [("activeSince", "wrong")]),
        ({"activeSince": 1989}, [("activeSince", "wrong")]),
        ({"activeSince": ""}, [("activeSince", "missing")]),
        ({"leadOrganisation": {"kind": "kommune", "name": ""}}, [
            ("leadOrganisation-name", "missing"),
            ("partners-1-kind", "kinds"),
        ]),
        ({"contact": {"name": "A", "email": "a", "phone": ""}}, [("contact-email", "wrong")]),
        ({"contact": {}}, [("contact-name", "missing"), ("contact-email", "missing")]),
        ({"termsAccepted": False}, [("termsAccepted", "missing")]),
        ({"photoUse": False, "publishIfNotAwarded": False}, []),
    ],
)  # fmt: skip
def test_gaps(changed: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert _kinds(**changed) == found


def test_a_decomposed_text_is_counted_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "ä" * 500)
    assert _kinds(summary=decomposed) == []
    assert _kinds(summary=decomposed + "b") == [("summary", "over")]


def test_messages_are_german_and_name_the_field() -> None:
    [section] = [one for one in sections(FORM) if one["key"] == "summary"]
    with speaking("de"):
        [gap] = gaps(section, {"summary": "x" * 502})
    assert gap.message == "„Kurzfassung“ ist 2 Zeichen zu lang."


def test_typed_forms_become_answers() -> None:
    sent: dict[str, dict[str, Any]] = {}
    typed = Typed(
        [
            ("networkName", " Nordlicht "),
            ("state", "XX"),
            ("districts", "01054"),
            ("districts", "01051"),
            ("districts", "01054"),
            ("activeSince", "seit gestern"),
            ("partners-2-name", "Zweite"),
            ("partners-7-kind", "kammer"),
            ("termsAccepted", "on"),
        ]
    )
    for section in sections(FORM):
        sent |= {section["key"]: typed_values(section, typed)}
    assert sent["network"]["networkName"] == "Nordlicht"
    assert sent["network"]["state"] == "XX"
    assert sent["network"]["districts"] == ["01051", "01054"]
    assert sent["network"]["activeSince"] == "seit gestern"
    assert sent["partners"]["partners"] == [
        {"kind": "", "name": "Zweite"},
        {"kind": "kammer", "name": ""},
    ]
    assert (sent["terms"]["termsAccepted"], sent["terms"]["photoUse"]) == (True, False)
    assert sent["attachments"] == {"attachments": {}}


def test_jurors_never_see_the_contact() -> None:
    shown = {
        audience: {
            field.key for section in reading(FORM, answers(), audience) for field in section.fields
        }
        for audience in (JURY, NETWORK, ADMINISTRATOR)
    }
    assert shown[NETWORK] == shown[ADMINISTRATOR]
    assert shown[NETWORK] - shown[JURY] == {"contact"}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Główka", "glowka"),
        ("Glówka", "glowka"),
        ("Ørsted", "orsted"),
        ("Đuro", "duro"),
        ("STRAẞE Straße", "strasse strasse"),
        ("İş ve Ilıca", "is ve ilica"),
        ("Řepa  Việt", "repa viet"),
        (None, ""),
    ],
)
def test_folding(text: str | None, plain: str) -> None:
    assert folded(text) == plain


@given(st.text(), st.text())
def test_two_versions_lose_nothing(mine: str, theirs: str) -> None:
    left, right = side_by_side(mine, theirs)
    assert "".join(piece.text for piece in left) == mine
    assert "".join(piece.text for piece in right) == theirs


def test_the_hash_knows_neither_order_nor_composition() -> None:
    one = {"b": {"y": "ä", "x": [1, True]}, "a": {}}
    other = {"a": {}, "b": {"x": [1, True], "y": "a\u0308"}}
    assert canonical_text(one) == '{"a":{},"b":{"x":[1,true],"y":"ä"}}'
    assert sha256(one) == sha256(other)
    assert sha256(one) != sha256({**one, "a": {"z": ""}})
