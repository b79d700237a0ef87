"""`award demo`: it fills a database once, says who can sign in, and never touches a real award."""

import json
import shutil
from pathlib import Path

import httpx
import pytest

from award.demo.people import ROLES
from tests.cli.command import award
from tests.cli.server import Server


class Begun:
    """A demonstration in the phase of the call that was started and ended once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = str(folder / "award.db")
        self.accounts = folder / "accounts.json"
        server = self.start("--phase", "call", "--accounts-file", str(self.accounts))
        self.page = httpx.get(f"{server.url}/sign-in").text
        self.status = server.end()
        self.said = server.log.read_text()

    def start(self, *arguments: str) -> Server:
        return Server(self.folder, "demo", "--database", self.database, *arguments)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    return Begun(tmp_path_factory.mktemp("demo"))


def test_the_accounts_file_names_every_role(begun: Begun) -> None:
    accounts = json.loads(begun.accounts.read_text())
    assert {role: one["email"] for role, one in accounts.items()} == ROLES
    assert all(set(one) == {"email", "password"} for one in accounts.values())
    assert len({one["password"] for one in accounts.values()}) == 1


def test_it_says_who_can_sign_in_and_ends_with_status_0(begun: Begun) -> None:
    password = json.loads(begun.accounts.read_text())["admin"]["password"]
    for said in (*ROLES, *ROLES.values(), password):
        assert said in begun.said
    assert begun.status == 0
    assert "/demo/sign-in" in begun.page


def test_another_phase_is_refused_and_names_reset(begun: Begun) -> None:
    ended = award("demo", "--phase", "judging", "--database", begun.database)
    assert ended.status == 2
    assert ended.complained == (
        "The data are those of call. "
        "Delete them and start with judging: award demo --phase judging --reset\n"
    )


def test_it_is_started_again_with_the_same_data_and_then_anew(begun: Begun) -> None:
    kept = begun.folder / "kept.json"
    assert begun.start("--accounts-file", str(kept)).end() == 0
    assert kept.read_text() == begun.accounts.read_text()
    anew = begun.folder / "anew.json"
    server = begun.start("--phase", "check", "--reset", "--accounts-file", str(anew))
    assert httpx.get(f"{server.url}/editions/practice").status_code == 200
    assert server.end() == 0
    assert anew.read_text() != kept.read_text()
    assert award("check", "--database", begun.database).status == 0


def test_a_real_award_is_left_alone(migrated: Path, tmp_path: Path) -> None:
    database = str(shutil.copy(migrated, tmp_path / "award.db"))
    award("create-admin", "olga@example.org", "--database", database)
    before = Path(database).read_bytes()
    plain, reset = (award("demo", *more, "--database", database) for more in ([], ["--reset"]))
    assert (plain.status, reset.status) == (2, 2)
    assert plain.complained.startswith("This database holds a real award.")
    assert reset.complained.startswith("This database holds a real award;")
    assert Path(database).read_bytes() == before


def test_serve_shows_nothing_of_a_demonstration(begun: Begun) -> None:
    """Not even when somebody sets the variable: only `award demo` is one."""
    server = Server(begun.folder, "serve", "--database", begun.database, AWARD_DEMO="true")
    page = httpx.get(f"{server.url}/sign-in").text
    answer = httpx.post(f"{server.url}/demo/sign-in", data={"role": "admin"})
    server.end()
    assert "/demo/" not in page
    assert "set-cookie" not in answer.headers


def test_an_accounts_file_that_cannot_be_written(begun: Begun) -> None:
    path = begun.folder / "nowhere" / "accounts.json"
    ended = award("demo", "--database", begun.database, "--accounts-file", str(path))
    assert ended.status == 2
    assert ended.complained == (f"The file {path} cannot be written: No such file or directory.\n")
