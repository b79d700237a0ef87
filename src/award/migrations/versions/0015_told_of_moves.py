"""Whom a letter told that the deadline has moved."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told_of_move",
        sa.Column("move_id", sa.String(), nullable=False),
        sa.Column("nomination_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["move_id"], ["phase_move.id"], name=op.f("fk_told_of_move_move_id")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_told_of_move_nomination_id")
        ),
        sa.PrimaryKeyConstraint("move_id", "nomination_id", name=op.f("pk_told_of_move")),
    )


def downgrade() -> None:
    op.drop_table("told_of_move")
