"""The stage of the journey: a browser for each person, and an eye on every page they visit."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

PASSWORD = "vier Wörter im Garten"
EDITION = "/editions/2027"
ADMIN = f"/admin{EDITION}"
_ZONE = ZoneInfo("Europe/Berlin")
_ID = re.compile(r"(?<=/)([2-9b-df-hj-np-tv-xz]{12}|[0-9]+|[\w-]{22})(?=/|$)")
_LINK = re.compile(r"http\S+/(?:invitations|proposals)/\S+")


class Stage:
    """Who plays, and what they share: the database with its letters, axe and the camera."""

    def __init__(
        self,
        open_page: Callable[[], Page],
        database: Path,
        *,
        check: Callable[[Page], None] | None,
        camera: Callable[[Page, str], None],
    ) -> None:
        self._open_page, self._database = open_page, database
        self._check, self.camera = check, camera
        self._people: dict[str, Person] = {}
        self._seen: set[str] = set()

    def person(self, name: str) -> "Person":
        """Everybody has a browser of their own and stays signed in there."""
        if name not in self._people:
            self._people[name] = Person(self, self._open_page())
        return self._people[name]

    def mailed(self, email: str) -> str:
        """The path of the link in the newest letter to somebody."""
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as db:
            query = "SELECT text FROM mail WHERE recipient = ? ORDER BY created_at DESC"
            letters = [text for (text,) in db.execute(query, (email,))]
        found = _LINK.search(letters[0])
        assert found, letters[0]
        return urlsplit(found[0]).path

    def visited(self, page: Page) -> None:
        """Let axe look at each kind of page when somebody first comes there."""
        kind = _ID.sub("*", urlsplit(page.url).path)
        if kind not in self._seen:
            self._seen.add(kind)
            self.look_at(page)

    def look_at(self, page: Page) -> None:
        if self._check:
            self._check(page)


class Person:
    """Somebody at a browser, doing what people do there."""

    def __init__(self, stage: Stage, page: Page) -> None:
        self._stage, self.page = stage, page

    def goes_to(self, path: str) -> None:
        self.page.goto(path)
        self._stage.visited(self.page)

    def presses(self, name: str, inside: Locator | None = None) -> None:
        self.leaves_by((inside or self.page).get_by_role("button", name=name, exact=True))

    def follows(self, name: str, inside: Locator | None = None) -> None:
        self.leaves_by((inside or self.page).get_by_role("link", name=name, exact=True))

    def fills(self, values: Mapping[str, Any], inside: Locator | None = None) -> None:
        for label, value in values.items():
            field = (inside or self.page).get_by_label(label, exact=True)
            field.filter(visible=True).fill(str(value))  # closed dialogs have fields too

    def chooses(self, label: str, option: str, inside: Locator | None = None) -> None:
        (inside or self.page).get_by_label(label, exact=True).select_option(label=option)

    def ticks(self, name: str, inside: Locator | None = None) -> None:
        box = (inside or self.page).get_by_role("checkbox", name=name)
        box.check()

    def picks(self, question: str, answer: str) -> None:
        group = self.page.get_by_role("group", name=question)
        group.get_by_role("radio", name=answer).check()

    def group(self, name: str) -> Locator:
        return self.page.get_by_role("group", name=name, exact=True)

    def reads(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def photographs(self, name: str, *, anew: bool = False) -> None:
        """With `anew` axe looks too: the page has changed since it was visited."""
        if anew:
            self._stage.look_at(self.page)
        self.page.evaluate("scrollTo(0, 0)")
        self._stage.camera(self.page, name)

    def leaves_by(self, way: Locator) -> None:
        with self.page.expect_navigation():
            way.click()
        self._stage.visited(self.page)


def wall(instant: datetime) -> str:
    """A time of the clock in Berlin, as a browser keeps it in an input."""
    shown = instant.astimezone(_ZONE).replace(tzinfo=None, microsecond=0)
    return shown.isoformat(timespec="seconds" if shown.second else "minutes")
