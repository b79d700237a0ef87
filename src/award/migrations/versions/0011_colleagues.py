"""What colleagues need: invitations that are taken back, and where each of them was writing."""

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
    for written in ("answers", "earlier_answers"):
        field = sa.Column("field", sa.String(), nullable=False, server_default="")
        op.add_column(written, field)


def downgrade() -> None:
    for written in ("earlier_answers", "answers"):
        op.drop_column(written, "field")
    with op.batch_alter_table("mailed_link") as table:
        table.drop_constraint(op.f("fk_mailed_link_network_id"), type_="foreignkey")
        table.drop_column("taken_back_at")
        table.drop_column("network_id")
