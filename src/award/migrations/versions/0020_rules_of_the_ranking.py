"""The rules of a ranking are written down when judging opens, and changed by two persons only."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
_STAYS = "the rules of a ranking stay as they were fixed"
_ENDED = "an amendment is confirmed or dropped once, as it was proposed"
_SAID = (
    *("id", "edition_id", "round_id", "before", "after", "opened", "reason", "sha256"),
    *("proposed_by", "proposed_at"),
)


def upgrade() -> None:
    _create_amendment()
    _create_rules()
    for statement in _sqlite() if _is_sqlite() else _postgres():
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("ranking_rules")
    op.drop_table("rules_amendment")
    if not _is_sqlite():
        op.execute("DROP FUNCTION ranking_rules_stay()")
        op.execute("DROP FUNCTION rules_amendment_stays()")


def _create_amendment() -> None:
    op.create_table(
        "rules_amendment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("edition_id", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.Column("opened", JSON, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.String(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "confirmed_by <> proposed_by", name=op.f("ck_rules_amendment_two_persons")
        ),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR dropped_at IS NULL", name=op.f("ck_rules_amendment_one_end")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_rules_amendment_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_rules_amendment_round_id")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["account.id"], name=op.f(f"fk_rules_amendment_{column}")
            )
            for column in ("proposed_by", "confirmed_by", "dropped_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules_amendment")),
    )
    op.create_index(op.f("ix_rules_amendment_edition_id"), "rules_amendment", ["edition_id"])
    waits = sa.text("confirmed_at IS NULL AND dropped_at IS NULL")
    op.create_index(
        "uq_rules_amendment_one_at_a_time",
        "rules_amendment",
        ["edition_id"],
        unique=True,
        sqlite_where=waits,
        postgresql_where=waits,
    )


def _create_rules() -> None:
    op.create_table(
        "ranking_rules",
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rules", JSON, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("amendment_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["rules_amendment.id"], name=op.f("fk_ranking_rules_amendment_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_ranking_rules_round_id")),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_ranking_rules")),
    )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _refused(differs: str) -> str:
    """The condition under which a change is refused: what was said changes, or it has ended."""
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in _SAID)
    return f"OLD.confirmed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL OR {changed}"


def _sqlite() -> list[str]:
    return [
        *(
            f"""CREATE TRIGGER ranking_rules_no_{verb} BEFORE {verb.upper()} ON ranking_rules
                BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END"""
            for verb in ("update", "delete")
        ),
        f"""CREATE TRIGGER rules_amendment_no_delete BEFORE DELETE ON rules_amendment
            BEGIN SELECT RAISE(ABORT, '{_ENDED}'); END""",
        f"""CREATE TRIGGER rules_amendment_ends_once BEFORE UPDATE ON rules_amendment
            WHEN {_refused("IS NOT")} BEGIN SELECT RAISE(ABORT, '{_ENDED}'); END""",
    ]


def _postgres() -> list[str]:
    return [
        f"""CREATE FUNCTION ranking_rules_stay() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{_STAYS}'; END $$""",
        """CREATE TRIGGER ranking_rules_no_change BEFORE UPDATE OR DELETE ON ranking_rules
           FOR EACH ROW EXECUTE FUNCTION ranking_rules_stay()""",
        f"""CREATE FUNCTION rules_amendment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{_ENDED}'; END $$""",
        """CREATE TRIGGER rules_amendment_no_delete BEFORE DELETE ON rules_amendment
           FOR EACH ROW EXECUTE FUNCTION rules_amendment_stays()""",
        f"""CREATE TRIGGER rules_amendment_ends_once BEFORE UPDATE ON rules_amendment
            FOR EACH ROW WHEN ({_refused("IS DISTINCT FROM")})
            EXECUTE FUNCTION rules_amendment_stays()""",
    ]
