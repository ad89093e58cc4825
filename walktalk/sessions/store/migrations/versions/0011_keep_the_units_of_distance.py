"""Keep in which units a counsellor wants distances said: metric, as for everybody so far.

Not in a batch, for the reason that the step before this one gives.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the change."""
    op.add_column(
        "account",
        sa.Column("distances", sa.String(length=10), nullable=False, server_default="metric"),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("account", "distances")
