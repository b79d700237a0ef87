"""Whatever is sent to a form, it is answered with words and leaves nothing half done."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import httpx

from award.app import all_routes
from award.cli.checking import findings
from award.kit.actor import Actor
from award.programmes.actions import NewEdition, create_edition
from award.settings import Settings
from award.web.routes import Route
from award.web.security import form_token
from tests.architecture.scenes import Scene, scene
from tests.world import Client, World

SETTINGS = Settings(database="sqlite://", secret="x" * 32)
POSTS = [one for one in all_routes(SETTINGS) if one.method == "POST"]
GETS = [one for one in all_routes(SETTINGS) if one.method == "GET"]
WHO = ("administrator", "juror", "network")
# As they stand in the body: a lone surrogate and bytes that are no text cannot be written else.
VALUES = {
    "nothing": "",
    "long": "x" * 10_000,
    "null": "%00",
    "surrogate": "%ED%A0%80",
    "turned": quote("\u202egnp.exe\u2067"),
    "unseen": quote("\u200b"),
    "negative": "-1",
    "without measure": "1e400",
    "no number": "NaN",
    "no digit": quote("²"),
    "no day": "0000-00-00",
    "last day": "9999-12-31T23:59",
    "no zone": quote("2026-12-01T10:00+99:99"),
    "mail head": quote("a@b.example\r\nBcc: c@d.example"),
    "markup": quote("<script>%(name)s %s {0} {{ 7*7 }}</script>"),
    "other": "unknown",
}
PLACES = ("unknown", "-1", "9" * 30, "%00", "%F0%9F%8F%86", "..%2F..", "x" * 3000)
# It ends the session with which the rest is asked.
LEFT_OUT = {"/sign-out", "/account/sessions/end"}
DOWNLOADS = {
    "/admin/editions/{slug:str}/nominations/export",
    "/admin/editions/{slug:str}/nominations/package",
}


class _Forms(HTMLParser):
    """The addresses of a page's forms, each with the names of its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, set[str]] = {}
        self._names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._names = set()
        if address := given.get("action") or given.get("formaction"):
            self.found[address.partition("?")[0]] = self._names
        if name := given.get("name"):
            self._names.add(name)


def _names(stage: Scene) -> dict[str, set[str]]:
    """The names of the fields of each route that takes a form, as its pages have them."""
    names: dict[str, set[str]] = {one.path: {"version", "reason"} for one in POSTS}
    shapes = {one.path: re.compile(re.sub(r"\{\w+:\w+\}", "[^/]+", one.path)) for one in POSTS}
    for route in GETS:
        for role in WHO:
            forms = _Forms()
            forms.feed(stage.lookers[role].get(next(stage.addresses(route))).text)
            for address, fields in forms.found.items():
                for path, shape in shapes.items():
                    if shape.fullmatch(address):
                        names[path] |= fields - {"_key", "_csrf"}
    return names


def _send(client: Client, path: str, fields: list[str]) -> httpx.Response:
    token = form_token(client.world.settings, client.token)

    async def body() -> AsyncIterator[bytes]:
        yield "&".join([*fields, f"_csrf={token}"]).encode()

    return client.stream(path, body())


def _amiss(route: Route, told: str, answer: httpx.Response) -> Iterator[str]:
    status = answer.status_code
    is_taken = status == 303 or (status == 200 and route.path in DOWNLOADS)
    if not is_taken and status not in (403, 404, 409, 413, 422, 429):
        yield f"{told}: {status}"
    is_explained = any(sign in answer.text for sign in ('role="alert"', "data-error-summary"))
    if status in (409, 422, 429) and not is_explained and "<h1" not in answer.text:
        yield f"{told}: {status} without a word"


def _bodies(fields: list[str]) -> Iterator[tuple[str, list[str]]]:
    for name, value in VALUES.items():
        yield name, [f"{one}={value}" for one in fields]
    yield "twice", [f"{one}=1" for one in fields] * 2
    yield "arrays", [f"{one}[]=1" for one in fields]


def _hostile(stage: Scene, names: dict[str, set[str]]) -> Iterator[str]:
    """All values in all fields of each form, sent by the first role that finds it."""
    for route in (one for one in POSTS if one.path not in LEFT_OUT):
        address = next(stage.addresses(route))
        for role in WHO:
            for name, body in _bodies(sorted(names[route.path])):
                answer = _send(stage.lookers[role], address, body)
                yield from _amiss(route, f"{role} {route.path} {name}", answer)
                if answer.status_code == 404:
                    break
            else:
                break


def test_no_form_is_answered_with_an_error_of_ours_and_nothing_is_half_done(world: World) -> None:
    stage = scene(world, "judging")
    database, files = world.site.database.engine, world.site.files
    before = findings(database, files)
    names = _names(stage)
    assert sum(len(fields) for fields in names.values()) > 200  # the forms were found
    assert list(_hostile(stage, names)) == []
    assert findings(database, files) == before


def test_an_address_that_names_nothing_is_not_found(world: World) -> None:
    stage = scene(world, "judging")
    olga = stage.lookers["administrator"]
    strange = []
    for route in (one for one in POSTS if "{" in one.path and one.policy):
        for place in PLACES:
            address = re.sub(r"\{\w+:\w+\}", place, route.path)
            answer = _send(olga, address, ["version=1"])
            if answer.status_code not in (404, 422):
                strange.append((address[:80], answer.status_code))
    assert strange == []


def test_what_belongs_to_another_edition_is_not_found_under_this_one(world: World) -> None:
    stage = scene(world, "judging")
    world.write(lambda db: _other_edition(db, stage))
    olga = stage.lookers["administrator"]
    checked, strange = 0, []
    for route in POSTS:
        if "{slug:str}" not in route.path or not re.search(r"\{\w+_id:", route.path):
            continue
        for address in stage.addresses(route):
            elsewhere = address.replace(stage.cast.edition.slug, "other", 1)
            checked += 1
            if (status := _send(olga, elsewhere, ["reason=x", "version=1"]).status_code) != 404:
                strange.append((elsewhere, status))
    assert strange == []
    assert checked > 5


def _other_edition(db: Any, stage: Scene) -> None:
    new = NewEdition(
        slug="other",
        name={"de": "Andere", "en": "Other"},
        year=2027,
        winners=2,
        first_day=date(2027, 1, 4),
    )
    by = Actor(account_id=stage.cast.olga.id, roles=frozenset({"administrator"}))
    create_edition(db, stage.cast.programme, new, by=by, at=stage.cast.world.now)
