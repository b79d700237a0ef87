"""Two networks fill in every section, look it over, hand it in and get a receipt."""

from typing import NamedTuple

from playwright.sync_api import FilePayload, expect

from tests.browser.journey.stage import ADMIN, Person, Stage
from tests.kit.uploads import pdf

TITLES = {"Nora": "Lernen am Kai", "Nils": "Gesellen auf Wanderschaft"}


class Place(NamedTuple):
    """Where a network works."""

    state: str
    region: str
    district: str


_PLACES = {
    "Nora": Place("Schleswig-Holstein", "Westküste", "Dithmarschen"),
    "Nils": Place("Bayern", "Oberpfalz", "Schwandorf"),
}
_TEXT = "Wir zeigen Jugendlichen Berufe dort, wo gearbeitet wird, und bleiben dabei."
_AFTER_A_TEXT = (
    "Ausgangslage und Ziel",
    "Maßnahmen",
    "Ergebnisse und Übertragbarkeit",
    "Anlagen",
)


def nominate(stage: Stage, name: str) -> None:
    person = stage.person(name)
    person.goes_to("/nominations")
    person.presses("Bewerbung beginnen")
    person.photographs("nomination")
    person.follows("Name und Region")
    _name_and_region(person, name)
    _partners(person)
    _contact(person, name)
    _texts(person)
    _attachment(person)
    _terms(person)
    person.reads("Es fehlt nichts.")
    person.photographs("nomination-check")
    person.presses("Bewerbung einreichen")
    person.reads("Ihre Bewerbung ist angekommen.")
    person.photographs("receipt")
    person.follows("Zur Bewerbung")
    person.reads("Eingegangen")


def check_formally(stage: Stage) -> None:
    """Olga admits both; their networks read it."""
    olga = stage.person("Olga")
    for name, title in TITLES.items():
        olga.goes_to(f"{ADMIN}/nominations")
        olga.follows(title)
        olga.follows("Formal prüfen")
        for question in olga.page.get_by_role("radio", name="erfüllt", exact=True).all():
            question.check()
        olga.picks("Wird die Bewerbung zugelassen?", "Ja, zulassen")
        olga.photographs("formal-check")
        olga.presses("Entscheiden und benachrichtigen")
        person = stage.person(name)
        person.goes_to("/nominations")
        person.follows(title)
        person.reads("Diese Bewerbung ist zugelassen.")


def _name_and_region(person: Person, name: str) -> None:
    place = _PLACES[name]
    person.fills(
        {
            "Name des Netzwerks": f"Netzwerk {place.region} (Beispiel)",
            "Titel des Vorhabens": TITLES[name],
            "Wie heißt Ihre Region?": place.region,
            "Seit wann läuft das Vorhaben?": 2019,
        }
    )
    person.page.get_by_label("Handlungsfeld", exact=True).select_option(index=1)
    person.chooses("Land", place.state)
    person.page.locator("summary").filter(has_text=place.state).click()
    person.ticks(place.district)
    person.presses("Sichern")
    expect(person.page.get_by_role("status")).to_contain_text("Gesichert")
    person.photographs("section", anew=True)
    person.presses("Weiter: Partner")


def _partners(person: Person) -> None:
    person.presses("Weitere Zeilen")
    groups = ["Federführende Stelle", "Einrichtung 1", "Einrichtung 2"]
    for number, group in enumerate(groups, 1):
        inside = person.group(group)
        inside.get_by_label("Art", exact=True).select_option(index=number)
        person.fills({"Name der Einrichtung": f"Beispiel-Stelle {number}"}, inside)
    person.presses("Weiter: Ansprechperson")


def _contact(person: Person, name: str) -> None:
    person.fills({"Name": f"{name} Beispiel", "E-Mail-Adresse": f"{name.lower()}@people.example"})
    person.presses("Weiter: Kurzfassung")


def _texts(person: Person) -> None:
    """Every long text of the form, section by section, until the files."""
    for following in _AFTER_A_TEXT:
        for field in person.page.get_by_role("textbox").all():
            field.fill(_TEXT)
        person.presses(f"Weiter: {following}")


def _attachment(person: Person) -> None:
    """A file goes up as soon as it is chosen, and without script by a button."""
    chosen = FilePayload(name="Steckbrief.pdf", mimeType="application/pdf", buffer=pdf(2))
    person.page.get_by_label("Dateien hinzufügen").set_input_files(chosen)
    if person.page.get_by_role("button", name="Hochladen", exact=True).is_visible():
        person.presses("Hochladen")
    expect(person.page.get_by_role("link", name="Steckbrief.pdf")).to_be_visible()
    person.page.get_by_label("Was die Datei zeigt").fill("Wer wir sind")
    person.photographs("attachments")
    person.presses("Weiter: Bedingungen und Einwilligungen")


def _terms(person: Person) -> None:
    for words in ("Teilnahmebedingungen", "Datenschutzhinweise", "Bei einer Auszeichnung"):
        person.ticks(words)
    person.presses("Sichern und prüfen")
