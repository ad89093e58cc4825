"""The steps of the schema: which the database stands at, and the way to the newest.

Apart from the database, because Alembic takes long to load and only a step needs it.
"""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from walktalk.sessions.store.database import locked
from walktalk.sessions.store.errors import DatabaseError


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version, in one transaction.

    One that is there already is only looked at, so that nobody who writes has to wait.
    """
    with engine.connect().execution_options(sqlite_begin="BEGIN") as connection:
        if current_revision(connection) == newest_revision():
            return
    with locked(engine) as connection:
        try:
            command.upgrade(alembic_config(connection), "head")
        except CommandError as error:
            raise DatabaseError(
                "The database belongs to a newer Walktalk: use that one."
            ) from error


def current_revision(connection: Connection) -> str | None:
    """Return the step of the schema that the database stands at; ``None`` for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def is_in_use(engine: Engine) -> bool:
    """Return whether the database holds a schema already."""
    with engine.connect().execution_options(sqlite_begin="BEGIN") as connection:
        return current_revision(connection) is not None


@cache
def newest_revision() -> str:
    """Return the newest step of the schema that this Walktalk knows."""
    return str(ScriptDirectory.from_config(alembic_config()).get_current_head())


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, from the files that come with the package."""
    config = Config()
    config.set_main_option("script_location", "walktalk.sessions.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
