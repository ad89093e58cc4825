"""Cut the land of kept sessions to their walks' surroundings, as it is kept from now on.

A copy that cannot be opened, because its secret is lost or it is broken, stays as it is.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from walktalk.routes import Walk
from walktalk.sessions.store.errors import DatabaseError, SecretError
from walktalk.sessions.store.frozen import freeze, freeze_whole, thaw
from walktalk.sessions.store.sealing import Sealed

revision = "0013"
down_revision = "0012"

_SESSION = sa.table(
    "planned_session",
    sa.column("id", sa.Uuid()),
    sa.column("frozen", Sealed("planned_session.frozen")),
)


def upgrade() -> None:
    """Make the change."""
    _rewrite(freeze)


def downgrade() -> None:
    """Take the change back: a copy of an older form, with the land that was kept."""
    _rewrite(freeze_whole)


def _rewrite(keep: Callable[[Walk], dict[str, Any]]) -> None:
    """Write every copy anew, one after the other."""
    connection = op.get_bind()
    for session_id in connection.scalars(sa.select(_SESSION.c.id)).all():
        mine = _SESSION.c.id == session_id
        try:
            kept = keep(
                thaw(connection.execute(sa.select(_SESSION.c.frozen).where(mine)).scalar_one())
            )
        except (DatabaseError, SecretError, LookupError, ValueError):
            continue
        connection.execute(_SESSION.update().where(mine).values(frozen=kept))
