"""What the database itself refuses: a changed log, and a person on both sides of the table."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_LOG = "the audit log is append-only"
_SIDES = "a person cannot both nominate and judge in one edition"

# Who would stand on both sides, for each kind of row that can bring it about.
_BOTH_SIDES = {
    "seat": """SELECT 1 FROM membership m JOIN nomination n ON n.network_id = m.network_id
               WHERE m.account_id = NEW.account_id AND n.edition_id = NEW.edition_id""",
    "nomination": """SELECT 1 FROM membership m JOIN seat s ON s.account_id = m.account_id
                     WHERE m.network_id = NEW.network_id AND s.edition_id = NEW.edition_id""",
    "membership": """SELECT 1 FROM seat s JOIN nomination n ON n.edition_id = s.edition_id
                     WHERE s.account_id = NEW.account_id AND n.network_id = NEW.network_id""",
}


def upgrade() -> None:
    for statement in _sqlite() if _is_sqlite() else _postgres():
        op.execute(statement)


def downgrade() -> None:
    if _is_sqlite():
        for name in ("no_update", "no_delete"):
            op.execute(f"DROP TRIGGER audit_entry_{name}")
        for table in _BOTH_SIDES:
            op.execute(f"DROP TRIGGER {table}_one_side")
        return
    op.execute("DROP TRIGGER audit_entry_no_change ON audit_entry")
    op.execute("DROP TRIGGER audit_entry_no_truncate ON audit_entry")
    op.execute("DROP FUNCTION audit_entry_append_only()")
    for table in _BOTH_SIDES:
        op.execute(f"DROP TRIGGER {table}_one_side ON {table}")
        op.execute(f"DROP FUNCTION {table}_one_side()")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _sqlite() -> list[str]:
    log = [
        f"""CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb.upper()} ON audit_entry
            BEGIN SELECT RAISE(ABORT, '{_LOG}'); END"""
        for verb in ("update", "delete")
    ]
    return log + [
        f"""CREATE TRIGGER {table}_one_side BEFORE INSERT ON {table} WHEN EXISTS ({both})
            BEGIN SELECT RAISE(ABORT, '{_SIDES}'); END"""
        for table, both in _BOTH_SIDES.items()
    ]


def _postgres() -> list[str]:
    statements = [
        f"""CREATE FUNCTION audit_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{_LOG}'; END $$""",
        """CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
           FOR EACH ROW EXECUTE FUNCTION audit_entry_append_only()""",
        """CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
           FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_append_only()""",
    ]
    for table, both in _BOTH_SIDES.items():
        statements += [
            f"""CREATE FUNCTION {table}_one_side() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN IF EXISTS ({both}) THEN RAISE EXCEPTION '{_SIDES}'; END IF;
                RETURN NEW; END $$""",
            f"""CREATE TRIGGER {table}_one_side BEFORE INSERT ON {table}
                FOR EACH ROW EXECUTE FUNCTION {table}_one_side()""",
        ]
    return statements
