"""Keep the walks that a counsellor recorded."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "recorded_walk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("path_ids", sa.JSON(), nullable=False),
        sa.Column("line", sa.JSON(), nullable=False),
        sa.Column("length_m", sa.Double(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("median_m", sa.Double(), nullable=False),
        sa.Column("p95_m", sa.Double(), nullable=False),
        sa.Column("lowest_m", sa.Double(), nullable=True),
        sa.Column("highest_m", sa.Double(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_recorded_walk_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorded_walk")),
    )
    with op.batch_alter_table("recorded_walk") as table:
        table.create_index(table.f("ix_recorded_walk_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("recorded_walk")
