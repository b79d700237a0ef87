"""Documents: texts are data, every sign can be read, and the same data give the same bytes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award.kit.pdf import typeset
from award.settings import Settings

FOLDER: Path = Settings(database="", secret="").templates / "documents"
AT = datetime(2026, 12, 14, 22, 59, 59, tzinfo=UTC)


def document(text: str, *, at: datetime = AT, **changed: Any) -> bytes:
    data = {
        "title": "Saison wird Stelle",
        "title_parts": [{"text": "Saison wird Stelle", "lang": ""}],
        "author": "Innovative Netzwerke",
        "edition": "Übungsrunde",
        "lang": "de",
        "notices": [],
        "network": "Nordlicht",
        "facts": [["Zeichen", "2026-0001"]],
        "foot": "SHA-256",
        "pages": "Seite {page} von {pages}",
        "nothing": "Keine Angabe.",
        "sections": [{"name": "Kurzfassung", "fields": [{"label": "", "lines": [text]}]}],
    }
    return typeset(FOLDER, "nomination", data | changed, at=at)


def text_of(content: bytes) -> str:
    return "\n".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)
    ).replace("\r\n", "\n")


@pytest.mark.parametrize(
    "text",
    [
        '#import "house.typ": *',
        "#panic()",
        "$x$ @ref <label> [ ] { } \\ * _ ` = - + / // /* */",
        '"quoted" \\" \\u{41}',
        "Główka İstanbul Příbram Mỹ Ελλάδα Москва „Größe“ – 5 € ½ …",
    ],
)
def test_a_text_stands_there_as_it_was_written(text: str) -> None:
    assert text in text_of(document(text))


def test_a_sign_that_no_font_has_is_named_and_one_that_cannot_be_seen_is_left_out() -> None:
    said = text_of(document("Helm 🦺 auf\x00\x1b\u202e"))
    assert "Helm [U+1F9BA] auf" in said


def test_lines_and_pages() -> None:
    content = document("Erste Zeile.\n\nZweiter Absatz.\n" + "Wort " * 4000)
    said = text_of(content)
    assert "Erste Zeile." in said
    pages = len(pypdfium2.PdfDocument(content))
    assert pages > 5
    assert f"Seite {pages} von {pages}" in said


def test_an_unbroken_word_of_20000_letters_and_nothing_at_all() -> None:
    assert document("x" * 20_000).startswith(b"%PDF-")
    sections = [{"name": "Leer", "fields": [{"label": "Feld", "lines": []}]}]
    assert "Keine Angabe." in text_of(document("", sections=sections))


def test_it_is_accessible_and_the_same_each_time() -> None:
    content = document("Text")
    assert content == document("Text")
    told = content.decode("latin-1")
    for mark in ("/MarkInfo", "/StructTreeRoot", "/DisplayDocTitle true", "/Lang", "pdfuaid"):
        assert mark in told
    assert pypdfium2.PdfDocument(content).get_metadata_value("Title") == "Saison wird Stelle"


@settings(max_examples=25)
@given(st.text(max_size=300))
def test_any_text_can_be_set(text: str) -> None:
    assert document(text, title=text or "x", network=text).startswith(b"%PDF-")


def test_a_document_is_set_at_any_fraction_of_a_second() -> None:
    assert document("x", at=AT.replace(microsecond=7)) == document("x")
