"""Keep with a photograph of the ground the answer that it belongs to.

Not in a batch, for the reason that step 0010 gives.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Make the change."""
    op.add_column("photograph", sa.Column("answer", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_photograph_answer"), "photograph", ["answer"], unique=True)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index(op.f("ix_photograph_answer"), "photograph")
    op.drop_column("photograph", "answer")
