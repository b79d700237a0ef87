"""The commands of whoever runs an award: serve, migrate, create-admin, check."""

import sys

import click

from award.cli.group import DATABASE, FINDING, HOST, PORT, Failed, load_settings, main
from award.kit.addresses import is_address


@main.command()
@HOST
@PORT
@DATABASE
def serve(host: str, port: int, database: str | None) -> None:
    """Answer requests, send mail and do what is due, until SIGTERM.

    One process does all of it. Put a proxy with TLS in front and set AWARD_PUBLIC_URL to the
    address that visitors use. The log goes to stderr, one line of JSON for each event.
    """
    from award.cli import serving
    from award.cli.holding import check_schema, engine, held
    from award.kit import log
    from award.kit.clock import Clock

    settings = load_settings(database=database, demo=False, port=port)
    log.set_up()
    with held(settings):
        with engine(settings) as made:
            check_schema(made)
        serving.check_port(host, port)
        serving.warn_of_sqlite(settings)
        status = serving.run(settings, host, port, Clock(), ready=lambda: None)
    sys.exit(status)


@main.command()
@DATABASE
def migrate(database: str | None) -> None:
    """Bring the database to the schema of this version; make a backup before."""
    from award import migrations
    from award.cli.holding import check_known, engine, held

    settings = load_settings(database=database, demo=False)
    with held(settings), engine(settings) as made:
        check_known(made)
        before = migrations.current(made)
        migrations.upgrade(made)
        after = migrations.newest(made)
    if before == after:
        click.echo(f"The schema is the newest already ({after}).")
    else:
        click.echo(f"The schema is now {after} (before: {before or 'none'}).")


@main.command()
@click.argument("email")
@DATABASE
def create_admin(email: str, database: str | None) -> None:
    """Make EMAIL an administrator and print the link to set a password.

    The link works once, for 72 hours. Run it again if it got lost, or for a forgotten password.
    An award needs two administrators: what counts is proposed by one and confirmed by the other.
    """
    from datetime import UTC, datetime

    from award.accounts.actions import create_administrator
    from award.cli.holding import writing

    if not is_address(email.strip()):
        raise Failed(f"“{email}” is no mail address.")
    settings = load_settings(database=database, demo=False)
    with writing(settings) as db:
        address = create_administrator(
            db, email=email, public_url=settings.public_url, at=datetime.now(UTC)
        )
    click.echo(f"{email} is an administrator. Open this link once, within 72 hours:")
    click.echo(address)


@main.command()
@DATABASE
def check(database: str | None) -> None:
    """Look for what must never be: changed log entries, lost receipts, scores out of place.

    Changes nothing and may run beside a server. Prints each finding; exit status 1 if there is one.
    """
    from award.cli.checking import findings
    from award.cli.holding import check_schema, engine
    from award.kit.files import open_files

    settings = load_settings(database=database, demo=False)
    if settings.sqlite_file and not settings.sqlite_file.is_file():
        raise Failed(f"There is no database {settings.sqlite_file}.")
    with engine(settings) as made:
        check_schema(made)
        found = findings(made, open_files(settings.files_place))
    for finding in found:
        click.echo(finding)
    if found:
        click.echo(f"{len(found)} findings.", err=True)
        sys.exit(FINDING)
    click.echo("Everything holds.")
