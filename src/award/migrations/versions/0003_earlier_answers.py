"""Earlier versions of a section, and since when somebody has been writing the present one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answers", sa.Column("written_since", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "earlier_answers",
        sa.Column("nomination_id", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_earlier_answers_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["account.id"], name=op.f("fk_earlier_answers_saved_by")
        ),
        sa.PrimaryKeyConstraint(
            "nomination_id", "section", "version", name=op.f("pk_earlier_answers")
        ),
    )


def downgrade() -> None:
    op.drop_table("earlier_answers")
    op.drop_column("answers", "written_since")
