"""The log cannot be changed, and whoever changes it past the guards is found out."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from award.audit.actions import HOUSE, record
from award.audit.chain import FIRST, canonical_json
from award.audit.models import AuditChain, AuditEntry
from award.audit.queries import Fault, count, faults, head
from tests.world import World

UNGUARDED = {
    "sqlite": ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"],
    "postgresql": ["ALTER TABLE audit_entry DISABLE TRIGGER USER"],
}


def written(world: World, number: int = 5, edition: str | None = "e1") -> list[str]:
    """Adds entries, each in its own transaction, and gives their hashes."""

    def one(n: int) -> str:
        details = {"points": n, "text": "ä ‘quote’"}
        return world.write(
            lambda db: record(
                db, "test.act", f"thing-{n}", by="someone", at=world.now, edition=edition, **details
            )
        )

    return [one(n) for n in range(number)]


def found(world: World) -> list[Fault]:
    return world.read(lambda db: list(faults(db)))


def forge(world: World, *statements: str) -> None:
    """Change the log as somebody could who owns the database."""
    dialect = world.site.database.engine.dialect.name

    def work(db: Any) -> None:
        for statement in [*UNGUARDED[dialect], *statements]:
            db.execute(text(statement))

    world.write(work)


def test_a_chain_holds_and_its_head_is_its_last_entry(each_world: World) -> None:
    hashes = written(each_world)
    written(each_world, 2, edition=None)
    assert found(each_world) == []
    assert each_world.read(lambda db: head(db, "e1")) == (5, hashes[-1])
    assert each_world.read(lambda db: head(db, HOUSE))[0] == 2
    assert each_world.read(lambda db: head(db, "unknown")) == (0, FIRST)
    assert each_world.read(count) == 7


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_entry SET action = 'test.other' WHERE number = 3", (3, "changed")),
        ("UPDATE audit_entry SET object_id = 'other' WHERE number = 5", (5, "changed")),
        ("UPDATE audit_entry SET actor_id = NULL WHERE number = 1", (1, "changed")),
        ("UPDATE audit_entry SET details = '{}' WHERE number = 2", (2, "changed")),
        (
            "UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE number = 2",
            (2, "changed"),
        ),
        ("DELETE FROM audit_entry WHERE number = 1", (1, "missing")),
        ("DELETE FROM audit_entry WHERE number = 3", (3, "missing")),
        ("DELETE FROM audit_entry WHERE number = 5", (5, "cut off")),
        ("DELETE FROM audit_entry", (1, "cut off")),
        ("UPDATE audit_chain SET length = 4", (6, "cut off")),
        ("DELETE FROM audit_chain", (1, "no head")),
    ],
)
def test_what_was_changed_afterwards_is_found(
    each_world: World, statement: str, fault: tuple[int, str]
) -> None:
    written(each_world)
    forge(each_world, statement)
    assert found(each_world) == [Fault("e1", *fault)]


def test_an_entry_that_was_slipped_in_is_found(each_world: World) -> None:
    written(each_world)
    row = {
        "chain": "e1",
        "number": 6,
        "at": each_world.now,
        "actor_id": None,
        "action": "test.forged",
        "object_id": "x",
        "details": {},
        "hash": "0" * 64,
    }
    each_world.write(lambda db: db.execute(insert(AuditEntry), [row]))
    assert found(each_world) == [Fault("e1", 6, "changed")]


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_refuses_to_change_the_log(each_world: World, statement: str) -> None:
    written(each_world, 1)
    with pytest.raises(DBAPIError, match="append-only"):
        each_world.write(lambda db: db.execute(text(statement)))
    assert found(each_world) == []


def test_postgresql_refuses_to_truncate_the_log(postgres: Any) -> None:
    world = World(postgres.migrated())
    written(world, 1)
    with pytest.raises(DBAPIError, match="append-only"):
        world.write(lambda db: db.execute(text("TRUNCATE audit_entry")))
    assert world.read(count) == 1
    world.close()


def test_an_entry_is_undone_with_its_change(each_world: World) -> None:
    def fails(db: Any) -> None:
        record(db, "test.act", "x", by=None, at=each_world.now, edition="e1")
        raise RuntimeError("no")

    written(each_world, 2)
    with pytest.raises(RuntimeError, match="no"):
        each_world.write(fails)
    assert (found(each_world), each_world.read(count)) == ([], 2)


def test_many_at_once_make_one_chain(each_world: World) -> None:
    """Also when the chain does not exist yet: only one of them begins it."""

    def one(n: int) -> str:
        return each_world.write(
            lambda db: record(db, "test.act", str(n), by=None, at=each_world.now, edition="e2")
        )

    with ThreadPoolExecutor(16) as threads:
        hashes = list(threads.map(one, range(200)))
    assert len(set(hashes)) == 200
    assert found(each_world) == []
    numbers = each_world.read(
        lambda db: list(db.scalars(select(AuditEntry.number).order_by(AuditEntry.number)))
    )
    assert numbers == list(range(1, 201))
    assert each_world.read(lambda db: db.get(AuditChain, "e2").length) == 200  # type: ignore[union-attr]


def test_the_same_value_always_gives_the_same_bytes() -> None:
    assert canonical_json({"b": 1, "a": ["ä", None]}) == '{"a":["ä",null],"b":1}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical_json({"x": float("nan")})
