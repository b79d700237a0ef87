"""The application with the routes of the stage, and somebody who is signed in."""

from collections.abc import Iterator

import pytest

from award.accounts.models import Account
from tests.web import stage
from tests.world import Client, World


def somebody(world: World, name: str = "sam") -> Account:
    account = Account(email=f"{name}@stage.example", name=name.title(), created_at=world.now)
    world.write(lambda db: db.add(account))
    return account


def staged(url: str) -> Iterator[World]:
    world = World(url, stage.routes.all)
    world.write(stage.set_the_stage)
    yield world
    world.close()


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    yield from staged(sqlite_url)


@pytest.fixture
def each_world(each_url: str) -> Iterator[World]:
    yield from staged(each_url)


@pytest.fixture
def sam(world: World) -> Client:
    return world.signed_in(somebody(world))


@pytest.fixture
def each_sam(each_world: World) -> Client:
    return each_world.signed_in(somebody(each_world))
