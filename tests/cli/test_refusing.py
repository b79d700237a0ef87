"""What cannot be done is said in one sentence, with exit status 2."""

import shutil
import socket
import sqlite3
from pathlib import Path

import pytest

from award.kit.lock import lock_file
from tests.cli.command import Ended, award


def _refused(ended: Ended) -> str:
    """The one sentence; nothing else may be said."""
    assert ended.status == 2, ended
    assert ended.said == ""
    [sentence] = ended.complained.strip().splitlines()
    return sentence


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "award.db"))


def test_a_phase_that_does_not_exist(tmp_path: Path) -> None:
    said = _refused(award("demo", "--phase", "jury", "--database", str(tmp_path / "x.db")))
    assert said == (
        "There is no phase “jury”. Choose one of: call, check, judging, deliberation, announced."
    )
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port(command: str, database: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = _refused(award(command, "--port", str(port), "--database", str(database)))
    assert said.startswith(f"Port {port} on 127.0.0.1 cannot be used (Address already in use).")
    assert said.endswith(f"Choose another one, for example --port {port + 1}.")


@pytest.mark.parametrize("command", ["serve", "demo", "migrate"])
def test_a_folder_that_cannot_be_written(command: str, tmp_path: Path) -> None:
    """A file stands where the folder should be: not even root can write there."""
    (tmp_path / "file").touch()
    said = _refused(award(command, "--database", str(tmp_path / "file" / "award.db")))
    assert said == (
        f"The folder {tmp_path / 'file'} cannot be written. "
        "Give it to this user or set AWARD_DATABASE."
    )


@pytest.mark.parametrize("command", ["serve", "demo", "migrate"])
def test_a_second_process_on_the_same_file(command: str, database: Path) -> None:
    with lock_file(database):
        said = _refused(award(command, "--database", str(database)))
    assert said.startswith(f"The database {database} is in use by another award process (")
    assert said.endswith("Stop it first.")


@pytest.mark.parametrize("command", ["serve", "demo", "migrate"])
def test_the_schema_of_a_newer_version(command: str, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    said = _refused(award(command, "--database", str(database)))
    assert said.startswith("The database has the schema 9999 of a newer version of award.")


@pytest.mark.parametrize("command", [["serve"], ["create-admin", "o@example.org"]])
def test_a_database_without_schema(command: list[str], tmp_path: Path) -> None:
    said = _refused(award(*command, "--database", str(tmp_path / "new.db")))
    assert said.startswith("This database is empty. Run `award migrate`")


def test_an_older_schema_is_not_served(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    said = _refused(award("serve", "--database", str(database)))
    assert said == "The database is from an earlier version. Make a backup, run `award migrate`."


def test_a_weak_secret(database: Path) -> None:
    said = _refused(award("serve", "--database", str(database), AWARD_SECRET="short"))
    assert said == "AWARD_SECRET needs at least 32 characters."


def test_a_public_address_without_tls(database: Path) -> None:
    settings = {"AWARD_PUBLIC_URL": "http://award.example.org"}
    said = _refused(award("serve", "--database", str(database), **settings))
    assert said.startswith("AWARD_PUBLIC_URL must begin with https://")


def test_an_address_of_no_database() -> None:
    secret = "a secret for tests, long enough to be taken"
    said = _refused(award("migrate", "--database", "oracle://x/y", AWARD_SECRET=secret))
    assert said.startswith("AWARD_DATABASE is not understood")


def test_a_server_that_is_not_there() -> None:
    secret = "a secret for tests, long enough to be taken"
    url = "postgresql://nobody@127.0.0.1:1/none"
    said = _refused(award("migrate", "--database", url, AWARD_SECRET=secret))
    assert said.startswith("The database (server) cannot be opened:")


def test_a_word_that_is_no_address(database: Path) -> None:
    said = _refused(award("create-admin", "olga", "--database", str(database)))
    assert said == "“olga” is no mail address."


def test_a_command_that_does_not_exist() -> None:
    ended = award("announce")
    assert ended.status == 2
    assert "No such command 'announce'" in ended.complained


def test_checking_a_database_that_is_not_there(tmp_path: Path) -> None:
    said = _refused(award("check", "--database", str(tmp_path / "none.db")))
    assert said == f"There is no database {tmp_path / 'none.db'}."
    assert not (tmp_path / "none.db").exists()
