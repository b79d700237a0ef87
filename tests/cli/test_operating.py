"""migrate, create-admin, check and the help, as whoever runs an award types them."""

import re
import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.cli.command import award
from tests.world import World


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "award.db"))


def test_migrate_makes_the_schema_and_then_has_nothing_to_do(tmp_path: Path) -> None:
    database = str(tmp_path / "folder" / "award.db")
    first, second = (award("migrate", "--database", database) for _ in range(2))
    assert (first.status, second.status) == (0, 0)
    assert re.fullmatch(r"The schema is now \d{4} \(before: none\)\.\n", first.said)
    assert re.fullmatch(r"The schema is the newest already \(\d{4}\)\.\n", second.said)


def test_create_admin_prints_a_link_that_works(database: Path) -> None:
    ended = award(
        "create-admin", "Olga@Example.org", "--database", str(database),
        AWARD_PUBLIC_URL="https://award.example.org",
    )  # fmt: skip
    assert ended.status == 0
    address = ended.said.splitlines()[-1]
    assert address.startswith("https://award.example.org/invitations/")
    world = World(f"sqlite:///{database}")
    try:
        world.clock.instant = datetime.now().astimezone()
        answer = world.visitor().get(address.removeprefix("https://award.example.org"))
        assert answer.status_code == 200
        assert "olga@example.org" in answer.text
    finally:
        world.close()


def test_create_admin_works_again_for_the_same_person(database: Path) -> None:
    links = {award("create-admin", "o@example.org", "--database", str(database)).said for _ in "ab"}
    assert len(links) == 2
    with sqlite3.connect(database) as connection:
        [(accounts, grants)] = connection.execute(
            "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM role_grant)"
        )
    connection.close()
    assert (accounts, grants) == (1, 1)


def test_check_finds_nothing_in_a_sound_database(database: Path) -> None:
    award("create-admin", "o@example.org", "--database", str(database))
    ended = award("check", "--database", str(database))
    assert (ended.status, ended.said) == (0, "Everything holds.\n")


def test_check_finds_an_entry_that_was_changed(database: Path) -> None:
    award("create-admin", "o@example.org", "--database", str(database))
    world = World(f"sqlite:///{database}")
    try:
        world.write(lambda db: db.execute(text("UPDATE audit_chain SET length = length + 1")))
    finally:
        world.close()
    ended = award("check", "--database", str(database))
    assert ended.status == 1
    assert ended.said.startswith("The log “house” is not whole: entry ")


def test_help_names_every_command_and_the_exit_statuses() -> None:
    said = award("--help").said
    for name in ("check", "create-admin", "demo", "migrate", "serve"):
        assert re.search(rf"^  {name} ", said, re.MULTILINE)
    assert "Exit status: 0 all is well" in said


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys, award.cli; "
        "print(sorted({'sqlalchemy', 'litestar', 'granian', 'numpy', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("command", ["serve", "demo", "migrate", "create-admin", "check"])
def test_each_command_explains_itself(command: str) -> None:
    ended = award(command, "--help")
    assert ended.status == 0
    assert f"Usage: python -m award.cli {command}" in ended.said or f"award {command}" in ended.said
    assert "--database" in ended.said
