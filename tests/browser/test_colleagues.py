"""Two colleagues in one section, each in a browser of their own."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.writing import Site, writing

JUNA = "juna@netz.example"
MARK = "Juna Mitschreib-Muster schreibt hier"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with writing(tmp_path_factory.mktemp("colleagues")) as served:
        yield served


@pytest.fixture
def base_url(site: Site) -> str:
    return site.url


def open_draft(page: Page, site: Site, email: str) -> Page:
    page.goto("/sign-in?next=/nominations")
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort").fill(site.password)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.locator("main a[href^='/nominations/']").first.click()
    expect(page.get_by_role("heading", name="Wer daran arbeitet")).to_be_visible()
    return page


def open_summary(page: Page) -> None:
    page.get_by_role("link", name="Kurzfassung").first.click()
    expect(summary(page)).to_be_editable()


def summary(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Kurzfassung")


def writes(page: Page, text: str) -> None:
    summary(page).fill(text)
    summary(page).blur()
    expect(page.locator("main form .saved")).to_have_text(re.compile(r"^Gesichert \d\d:\d\d:\d\d$"))


def asks(page: Page) -> None:
    """As if the person had come back to the window; else it asks every few seconds."""
    with page.expect_response("**/writing"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def mark(page: Page) -> Locator:
    return page.locator(".writing.at > span")


def test_a_mark_comes_moves_nothing_and_lapses_and_is_no_lock(
    open_page: OpenPage, site: Site, assert_accessible: Callable[[Page], None]
) -> None:
    willi = open_draft(open_page(), site, site.email)
    own = willi.url
    juna, overview = open_draft(open_page(), site, JUNA), willi.context.new_page()
    overview.goto(own)
    open_summary(willi)
    open_summary(juna)
    heights = summary(willi).bounding_box()

    writes(juna, "Von Juna.")
    asks(willi)
    expect(mark(willi).filter(has_text=MARK)).to_have_count(1)
    expect(mark(willi).filter(has_text=MARK)).to_be_visible()
    expect(willi.locator("p[role=status][data-writing-at]")).to_have_text(MARK)
    assert summary(willi).bounding_box() == heights
    asks(overview)
    expect(overview.locator(".tasks .writing", has_text=MARK)).to_have_count(1)
    assert_accessible(willi)
    assert_accessible(overview)
    expect(juna.locator(".writing:not([hidden])")).to_have_count(0)

    later(site)
    asks(willi)
    asks(overview)
    for page in (willi, overview):
        expect(page.locator(".writing:not([hidden])")).to_have_count(0)

    summary(willi).fill("Von Willi.")
    summary(willi).blur()
    line = willi.locator("main form .saved")
    expect(line).to_contain_text("Juna Mitschreib-Muster hat diesen Text um")
    willi.get_by_role("button", name="Beide Fassungen zeigen").click()
    expect(willi.get_by_role("heading", name="Ihre Fassung")).to_be_visible()
    expect(willi.locator(".versions")).to_contain_text("Von Juna.")
    expect(willi.locator(".versions")).to_contain_text("Von Willi.")


def test_a_mark_that_was_there_is_said_on_the_page_without_script(
    open_page: OpenPage, page_plain: Page, site: Site
) -> None:
    juna = open_draft(open_page(), site, JUNA)
    open_summary(juna)
    writes(juna, "Noch einmal von Juna.")
    willi = open_draft(page_plain, site, site.email)
    expect(willi.locator(".tasks .writing", has_text=MARK)).to_be_visible()
    open_summary(willi)
    expect(mark(willi).filter(has_text=MARK)).to_be_visible()
    expect(willi.locator("main form .saved")).to_contain_text("von Juna Mitschreib-Muster, heute")


def test_whoever_types_without_a_pause_is_saved_all_the_same(
    open_page: OpenPage, site: Site
) -> None:
    juna = open_page()
    juna.clock.install()
    open_draft(juna, site, JUNA)
    open_summary(juna)
    saves: list[str] = []
    juna.on("request", lambda sent: saves.append(sent.url) if sent.method == "POST" else None)
    for _ in range(19):
        summary(juna).press_sequentially("x")
        juna.clock.run_for(1000)
    assert saves == []
    for _ in range(3):
        summary(juna).press_sequentially("x")
        juna.clock.run_for(1000)
    assert saves


def later(site: Site) -> None:
    """An hour passes by the server's clock."""
    with httpx.Client(base_url=site.url, headers={"Origin": site.url}) as olga:
        olga.post("/demo/sign-in", data={"role": "admin"})
        page = olga.get("/demo/clock").text
        token = re.search(r'name="_csrf" value="([^"]+)"', page).group(1)
        moved = olga.post("/demo/clock", data={"step": "hour", "_csrf": token, "_key": "later"})
        assert moved.status_code == 303
