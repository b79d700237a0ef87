"""Writing a nomination: what was typed survives a lost net, a closed tab, a session that ended."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.writing import Site, writing

SAVED = re.compile(r"^Gesichert \d\d:\d\d:\d\d$")
# By the page itself, or as the page that was loaded found it: whichever of the two was quicker.
SAVED_BEFORE_OR_AFTER = re.compile(
    r"^Gesichert (\d\d:\d\d:\d\d|von Ihnen, heute, \d\d:\d\d Uhr \(\w+\))$"
)
TEXT = "Wir bringen Saisonkräfte ganzjährig in Stellen. 🦺 שלום"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with writing(tmp_path_factory.mktemp("autosave")) as served:
        yield served


@pytest.fixture
def base_url(site: Site) -> str:
    return site.url


@pytest.fixture
def page(page_de: Page, site: Site) -> Page:
    """The short version of the own draft, empty and open to be written."""
    open_summary(page_de, site)
    summary(page_de).fill("")
    summary(page_de).blur()
    expect_saved(page_de)
    return page_de


def open_summary(page: Page, site: Site) -> None:
    page.goto("/sign-in?next=/nominations")
    page.get_by_label("E-Mail-Adresse").fill(site.email)
    page.get_by_label("Passwort").fill(site.password)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.locator("main a[href^='/nominations/']").first.click()
    page.get_by_role("link", name="Kurzfassung").first.click()
    expect(summary(page)).to_be_editable()


def summary(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Kurzfassung")


def line(page: Page) -> Locator:
    return page.locator("main form .saved")


def expect_saved(page: Page) -> None:
    """The server has acknowledged all of it."""
    until = time.monotonic() + 10
    while copies(page) and time.monotonic() < until:
        page.wait_for_timeout(100)
    assert copies(page) == []
    expect(line(page)).to_have_text(SAVED)


def reloaded(page: Page) -> str:
    page.goto(page.url)
    return summary(page).input_value()


def test_a_pause_saves_and_the_page_still_says_so(page: Page) -> None:
    summary(page).press_sequentially(TEXT)
    expect_saved(page)
    assert reloaded(page) == TEXT


def test_what_is_typed_during_a_slow_save_is_saved_after_it(page: Page) -> None:
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        route.continue_() if held else held.append(route)

    page.route("**/sections/summary", hold_first)
    summary(page).press_sequentially("eins")
    summary(page).blur()
    expect(line(page)).to_have_text("wird gesichert …")
    summary(page).press_sequentially(" zwei")
    held[0].continue_()
    expect_saved(page)
    assert reloaded(page) == "eins zwei"


def test_without_a_net_the_text_waits_and_goes_when_it_is_back(page: Page) -> None:
    page.context.set_offline(True)
    summary(page).press_sequentially(TEXT)
    summary(page).blur()
    expect(line(page)).to_contain_text("Keine Verbindung. Ihr Text liegt auf diesem Gerät")
    page.context.set_offline(False)
    expect_saved(page)
    assert reloaded(page) == TEXT
    assert copies(page) == []


def test_a_tab_that_was_closed_without_a_net_loses_nothing(page: Page) -> None:
    page.context.set_offline(True)
    summary(page).press_sequentially(TEXT)
    other, address = page.context.new_page(), page.url
    page.close(run_before_unload=False)
    other.context.set_offline(False)
    other.goto(address)
    expect(summary(other)).to_have_value(TEXT)
    expect_saved(other)
    assert reloaded(other) == TEXT


def test_a_page_loaded_again_in_the_middle_of_a_save_loses_nothing(page: Page) -> None:
    for _ in range(3):
        summary(page).fill("")
        summary(page).blur()
        summary(page).press_sequentially(TEXT)
        assert reloaded(page) == TEXT
        expect(line(page)).to_have_text(SAVED_BEFORE_OR_AFTER)


def test_a_save_whose_answer_was_lost_does_not_meet_itself(page: Page) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort("internetdisconnected")

    page.route("**/sections/summary", lose, times=1)
    summary(page).fill("eins")
    summary(page).blur()
    expect(line(page)).to_contain_text("Keine Verbindung")
    summary(page).fill("eins zwei")
    expect_saved(page)
    assert reloaded(page) == "eins zwei"


def test_when_the_session_is_over_one_signs_in_where_one_is(page: Page, site: Site) -> None:
    page.context.clear_cookies()
    summary(page).press_sequentially(TEXT)
    dialog = page.get_by_role("dialog", name="Wieder anmelden")
    expect(dialog).to_contain_text("Ihr Text ist noch da")
    dialog.get_by_label("Passwort").fill("ganz bestimmt falsch")
    dialog.get_by_role("button", name="Anmelden").click()
    expect(dialog.get_by_role("alert")).to_contain_text("stimmen nicht")
    dialog.get_by_label("Passwort").fill(site.password)
    dialog.get_by_role("button", name="Anmelden").click()
    expect(dialog).to_be_hidden()
    expect_saved(page)
    page.get_by_role("button", name="Sichern", exact=True).click()
    expect(page).to_have_url(re.compile("saved=1"))
    assert reloaded(page) == TEXT


def test_two_windows_show_both_texts_and_lose_none(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    summary(other).fill("Aus dem zweiten Fenster.")
    summary(other).blur()
    expect_saved(other)
    summary(page).fill("Aus dem ersten Fenster.")
    summary(page).blur()
    expect(line(page)).to_contain_text(
        "in einem anderen Fenster geändert. Beide Fassungen sind da."
    )
    page.get_by_role("button", name="Beide Fassungen zeigen").click()
    expect(page.get_by_role("heading", name="Ihre Fassung")).to_be_visible()
    expect(page.locator(".versions")).to_contain_text("Aus dem zweiten Fenster.")
    page.get_by_role("link", name="Die gesicherte nehmen").click()
    expect(summary(page)).to_have_value("Aus dem zweiten Fenster.")
    assert copies(page) == []


def test_a_message_goes_when_the_text_is_shortened(page: Page) -> None:
    summary(page).fill("x" * 501)
    page.get_by_role("button", name="Sichern", exact=True).click()
    expect(page.locator("[data-error-summary]")).to_contain_text("1 Zeichen zu lang")
    summary(page).fill("kurz")
    summary(page).blur()
    expect_saved(page)
    expect(page.locator("[data-error-summary], #error-summary, .invalid")).to_have_count(0)


def test_the_button_waits_for_what_was_typed_last(page: Page) -> None:
    summary(page).press_sequentially("gleich weiter")
    page.get_by_role("button", name=re.compile("^Weiter:")).click()
    expect(page).not_to_have_url(re.compile("summary"))
    page.go_back()
    assert reloaded(page) == "gleich weiter"


def test_signing_out_leaves_no_text_on_the_device(page: Page) -> None:
    page.context.set_offline(True)
    summary(page).press_sequentially("nur hier")
    assert len(copies(page)) == 1
    page.context.set_offline(False)
    page.locator(".menu summary").click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/")
    assert copies(page) == []


def test_on_a_phone_the_line_has_room(open_page: OpenPage, site: Site) -> None:
    phone = open_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    open_summary(phone, site)
    phone.context.set_offline(True)
    summary(phone).fill(TEXT)
    summary(phone).blur()
    expect(line(phone)).to_contain_text("Keine Verbindung")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.context.set_offline(False)
    expect_saved(phone)


def copies(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage)")
    return found
