"""Whoever proposed a network may withdraw it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_CHECK = "ck_proposal_outcome_kind"
_BEFORE = "kind IN ('accepted', 'declined', 'lapsed')"
_NOW = "kind IN ('accepted', 'declined', 'lapsed', 'withdrawn')"
_COLUMNS = ("proposal_id", "kind", "nomination_id", "words", "by", "at")
_OUTCOME = sa.table("proposal_outcome", *[sa.column(name) for name in _COLUMNS])
_STAYS = "what became of a proposal stays"
_SEAT = """CREATE TRIGGER seat_no_proposer BEFORE INSERT ON seat WHEN EXISTS (
    SELECT 1 FROM proposal p LEFT JOIN proposal_outcome o ON o.proposal_id = p.id
    WHERE p.proposed_by = NEW.account_id AND p.edition_id = NEW.edition_id
    AND (o.kind IS NULL OR o.kind = 'accepted'))
    BEGIN SELECT RAISE(ABORT, 'a person cannot both propose and judge in one edition'); END"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(_NOW)
    else:
        op.drop_constraint(op.f(_CHECK), "proposal_outcome", type_="check")
        op.create_check_constraint(op.f(_CHECK), "proposal_outcome", _NOW)


def downgrade() -> None:
    """What was withdrawn becomes what was not answered."""
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(_BEFORE)
        return
    op.drop_constraint(op.f(_CHECK), "proposal_outcome", type_="check")
    op.execute("ALTER TABLE proposal_outcome DISABLE TRIGGER proposal_outcome_no_change")
    withdrawn = _OUTCOME.c.kind == "withdrawn"
    op.execute(_OUTCOME.update().where(withdrawn).values(kind="lapsed"))
    op.execute("ALTER TABLE proposal_outcome ENABLE TRIGGER proposal_outcome_no_change")
    op.create_check_constraint(op.f(_CHECK), "proposal_outcome", _BEFORE)


def _make_anew(check: str) -> None:
    """SQLite changes no constraint: the rows move to a new table, and the triggers are made again.

    The seat's trigger reads the table, and would keep the new one from getting its name.
    """
    op.execute("DROP TRIGGER seat_no_proposer")
    anew = op.create_table(
        "proposal_outcome_anew",
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("nomination_id", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(check, name=op.f(_CHECK)),
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
    kept = sa.select(*_OUTCOME.c)
    if check == _BEFORE:
        kind = sa.case((_OUTCOME.c.kind == "withdrawn", "lapsed"), else_=_OUTCOME.c.kind)
        kept = sa.select(*[kind if one.name == "kind" else one for one in _OUTCOME.c])
    op.execute(anew.insert().from_select(_COLUMNS, kept))
    op.drop_table("proposal_outcome")
    op.rename_table("proposal_outcome_anew", "proposal_outcome")
    for verb in ("update", "delete"):
        op.execute(
            f"""CREATE TRIGGER proposal_outcome_no_{verb} BEFORE {verb.upper()}
                ON proposal_outcome BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END"""
        )
    op.execute(_SEAT)
