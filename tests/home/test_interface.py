"""What programs can read, told once: to people on a page, to programs as an OpenAPI document."""

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from award.app import all_routes
from award.home.interface import operations
from award.kit import openapi
from award.kit.i18n import LANGUAGES, speaking
from award.settings import Settings
from award.web.call import API
from tests.cast import Cast
from tests.world import URL, words

DOCUMENT = "/api/v1/openapi.json"


def test_the_document_tells_every_address_and_no_other() -> None:
    routes = all_routes(Settings(database="sqlite://", secret="x" * 32, demo=True))
    below = {route.path for route in routes if route.path.startswith(API)} - {DOCUMENT}
    assert below == {one.path for one in operations()}
    assert {route.method for route in routes if route.path.startswith(API)} == {"GET"}


def test_the_document_is_the_same_for_a_program_and_a_browser(cast: Cast) -> None:
    program = cast.world.program(cast.nora).get(DOCUMENT)
    browser = cast.world.signed_in(cast.nora).get("/account/api/openapi.json")
    assert program.content == browser.content
    told = program.json()
    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": URL}]
    assert told["security"] == [{"token": []}]


def test_an_answer_is_as_the_document_says(cast: Cast) -> None:
    program = cast.world.program(cast.nora)
    told, answer = program.get(DOCUMENT).json(), program.get("/api/v1/nominations").json()
    schema = {"$ref": "#/components/schemas/Nominations", "components": told["components"]}
    validator = jsonschema_rs.validator_for(schema)
    validator.validate(answer)
    assert not validator.is_valid({**answer, "items": [{}]})


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_parameter_and_every_field_has_words(code: str, cast: Cast) -> None:
    told = cast.world.program(cast.nora).get(DOCUMENT, Accept_Language=code).json()
    said = [
        *(one for path in told["paths"].values() for one in path["get"]["parameters"]),
        *(
            field
            for name, schema in told["components"]["schemas"].items()
            if name != "Problem"
            for field in schema["properties"].values()
        ),
    ]
    assert len(said) > 30
    assert [one for one in said if not one.get("description")] == []


def test_the_document_speaks_the_wanted_language(cast: Cast) -> None:
    program = cast.world.program(cast.nora)
    german, english = (program.get(DOCUMENT, Accept_Language=one).json() for one in LANGUAGES)
    assert german["info"]["title"] == "Was Programme lesen können"
    assert english["info"]["title"] == "What programs can read"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_tells_what_the_document_tells(code: str, cast: Cast) -> None:
    address = "/account/api" if code == "de" else f"/{code}/account/api"
    page = cast.world.signed_in(cast.nora).get(address)
    told = words(page)
    with speaking(code):
        for one in operations():
            assert f"GET {one.address}" in told
            assert one.summary in told
            for parameter in openapi.parameters(one):
                assert parameter.name in told
                assert parameter.text in told
            for fields in one.fields.values():
                assert all(text in told for text in fields.values())
    assert f"{URL}/api/v1/nominations" in told


def test_the_words_in_docs_are_true() -> None:
    text = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
    for one in operations():
        assert f"`GET {one.address}`" in text
        for parameter in openapi.parameters(one):
            assert f"`{parameter.name}`" in text


def test_whoever_has_nothing_to_read_finds_nothing(cast: Cast) -> None:
    jules: Any = cast.world.signed_in(cast.jules)
    assert jules.get("/account/api").status_code == 404
    assert jules.get("/account/api/openapi.json").status_code == 404
    assert cast.world.program(cast.jules).get(DOCUMENT).status_code == 404
