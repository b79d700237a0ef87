"""Forms that are sent without an account are counted as failed sign-ins are.

What was counted before is forgotten: it would have been over within a quarter of an hour.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("sign_in_failure")
    _create("attempt", sa.Column("kind", sa.String(), nullable=False))


def downgrade() -> None:
    op.drop_table("attempt")
    is_token: sa.Column[bool] = sa.Column(
        "is_token", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    _create("sign_in_failure", is_token)


def _create(name: str, what: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("email_hash", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        what,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for columns in (["email_hash", "at"], ["address", "at"], ["at"]):
        op.create_index(f"ix_{name}_{'_'.join(columns)}", name, columns)
