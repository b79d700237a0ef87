"""People come by mail links: the jury and its chair, and two networks."""

from tests.browser.journey.setting_up import accept
from tests.browser.journey.stage import ADMIN, PASSWORD, Stage

JURY = ("Carla", "Jules", "Jo")


def invite_the_jury(stage: Stage) -> None:
    """Olga invites three people; Carla is to chair. Jo comes back later by signing in."""
    olga = stage.person("Olga")
    for name in JURY:
        olga.goes_to(f"{ADMIN}/jury")
        form = olga.page.get_by_role("form", name="Jemanden einladen")
        olga.fills(
            {
                "Name": f"{name} Beispiel",
                "E-Mail-Adresse": _address(name),
                "Einrichtung": f"Beispiel-Institut {name}",
            },
            form,
        )
        olga.presses("Einladen", form)
        person = stage.person(name)
        person.goes_to(stage.mailed(_address(name)))
        accept(person, f"{name} Beispiel")
        person.reads(f"Guten Tag, {name} Beispiel")
    olga.chooses("Vorsitz", "Carla Beispiel")
    olga.presses("Sichern")
    olga.photographs("jury", anew=True)
    _sign_in_again(stage, "Jo")


def invite_a_network(stage: Stage) -> None:
    """Nora's network is invited by Olga."""
    olga, nora = stage.person("Olga"), stage.person("Nora")
    olga.goes_to("/admin/networks/new")
    olga.fills(
        {
            "Name des Netzwerks": "Werkbank Nordmeer (Beispiel)",
            "Name der ersten Person": "Nora Beispiel",
            "E-Mail-Adresse": _address("Nora"),
        }
    )
    olga.presses("Anlegen und einladen")
    olga.goes_to("/admin/networks")
    nora.goes_to(stage.mailed(_address("Nora")))
    accept(nora, "Nora Beispiel")
    nora.reads("Noch keine Bewerbung.")


def register_a_network(stage: Stage) -> None:
    """Nils registers his network himself and confirms his address."""
    nils = stage.person("Nils")
    nils.goes_to("/")
    nils.follows("Bewerbung beginnen")
    nils.fills(
        {
            "Name des Netzwerks": "Werkbank Donau (Beispiel)",
            "Ihr Name": "Nils Beispiel",
            "Ihre E-Mail-Adresse": _address("Nils"),
        }
    )
    nils.photographs("registration")
    nils.presses("Anmeldung absenden")
    nils.reads("Bitte sehen Sie in Ihr Postfach")
    nils.goes_to(stage.mailed(_address("Nils")))
    nils.reads("Werkbank Donau (Beispiel)")
    accept(nils, "Nils Beispiel")
    nils.reads("Noch keine Bewerbung.")


def _sign_in_again(stage: Stage, name: str) -> None:
    person = stage.person(name)
    person.page.get_by_text(f"{name} Beispiel", exact=True).click()
    person.presses("Abmelden")
    person.goes_to("/sign-in")
    person.fills({"E-Mail-Adresse": _address(name), "Passwort": PASSWORD})
    person.presses("Anmelden")
    person.reads(f"Guten Tag, {name} Beispiel")


def _address(name: str) -> str:
    return f"{name.lower()}@people.example"
