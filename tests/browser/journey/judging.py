"""What the round judges, who reads what, two sheets each, and the opening by two persons."""

import re

from playwright.sync_api import expect

from tests.browser.journey.nominating import TITLES
from tests.browser.journey.stage import ADMIN, PASSWORD, Person, Stage

_ROUND = f"{ADMIN}/rounds/2"
_WINS = TITLES["Nora"]
_CRITERIA = 6


def declare(stage: Stage) -> None:
    """The jurors read who nominated; nobody is partial."""
    for name in ("Jules", "Jo"):
        juror = stage.person(name)
        juror.goes_to("/jury/conflicts")
        for title in TITLES.values():
            juror.reads(title)


def assign(stage: Stage) -> None:
    """Olga takes the admitted into the round and gives both to both jurors by hand."""
    olga = stage.person("Olga")
    olga.goes_to(_ROUND)
    olga.reads("2 zugelassene Bewerbungen")
    olga.presses("Zugelassene übernehmen")
    for title in TITLES.values():
        olga.goes_to(f"{_ROUND}/assignments")
        olga.follows(title)
        olga.ticks("Jules Beispiel")
        olga.ticks("Jo Beispiel")
        olga.presses("Sichern")
    expect(olga.page.get_by_role("cell", name="2 von 2")).to_have_count(2)
    olga.photographs("assignments", anew=True)


def score(stage: Stage, name: str) -> None:
    """A juror scores both: saves the first, hands each in, and comes to the next by itself."""
    juror = stage.person(name)
    juror.goes_to("/jury")
    juror.photographs("pile")
    juror.page.locator(".tasks a").first.click()
    for number in (1, 2):
        expect(juror.page.get_by_role("heading", level=1)).to_have_text(
            re.compile("|".join(TITLES.values()))
        )
        _fill_in(juror)
        if number == 1:
            juror.page.get_by_role("button", name="Sichern", exact=True).click()
            expect(juror.page.get_by_role("status")).to_contain_text("Gesichert")
            juror.photographs("sheet", anew=True)
        juror.presses("Abgeben und nächste")
    juror.reads("2 von 2 Bewerbungen bewertet.")


def _fill_in(juror: Person) -> None:
    level = "5" if juror.page.get_by_role("heading", level=1).inner_text() == _WINS else "3"
    scales = juror.page.locator("fieldset.criterion")
    expect(scales).to_have_count(_CRITERIA)
    for scale in scales.all():
        scale.get_by_role("radio", name=level).check()
        scale.get_by_label("Anmerkung", exact=True).fill("Gut belegt.")
    whole = juror.page.get_by_role("textbox", name="Anmerkung zum Ganzen")
    whole.fill("Ein Vorhaben, das trägt.")


def watch(stage: Stage) -> None:
    """Halfway Olga sees how many sheets are handed in, and no score."""
    olga = stage.person("Olga")
    olga.goes_to(ADMIN)
    olga.photographs("overview")
    olga.goes_to(f"{_ROUND}/progress")
    olga.reads("2 von 4 Bögen")


def open_the_scores(stage: Stage) -> None:
    """Olga proposes it, Carla in the chair confirms it with her password."""
    olga, carla = stage.person("Olga"), stage.person("Carla")
    olga.goes_to(f"{_ROUND}/opening")
    olga.presses("Vorschlagen")
    olga.reads("Sie haben das vorgeschlagen.")
    carla.goes_to(f"{_ROUND}/opening")
    carla.photographs("opening")
    carla.fills({"Ihr Passwort, noch einmal": PASSWORD})
    carla.presses("Bewertungen öffnen")
    carla.reads("Die Bewertungen sind offen, die Bögen stehen fest.")
    carla.goes_to(f"{_ROUND}/sheets")
