"""The third database of the measurement: a round of 600 nominations is opened and ranked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from sqlalchemy import insert
from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.jury.models import Assignment, RoundEntry, Score, Seat, Sheet, SheetSubmission
from award.kit.ids import new_id
from award.ranking.models import Run
from award.web.security import form_token
from tests.bench.data import CLIENTS, NOMINATIONS, Ready, cookie, fresh_world
from tests.bench.load import Page
from tests.cast import Cast, seated
from tests.jury.staged import nominated
from tests.ranking.opened import actor, opened, run
from tests.world import Client, Statements

JURORS, SHEETS = 25, 5


class Ranked(msgspec.Struct, frozen=True):
    """The pages that are measured, and the form that has the ranking computed once more."""

    ready: Ready
    compute: Page


def prepare_ranking(path: Path) -> Ranked:
    """Write the database, compute the ranking and ask once for its page inside this process."""
    world = fresh_world(path)
    world.clock.instant = datetime.now(UTC) - timedelta(days=28, hours=1)
    cast = seated(world)
    cast.open_judging()
    nominations = world.write(lambda db: _judged(db, cast))
    world.write(lambda db: opened(db, cast))
    made: Run = world.write(lambda db: run(db, cast, by=actor(cast.olga), at=world.now))
    admin = world.signed_in(cast.olga)
    base = f"/admin/editions/{cast.edition.slug}/ranking/{made.id}"
    pages = {
        # Each of these is drawn for the first time: nobody asked for that address before.
        "ranking page": [
            Page(f"{base}?nomination={one}-{{number}}", 200, cookie(admin))
            for one in nominations[: CLIENTS + 1]
        ],
        "ranking, kept": [Page(base, 200, cookie(admin))] * (CLIENTS + 1),
    }
    statements = {name: _counted(admin, pages[name][-1].path) for name in reversed(pages)}
    world.close()
    form = f"_csrf={form_token(world.settings, admin.token)}&_key={{key}}&round=1"
    address = f"/admin/editions/{cast.edition.slug}/ranking"
    return Ranked(Ready(pages, statements), Page(address, 303, cookie(admin), form))


def _counted(admin: Client, path: str) -> int:
    if "{number}" not in path:
        admin.get(path)  # it is kept from then on
    with Statements(admin.world) as statements:
        answer = admin.get(path)
    assert answer.status_code == 200, answer.text[:2000]
    return len(statements)


def _judged(db: Session, cast: Cast) -> list[str]:
    dice = Random(1)  # noqa: S311 - the same figures in every run
    made = [nominated(db, cast, place).id for place in range(1, NOMINATIONS + 1)]
    seats = list(_seats(db, cast))
    db.execute(
        insert(RoundEntry),
        [{"round_id": cast.round.id, "nomination_id": one, "at": cast.world.now} for one in made],
    )
    rows: dict[Any, list[dict[str, Any]]] = {
        kind: [] for kind in (Assignment, Sheet, SheetSubmission, Score)
    }
    for nomination in made:
        quality = dice.gauss(3, 0.7)
        for juror in dice.sample(range(JURORS), SHEETS):
            _sheet(cast, rows, nomination, seats[juror], quality + juror / 25 - 0.5, dice)
    for kind, some in rows.items():
        db.execute(insert(kind), some)
    return made


def _seats(db: Session, cast: Cast) -> Iterator[str]:
    for number in range(JURORS):
        account = Account(
            email=f"j{number}@bench.example", name=f"Jury {number}", created_at=cast.world.now
        )
        db.add(account)
        db.flush()
        seat = Seat(edition_id=cast.edition.id, account_id=account.id, created_at=cast.world.now)
        db.add(seat)
        db.flush()
        yield seat.id


def _sheet(  # noqa: PLR0913 - who judges what, and how
    cast: Cast,
    rows: dict[Any, list[dict[str, Any]]],
    nomination: str,
    seat: str,
    level: float,
    dice: Random,
) -> None:
    id_, at = new_id(), cast.world.now
    rows[Assignment].append(
        {
            "id": id_,
            "round_id": cast.round.id,
            "nomination_id": nomination,
            "seat_id": seat,
            "position": 1,
            "at": at,
        }
    )
    rows[Sheet].append({"assignment_id": id_, "saved_at": at, "version": 1})
    rows[SheetSubmission].append({"assignment_id": id_, "at": at})
    for criterion in cast.criteria:
        points = min(5, max(1, round(level + dice.gauss(0, 0.8))))
        rows[Score].append(
            {
                "assignment_id": id_,
                "criterion_id": criterion.id,
                "points": points,
                "scored_at": at,
            }
        )
