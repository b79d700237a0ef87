"""The database of the measurement: 600 nominations, 180 of them read by one juror."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from award import migrations
from award.demo.archive import load_2014
from award.jury.models import Assignment, RoundEntry, Sheet
from award.kit import log
from award.kit.db import sqlite_engine
from award.web.security import form_token
from tests.bench.load import Page
from tests.cast import Cast, seated
from tests.jury.staged import KEYS, nominated
from tests.world import Client, Statements, World

SECRET = "a secret for the bench, long enough to be taken"
NOMINATIONS, PILE, CLIENTS = 600, 180, 32


class Ready(msgspec.Struct, frozen=True):
    """What is asked for, and how many statements each of it takes."""

    pages: dict[str, list[Page]]
    statements: dict[str, int]


def prepare(path: Path) -> Ready:
    """Write the database and ask once for everything inside this process."""
    world = fresh_world(path)
    world.clock.instant = datetime.now(UTC) - timedelta(days=28, hours=1)
    cast = seated(world)
    cast.open_judging()
    sheets = world.write(lambda db: _written(db, cast))
    juror, admin = world.signed_in(cast.jules), world.signed_in(cast.olga)
    pages = _pages(cast, sheets, juror, admin)
    statements = {name: _counted(world, name, pages[name][-1], juror, admin) for name in pages}
    world.close()
    return Ready(pages, statements)


def fresh_world(path: Path) -> World:
    """The application on an empty database."""
    log.set_up(io.StringIO())
    engine = sqlite_engine(f"sqlite:///{path}")
    migrations.upgrade(engine)
    engine.dispose()
    return World(f"sqlite:///{path}", secret=SECRET)


def _written(db: Session, cast: Cast) -> list[str]:
    load_2014(db, cast.programme, cast.world.now)
    made = [nominated(db, cast, place) for place in range(1, NOMINATIONS + 1)]
    for nomination in made:
        db.add(RoundEntry(round_id=cast.round.id, nomination_id=nomination.id, at=cast.world.now))
    return [_assigned(db, cast, one.id, place) for place, one in enumerate(made[:PILE])]


def _assigned(db: Session, cast: Cast, nomination_id: str, place: int) -> str:
    row = Assignment(
        round_id=cast.round.id,
        nomination_id=nomination_id,
        seat_id=cast.seats["jules"].id,
        position=place,
        at=cast.world.now,
    )
    db.add(row)
    db.flush()
    db.add(Sheet(assignment_id=row.id))
    db.flush()
    return row.id


def _pages(cast: Cast, sheets: list[str], juror: Client, admin: Client) -> dict[str, list[Page]]:
    """Each client has a sheet of its own; the last of each list is for counting statements."""
    own, others = cookie(juror), cookie(admin)
    csrf = form_token(cast.world.settings, juror.token)
    levels = "&".join(f"{key}=3" for key in KEYS)
    form = f"_csrf={csrf}&_key={{key}}&version={{number}}&comment=Gut+begr%C3%BCndet&{levels}"
    slug = cast.edition.slug
    mine = sheets[: CLIENTS + 1]
    return {
        "score save": [Page(f"/sheets/{one}/scores", 303, own, form) for one in mine],
        "score form": [Page(f"/sheets/{one}", 200, own) for one in mine],
        "juror's list": [Page("/jury", 200, own)] * (CLIENTS + 1),
        "nominations list": [Page(f"/admin/editions/{slug}/nominations", 200, others)]
        * (CLIENTS + 1),
        "winners page": [Page("/editions/2014/winners", 200)] * (CLIENTS + 1),
    }


def cookie(client: Client) -> str:
    return f"sid={client.token}"


def _counted(world: World, name: str, page: Page, juror: Client, admin: Client) -> int:
    client = admin if "admin" in page.path else juror
    data: dict[str, Any] = dict.fromkeys(KEYS, "3") | {"version": "0"}
    for _ in range(2):  # the first time fills caches
        with Statements(world) as statements:
            answer = client.post(page.path, data) if page.form else client.get(page.path)
        assert answer.status_code == page.status, (name, answer.status_code, answer.text[:2000])
        data["version"] = str(int(data["version"]) + 1)
    return len(statements)
