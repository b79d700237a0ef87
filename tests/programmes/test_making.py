"""Making an edition: from what is shipped, and from an earlier one."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.audit.models import AuditEntry
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.programmes import actions, queries
from award.programmes.actions import NewEdition
from award.programmes.models import Edition, Programme
from tests.cast import Cast
from tests.world import World

BERLIN = ZoneInfo("Europe/Berlin")
NEW = NewEdition(
    slug="2027",
    name={"de": "Auszeichnung 2027", "en": "Award 2027"},
    year=2027,
    winners=3,
    first_day=date(2027, 1, 11),
)


def test_the_first_edition_comes_from_what_is_shipped(each_world: World) -> None:
    world = each_world

    def write(db: Session) -> Edition:
        programme = actions.create_programme(
            db,
            name={"de": "Preis", "en": "Prize"},
            contact_email="prize@organiser.example",
            by=Actor(),
            at=world.now,
        )
        return actions.create_edition(db, programme, NEW, by=Actor(), at=world.now)

    edition = world.write(write)
    criteria = world.read(lambda db: queries.criteria(db, edition.id))
    rounds = world.read(lambda db: queries.rounds(db, edition.id))
    spans = _spans(world, edition)
    assert [one.weight for one in criteria] == [25, 25, 15, 15, 10, 10]
    assert [one.tie_break for one in criteria] == [2, 1, None, 3, None, None]
    assert [(one.position, one.name["en"]) for one in rounds] == [
        (1, "First round"),
        (2, "Final round"),
    ]
    assert spans["nominations"] == ("2027-01-11T09:00:00", "2027-02-22T00:00:00")
    assert spans["announcement"] == ("2027-04-29T14:00:00", "")
    assert len(world.read(lambda db: queries.form_definition(db, edition.id))["sections"]) == 9
    assert edition.published_at is None
    assert _log(world) == ["programmes.make_programme", "programmes.make_edition"]


def test_a_copy_has_everything_on_the_new_days(each_cast: Cast) -> None:
    world, source = each_cast.world, each_cast.edition
    world.write(
        lambda db: actions.copy_edition(db, source, NEW, by=Actor(account_id=None), at=world.now)
    )
    copy = world.read(lambda db: queries.edition(db, "2027"))
    assert _criteria(world, copy) == _criteria(world, source)
    assert world.read(lambda db: queries.form_definition(db, copy.id)) == each_cast.form.definition
    assert [r.name for r in world.read(lambda db: queries.rounds(db, copy.id))] == [
        each_cast.round.name
    ]
    assert (copy.winners, copy.time_zone, copy.published_at) == (3, "Europe/Berlin", None)
    before, after = _days(world, source), _days(world, copy)
    assert after["nominations"] == date(2027, 1, 11)
    assert {kind: after[kind] - before[kind] for kind in before} == dict.fromkeys(
        before, date(2027, 1, 11) - before["nominations"]
    )


def test_a_copy_keeps_the_times_on_the_clocks_over_a_change_of_the_clocks(cast: Cast) -> None:
    """From winter into summer: nine o'clock stays nine o'clock, and so does midnight."""
    world = cast.world

    def write(db: Session) -> Edition:
        call = queries.phase(db, cast.edition.id, "nominations")
        call.starts_at = datetime(2026, 11, 2, 9, tzinfo=BERLIN)
        call.ends_at = datetime(2026, 12, 15, tzinfo=BERLIN)
        db.flush()
        new = NewEdition(**{**_fields(NEW), "first_day": date(2027, 3, 1)})
        return actions.copy_edition(db, cast.edition, new, by=Actor(), at=world.now)

    copy = world.write(write)
    phase = world.read(lambda db: queries.phase(db, copy.id, "nominations"))
    assert phase.starts_at == datetime(2027, 3, 1, 8, tzinfo=UTC)
    assert phase.ends_at == datetime(2027, 4, 12, 22, tzinfo=UTC)  # 13 April, 00:00 (CEST)


def test_an_address_is_given_once(cast: Cast) -> None:
    world = cast.world
    new = NewEdition(**{**_fields(NEW), "slug": cast.edition.slug})
    with pytest.raises(Refused) as refused:
        world.write(
            lambda db: actions.create_edition(
                db, db.get(Programme, cast.programme.id), new, by=Actor(), at=world.now
            )
        )
    assert list(refused.value.errors) == ["slug"]


def _fields(new: NewEdition) -> dict[str, object]:
    return {name: getattr(new, name) for name in new.__struct_fields__}


def _spans(world: World, edition: Edition) -> dict[str, tuple[str, str]]:
    def wall(instant: datetime | None) -> str:
        return instant.astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M:%S") if instant else ""

    phases = world.read(lambda db: queries.phases(db, edition.id))
    return {one.kind: (wall(one.starts_at), wall(one.ends_at)) for one in phases}


def _days(world: World, edition: Edition) -> dict[str, date]:
    phases = world.read(lambda db: queries.phases(db, edition.id))
    return {one.kind: one.starts_at.astimezone(BERLIN).date() for one in phases}


def _criteria(world: World, edition: Edition) -> list[tuple[object, ...]]:
    rows = world.read(lambda db: queries.criteria(db, edition.id))
    return [(r.position, r.key, r.name, r.question, r.weight, r.anchors, r.tie_break) for r in rows]


def _log(world: World) -> list[str]:
    return list(
        world.read(lambda db: db.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all())
    )
