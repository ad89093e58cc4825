"""Keep what the counsellor says on every page that a link opens."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("standing_words", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("account") as table:
        table.drop_column("standing_words")
