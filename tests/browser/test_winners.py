"""The winners of 2014 in a real browser, in both languages, under the strict content policy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Served


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("demo")
    server = Served(folder, "demo", "--phase", "call")
    yield server.url
    assert server.stop() == 0


def test_the_five_winners_and_the_map(page_de: Page, assert_accessible: Any, screens: Any) -> None:
    response = page_de.goto("/editions/2014/winners")
    assert response is not None
    assert "script-src 'self'" in response.headers["content-security-policy"]
    expect(page_de.get_by_role("heading", level=1)).to_have_text("Innovative Netzwerke 2014")
    expect(page_de.locator(".winners > li")).to_have_count(5)
    expect(page_de.get_by_text("© GeoBasis-DE / BKG 2017")).to_be_visible()
    assert_accessible(page_de)
    screens(page_de, "winners", readme=True)


def test_the_map_is_reached_by_keyboard(page_de: Page) -> None:
    page_de.goto("/editions/2014/winners")
    page_de.locator(".map a").first.focus()
    page_de.keyboard.press("Tab")
    page_de.keyboard.press("Enter")
    expect(page_de).to_have_url("/editions/2014/winners/2")
    expect(page_de.get_by_role("heading", level=1)).to_contain_text("SWITCH")


def test_english_and_the_phone(open_page: Any, assert_accessible: Any, screens: Any) -> None:
    page = open_page(viewport={"width": 320, "height": 640}, locale="en-GB")
    page.goto("/editions/2014/winners")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url("/en/editions/2014/winners")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".winners > li")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert_accessible(page)
    screens(page, "winners-en-phone")
