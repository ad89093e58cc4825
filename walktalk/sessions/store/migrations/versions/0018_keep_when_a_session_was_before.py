"""Keep when a session was before it was moved, to tell it to whoever opens its link after that.

Not in a batch, for the reason that step 0010 gives.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the change."""
    op.add_column(
        "planned_session", sa.Column("moved_from", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("planned_session", "moved_from")
