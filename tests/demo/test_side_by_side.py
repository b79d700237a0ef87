"""Without a phase four editions stand side by side; on PostgreSQL it is the same story."""

from sqlalchemy import select

from award.cli.checking import findings
from award.demo.loading import load
from award.programmes.models import Edition
from tests.demo.told import NUMBERS, TABLES, count, telling
from tests.postgres import Postgres
from tests.world import World


def test_four_editions_and_a_start_page_about_the_call(world: World) -> None:
    telling(world)
    found = world.read(lambda db: set(db.scalars(select(Edition.slug))))
    assert found == {"2014", "practice-call", "practice-judging", "practice-deliberation"}
    together = [
        sum(numbers)
        for numbers in zip(
            *(NUMBERS[one] for one in ("call", "judging", "deliberation")), strict=True
        )
    ]
    assert list(count(world, *TABLES).values()) == together
    assert findings(world.site.database.engine, world.site.files) == []
    assert "practice-call" in world.visitor().get("/").text


def test_the_whole_story_on_postgresql(postgres: Postgres) -> None:
    world = World(postgres.migrated())
    try:
        world.write(lambda db: load(db, world.settings, "announced", now=world.now))
        assert tuple(count(world, *TABLES).values()) == NUMBERS["announced"]
        assert findings(world.site.database.engine, world.site.files) == []
    finally:
        world.close()
