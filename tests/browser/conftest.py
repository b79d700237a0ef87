"""A real Chromium, pages that are watched, and pictures of them.

The fixtures look at whatever `base_url` a test folder gives.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.watching import Watch

ROOT = Path(__file__).parents[2]
ARGUMENTS = [
    "--no-sandbox",  # in a container there is no second one to be had
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 10_000  # milliseconds, on a machine that does other things too

OpenPage = Callable[..., Page]


class Screens(Protocol):
    def __call__(self, page: Page, name: str, *, readme: bool = False) -> None: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium.find()
    if program is None:
        pytest.fail(chromium.MISSING, pytrace=False)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, base_url: str) -> Iterator[OpenPage]:
    """Opens a page of its own session; at the end no page may have complained."""
    opened: list[tuple[Any, Watch]] = []

    def open_(**options: Any) -> Page:
        settings = {
            "base_url": base_url,
            "locale": "de-DE",
            "timezone_id": "Europe/Berlin",
            "viewport": DESKTOP,
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**settings | options)
        context.set_default_timeout(PATIENCE)
        opened.append((context, Watch(context, base_url)))
        return context.new_page()

    yield open_
    for context, _ in opened:
        context.close()
    faults = [fault for _, watch in opened for fault in watch.faults]
    assert faults == []


@pytest.fixture
def page_de(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def page_en(open_page: OpenPage) -> Page:
    return open_page(locale="en-GB")


@pytest.fixture
def page_phone(open_page: OpenPage) -> Page:
    return open_page(viewport=PHONE, is_mobile=True, has_touch=True)


@pytest.fixture
def page_plain(open_page: OpenPage) -> Page:
    """Without JavaScript."""
    return open_page(java_script_enabled=False)


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """Lets axe look at a page, light and dark."""

    def assert_(page: Page) -> None:
        # Without timers axe would wait for ever.
        has_script = page.evaluate("matchMedia('(scripting: enabled)').matches")
        assert has_script, "axe needs JavaScript: let it look at the same page with it"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            assert not found.violations_count, f"{scheme} {page.url}\n{found.generate_report()}"
        page.emulate_media(color_scheme="null")

    return assert_


@pytest.fixture(scope="session")
def screens() -> Screens:
    """Photographs a page into var/screens when AWARD_SCREENS is 1.

    With AWARD_README_SCREENS=1 it does so for the README.
    """

    def take(page: Page, name: str, *, readme: bool = False) -> None:
        if os.environ.get("AWARD_SCREENS") == "1":
            _photograph(page, ROOT / "var" / "screens" / f"{name}.png", full_page=True)
        if readme and os.environ.get("AWARD_README_SCREENS") == "1":
            _photograph(page, ROOT / "docs" / "img" / f"{name}.png", full_page=False)

    return take


def _photograph(page: Page, path: Path, *, full_page: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=full_page, animations="disabled")
