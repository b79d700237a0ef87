"""Networks are proposed by others, and decide themselves."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
_SIDES = "a person cannot both propose and judge in one edition"
_STAYS = "what became of a proposal stays"

# Who would stand on both sides. What was declined or has lapsed counts no longer.
_BOTH_SIDES = {
    "proposal_no_juror": (
        "proposal",
        """SELECT 1 FROM seat s
           WHERE s.account_id = NEW.proposed_by AND s.edition_id = NEW.edition_id""",
    ),
    "seat_no_proposer": (
        "seat",
        """SELECT 1 FROM proposal p LEFT JOIN proposal_outcome o ON o.proposal_id = p.id
           WHERE p.proposed_by = NEW.account_id AND p.edition_id = NEW.edition_id
           AND (o.kind IS NULL OR o.kind = 'accepted')""",
    ),
}


def upgrade() -> None:
    op.add_column("mailed_link", sa.Column("about", sa.String()))
    op.create_index(op.f("ix_mailed_link_about"), "mailed_link", ["about"])
    _create_proposal()
    _create_outcome()
    op.create_table(
        "proposal_stop",
        sa.Column("email_hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email_hash", name=op.f("pk_proposal_stop")),
    )
    for statement in _sqlite() if _is_sqlite() else _postgres():
        op.execute(statement)


def downgrade() -> None:
    for name, (table, _both) in _BOTH_SIDES.items():
        op.execute(f"DROP TRIGGER {name}" if _is_sqlite() else f"DROP TRIGGER {name} ON {table}")
    op.drop_table("proposal_outcome")
    op.drop_table("proposal_stop")
    op.drop_table("proposal")
    if not _is_sqlite():
        for name in (*_BOTH_SIDES, "proposal_outcome_stays"):
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_index(op.f("ix_mailed_link_about"), "mailed_link")
    op.drop_column("mailed_link", "about")


def _create_proposal() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("edition_id", sa.String(), nullable=False),
        sa.Column("network_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("is_organisers", sa.Boolean(), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_proposal_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["account.id"], name=op.f("fk_proposal_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    for column in ("edition_id", "proposed_by"):
        op.create_index(op.f(f"ix_proposal_{column}"), "proposal", [column])


def _create_outcome() -> None:
    op.create_table(
        "proposal_outcome",
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("nomination_id", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('accepted', 'declined', 'lapsed')", name=op.f("ck_proposal_outcome_kind")
        ),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_proposal_outcome_by")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_proposal_outcome_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_outcome_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_outcome")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_proposal_outcome_nomination_id")),
    )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _sqlite() -> list[str]:
    stays = [
        f"""CREATE TRIGGER proposal_outcome_no_{verb} BEFORE {verb.upper()} ON proposal_outcome
            BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END"""
        for verb in ("update", "delete")
    ]
    return stays + [
        f"""CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS ({both})
            BEGIN SELECT RAISE(ABORT, '{_SIDES}'); END"""
        for name, (table, both) in _BOTH_SIDES.items()
    ]


def _postgres() -> list[str]:
    statements = [
        f"""CREATE FUNCTION proposal_outcome_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{_STAYS}'; END $$""",
        """CREATE TRIGGER proposal_outcome_no_change BEFORE UPDATE OR DELETE ON proposal_outcome
           FOR EACH ROW EXECUTE FUNCTION proposal_outcome_stays()""",
    ]
    for name, (table, both) in _BOTH_SIDES.items():
        statements += [
            f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN IF EXISTS ({both}) THEN RAISE EXCEPTION '{_SIDES}'; END IF;
                RETURN NEW; END $$""",
            f"""CREATE TRIGGER {name} BEFORE INSERT ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}()""",
        ]
    return statements
