"""Which schema the database has, and which one this program knows."""

from functools import cache

from sqlalchemy import Engine
from sqlalchemy.orm import Session


def schema(db: Session) -> tuple[str | None, str | None]:
    """The stored revision and the newest one."""
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 - rarely asked

    connection = db.connection()
    stored = MigrationContext.configure(connection).get_current_revision()
    return stored, _newest(connection.engine)


@cache
def _newest(engine: Engine) -> str | None:
    from award import migrations  # noqa: PLC0415 - as above

    return migrations.newest(engine)
