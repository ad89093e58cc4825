"""Seal what recorded walks are called and where they run.

A name may tell who walked, a line may begin at somebody's door. The keys are those of the database
that is being changed: ``Sealed`` finds them by its engine.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from walktalk.sessions.store.sealing import Sealed

revision = "0007"
down_revision = "0003"

_OPEN: Mapping[str, sa.types.TypeEngine[Any]] = {
    "name": sa.String(length=60),
    "path_ids": sa.JSON(),
    "line": sa.JSON(),
}
_SEALED: Mapping[str, sa.types.TypeEngine[Any]] = {
    name: Sealed(f"recorded_walk.{name}") for name in _OPEN
}


def upgrade() -> None:
    """Make the change."""
    _rewrite(_OPEN, _SEALED, sa.LargeBinary())


def downgrade() -> None:
    """Take the change back."""
    _rewrite(_SEALED, _OPEN)


def _rewrite(
    before: Mapping[str, sa.types.TypeEngine[Any]],
    after: Mapping[str, sa.types.TypeEngine[Any]],
    kept_as: sa.types.TypeEngine[Any] | None = None,
) -> None:
    """Read every row as it was, make the columns anew, and write the same values into them."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(*_table(before).columns)).mappings().all()
    with op.batch_alter_table("recorded_walk") as table:
        for name in before:
            table.drop_column(name)
    with op.batch_alter_table("recorded_walk") as table:
        for name, kind in after.items():
            table.add_column(sa.Column(name, kept_as or kind, nullable=True))
    walk = _table(after)
    for row in rows:
        values = {name: row[name] for name in after}
        connection.execute(walk.update().where(walk.c.id == row["id"]).values(values))
    with op.batch_alter_table("recorded_walk") as table:
        for name, kind in after.items():
            table.alter_column(name, existing_type=kept_as or kind, nullable=False)


def _table(columns: Mapping[str, sa.types.TypeEngine[Any]]) -> sa.TableClause:
    return sa.table(
        "recorded_walk",
        sa.column("id", sa.Uuid()),
        *(sa.column(name, kind) for name, kind in columns.items()),
    )
