"""Pages that no story comes by, each looked at by axe and as wide as a small phone.

The form judges blind, as nobody sees otherwise.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Served

SMALL, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
EDITION = "/editions/practice"
ADMIN = f"/admin{EDITION}"
PAGES = {
    "juror_a": ("/jury", "/jury/conflicts", "/account", "/account/proposals"),
    "chair": (
        f"{ADMIN}/conflicts",
        f"{ADMIN}/rounds/1/progress",
        f"{ADMIN}/rounds/1/rules",
        f"{ADMIN}/rounds/1/opening",
    ),
    "auditor": (ADMIN, f"{ADMIN}/nominations", "/admin/audit", "/admin/audit/check"),
    "admin": (
        f"{ADMIN}/form/fields/networkName",
        f"{ADMIN}/form/import",
        f"{ADMIN}/nominations/duplicates",
        f"{ADMIN}/nominations/import",
        f"{ADMIN}/nominations/together/letter",
        f"{ADMIN}/proposals",
        f"{ADMIN}/rounds/1/rules/amendment",
        "/account/tokens",
        "/account/api",
    ),
}

SignIn = Callable[[str], Page]


class Site(msgspec.Struct, frozen=True):
    """The demonstration while the jury judges, and the sign-ins."""

    url: str
    database: Path
    accounts: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("pages")
    people = folder / "people.json"
    server = Served(folder, "demo", "--phase", "judging", "--accounts-file", str(people))
    yield Site(server.url, server.database, msgspec.json.decode(people.read_bytes()))
    assert server.stop() == 0


@pytest.fixture
def base_url(site: Site) -> str:
    return site.url


@pytest.fixture
def signed_in(site: Site, open_page: Any) -> SignIn:
    def sign_in(role: str) -> Page:
        page: Page = open_page()
        page.goto("/sign-in")
        region = page.get_by_role("region", name="Anmelden")
        region.get_by_label("E-Mail-Adresse").fill(site.accounts[role]["email"])
        region.get_by_label("Passwort").fill(site.accounts[role]["password"])
        with page.expect_navigation():
            region.get_by_role("button", name="Anmelden", exact=True).click()
        return page

    return sign_in


@pytest.mark.parametrize("role", PAGES)
def test_the_pages_of_a_role(role: str, signed_in: SignIn, assert_accessible: Any) -> None:
    page = signed_in(role)
    for path in PAGES[role]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        _look_at(page, assert_accessible)


@pytest.mark.parametrize("path", [f"{EDITION}/form", f"{EDITION}/eligibility"])
def test_what_a_visitor_reads(page_de: Page, path: str, assert_accessible: Any) -> None:
    page_de.goto(path)
    _look_at(page_de, assert_accessible)


def test_a_juror_who_judges_blind(
    site: Site, signed_in: SignIn, assert_accessible: Any, screens: Any
) -> None:
    _judge_blind(site.database)
    juror = signed_in("juror_a")
    juror.goto("/jury?show=open")
    juror.locator(".tasks a").first.click()
    expect(juror.get_by_role("main")).to_contain_text("Blind bewertet")
    _look_at(juror, assert_accessible)
    screens(juror, "sheet-blind")
    juror.get_by_role("link", name="Ich bin befangen").click()
    _look_at(juror, assert_accessible)


_BLIND = """
    UPDATE form_definition
    SET version = version + 1, definition = json_set(definition, '$.blind', json('true'));
    INSERT INTO form_version (edition_id, number, definition, reason, at)
    SELECT edition_id, version, definition, '', datetime() FROM form_definition;
"""


def _judge_blind(database: Path) -> None:
    """A version of the form as it could have been made before the jury began to read."""
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(_BLIND)


def _look_at(page: Page, assert_accessible: Any) -> None:
    assert_accessible(page)
    page.set_viewport_size(SMALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], page.url
    page.set_viewport_size(WIDE)
