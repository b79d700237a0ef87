"""`award demo`: migrate, tell the story, start the server and say how to sign in."""

import sys
from typing import TYPE_CHECKING

import click

from award.cli.group import DATABASE, HOST, PORT, Failed, load_settings, main

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from award.demo.queries import SignIn
    from award.kit.clock import Clock
    from award.settings import Settings


@main.command()
@click.option(
    "--phase",
    metavar="PHASE",
    help="One practice edition in this phase: call, check, judging, deliberation or announced. "
    "Without it three practice editions stand side by side, each in another phase.",
)
@HOST
@PORT
@DATABASE
@click.option(
    "--accounts-file", metavar="FILE", help="Write the sign-in of each role to FILE, as JSON."
)
@click.option("--reset", is_flag=True, help="Delete the demonstration's data and tell it anew.")
def demo(  # noqa: PLR0913 - one parameter for each option
    phase: str | None,
    host: str,
    port: int,
    database: str | None,
    accounts_file: str | None,
    reset: bool,  # noqa: FBT001 - click passes options by name
) -> None:
    """Show a whole award with invented nominations, jurors and scores.

    The real edition of 2014 stands beside them as it was announced. The first start fills the
    database, later ones keep what is there. Each role signs in with one click on the sign-in page;
    letters are not sent but kept for the administrators to read.
    """
    from pathlib import Path

    from award.cli import serving
    from award.cli.holding import held

    settings = load_settings(database=database, demo=True, smtp="", port=port)
    with held(settings):
        _check_phase(phase)
        serving.check_port(host, port)
        sign_ins, clock = _prepared(settings, phase or "", reset=reset)
        if accounts_file:
            _write_accounts(Path(accounts_file), sign_ins)
        _log_faults_only()
        status = serving.run(settings, host, port, clock, lambda: _say(settings, sign_ins))
    sys.exit(status)


def _check_phase(phase: str | None) -> None:
    from award.demo.phases import PHASES

    if phase is not None and phase not in PHASES:
        raise Failed(f"There is no phase “{phase}”. Choose one of: {', '.join(PHASES)}.")


def _prepared(settings: "Settings", phase: str, *, reset: bool) -> "tuple[list[SignIn], Clock]":
    """Migrate, tell the story if it is not there yet, and read who can sign in."""
    from datetime import timedelta

    from sqlalchemy.orm import Session

    from award import migrations
    from award.cli.holding import check_known, engine
    from award.demo.queries import demonstration, sign_ins
    from award.kit.clock import Clock

    if reset:
        _reset(settings)
    with engine(settings) as made:
        check_known(made)
        migrations.upgrade(made)
        with Session(made, expire_on_commit=False) as db, db.begin():
            _tell_once(db, settings, phase)
            told = demonstration(db)
            ahead = timedelta(seconds=told.ahead if told else 0)
            return sign_ins(db), Clock(ahead)


def _tell_once(db: "Session", settings: "Settings", phase: str) -> None:
    from datetime import UTC, datetime

    from award.demo.loading import load
    from award.demo.queries import demonstration, is_empty
    from award.kit import i18n, templates

    told = demonstration(db)
    if told is None and not is_empty(db):
        raise Failed(
            "This database holds a real award. Give the demonstration one of its own: "
            "award demo --database demo.db"
        )
    if told is not None and phase and told.phase != phase:
        raise Failed(
            f"The data are those of {told.phase or 'four editions'}. "
            f"Delete them and start with {phase}: award demo --phase {phase} --reset"
        )
    if told is None:
        click.echo("Filling the database with the demonstration (a few seconds).", err=True)
        i18n.zone.set(settings.time_zone)
        templates.set_up(settings.templates)
        load(db, settings, phase, now=datetime.now(UTC))


def _reset(settings: "Settings") -> None:
    """Delete a demonstration's data; raises Failed when they are a real award's."""
    from sqlalchemy.orm import Session

    from award import migrations
    from award.cli.holding import engine
    from award.demo.queries import is_disposable

    with engine(settings) as made:
        with Session(made) as db:
            disposable = is_disposable(db)
        if not disposable:
            raise Failed("This database holds a real award; --reset deletes demonstrations only.")
        if settings.sqlite_file is None:
            migrations.downgrade(made, "base")
    if settings.sqlite_file is not None:
        for ending in ("", "-wal", "-shm"):
            settings.sqlite_file.with_name(settings.sqlite_file.name + ending).unlink(
                missing_ok=True
            )


def _write_accounts(path: "Path", sign_ins: "list[SignIn]") -> None:
    import json

    accounts = {one.role: {"email": one.email, "password": one.password} for one in sign_ins}
    try:
        path.write_text(json.dumps(accounts, indent=2, ensure_ascii=False) + "\n")
    except OSError as error:
        raise Failed(f"The file {path} cannot be written: {error.strerror}.") from error


def _log_faults_only() -> None:
    """The terminal belongs to the table of sign-ins; what goes wrong is still said."""
    import logging

    import structlog

    from award.kit import log

    log.set_up()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def _say(settings: "Settings", sign_ins: "list[SignIn]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Sign in as", title_justify="left")
    table.add_column("Role", no_wrap=True)
    table.add_column("E-mail", no_wrap=True)
    table.add_column("Name")
    for one in sign_ins:
        table.add_row(one.role, one.email, one.name)
    console = Console(soft_wrap=True)
    console.print(table)
    console.print(f"All of them with the password [bold]{sign_ins[0].password}[/], or with")
    console.print(f"one click per role on {settings.public_url}/sign-in")
    console.print(f"The demonstration runs on [bold]{settings.public_url}[/] (Ctrl+C ends it).")
