"""Numbers as they are typed in two languages."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.kit.numerals import read, typed


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        ("12500", 12500, 12500),
        ("12.500,50", 12500.5, 12500.5),
        ("12,500.50", 12500.5, 12500.5),
        ("12.500", 12500, 12.5),
        ("12,500", 12.5, 12500),
        ("12,5", 12.5, 12.5),
        ("12.5", 12.5, 12.5),
        ("1.234.567", 1234567, 1234567),
        ("1 234 567,8", 1234567.8, 1234567.8),
        ("1'234'567.8", 1234567.8, 1234567.8),
        ("0,125", 0.125, 0.125),
        ("0.125", 0.125, 0.125),
        (",5", 0.5, 0.5),
        ("-3", -3, -3),
        ("\N{MINUS SIGN}3,0", -3, -3),
        ("007", 7, 7),
        ("1.23.456", None, None),
        ("1.234,567.8", None, None),
        ("1,2,3", None, None),
        ("12..5", None, None),
        ("1e5", None, None),
        ("zwölf", None, None),
        ("", None, None),
        ("-", None, None),
        ("²", None, None),
        ("1234567890123456", None, None),
    ],
)
def test_reading(text: str, german: float | None, english: float | None) -> None:
    assert (read(text, "de"), read(text, "en")) == (german, english)


@given(
    st.one_of(
        st.integers(-(10**14), 10**14),
        st.decimals(-(10**9), 10**9, places=4).map(float).filter(lambda one: one != int(one)),
    ),
    st.sampled_from(["de", "en"]),
)
def test_what_is_shown_to_be_changed_is_read_as_the_same(value: float, language: str) -> None:
    back = read(typed(value, language), language)
    assert back == value
    assert json.loads(json.dumps(back)) == back
