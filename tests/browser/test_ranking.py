"""The ranking in a real browser: sorted, weighed, tried out, explained, compared and printed."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.served import Served

RANKING = "/admin/editions/practice/ranking"
FIRST_ROUND = f"{RANKING}?round=1"
SHOWN, ALL = 25, 58  # rows of the table
SORTED = 'th[aria-sort="descending"]'


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = Served(tmp_path_factory.mktemp("ranking"), "demo", "--phase", "deliberation")
    yield server.url
    assert server.stop() == 0


def test_the_table_is_sorted_and_shows_all(page_de: Page) -> None:
    enter(page_de)
    table = page_de.locator("#places")
    expect(rows(table)).to_have_count(SHOWN)
    table.get_by_role("link", name="Mittelwert").click()
    expect(table.locator(SORTED)).to_have_text("Mittelwert")
    means = [float(one.replace(",", ".")) for one in column(table, 4)]
    assert means == sorted(means, reverse=True)
    assert column(table, 1) != [str(place) for place in range(1, SHOWN + 1)]
    table.get_by_role("link", name=f"Alle {ALL} zeigen").click()
    expect(rows(table)).to_have_count(ALL)
    expect(table.locator(SORTED)).to_have_text("Mittelwert")


def test_a_weight_is_moved_and_taken_back(page_de: Page) -> None:
    enter(page_de)
    slider = page_de.get_by_role("slider", name=re.compile("^K1 "))
    said = page_de.locator("#trial-says")
    expect(said).to_contain_text("Das sind die beschlossenen Gewichte")
    said.evaluate("one => { one.isTheSame = true }")
    slider.focus()
    page_de.keyboard.press("End")
    expect(said).to_contain_text("andere Bewerbungen vorn")
    expect(page_de.locator("#trial")).to_contain_text("Käme dazu")
    expect(page_de.locator("[data-value-of=field-K1]")).to_have_text("100")
    expect(slider).to_be_focused()
    # It stays, so that a screen reader says what it holds now.
    assert said.evaluate("one => one.isTheSame && one.isConnected")
    page_de.get_by_role("link", name="Wie beschlossen").click()
    expect(page_de.locator("#trial-says")).to_contain_text("Das sind die beschlossenen Gewichte")
    expect(slider).to_have_value("25")
    expect(page_de.get_by_role("link", name="Wie beschlossen")).to_be_focused()
    expect(page_de).to_have_url(FIRST_ROUND)


def test_all_weights_at_nought_are_named(page_de: Page) -> None:
    enter(page_de)
    for slider in page_de.get_by_role("slider").all():
        slider.focus()
        page_de.keyboard.press("Home")
    expect(page_de.locator("#trial-says")).to_contain_text("Alle Gewichte sind 0")


def test_what_if(page_de: Page, assert_accessible: Any) -> None:
    enter(page_de)
    supposed = page_de.locator("#supposed")
    juror = page_de.get_by_label("Ohne ein Jurymitglied")
    juror.focus()
    juror.select_option(label="Max Betrieb-Probe")
    expect(supposed.get_by_role("heading")).to_have_text("Ohne Max Betrieb-Probe")
    expect(juror).to_be_focused()
    page_de.get_by_label("Eine Grenze je").select_option("state")
    expect(supposed.get_by_role("heading").last).to_have_text("Höchstens 1 je Bundesland")
    expect(supposed.get_by_role("table")).to_contain_text("ist schon vertreten durch")
    most = page_de.get_by_label("Höchstens")
    most.fill("0")
    most.press("Tab")
    expect(supposed).to_contain_text("Die Grenze lässt sich nicht lesen.")
    expect(supposed).to_contain_text("Ohne Max Betrieb-Probe")
    assert_accessible(page_de)


def test_one_nomination_is_explained(page_de: Page) -> None:
    enter(page_de)
    second = rows(page_de.locator("#places")).nth(1).get_by_role("link")
    title = second.inner_text()
    second.click()
    expect(page_de.locator("#explained")).to_contain_text(f"{title}, Platz 2")
    last = page_de.locator("#explained tbody tr").last.locator("td").last.inner_text()
    assert re.fullmatch(r"\d+,\d\d", last)
    expect(rows(page_de.locator("#places")).nth(1)).to_contain_text(last[:-1])


def test_two_runs_are_compared(page_de: Page, assert_accessible: Any, screens: Any) -> None:
    enter(page_de)
    page_de.get_by_role("button", name="Neu berechnen").click()
    page_de.wait_for_url(re.compile(r"/ranking/\w+$"))
    page_de.get_by_role("button", name="Die beiden vergleichen").click()
    expect(page_de.get_by_role("heading", level=1)).to_have_text("Zwei Berechnungen nebeneinander")
    assert_accessible(page_de)
    screens(page_de, "ranking-compare")


def test_it_is_printed_whole_without_what_one_presses(page_de: Page, screens: Any) -> None:
    enter(page_de)
    page_de.goto(f"{FIRST_ROUND}&all=1")
    page_de.emulate_media(media="print")
    for name in ("Hauptnavigation", "Gewichte zum Ausprobieren", "Was wäre, wenn?"):
        expect(page_de.get_by_label(name, exact=True)).to_be_hidden()
    expect(page_de.locator("#trial")).to_be_hidden()
    expect(rows(page_de.locator("#places"))).to_have_count(ALL)
    cut = page_de.locator(".table-scroll").evaluate_all(
        "all => all.filter((one) => getComputedStyle(one).overflowX !== 'visible').length"
    )
    assert cut == 0
    screens(page_de, "ranking-print")


def test_the_keyboard_alone(page_de: Page) -> None:
    enter(page_de)
    slider = page_de.get_by_role("slider").first
    tab_until(page_de, slider)
    page_de.keyboard.press("ArrowRight")
    expect(page_de.locator("[data-value-of=field-K1]")).to_have_text("26")
    expect(page_de.locator("#trial-says")).not_to_contain_text("beschlossenen Gewichte")
    back = page_de.get_by_role("link", name="Wie beschlossen")
    tab_until(page_de, back)
    page_de.keyboard.press("Enter")
    expect(page_de.locator("#trial-says")).to_contain_text("beschlossenen Gewichte")
    cap = page_de.get_by_label("Eine Grenze je")
    tab_until(page_de, cap)
    page_de.keyboard.press("ArrowDown")
    expect(page_de.locator("#supposed")).to_contain_text("Höchstens 1 je Bundesland")
    expect(cap).to_be_focused()


def test_nothing_hinders_anybody(page_de: Page, assert_accessible: Any, screens: Any) -> None:
    enter(page_de)
    page_de.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    assert_accessible(page_de)
    screens(page_de, "ranking")
    run = page_de.locator("form:has([type=range])").get_attribute("action")
    assert run is not None
    for address in (f"{run}?K1=60", f"{run}?K1=viel", f"{run[:-7]}what-if?cap=field&most=1"):
        page_de.goto(address)
        assert_accessible(page_de)


def test_without_javascript(page_plain: Page) -> None:
    enter(page_plain)
    slider = page_plain.get_by_role("slider", name=re.compile("^K1 "))
    slider.focus()
    page_plain.keyboard.press("End")
    page_plain.get_by_role("button", name="Mit diesen Gewichten rechnen").click()
    expect(page_plain.get_by_role("heading", level=1)).to_have_text("Andere Gewichte")
    expect(page_plain.locator("#trial-says")).to_contain_text("andere Bewerbungen vorn")
    expect(slider).to_have_value("100")
    page_plain.get_by_role("link", name="Wie beschlossen").click()
    expect(slider).to_have_value("25")
    page_plain.get_by_label("Pfad").get_by_role("link", name="Rangfolge").click()
    page_plain.get_by_label("Ohne ein Kriterium").select_option("K2")
    page_plain.get_by_role("button", name="Zeigen").click()
    expect(page_plain.get_by_role("heading", level=1)).to_have_text("Was wäre, wenn?")
    expect(page_plain.locator("#supposed")).to_contain_text("Ohne K2")
    expect(page_plain.get_by_label("Ohne ein Kriterium")).to_have_value("K2")


def test_a_phone_scrolls_tables_and_never_the_page(page_phone: Page, screens: Any) -> None:
    enter(page_phone)
    run = page_phone.locator("form:has([type=range])").get_attribute("action")
    assert run is not None
    trial = f"{run}?K1=60"
    for address in (FIRST_ROUND, trial, f"{run[:-7]}what-if?cap=state&most=1"):
        page_phone.goto(address)
        assert page_phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens(page_phone, "ranking-what-if-phone")


def enter(page: Page) -> None:
    """As an administrator, to the ranking of the first round."""
    page.goto("/sign-in")
    with page.expect_navigation():
        page.get_by_role("button", name="Anmelden als: Die Verwaltung").click()
    page.goto(FIRST_ROUND)


def rows(part: Locator) -> Locator:
    return part.locator("tbody tr")


def column(part: Locator, number: int) -> list[str]:
    return part.locator(f"tbody tr > :nth-child({number})").all_inner_texts()


def tab_until(page: Page, wanted: Locator) -> None:
    for _ in range(200):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("the tabulator does not lead there")
