"""How Alembic runs: over the connection that ``walktalk.sessions.store.database`` hands it."""

from typing import Any, Literal

from alembic import context

from walktalk.sessions.store.models import Base
from walktalk.sessions.store.moment import Moment
from walktalk.sessions.store.sealing import Sealed


def _render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types into a new step as the plain types they are kept as."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Sealed):
        return "sa.LargeBinary()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render_item,
)
with context.begin_transaction():
    context.run_migrations()
