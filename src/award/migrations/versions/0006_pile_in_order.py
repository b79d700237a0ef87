"""A juror's pile is read in the juror's order, from any place of it on."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_assignment_seat_id_round_id", "assignment")
    op.create_index(
        "ix_assignment_seat_id_round_id_position_id",
        "assignment",
        ["seat_id", "round_id", "position", "id"],
    )


def downgrade() -> None:
    op.drop_index("ix_assignment_seat_id_round_id_position_id", "assignment")
    op.create_index("ix_assignment_seat_id_round_id", "assignment", ["seat_id", "round_id"])
