"""The schema, step by step; `award migrate` runs what is missing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

_FOLDER = Path(__file__).parent


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision."""
    command.upgrade(_config(engine), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to a revision; "base" is an empty database."""
    command.downgrade(_config(engine), revision)


def newest(engine: Engine) -> str | None:
    """The revision that this program knows as the newest."""
    return _scripts(engine).get_current_head()


def current(engine: Engine) -> str | None:
    """The revision of the database, None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_known(engine: Engine, revision: str) -> bool:
    """Whether this program has that revision; a newer program's is unknown."""
    return revision in {script.revision for script in _scripts(engine).walk_revisions()}


def _scripts(engine: Engine) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(engine))
