"""A real database, a clock that can be set, and the cast that plays in all tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from award import migrations
from award.kit.db import sqlite_engine
from tests.cast import Cast, seated
from tests.kit.s3 import S3
from tests.postgres import Postgres
from tests.world import World

# A test that takes long on a busy machine has found nothing.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "award.db"
    engine = sqlite_engine(f"sqlite:///{path}")
    migrations.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A real PostgreSQL server of this test run."""
    server = Postgres(tmp_path_factory.mktemp("postgres"))
    yield server
    server.stop()


@pytest.fixture
def sqlite_url(migrated: Path, tmp_path: Path) -> str:
    path = tmp_path / "award.db"
    shutil.copy(migrated, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def each_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    return str(request.getfixturevalue("postgres").migrated())


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    """The application on SQLite, with nobody in it."""
    world = World(sqlite_url)
    yield world
    world.close()


@pytest.fixture
def each_world(each_url: str) -> Iterator[World]:
    """The application on SQLite and on PostgreSQL."""
    world = World(each_url)
    yield world
    world.close()


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    """The bucket `s3://award`, and what is needed to find it in the environment."""
    store = S3()
    for name, value in store.environ.items():
        monkeypatch.setenv(name, value)
    yield store
    store.close()


@pytest.fixture
def cast(world: World) -> Cast:
    """The cast on its seats, in an edition whose nominations are open."""
    return seated(world)


@pytest.fixture
def each_cast(each_world: World) -> Cast:
    return seated(each_world)
