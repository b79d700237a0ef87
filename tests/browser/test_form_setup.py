"""An administrator asks something more; a network sees the question come and go as it answers."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.served import Served

FORM = "/admin/editions/practice/form"


class Site(msgspec.Struct, frozen=True):
    """The demonstration, and who is in it."""

    url: str
    people: dict[str, Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("form")
    people = folder / "people.json"
    server = Served(folder, "demo", "--phase", "call", "--accounts-file", str(people))
    yield Site(server.url, msgspec.json.decode(people.read_bytes()))
    assert server.stop() == 0


@pytest.fixture
def base_url(site: Site) -> str:
    return site.url


def signed_in(page: Page, site: Site, name: str, address: str) -> Page:
    page.goto(f"/sign-in?next={address}")
    page.get_by_label("E-Mail-Adresse").fill(site.people[name]["email"])
    page.get_by_label("Passwort").fill(site.people[name]["password"])
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url(f"**{address}")
    return page


def add_field(page: Page, kind: str, key: str, label: str, condition: str = "") -> None:
    page.goto(f"{FORM}/new-field?section=summary&kind={kind}")
    page.get_by_label("Schlüssel").fill(key)
    page.get_by_label("Frage auf Deutsch").fill(label)
    page.get_by_label("Frage auf Englisch").fill(label)
    page.get_by_label("Muss beantwortet werden").check()
    if condition:
        page.get_by_label("Wann wird es gefragt?").select_option(condition)
    page.get_by_label("Grund der Änderung").fill("Wir haben es vergessen.")
    page.get_by_role("button", name="Sichern", exact=True).click()
    expect(page.get_by_text("Gesichert als Fassung")).to_be_visible()


def test_a_question_comes_and_goes_with_the_answer(site: Site, open_page: OpenPage) -> None:
    olga = signed_in(open_page(), site, "admin", FORM)
    add_field(olga, "yes_no", "funded", "Gefördert?")
    add_field(olga, "short_text", "funder", "Von wem?", "funded=yes")
    network = signed_in(open_page(), site, "network_b", "/nominations")
    network.locator("main a[href^='/nominations/']").first.click()
    network.get_by_role("link", name="Kurzfassung").first.click()
    follower = network.get_by_label("Von wem?")
    expect(follower).to_be_hidden()
    network.get_by_label("Ja", exact=True).check()
    follower.fill("vom Land")
    network.get_by_label("Nein", exact=True).check()
    expect(follower).to_be_hidden()
    network.get_by_label("Ja", exact=True).check()
    expect(follower).to_have_value("vom Land")
    expect(network.locator("main form .saved")).to_have_text(re.compile(r"^Gesichert \d"))
    network.reload()
    expect(follower).to_have_value("vom Land")
