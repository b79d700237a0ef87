"""The whole award, once through: from an empty database to the winner, in German.

Told twice, with JavaScript and without. With it, axe looks at every kind of page that somebody
visits, light and dark; without it there is no axe, but the pages are the same.
"""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.journey import deciding, inviting, judging, nominating, setting_up
from tests.browser.journey.stage import Stage
from tests.browser.served import Served
from tests.cli.command import award

_README = {"call", "sheet", "overview"}


class Begun(NamedTuple):
    """A database with nothing in it but two administrators, and the paths of their links."""

    database: Path
    links: dict[str, str]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """As an operator begins: migrate, and create-admin twice."""
    path = tmp_path_factory.mktemp("begun") / "award.db"
    database = f"--database={path}"
    assert award("migrate", database).status == 0
    made = {
        name: award("create-admin", f"{name.lower()}@people.example", database)
        for name in ("Olga", "Otto")
    }
    links = {name: urlsplit(ended.said.split()[-1]).path for name, ended in made.items()}
    return Begun(path, links)


@pytest.fixture
def links(begun: Begun) -> dict[str, str]:
    return begun.links


@pytest.fixture
def server(tmp_path: Path, begun: Begun) -> Iterator[Served]:
    """Each journey has a copy of its own, in which no link was used."""
    shutil.copy(begun.database, tmp_path)
    server = Served(tmp_path, "serve")
    yield server
    assert server.stop() == 0


@pytest.fixture
def base_url(server: Served) -> str:
    return server.url


def test_the_whole_award(
    server: Served, links: dict[str, str], open_page: Any, assert_accessible: Any, screens: Any
) -> None:
    def camera(page: Page, name: str) -> None:
        screens(page, name, readme=name in _README)

    stage = Stage(open_page, server.database, check=assert_accessible, camera=camera)
    _tell(stage, links)


def test_the_whole_award_without_javascript(
    server: Served, links: dict[str, str], open_page: Any, screens: Any
) -> None:
    plain: Callable[[], Page] = partial(open_page, java_script_enabled=False)

    def camera(page: Page, name: str) -> None:
        screens(page, f"plain-{name}")

    _tell(Stage(plain, server.database, check=None, camera=camera), links)


def _tell(stage: Stage, links: dict[str, str]) -> None:
    setting_up.become_administrators(stage, links)
    setting_up.make_the_edition(stage)
    setting_up.publish_the_call(stage)
    inviting.invite_the_jury(stage)
    inviting.invite_a_network(stage)
    inviting.register_a_network(stage)
    nominating.nominate(stage, "Nora")
    nominating.nominate(stage, "Nils")
    setting_up.end_nominations(stage)
    nominating.check_formally(stage)
    setting_up.begin_declaring(stage)
    judging.declare(stage)
    judging.assign(stage)
    setting_up.begin_judging(stage)
    judging.score(stage, "Jules")
    judging.watch(stage)
    judging.score(stage, "Jo")
    judging.open_the_scores(stage)
    deciding.rank(stage)
    embargo = deciding.decide(stage)
    deciding.announce(stage, embargo)
