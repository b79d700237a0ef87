"""Every version of an edition's form is kept, and a submission knows its own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_version",
        sa.Column("edition_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", JSON, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_form_version_by")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_form_version_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "number", name=op.f("pk_form_version")),
    )
    op.execute(
        "INSERT INTO form_version (edition_id, number, definition, reason, at) "
        "SELECT form.edition_id, form.version, form.definition, '', edition.created_at "
        "FROM form_definition AS form JOIN edition ON edition.id = form.edition_id"
    )
    # Until now no form could be changed, so all that was handed in goes by the first version.
    for table in ("submission", "earlier_submission"):
        first = sa.Column("form_version", sa.Integer(), nullable=False, server_default="1")
        op.add_column(table, first)


def downgrade() -> None:
    op.drop_column("earlier_submission", "form_version")
    op.drop_column("submission", "form_version")
    op.drop_table("form_version")
