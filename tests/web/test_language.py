"""The address alone decides the language, and every link keeps it."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.kit import i18n
from award.kit.links import link
from tests.world import Client

PIECES = st.text(
    st.characters(blacklist_characters="/?#%", blacklist_categories=("Cs",)), min_size=1
)
PATHS = st.lists(PIECES, max_size=4).map(lambda pieces: "/" + "/".join(pieces))


@pytest.mark.parametrize(
    ("path", "code", "inner"),
    [
        ("/", "de", "/"),
        ("/en", "en", "/"),
        ("/en/", "en", "/"),
        ("/english", "de", "/english"),
        ("/en/editions", "en", "/editions"),
        ("/de/editions", "de", "/de/editions"),
        ("/editions/en", "de", "/editions/en"),
        ("/en/en/editions", "en", "/en/editions"),
    ],
)
def test_the_first_piece_of_the_path_is_the_language(
    sam: Client, path: str, code: str, inner: str
) -> None:
    scope = {"path": path, "method": "GET", "headers": [], "client": None}
    prepared = sam.world.app._prepared(scope, {}, "id")  # type: ignore[arg-type]
    assert (prepared["award_language"], prepared["path"]) == (code, inner)


def test_a_page_that_is_not_there_speaks_the_language_of_its_address(sam: Client) -> None:
    for path, code, said in (
        ("/english", "de", "Diese Seite ist nicht da"),
        ("/en/english", "en", "This page is not here"),
    ):
        answer = sam.get(path)
        assert (answer.status_code, f'<html lang="{code}"' in answer.text) == (404, True)
        assert said in answer.text


def test_requests_in_two_languages_do_not_mix(sam: Client) -> None:
    for _ in range(3):
        assert "Too late" in sam.post("/en/stage/refused").text
        assert 'lang="en"' in sam.post("/en/stage/refused").text
        assert 'lang="de"' in sam.post("/stage/refused").text


def test_a_redirect_keeps_the_language(sam: Client) -> None:
    answer = sam.post("/en/stage/notes", {"title": "x"})
    assert answer.headers["location"] == "/en/stage/notes?added=x"


@given(PATHS)
def test_a_link_leads_back_to_its_path(path: str) -> None:
    for code, root in (("de", ""), ("en", "/en")):
        with i18n.speaking(code):
            address = link(path)
        assert link(path, code) == address
        assert address.isascii()
        assert unquote(urlsplit(address).path) == root + path


@given(st.dictionaries(st.text(min_size=1), st.text()))
def test_what_a_link_asks_comes_through_without_what_is_empty(query: dict[str, str]) -> None:
    asked = parse_qs(urlsplit(link("/x", None, **query)).query, keep_blank_values=True)
    assert asked == {name: [value] for name, value in query.items() if value}


def test_an_address_of_another_server_cannot_come_out() -> None:
    for path in ("//evil.example", "/\\evil.example", "https://evil.example"):
        address = urlsplit(link(path))
        assert (address.scheme, address.netloc) == ("", "")
