"""A nomination that was handed in is changed and handed in again; both versions are kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reopening",
        sa.Column("nomination_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_reopening_by")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_reopening_nomination_id")
        ),
        sa.PrimaryKeyConstraint("nomination_id", name=op.f("pk_reopening")),
    )
    op.create_table(
        "earlier_submission",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("nomination_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_earlier_submission_by")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_earlier_submission_nomination_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_submission")),
    )
    op.create_index(
        op.f("ix_earlier_submission_nomination_id"), "earlier_submission", ["nomination_id"]
    )


def downgrade() -> None:
    op.drop_table("earlier_submission")
    op.drop_table("reopening")
