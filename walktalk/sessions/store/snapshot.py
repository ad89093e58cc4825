"""The database's rows as lines of JSON, the same for SQLite and PostgreSQL.

What is sealed stays sealed: no key is needed to write or read a snapshot. A snapshot can be put
back into either kind of database, whichever it came from.
"""

import base64
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    Uuid,
    inspect,
)
from sqlalchemy.exc import StatementError

from walktalk.sessions.store.database import locked
from walktalk.sessions.store.errors import BackupError
from walktalk.sessions.store.models import Base
from walktalk.sessions.store.schema_steps import alembic_config

_VERSION_TABLE = "alembic_version"
_OF_THE_MOMENT = frozenset({"setup_link", "sign_in", "land_job"})
"""What is over by the time that a snapshot is put back: used links, ended sign-ins, and work."""


def write_rows(connection: Connection) -> Iterator[str]:
    """Give every row that is to last as a line of JSON, tables before those that point to them."""
    lasting = Base.metadata.tables.keys() - _OF_THE_MOMENT
    for table in _as_they_are(connection, lasting).sorted_tables:
        for row in connection.execute(table.select()).mappings():
            values = {name: _to_plain(value) for name, value in row.items()}
            yield json.dumps({"table": table.name, "row": values})


def put_back(
    engine: Engine,
    revision: str,
    lines: Iterable[str],
    afterwards: Callable[[Connection], None],
) -> None:
    """Replace everything in the database by a snapshot, in one transaction.

    Args:
        engine: the database.
        revision: the step of the schema that the snapshot was taken at; it is brought from there
            to the newest.
        lines: from ``write_rows``.
        afterwards: what else to change before anybody sees the restored rows.

    Raises:
        BackupError: the snapshot is of a newer Walktalk, or broken; nothing is changed.
    """
    steps = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    if revision not in {step.revision for step in steps}:
        raise BackupError("This backup was made by a newer Walktalk: restore it with that one.")
    with locked(engine) as connection:
        config = alembic_config(connection)
        if inspect(connection).has_table(_VERSION_TABLE):
            _empty(connection)  # first: what a lost secret sealed cannot be taken a step back
            command.downgrade(config, "base")
        command.upgrade(config, revision)
        try:
            _insert(connection, [json.loads(line) for line in lines])
        except (KeyError, TypeError, ValueError, StatementError) as error:
            raise BackupError("This backup is broken: its rows cannot be read.") from error
        command.upgrade(config, "head")
        afterwards(connection)


def _empty(connection: Connection) -> None:
    for table in reversed(_as_they_are(connection, Base.metadata.tables).sorted_tables):
        connection.execute(table.delete())


def _insert(connection: Connection, entries: list[dict[str, Any]]) -> None:
    tables = _as_they_are(connection, {entry["table"] for entry in entries}).tables
    for name, of_table in groupby(entries, itemgetter("table")):
        table = tables[name]
        rows = [_to_row(entry["row"], table, connection.dialect.name) for entry in of_table]
        connection.execute(table.insert(), rows)


def _as_they_are(connection: Connection, names: Collection[str]) -> MetaData:
    """Return the named tables as the database has them, at whatever step of the schema."""
    tables = MetaData()
    tables.reflect(connection, only=lambda name, _: name in names)
    return tables


def _to_plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):  # SQLite's are in UTC without saying so
        return (value.replace(tzinfo=value.tzinfo or UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _to_row(plain: dict[str, Any], table: Table, dialect: str) -> dict[str, Any]:
    return {name: _to_value(value, table.columns[name], dialect) for name, value in plain.items()}


def _to_value(plain: Any, column: Column[Any], dialect: str) -> Any:
    if plain is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(plain, validate=True)
    if isinstance(column.type, Uuid):
        return UUID(plain)
    if isinstance(column.type, DateTime):
        moment = datetime.fromisoformat(plain)
        return moment.replace(tzinfo=None) if dialect == "sqlite" else moment
    if isinstance(column.type, Date):
        return date.fromisoformat(plain)
    return plain
