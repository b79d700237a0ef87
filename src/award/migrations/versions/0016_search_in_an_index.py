"""The administrators' list is searched and counted in an index, without its wide rows.

SQLite only: PostgreSQL joins whole tables fast, and its indexes refuse the longest of the texts.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_NAME = "ix_nomination_edition_id_folded_id"


def upgrade() -> None:
    if _is_sqlite():
        op.create_index(_NAME, "nomination", ["edition_id", "folded", "id"])


def downgrade() -> None:
    if _is_sqlite():
        op.drop_index(_NAME, "nomination")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
