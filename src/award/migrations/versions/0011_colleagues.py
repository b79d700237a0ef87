"""Which network an invitation is to, and whether it was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite adds no foreign key to a table that is there: there it is made anew.
    with op.batch_alter_table("mailed_link") as table:
        table.add_column(sa.Column("network_id", sa.String(), nullable=True))
        table.add_column(sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(
            op.f("fk_mailed_link_network_id"), "network", ["network_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("mailed_link") as table:
        table.drop_constraint(op.f("fk_mailed_link_network_id"), type_="foreignkey")
        table.drop_column("taken_back_at")
        table.drop_column("network_id")
