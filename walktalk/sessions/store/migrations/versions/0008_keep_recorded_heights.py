"""Keep the heights along recorded walks, sealed: a row of them may tell where a walk runs."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the change: of walks kept before, nothing is known."""
    op.add_column("recorded_walk", sa.Column("heights_m", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("recorded_walk", "heights_m")
