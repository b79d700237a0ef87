"""Names that every system takes, whatever they were made of."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.kit.filenames import safe, unlike

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("2026-0001 Saison wird Stelle", "2026-0001 Saison wird Stelle"),
        ("../../etc/passwd", "-..-etc-passwd"),
        (r"C:\Windows\x.pdf", "C-Windows-x.pdf"),
        ("a\x00b\r\nc\x1b\u202ed", "ab cd"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("console.pdf", "console.pdf"),
        ("Com1.tar.gz", "_Com1.tar.gz"),
        ("Titel. . ", "Titel"),
        (".versteckt", "versteckt"),
        ("", "_"),
        ("???", "-"),
        ("Gro\u0308ße", "Größe"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("ä" * 300 + ".pdf", "ä" * 58 + ".pdf"),
        ("ערב 🦺.pdf", "ערב 🦺.pdf"),
    ],
)
def test_a_name_is_made_safe(given: str, made: str) -> None:
    assert safe(given) == made


@given(st.text(max_size=200))
def test_whatever_was_typed_is_one_name(name: str) -> None:
    made = safe(name)
    assert made
    assert not FORBIDDEN.search(made)
    assert made not in {".", ".."}
    assert made == made.strip(" .") or made.startswith("_")
    assert len(made.encode()) <= 121
    assert not any(unicodedata.category(sign) in {"Cc", "Cf"} for sign in made)


@given(st.lists(st.sampled_from(["a.pdf", "A.pdf", "a (2).pdf", "b"]), max_size=12))
def test_no_two_names_are_alike_also_where_case_does_not_count(names: list[str]) -> None:
    taken: set[str] = set()
    made = [unlike(name, taken) for name in names]
    assert len({name.casefold() for name in made}) == len(names)
