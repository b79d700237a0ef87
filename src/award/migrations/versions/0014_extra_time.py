"""An extension may be the extra time of the formal check, for some sections only."""

import sqlalchemy as sa
from alembic import op

from award.kit.models import Json

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("extension", sa.Column("sections", Json, nullable=True))


def downgrade() -> None:
    op.drop_column("extension", "sections")
