"""The gallery: every component in each of its states, photographed and looked at by axe."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Served


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = Served(tmp_path_factory.mktemp("gallery"), "demo", "--phase", "call")
    yield server.url
    assert server.stop() == 0


def test_the_gallery_in_both_languages(
    page_de: Page, page_en: Page, assert_accessible: Any, screens: Any
) -> None:
    for page, address in ((page_de, "/_gallery"), (page_en, "/en/_gallery")):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_accessible(page)
        screens(page, address.strip("/").replace("/", "-"))


def test_the_focus_is_seen_and_nothing_is_wider_than_a_small_phone(
    open_page: Any, screens: Any
) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto("/_gallery")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    field = page.locator("main input:not([type=hidden]):not([disabled])").first
    field.focus()
    assert field.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    screens(page, "gallery-focus-320")
