"""An administrator takes a long table in, without script: tried, confirmed, watched to its end."""

import sqlite3
from collections.abc import Iterator

import msgspec
import pytest
from playwright.sync_api import expect

from award.kit.tables import Table, as_csv
from tests.browser.conftest import OpenPage, Screens
from tests.browser.served import Served
from tests.browser.test_form_setup import Site, signed_in

IMPORT = "/admin/editions/practice/nominations/import"
NAMES = [f"Netz {place:03}" for place in range(1, 91)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("import")
    people = folder / "people.json"
    server = Served(folder, "demo", "--phase", "call", "--accounts-file", str(people))
    with sqlite3.connect(server.database, timeout=10) as database:
        database.executemany(
            "INSERT INTO network (id, name, state, is_synthetic, created_at) "
            "VALUES (?, ?, 'SH', 1, '2026-01-01 00:00:00.000000')",
            [(f"of-the-table-{name[-3:]}", name) for name in NAMES],
        )
    database.close()
    yield Site(server.url, msgspec.json.decode(people.read_bytes()))
    assert server.stop() == 0


@pytest.fixture
def base_url(site: Site) -> str:
    return site.url


def test_a_long_table_is_watched_to_its_end(
    site: Site, open_page: OpenPage, screens: Screens
) -> None:
    page = signed_in(open_page(java_script_enabled=False), site, "admin", IMPORT)
    table = as_csv(Table("x", ["Netzwerk"], [[name] for name in NAMES]))
    file = {"name": "briefe.csv", "mimeType": "text/csv", "buffer": table}
    page.get_by_label("Datei mit der Tabelle").set_input_files(file)
    page.get_by_role("button", name="Ausprobieren").click()
    page.get_by_role("button", name="90 Bewerbungen aufnehmen").click()
    page.wait_for_url(f"**{IMPORT}/*")
    expect(page.get_by_text("von 90 Zeilen sind bearbeitet.")).to_be_visible()
    screens(page, "import-under-way")
    expect(page.get_by_text("90 Bewerbungen wurden aufgenommen")).to_be_visible()
    screens(page, "import-done")
