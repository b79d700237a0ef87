"""On English pages, a programme's words that are there in German only are marked as German."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlalchemy.orm import Session

from award.programmes.models import Criterion, Edition, FormDefinition, FormVersion, Round
from tests.cast import Cast
from tests.jury.staged import Staged, staged
from tests.world import Client

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "circle", "use", "wbr"}
GERMAN = "Nurdeutsch"


class Heard(HTMLParser):
    """The pieces of text in the main part of a page that hold the German word, by language."""

    def __init__(self) -> None:
        super().__init__()
        self.spoken = [""]
        self.inside: list[str] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.inside.append(tag)
            self.spoken.append(dict(attrs).get("lang") or self.spoken[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.inside.pop()
            self.spoken.pop()

    def handle_data(self, data: str) -> None:
        if GERMAN in data and "main" in self.inside and "option" not in self.inside:
            self.found.append((data.strip(), self.spoken[-1]))


def heard(client: Client, path: str) -> list[tuple[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    reader = Heard()
    reader.feed(answer.text)
    return reader.found


def _german_only(content: Any) -> Any:
    """Of every text in two languages the German one, with the word to look for."""
    if isinstance(content, list):
        return [_german_only(one) for one in content]
    if not isinstance(content, dict):
        return content
    if isinstance(content.get("de"), str) and isinstance(content.get("en"), str):
        rest = {key: one for key, one in content.items() if key not in {"de", "en"}}
        return {"de": f"{GERMAN} {content['de']}", **rest}
    return {key: _german_only(one) for key, one in content.items()}


@pytest.fixture
def stage(cast: Cast) -> Staged:
    found = staged(cast)

    def write(db: Session) -> None:
        edition = db.get_one(Edition, cast.edition.id)
        edition.name = _german_only(edition.name)
        db.get_one(Round, cast.round.id).name = {"de": f"{GERMAN} Vorrunde"}
        for one in cast.criteria:
            row = db.get_one(Criterion, one.id)
            row.name, row.question = _german_only(row.name), _german_only(row.question)
            row.anchors = _german_only(row.anchors)
        form = db.get_one(FormDefinition, cast.form.id)
        form.definition = _german_only(form.definition)
        for version in db.query(FormVersion):
            version.definition = form.definition

    cast.world.write(write)
    return found


def main_pages(stage: Staged) -> Iterator[tuple[Client, str]]:
    visitor = stage.cast.world.visitor()
    for path in ("/", "/editions", "/editions/2026", "/editions/2026/criteria"):
        yield visitor, path
    yield visitor, "/editions/2026/winners"
    nora, nomination = stage.client("nora"), stage.nominations[0].id
    yield nora, "/nominations"
    yield nora, f"/nominations/{nomination}/sections/network"
    jules = stage.client("jules")
    yield jules, "/jury"
    yield jules, "/jury/conflicts"


def test_german_words_are_marked_on_every_main_page_in_english(stage: Staged) -> None:
    unmarked, marked = {}, 0
    for client, path in main_pages(stage):
        found = heard(client, f"/en{path}")
        marked += sum(spoken == "de" for _text, spoken in found)
        amiss = [text for text, spoken in found if spoken != "de"]
        if amiss:
            unmarked[path] = amiss
    assert unmarked == {}
    assert marked > 50


def test_on_german_pages_they_are_marked_no_more_than_the_page(stage: Staged) -> None:
    page = stage.cast.world.visitor().get("/editions/2026/criteria").text
    assert GERMAN in page
    assert '<span lang="de">' not in page
