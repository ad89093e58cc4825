"""Keep photographs of meeting places and first turns, and which session's page shows which."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the change."""
    op.execute("ALTER TABLE erasure RENAME COLUMN session_id TO erased_id")
    op.create_table(
        "photograph",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.String(length=200), nullable=False),
        sa.Column("place_name", sa.String(length=200), nullable=False),
        sa.Column("shows", sa.String(length=20), nullable=False),
        sa.Column("spot", sa.LargeBinary(), nullable=False),
        sa.Column("description", sa.LargeBinary(), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_photograph_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photograph")),
    )
    with op.batch_alter_table("photograph") as table:
        table.create_index(table.f("ix_photograph_account_id"), ["account_id"], unique=False)
    op.create_table(
        "shown_photograph",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("shows", sa.String(length=20), nullable=False),
        sa.Column("photograph_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photograph_id"],
            ["photograph.id"],
            name=op.f("fk_shown_photograph_photograph_id_photograph"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["planned_session.id"],
            name=op.f("fk_shown_photograph_session_id_planned_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "shows", name=op.f("pk_shown_photograph")),
    )
    with op.batch_alter_table("shown_photograph") as table:
        table.create_index(
            table.f("ix_shown_photograph_photograph_id"), ["photograph_id"], unique=False
        )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("shown_photograph")
    op.drop_table("photograph")
    op.execute("ALTER TABLE erasure RENAME COLUMN erased_id TO session_id")
