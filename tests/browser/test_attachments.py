"""Attaching files: dropped or chosen, several at once, over a connection that is cut."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.writing import Site, writing
from tests.kit.uploads import pdf, picture

LARGE = pdf(2) + b"%" + b"x" * 4_900_000 + b"\n%%EOF\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with writing(tmp_path_factory.mktemp("attachments")) as served:
        yield served


@pytest.fixture
def base_url(site: Site) -> str:
    return site.url


@pytest.fixture
def page(page_de: Page, site: Site) -> Page:
    """The section for files of the own draft, with none in it."""
    page_de.goto("/sign-in?next=/nominations")
    page_de.get_by_label("E-Mail-Adresse").fill(site.email)
    page_de.get_by_label("Passwort").fill(site.password)
    page_de.get_by_role("button", name="Anmelden", exact=True).click()
    page_de.locator("main a[href^='/nominations/']").first.click()
    page_de.get_by_role("link", name="Anlagen").first.click()
    expect(page_de.get_by_label("Dateien hinzufügen")).to_be_visible()
    while page_de.get_by_role("button", name="Entfernen").count():
        left = page_de.locator(".files > li").count() - 1
        page_de.get_by_role("button", name="Entfernen").first.click()
        expect(page_de.locator(".files > li")).to_have_count(left)
    return page_de


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "Bericht.pdf"
    path.write_bytes(LARGE)
    return path


def choose(page: Page, *files: Path) -> None:
    page.get_by_label("Dateien hinzufügen").set_input_files(list(files))


def names(page: Page) -> Locator:
    return page.locator(".files > li p a")


def test_several_files_at_once_each_with_its_words(page: Page, tmp_path: Path) -> None:
    (tmp_path / "Bild.png").write_bytes(picture(size=(900, 600)))
    (tmp_path / "Steckbrief.pdf").write_bytes(pdf(3))
    (tmp_path / "lied.mp3").write_bytes(b"ID3")
    choose(page, *sorted(tmp_path.iterdir()))
    expect(names(page)).to_have_count(2)
    expect(page.get_by_role("status").filter(has_text="lied.mp3")).to_have_text(
        "„lied.mp3“ ist eine andere Art von Datei. Möglich sind: PDF, JPEG, PNG."
    )
    page.get_by_role("button", name="Schließen").click()
    page.get_by_label("Was die Datei zeigt").last.fill("Wer wir sind")
    page.get_by_label("Was die Datei zeigt").last.blur()
    expect(page.locator("main form .saved")).to_contain_text("Gesichert")
    page.reload()
    assert sorted(names(page).all_inner_texts()) == ["Bild.png", "Steckbrief.pdf"]
    expect(page.get_by_label("Was die Datei zeigt").last).to_have_value("Wer wir sind")
    page.get_by_role("button", name="Nach unten").click()
    expect(page.get_by_label("Was die Datei zeigt").first).to_have_value("Wer wir sind")


def test_a_file_of_5_mb_over_a_connection_cut_in_the_middle(page: Page, large: Path) -> None:
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    limits = {"offline": False, "latency": 0, "downloadThroughput": -1}
    slow.send("Network.emulateNetworkConditions", limits | {"uploadThroughput": 800_000})
    choose(page, large)
    done = page.locator(".upload progress")
    for _ in range(200):
        if done.evaluate("bar => bar.value") > 0.3:
            break
        page.wait_for_timeout(50)
    slow.send("Network.emulateNetworkConditions", limits | {"uploadThroughput": 0, "offline": True})
    expect(page.locator(".upload [role=status]")).to_contain_text("Keine Verbindung.")
    assert names(page).count() == 0
    slow.send("Network.emulateNetworkConditions", limits | {"uploadThroughput": -1})
    expect(names(page)).to_have_text(["Bericht.pdf"])
    expect(done).to_have_count(0)
    file = page.request.get(names(page).first.get_attribute("href") or "")
    assert hashlib.sha256(file.body()).digest() == hashlib.sha256(LARGE).digest()


def test_a_file_on_its_way_can_be_cancelled(page: Page, large: Path) -> None:
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    limits = {"offline": False, "latency": 0, "downloadThroughput": -1}
    slow.send("Network.emulateNetworkConditions", limits | {"uploadThroughput": 200_000})
    choose(page, large)
    page.get_by_role("button", name="Abbrechen").click()
    expect(page.locator(".upload li")).to_have_count(0)
    expect(page.get_by_label("Dateien hinzufügen")).to_be_focused()
    page.reload()
    assert names(page).count() == 0


@pytest.mark.parametrize("root", ["", "/en"])
def test_axe_finds_nothing(
    page: Page, tmp_path: Path, assert_accessible: Callable[[Page], None], root: str
) -> None:
    (tmp_path / "Brief.pdf").write_bytes(pdf())
    (tmp_path / "lied.mp3").write_bytes(b"ID3")
    page.goto(root + page.url.removeprefix(page.url.split("/nominations/")[0]))
    page.locator(".upload input[type=file]").set_input_files(sorted(tmp_path.iterdir()))
    expect(names(page)).to_have_text(["Brief.pdf"])
    expect(page.locator(".upload .error")).to_be_visible()
    page.locator(".replacing summary").click()
    assert_accessible(page)


def replace(page: Page, place: int, file: Path) -> None:
    item = page.locator(".files > li").nth(place)
    item.get_by_text("Ersetzen").click()
    item.get_by_label("Neue Datei an dieser Stelle").set_input_files(file)


def test_a_file_is_replaced_and_what_is_said_of_it_stays(page: Page, tmp_path: Path) -> None:
    for number, name in enumerate(("Alt.pdf", "Brief.pdf", "Neu.pdf"), 1):
        (tmp_path / name).write_bytes(pdf(number))
    for number, name in enumerate(("Alt.pdf", "Brief.pdf"), 1):
        choose(page, tmp_path / name)
        expect(names(page)).to_have_count(number)
    said = page.get_by_label("Was die Datei zeigt")
    said.first.fill("Wer wir")
    said.first.blur()
    expect(page.locator("main form .saved")).to_contain_text("Gesichert")
    replace(page, 0, tmp_path / "Neu.pdf")
    expect(names(page)).to_have_text(["Neu.pdf", "Brief.pdf"])
    expect(said.first).to_have_value("Wer wir")
    expect(page.locator("#files-attachments summary").first).to_be_focused()
    said.first.fill("Wer wir sind")
    said.first.blur()
    expect(page.locator("main form .saved.waiting")).to_have_count(0)
    replace(page, 1, tmp_path / "Neu.pdf")
    expect(page.locator(".upload .error")).to_have_text("„Neu.pdf“ ist schon angehängt.")
    page.reload()
    expect(names(page)).to_have_text(["Neu.pdf", "Brief.pdf"])
    expect(said.first).to_have_value("Wer wir sind")


def test_a_file_is_replaced_without_script(
    page: Page, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    (tmp_path / "Alt.pdf").write_bytes(pdf(1))
    (tmp_path / "Neu.pdf").write_bytes(pdf(2))
    choose(page, tmp_path / "Alt.pdf")
    expect(names(page)).to_have_text(["Alt.pdf"])
    plain = open_page(java_script_enabled=False, storage_state=page.context.storage_state())
    plain.goto(page.url)
    replace(plain, 0, tmp_path / "Neu.pdf")
    plain.locator(".replacing").get_by_role("button", name="Hochladen").click()
    expect(names(plain)).to_have_text(["Neu.pdf"])


def test_files_are_dropped_too(page: Page) -> None:
    page.locator(".upload").evaluate(
        """(place, base64) => {
          const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
          const carried = new DataTransfer();
          carried.items.add(new File([bytes], "Brief.pdf", { type: "application/pdf" }));
          const told = { dataTransfer: carried, bubbles: true, cancelable: true };
          place.dispatchEvent(new DragEvent("drop", told));
        }""",
        base64.b64encode(pdf()).decode(),
    )
    expect(names(page)).to_have_text(["Brief.pdf"])


def test_a_session_that_ended_is_begun_again_in_place(
    page: Page, site: Site, tmp_path: Path
) -> None:
    (tmp_path / "Brief.pdf").write_bytes(pdf())
    page.context.clear_cookies()
    choose(page, tmp_path / "Brief.pdf")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Passwort").fill(site.password)
    dialog.get_by_role("button", name="Anmelden").click()
    expect(names(page)).to_have_text(["Brief.pdf"])
