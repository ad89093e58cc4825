"""Keep what the counsellor says on every page that a link opens.

Not in a batch: on SQLite the step back would make the table of accounts again, and the old one
would take all that belongs to an account with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the change."""
    op.add_column("account", sa.Column("standing_words", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("account", "standing_words")
