"""Somebody proposes a network, its contact decides; told with JavaScript and without."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page

from tests.browser.journey.stage import PASSWORD, Person, Stage
from tests.browser.served import Served

ADMIN = "/admin/editions/practice/proposals"
WHY = "Sie bringen Lehrlinge aufs Schiff und wieder zurück."


class Site(msgspec.Struct, frozen=True):
    """The demonstration in its call, and the sign-ins."""

    server: Served
    accounts: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("proposals")
    people = folder / "people.json"
    server = Served(folder, "demo", "--phase", "call", "--accounts-file", str(people))
    yield Site(server, msgspec.json.decode(people.read_bytes()))
    assert server.stop() == 0


@pytest.fixture
def base_url(site: Site) -> str:
    return site.server.url


def test_from_proposal_to_draft(
    site: Site, open_page: Any, assert_accessible: Any, screens: Any
) -> None:
    stage = Stage(open_page, site.server.database, check=assert_accessible, camera=screens)
    _tell(stage, site, "mit")


def test_from_proposal_to_draft_without_javascript(
    site: Site, open_page: Any, screens: Any
) -> None:
    plain: Callable[[], Page] = partial(open_page, java_script_enabled=False)

    def camera(page: Page, name: str) -> None:
        screens(page, f"plain-{name}")

    _tell(Stage(plain, site.server.database, check=None, camera=camera), site, "ohne")


def _tell(stage: Stage, site: Site, how: str) -> None:
    network = f"Lernschiff {how} Skript (Beispiel)"
    contact, other = f"kim-{how}@netz.example", f"lou-{how}@netz.example"
    _set_up_an_account(stage, f"petra-{how}@leute.example")
    _propose(stage.person("Petra"), network, contact)
    _accept(stage, network, contact)
    stage.person("Petra").goes_to("/account/proposals")
    stage.person("Petra").reads("Das Netzwerk hat am")
    _on_behalf(stage, site, other)
    _decline(stage, other)


def _set_up_an_account(stage: Stage, email: str) -> None:
    petra = stage.person("Petra")
    petra.goes_to("/editions/practice")
    petra.follows("Ein Netzwerk vorschlagen")
    petra.follows("Möchten Sie ein Netzwerk vorschlagen? Legen Sie ein Konto an.")
    petra.fills({"Ihr Name": "Petra Privat-Beispiel", "Ihre E-Mail-Adresse": email})
    petra.presses("Ein Konto anlegen")
    petra.reads("Bitte sehen Sie in Ihr Postfach")
    petra.goes_to(stage.mailed(email))
    petra.fills({"Passwort": PASSWORD})
    petra.presses("Passwort setzen und anmelden")
    petra.reads("Sie haben noch kein Netzwerk vorgeschlagen.")


def _propose(petra: Person, network: str, contact: str) -> None:
    petra.follows("Ein Netzwerk vorschlagen")
    petra.presses("Vorschlagen und abschicken")
    petra.reads("6 Stellen brauchen noch Ihren Blick")
    petra.fills({"Name des Netzwerks": network, "Warum sollte es mitmachen?": WHY})
    petra.fills({"Name": "Kim Kontakt-Beispiel", "E-Mail-Adresse": contact})
    petra.chooses("Bundesland", "Bremen")
    petra.ticks("Die Person, die ich nenne")
    petra.photographs("proposal-new")
    petra.presses("Vorschlagen und abschicken")
    petra.reads("wartet")
    petra.photographs("proposals-own")


def _accept(stage: Stage, network: str, contact: str) -> None:
    kim = stage.person("Kim")
    kim.goes_to(stage.mailed(contact))
    kim.reads("Petra Privat-Beispiel schreibt")
    kim.reads(WHY)
    kim.photographs("proposal-answer")
    kim.fills({"Passwort": PASSWORD})
    kim.presses("Annehmen und Entwurf beginnen")
    kim.reads("Was Petra Privat-Beispiel über Sie schreibt")
    kim.reads(network)
    kim.photographs("proposal-draft")
    kim.goes_to(stage.mailed(contact))
    kim.reads("Dieser Vorschlag wurde angenommen.")


def _on_behalf(stage: Stage, site: Site, contact: str) -> None:
    olga = stage.person("Olga")
    olga.goes_to(f"/sign-in?next={ADMIN}")
    admin = site.accounts["admin"]
    olga.fills({"E-Mail-Adresse": admin["email"], "Passwort": admin["password"]})
    olga.presses("Anmelden", olga.page.get_by_role("region", name="Anmelden"))
    olga.follows("Stellvertretend bewerben")
    olga.fills({"Warum sollte es mitmachen?": "Es hat angerufen und um Hilfe gebeten."})
    main = olga.page.locator("main form[method=post]")
    olga.fills({"Name des Netzwerks": "Leuchtturm Lehre (Beispiel)"}, main)
    olga.fills({"Name": "Lou Kontakt-Beispiel", "E-Mail-Adresse": contact}, main)
    olga.chooses("Bundesland", "Hamburg")
    olga.presses("Weiter")
    olga.follows("Kurzfassung")
    olga.page.get_by_role("textbox").first.fill("Aus einer Werkstatt werden drei.")
    olga.presses("Sichern")
    olga.photographs("proposal-prepared")
    olga.presses("An das Netzwerk schicken")
    olga.reads("Das Netzwerk kann bis")


def _decline(stage: Stage, contact: str) -> None:
    lou = stage.person("Lou")
    lou.goes_to(stage.mailed(contact))
    lou.page.get_by_text("Angaben, die für Sie vorbereitet sind").click()
    lou.reads("Aus einer Werkstatt werden drei.")
    lou.ticks("An diese Adresse nicht mehr")
    lou.presses("Ablehnen")
    lou.reads("Sie haben abgelehnt.")
    lou.reads("An diese Adresse gehen keine Nachrichten über Vorschläge mehr.")
    lou.photographs("proposal-declined")
