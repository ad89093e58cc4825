"""Keep the heights along recorded walks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the change: of walks kept before, nothing is known."""
    op.add_column("recorded_walk", sa.Column("heights_m", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("recorded_walk", "heights_m")
