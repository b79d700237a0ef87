"""Each phase of the demonstration holds what the story tells until then, and nothing later."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts.models import Account, Network
from award.announcing.queries import winners
from award.cli.checking import findings
from award.demo.queries import sign_ins
from award.jury.models import (
    RoundEntry,
    Score,
    Seat,
    SheetExclusion,
)
from award.jury.queries import counted_sheets, progress, seat_of
from award.nominations.answers import size
from award.nominations.models import Answers, FormalCheck, Nomination, Submission
from award.programmes import queries as programmes
from award.programmes.models import Edition
from tests.demo.told import NUMBERS, TABLES, count, edition, number, telling
from tests.world import World


@pytest.fixture(scope="module", params=list(NUMBERS))
def told(
    request: pytest.FixtureRequest, migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, World]]:
    path = tmp_path_factory.mktemp("told") / "award.db"
    path.write_bytes(migrated.read_bytes())
    world = telling(World(f"sqlite:///{path}", demo=True), request.param)
    yield request.param, world
    world.close()


def test_numbers(told: tuple[str, World]) -> None:
    phase, world = told
    assert tuple(count(world, *TABLES).values()) == NUMBERS[phase]
    assert count(world, Network, Nomination, Account, Seat) == {
        "network": 65,
        "nomination": 65,
        "account": 65 + 2 + 12 + 3,  # two colleagues
        "seat": 12,
    }


def test_nothing_is_amiss(told: tuple[str, World]) -> None:
    _, world = told
    assert findings(world.site.database.engine, world.site.files) == []


def test_nothing_lies_in_the_future(told: tuple[str, World]) -> None:
    _, world = told
    now = world.now

    def later(db: Session) -> int:
        return (
            number(db, Submission, Submission.at > now)
            + number(db, Score, Score.scored_at > now)
            + number(db, Nomination, Nomination.saved_at > now)
            + number(db, FormalCheck, FormalCheck.at > now)
        )

    assert world.read(later) == 0


def test_all_is_marked_as_invented(told: tuple[str, World]) -> None:
    _, world = told
    assert edition(world).is_synthetic
    assert not edition(world, "2014").is_synthetic

    def unmarked(db: Session) -> int:
        names = number(db, Network, ~Network.name.endswith("(Beispiel)"))
        return names + number(db, Network, Network.is_synthetic.is_(False))

    assert world.read(unmarked) == 0


def test_every_role_can_sign_in(told: tuple[str, World]) -> None:
    _, world = told
    found = world.read(sign_ins)
    assert [one.role for one in found] == [
        "network_a", "network_b", "juror_a", "juror_b", "chair", "admin", "admin_b", "auditor",
    ]  # fmt: skip
    client = world.visitor()
    for one in found:
        answer = client.post("/sign-in", {"email": one.email, "password": one.password})
        assert answer.status_code == 303, one.role


def test_the_stations_of_the_nominations(told: tuple[str, World]) -> None:
    phase, world = told

    def stations(db: Session) -> tuple[int, int]:
        admitted = number(db, FormalCheck, FormalCheck.is_admitted)
        return admitted, number(db, FormalCheck, FormalCheck.is_admitted.is_(False))

    admitted, refused = world.read(stations)
    if phase in {"call", "check"}:
        assert admitted + refused == NUMBERS[phase][1]
    else:
        # 58 admitted ones and the one that was withdrawn afterwards
        assert (admitted, refused) == (58 + 1, 3)


def test_drafts_and_what_came_by_letter(told: tuple[str, World]) -> None:
    phase, world = told

    def rows(db: Session) -> tuple[int, int, int]:
        handed_in = select(Submission.nomination_id)
        drafts = number(db, Nomination, Nomination.id.not_in(handed_in))
        letters = number(db, Submission, Submission.is_outside_form)
        longest = max(size(one.values) for one in db.scalars(select(Answers)))
        return drafts, letters, longest

    drafts, letters, longest = world.read(rows)
    assert drafts == 65 - NUMBERS[phase][0]
    assert letters == (1 if phase == "call" else 2)
    assert longest > 3000  # the draft that is too long is kept as it was typed


def test_the_phase_runs_now(told: tuple[str, World]) -> None:
    phase, world = told
    practice = edition(world)
    running = {
        "call": {"call", "nominations"},
        "check": {"formal_check"},
        "judging": {"judging"},
        "deliberation": set(),
        "announced": {"announcement"},
    }

    def now_running(db: Session) -> set[str]:
        return {
            one.kind
            for one in programmes.phases(db, practice.id)
            if one.starts_at <= world.now and (one.ends_at is None or world.now < one.ends_at)
        }

    assert world.read(now_running) == running[phase]


def test_the_jury(told: tuple[str, World]) -> None:
    phase, world = told
    if phase in {"call", "check"}:
        assert count(world, RoundEntry) == {"round_entry": 0}
        return
    practice = edition(world)

    def open_sheets(db: Session) -> dict[str, int]:
        first = programmes.round_at(db, practice.id, 1)
        return {one.seat_id: one.assigned - one.handed_in for one in progress(db, first.id)}

    found = world.read(open_sheets)
    assert len(found) == 12
    assert sum(found.values()) == (311 - 201 if phase == "judging" else 11)
    assert count(world, SheetExclusion) == {"sheet_exclusion": 0 if phase == "judging" else 1}
    for role in ("juror_a", "juror_b"):
        assert found[_seat_id(world, practice, role)] > 0, role


def _seat_id(world: World, practice: Edition, role: str) -> str:
    def find(db: Session) -> str:
        email = next(one.email for one in sign_ins(db) if one.role == role)
        account = db.scalars(select(Account).where(Account.email == email)).one()
        seat = seat_of(db, practice.id, account.id)
        assert seat is not None
        return seat.id

    return world.read(find)


def test_the_counted_sheets(told: tuple[str, World]) -> None:
    phase, world = told
    practice = edition(world)

    def counted(db: Session) -> list[int]:
        return [len(counted_sheets(db, one)) for one in programmes.rounds(db, practice.id)]

    expected = {"judging": [201, 0], "deliberation": [300, 143], "announced": [300, 143]}
    assert world.read(counted) == expected.get(phase, [0, 0])


def test_the_winners_are_known_in_the_last_phase_only(told: tuple[str, World]) -> None:
    phase, world = told
    practice = edition(world)
    shown = world.read(lambda db: winners(db, practice, world.now))
    names = [one.name for one in shown]
    if phase != "announced":
        assert names == []
        return
    assert names[0] == "Bodensee-Brigade (Beispiel)"
    assert len(names) == 5
    assert all(one.reason for one in shown)
    assert "Bodensee-Brigade" in world.visitor().get("/editions/practice/winners").text


def test_2014_stands_beside_it(told: tuple[str, World]) -> None:
    _, world = told
    assert world.visitor().get("/editions/2014/winners").status_code == 200
