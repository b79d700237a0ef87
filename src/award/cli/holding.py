"""The database as a command finds it: held by nobody else, reachable, with the right schema."""

import contextlib
from collections.abc import Iterator

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session

from award import migrations
from award.cli.group import Failed
from award.kit.db import sqlite_engine
from award.kit.lock import Locked, lock_file
from award.settings import Settings


@contextlib.contextmanager
def held(settings: Settings) -> Iterator[None]:
    """Hold an SQLite file alone; PostgreSQL takes any number of processes."""
    path = settings.sqlite_file
    if path is None:
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = lock_file(path)
    except Locked as error:
        raise Failed(
            f"The database {path} is in use by another award process ({error}). Stop it first."
        ) from error
    except OSError as error:
        raise Failed(
            f"The folder {path.parent} cannot be written. "
            "Give it to this user or set AWARD_DATABASE."
        ) from error
    with handle:
        yield


@contextlib.contextmanager
def engine(settings: Settings) -> Iterator[Engine]:
    """An engine for one command; raises Failed when the database cannot be reached."""
    try:
        made = (
            sqlite_engine(settings.database)
            if settings.sqlite_file
            else create_engine(settings.database, hide_parameters=True)
        )
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise Failed(
            "AWARD_DATABASE is not understood: give an SQLite file or a postgresql:// address "
            "(PostgreSQL needs the extra award[postgresql])."
        ) from error
    try:
        with _reached(settings):
            made.connect().close()
        yield made
    finally:
        made.dispose()


@contextlib.contextmanager
def _reached(settings: Settings) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        place = settings.sqlite_file or "server"
        raise Failed(f"The database ({place}) cannot be opened: {reason}.") from error


def check_schema(engine: Engine) -> None:
    """Raises Failed unless the database has exactly the schema of this program."""
    current = migrations.current(engine)
    if current is None:
        raise Failed("This database is empty. Run `award migrate`, or `award demo` to look around.")
    check_known(engine)
    if current != migrations.newest(engine):
        raise Failed("The database is from an earlier version. Make a backup, run `award migrate`.")


def check_known(engine: Engine) -> None:
    """Raises Failed when a newer program has changed the schema."""
    current = migrations.current(engine)
    if current is not None and not migrations.is_known(engine, current):
        raise Failed(
            f"The database has the schema {current} of a newer version of award. "
            "Install that version; this one would damage the data."
        )


@contextlib.contextmanager
def writing(settings: Settings) -> Iterator[Session]:
    """One transaction of a command that writes, on a database with the newest schema."""
    with held(settings), engine(settings) as made:
        check_schema(made)
        with Session(made, expire_on_commit=False) as db, db.begin():
            yield db
