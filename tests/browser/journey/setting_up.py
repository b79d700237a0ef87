"""From an empty database to a published call, and to a calendar on which judging runs."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.journey.stage import ADMIN, EDITION, PASSWORD, Person, Stage, wall

NAME = "Innovative Netzwerke 2027"


def become_administrators(stage: Stage, links: dict[str, str]) -> None:
    """Olga and Otto open the links that `award create-admin` printed."""
    for name, path in links.items():
        person = stage.person(name)
        person.goes_to(path)
        accept(person, f"{name} Beispiel")
        expect(person.page).to_have_url(re.compile("/admin/editions$"))
        person.reads("Es gibt noch keine Ausgabe.")


def accept(person: Person, name: str) -> None:
    """Use a link that came by mail: a name, a password, and one is signed in."""
    person.fills({"Ihr Name": name, "Passwort": PASSWORD})
    person.presses("Passwort setzen und anmelden")


def make_the_edition(stage: Stage) -> None:
    """Olga makes the first edition from the shipped programme, for one winner and two jurors."""
    olga = stage.person("Olga")
    olga.follows("Neue Ausgabe")
    award = olga.page.get_by_label("Name auf Deutsch", exact=True)
    award.fill("Innovative Netzwerke")
    olga.fills(
        {
            "Name auf Englisch": "Innovative Networks",
            "Adresse für Fragen": "award@organiser.example",
            "Name der Ausgabe auf Deutsch": NAME,
            "Name der Ausgabe auf Englisch": "Innovative Networks 2027",
            "Adresse": "2027",
            "Jahr": 2027,
            "Anzahl der Auszeichnungen": 1,
            "Erster Tag der Bewerbungsfrist": _yesterday(),
        }
    )
    olga.presses("Ausgabe anlegen")
    _set_rounds(olga)
    olga.follows("Kriterien ändern")
    olga.reads("Gesichert sind 100.")
    olga.photographs("setup-criteria")


def publish_the_call(stage: Stage) -> None:
    """A visitor is asked to sign in before, and reads the whole call after."""
    olga, visitor = stage.person("Olga"), stage.person("a visitor")
    visitor.goes_to(EDITION)
    visitor.reads("Anmelden")
    olga.goes_to(f"{ADMIN}/setup")
    olga.photographs("setup")
    olga.page.get_by_role("button", name="Aufruf veröffentlichen").click()
    dialog = olga.page.get_by_role("dialog")
    olga.photographs("publishing", anew=True)
    olga.presses("Aufruf veröffentlichen", dialog)
    olga.reads("Der Aufruf ist veröffentlicht.")
    for path in ("/editions", f"{EDITION}/criteria", f"{EDITION}/winners", "/"):
        visitor.goes_to(path)
    visitor.photographs("call")


def end_nominations(stage: Stage) -> None:
    """The deadline is now, and the formal check begins with it."""
    now = datetime.now(UTC)
    move(stage, "Bewerbungen", end=now)
    move(stage, "Prüfung der Form", begin=now)


def begin_declaring(stage: Stage) -> None:
    """The form is checked; now the jury may say who is partial."""
    now = datetime.now(UTC)
    move(stage, "Prüfung der Form", end=now)
    move(stage, "Befangenheit erklären", begin=now)


def begin_judging(stage: Stage) -> None:
    """The jury begins at once, with the last round; everybody can read why."""
    now = datetime.now(UTC)
    move(stage, "Befangenheit erklären", end=now)
    move(stage, "Vorrunde", begin=now - timedelta(seconds=1), end=now)
    move(stage, "Endrunde", begin=datetime.now(UTC))
    visitor = stage.person("a visitor")
    visitor.goes_to(EDITION)
    visitor.reads("Weil es schneller geht als gedacht.")


def move(
    stage: Stage, phase: str, *, begin: datetime | None = None, end: datetime | None = None
) -> None:
    """Olga moves a phase with a reason."""
    olga = stage.person("Olga")
    olga.goes_to(f"{ADMIN}/setup")
    row = olga.page.get_by_role("row").filter(
        has=olga.page.get_by_role("rowheader", name=phase, exact=True)
    )
    olga.leaves_by(row.get_by_role("link"))
    if begin:
        olga.fills({"Von": wall(begin)})
    if end:
        olga.fills({"Bis, als letzte Sekunde, die zählt": wall(end)})
        olga.page.wait_for_timeout(1500)  # until that second is over
    olga.fills({"Grund": "Weil es schneller geht als gedacht."})
    olga.presses("Phase verschieben")
    if end:  # she is asked whether she means it
        olga.ticks("Ja, diese Phase sofort beenden")
        olga.presses("Phase verschieben")
    olga.reads("Gesichert.")


def _set_rounds(olga: Person) -> None:
    olga.follows("Runden ändern")
    for name in ("Vorrunde", "Endrunde"):
        olga.fills({"Jurymitglieder je Bewerbung": 2, "Mindestzahl der Bögen": 2}, olga.group(name))
    olga.presses("Sichern")
    olga.reads("Gesichert.")


def _yesterday() -> str:
    """So that nominations are open whenever this runs: they begin at nine in the morning."""
    return wall(datetime.now(UTC) - timedelta(days=1))[:10]
