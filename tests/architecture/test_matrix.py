"""Every page and every fragment, in every phase, for every role: the canaries sing where they may.

`visibility.toml` says who sees what; `scenes.py` builds the award.
"""

import tomllib
from collections import defaultdict
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest

from award.app import all_routes
from award.settings import Settings
from award.web.call import API
from award.web.routes import Route
from tests.architecture.scenes import CANARIES, PHASES, ROLES, Scene, scene
from tests.world import Client, World

MATRIX: dict[str, Any] = tomllib.loads((Path(__file__).parent / "visibility.toml").read_text())
EVERYBODY, SIGNED_IN = MATRIX["routes"]["everybody"], MATRIX["routes"]["signed_in"]
BY_ROLE: dict[str, list[str]] = MATRIX["routes"]["roles"]
SIGNED_IN_ROLES = {"plain", *ROLES}
ROUTES = [
    route
    for route in all_routes(Settings(database="sqlite://", secret="x" * 32))
    if route.method == "GET"
]


def may_find(path: str) -> set[str]:
    """The roles that find anything at this address."""
    if path in EVERYBODY:
        return {"visitor", *SIGNED_IN_ROLES}
    return SIGNED_IN_ROLES if path in SIGNED_IN else set(BY_ROLE[path])


def test_every_address_has_its_cell_and_every_cell_its_address() -> None:
    cells = [*EVERYBODY, *SIGNED_IN, *BY_ROLE]
    assert sorted(cells) == sorted(route.path for route in ROUTES)


def test_every_object_has_a_cell_for_every_phase() -> None:
    assert set(MATRIX["objects"]) == set(CANARIES)
    for phases in MATRIX["objects"].values():
        assert set(phases) == set(PHASES)


@pytest.mark.parametrize("phase", PHASES)
def test_who_sees_what(phase: str, world: World) -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    strange: list[str] = []
    stage = scene(world, phase)
    for route in ROUTES:
        for address in stage.addresses(route):
            for role, client in stage.clients(route).items():
                for answer in _answers(client, address):
                    strange += _strange(stage, route, role, answer)
                    text = _text(answer)
                    for name, canary in CANARIES.items():
                        if canary in text:
                            seen[name].add(role)
    assert strange == []
    cells = {name: set(phases[phase]) for name, phases in MATRIX["objects"].items()}
    assert {name: seen[name] for name in cells} == cells


def _answers(client: Client, address: str) -> list[httpx.Response]:
    """The page, and the fragment that htmx would get."""
    return [client.get(address), client.get(address, htmx=True)]


def _text(answer: httpx.Response) -> str:
    """What can be read of an answer, also of a document."""
    if answer.headers.get("content-type") != "application/pdf" or not answer.content:
        return answer.text
    if not answer.content.startswith(b"%PDF-"):  # an attached canary
        return answer.text
    pages = pypdfium2.PdfDocument(answer.content)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def _strange(stage: Scene, route: Route, role: str, answer: httpx.Response) -> list[str]:
    """What this answer does wrong, whatever is on it."""
    status, told = answer.status_code, f"{answer.request.url} {role} {answer.status_code}"
    if role == "visitor" and route.path.startswith(API):
        return [] if status == 401 and "WWW-Authenticate" in answer.headers else [told]
    if role == "visitor" and not route.is_public:
        target = answer.headers.get("location") or answer.headers.get("hx-redirect", "")
        return [] if status in (303, 401) and target.startswith("/sign-in?next=") else [told]
    if role not in may_find(route.path):
        return [] if status == 404 else [told]
    if role == "visitor" and status == HTTPStatus.UNAUTHORIZED:  # nothing there: to the sign-in
        return []
    # A link from a mail that is used up says so by 410.
    return [] if status in (200, 303, 403, 404, 410) else [told]
