"""Keep whether a counsellor wants a street map behind walks.

Not in a batch: on SQLite that would make the table of accounts again, and the old one would take
all that belongs to an account with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the change."""
    op.add_column(
        "account", sa.Column("street_map", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("account", "street_map")
