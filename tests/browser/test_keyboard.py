"""The keyboard alone: a juror opens a nomination, scores and comments it all, and hands it in."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.served import Served

_CRITERIA = 6
_MOST = 120  # presses of the tabulator, on the longest of these pages


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = Served(tmp_path_factory.mktemp("keyboard"), "demo", "--phase", "judging")
    yield server.url
    assert server.stop() == 0


def test_a_sheet_is_scored_and_handed_in(page_de: Page) -> None:
    page_de.goto("/sign-in")
    page_de.get_by_role("button", name="Anmelden als: Ein Jurymitglied").click()
    before = _scored(page_de)
    page_de.goto("/jury?show=open")
    _tab_until(page_de, lambda: _is_focused(page_de.locator(".tasks a").first))
    page_de.keyboard.press("Enter")
    page_de.wait_for_url("**/sheets/*")
    _tab_until(page_de, lambda: _score_on_the_way(page_de))
    page_de.keyboard.press("Enter")
    expect(page_de.get_by_role("status").first).to_contain_text("abgegeben")
    page_de.goto("/jury")
    assert _scored(page_de) == before + 1


def _score_on_the_way(page: Page) -> bool:
    """Score or comment where the focus is; true at the button that hands in."""
    focused = page.locator(":focus")
    if focused.get_attribute("type") == "radio":
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(page.locator(":focus")).to_be_checked()
    elif focused.evaluate("one => one.matches('.criterion textarea')"):
        page.keyboard.type("Gut belegt.")
    if not _is_focused(page.get_by_role("button", name="Abgeben und nächste")):
        return False
    expect(page.locator(".criterion input:checked")).to_have_count(_CRITERIA)
    return True


def _tab_until(page: Page, is_there: Callable[[], bool]) -> None:
    """Go on by the tabulator; wherever it stops, one sees it."""
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        assert page.evaluate(_SEEN), page.locator(":focus").inner_html()
        if is_there():
            return
    pytest.fail("the tabulator does not lead there")


def _is_focused(wanted: Locator) -> bool:
    return bool(wanted.evaluate("one => one === document.activeElement"))


def _scored(page: Page) -> int:
    words = page.get_by_text(re.compile(r"\d+ von \d+ Bewerbungen bewertet")).inner_text()
    return int(words.split()[0])


# An outline at the element itself or, for a level of the scale, at its box; and it is on screen.
_SEEN = """() => {
  const one = document.activeElement;
  const drawn = [one, one.closest("label .level")].filter(Boolean);
  const box = one.getBoundingClientRect();
  return drawn.some((at) => getComputedStyle(at).outlineStyle !== "none")
    && box.bottom > 0 && box.top < innerHeight;
}"""
