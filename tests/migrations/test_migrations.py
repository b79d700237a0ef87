"""Every step of the schema, up and down, on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text

from award import migrations
from award.kit.db import sqlite_engine
from award.migrations.metadata import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        engine = sqlite_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    else:
        engine = create_engine(request.getfixturevalue("postgres").empty())
    yield engine
    engine.dispose()


def schema(engine: Engine) -> dict[str, Any]:
    """Tables with their columns, indexes, constraints and triggers."""
    seen = inspect(engine)
    told: dict[str, Any] = {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)],
            sorted(str(index["name"]) for index in seen.get_indexes(name)),
            sorted(str(one["name"]) for one in seen.get_unique_constraints(name)),
        )
        for name in seen.get_table_names()
        if name != "alembic_version"
    }
    triggers = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal "
        "UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    }
    with engine.connect() as connection:
        found = connection.execute(text(triggers[engine.dialect.name])).scalars()
        told["triggers"] = sorted(found)
    return told


def test_up_down_and_up_again_give_the_same_schema(empty: Engine) -> None:
    migrations.upgrade(empty)
    first = schema(empty)
    assert "audit_entry" in first
    assert first["triggers"]
    migrations.downgrade(empty, "base")
    assert schema(empty) == {"triggers": []}
    migrations.upgrade(empty)
    assert schema(empty) == first


def test_each_step_can_be_taken_back(empty: Engine) -> None:
    steps = [script.revision for script in migrations._scripts(empty).walk_revisions()][::-1]
    before: list[dict[str, Any]] = [schema(empty)]
    for step in steps:
        migrations.upgrade(empty, step)
        assert migrations.current(empty) == step
        before.append(schema(empty))
    for expected in before[-2::-1]:
        migrations.downgrade(empty, "-1")
        assert schema(empty) == expected
    assert migrations.current(empty) is None


def test_the_migrations_make_what_the_models_say(empty: Engine) -> None:
    migrations.upgrade(empty)
    with empty.connect() as connection:
        options = {"compare_type": True, "include_object": _is_of(empty.dialect.name)}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def _is_of(dialect: str) -> Callable[..., bool]:
    """Leaves out the indexes that only the other kind of database has."""

    def is_of(thing: Any, *_: object) -> bool:
        only = getattr(thing, "_ddl_if", None)
        return only is None or only.dialect == dialect

    return is_of


def test_a_newer_programs_schema_is_unknown(empty: Engine) -> None:
    assert migrations.current(empty) is None
    migrations.upgrade(empty)
    newest = migrations.newest(empty)
    assert migrations.current(empty) == newest
    assert newest is not None
    assert migrations.is_known(empty, newest)
    assert not migrations.is_known(empty, "9999")


def test_a_step_that_fails_leaves_the_schema_as_it_was(empty: Engine) -> None:
    migrations.upgrade(empty, "0001")
    with empty.begin() as connection:
        connection.execute(text("DROP TABLE membership"))  # a trigger of 0002 stands on it
    before = schema(empty)
    if empty.dialect.name == "postgresql":
        with pytest.raises(Exception, match="membership"):
            migrations.upgrade(empty)
    else:
        with pytest.raises(Exception, match="no such table"):
            migrations.upgrade(empty)
    assert schema(empty) == before
    assert migrations.current(empty) == "0001"
