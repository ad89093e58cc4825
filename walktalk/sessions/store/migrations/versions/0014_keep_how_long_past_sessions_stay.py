"""Keep for how many days past sessions stay, and find what an account has in its bin by an index.

Not in a batch, for the reason that step 0010 gives.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_INDEXES = (
    ("planned_session", "account_id"),
    ("recorded_walk", "deleted_at"),
    ("photograph", "deleted_at"),
)


def upgrade() -> None:
    """Make the change."""
    op.add_column("account", sa.Column("keep_past_days", sa.Integer(), nullable=True))
    for table, column in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    """Take the change back."""
    for table, column in _INDEXES:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    op.drop_column("account", "keep_past_days")
