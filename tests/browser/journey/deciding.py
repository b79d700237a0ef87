"""The ranking, the decision of two, the embargo, and the winner in public."""

import time
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.journey.nominating import TITLES
from tests.browser.journey.stage import ADMIN, EDITION, PASSWORD, Stage, wall

_REASON = "Hier lernen Jugendliche am Kai, und die ganze Küste macht mit."
_AHEAD = timedelta(seconds=8)  # time enough for two people on a busy machine
_WITHIN = 30


def rank(stage: Stage) -> None:
    olga = stage.person("Olga")
    olga.goes_to(f"{ADMIN}/ranking")
    olga.presses("Rangfolge berechnen")
    first = olga.page.get_by_role("row").filter(has_text=TITLES["Nora"])
    expect(first.first).to_contain_text("100,0")
    olga.photographs("ranking", anew=True)


def decide(stage: Stage) -> datetime:
    """Olga proposes, then brings it forward; Otto confirms what stands. Gives the embargo's end."""
    olga, otto = stage.person("Olga"), stage.person("Otto")
    olga.follows("Zur Entscheidung")
    olga.follows("Preisträger vorschlagen")
    olga.fills({"Begründung": _REASON})
    olga.photographs("proposal")
    olga.presses("Preisträger vorschlagen")
    otto.goes_to(f"{ADMIN}/decisions")
    otto.photographs("decision", anew=True)
    olga.follows("Vorschlag ändern")
    embargo = (datetime.now(UTC) + _AHEAD).replace(microsecond=0)
    olga.fills({"Sperrfrist bis": wall(embargo)})
    olga.presses("Preisträger vorschlagen")
    otto.goes_to(f"{ADMIN}/decisions")
    otto.fills({"Ihr Passwort, noch einmal": PASSWORD})
    otto.presses("Preisträger bestätigen")
    otto.reads("Otto Beispiel")
    return embargo


def announce(stage: Stage, embargo: datetime) -> None:
    """A visitor reloads until the winner is there: not a moment before the embargo is over."""
    visitor = stage.person("a visitor")
    until = time.monotonic() + _WITHIN
    visitor.page.goto(f"{EDITION}/winners")
    while not visitor.page.locator(".winners > li").count():
        assert time.monotonic() < until, "the winner is not public"
        visitor.page.reload()
    assert datetime.now(UTC) >= embargo
    expect(visitor.page.locator("html")).to_have_attribute("lang", "de")
    expect(visitor.page.locator(".winners > li")).to_have_count(1)
    visitor.reads(_REASON)
    expect(visitor.page.get_by_text(TITLES["Nils"])).to_have_count(0)
    visitor.photographs("announced", anew=True)
    visitor.goes_to(f"{EDITION}/winners/1")
    visitor.reads("Westküste")
