"""Opening the database: SQLite in the home folder, or PostgreSQL; always at the newest schema."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session, sessionmaker

from walktalk.sessions.store.errors import DatabaseError, SessionsError
from walktalk.sessions.store.keys import load_keyring, make_home, make_secret
from walktalk.sessions.store.sealing import attach
from walktalk.sessions.store.sqlite import sqlite_engine
from walktalk.settings import Settings

SQLITE_FILE = "walktalk.db"
_MIGRATION_LOCK = 0x77616C6B  # any number that no other program on the server uses ("walk")
_ENGINE_LOG = "sqlalchemy.engine.Engine"

_HOMES: WeakKeyDictionary[Dialect, Path] = WeakKeyDictionary()
"""Which home folder belongs to which database: each engine has a dialect object of its own."""


def open_database(settings: Settings) -> Engine:
    """Return the database, made where it is missing and brought to the newest schema.

    Safe when several processes start at once: one of them makes the changes, the others wait.

    Raises:
        DatabaseError: ``WALKTALK_DATABASE_URL`` names no SQLite or PostgreSQL database, or it
            cannot be reached, is broken, or belongs to a newer Walktalk.
        SecretError: the secret key of a database that is there already is gone, or it is too short
            or too easily guessed.
        HomeError: the home folder cannot be used.
    """
    from walktalk.sessions.store.schema_steps import is_in_use, migrate

    engine = connect(database_url(settings))
    try:
        if not is_in_use(engine):  # first: who makes the schema has made the secret before
            make_secret(settings)
        attach(engine, load_keyring(settings))
        _HOMES[engine.dialect] = settings.home.resolve()
        migrate(engine)
    except DBAPIError as error:
        engine.dispose()
        raise DatabaseError(f"The database cannot be opened: {error.orig}") from error
    except SessionsError:
        engine.dispose()
        raise
    return engine


@contextmanager
def use_database(settings: Settings) -> Iterator[sessionmaker[Session]]:
    """Open the database for one piece of work, and close it afterwards.

    Yields:
        The maker of database sessions, as ``session_factory`` gives it.

    Raises:
        SessionsError: as ``open_database``.
    """
    engine = open_database(settings)
    try:
        yield session_factory(engine)
    finally:
        engine.dispose()


def is_made(settings: Settings) -> bool:
    """Whether there is a database already: to look into one, nobody has to wait for a new one."""
    return bool(settings.database_url) or (settings.home / SQLITE_FILE).exists()


def session_factory(engine: Engine, *, read_only: bool = False) -> sessionmaker[Session]:
    """Return the maker of database sessions: ``with factory.begin() as db`` is one transaction.

    Args:
        engine: from ``open_database``.
        read_only: for pages that only look: they never wait for a writer.
    """
    if read_only:
        engine = engine.execution_options(sqlite_begin="BEGIN", postgresql_readonly=True)
    return sessionmaker(engine, expire_on_commit=False)


def database_url(settings: Settings) -> URL:
    """Return where the database is.

    Raises:
        DatabaseError: ``WALKTALK_DATABASE_URL`` names neither SQLite nor PostgreSQL.
    """
    if not settings.database_url:
        return URL.create("sqlite", database=str(make_home(settings).resolve() / SQLITE_FILE))
    accepted = (
        "WALKTALK_DATABASE_URL: give postgresql://USER:PASSWORD@HOST/NAME or sqlite:///FILE, or "
        "leave it out"
    )
    try:
        url = make_url(settings.database_url)
    except ArgumentError as error:
        raise DatabaseError(accepted) from error
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise DatabaseError(accepted)


def connect(url: URL) -> Engine:
    """Return an engine for ``url`` as it is, without touching the schema.

    Values never show in its errors or log lines, at whatever level it logs.

    Raises:
        DatabaseError: PostgreSQL's driver is not installed.
    """
    logging.getLogger(_ENGINE_LOG).addFilter(_without_rows)
    if url.get_backend_name() == "sqlite":
        return sqlite_engine(url)
    try:
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise DatabaseError(
            "PostgreSQL needs its driver: install Walktalk with walktalk[postgresql]"
        ) from error


@contextmanager
def locked(engine: Engine) -> Iterator[Connection]:
    """Hold the whole database alone for one transaction that changes its schema."""
    with engine.begin() as connection:  # SQLite: BEGIN IMMEDIATE, so a second process waits here
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _MIGRATION_LOCK})
        yield connection


def home_of(db: Session) -> Path:
    """Return the home folder that belongs to the database."""
    return _HOMES[db.get_bind().dialect]


def prove_writable(db: Session) -> None:
    """Write something that changes nothing; the transaction's end shows whether it was kept."""
    db.execute(text("UPDATE alembic_version SET version_num = version_num"))


def damage(connection: Connection) -> str:
    """Return what SQLite finds broken in its file; ``""`` where nothing is.

    PostgreSQL has its own ``pg_amcheck`` for that, and is not looked at.
    """
    if connection.dialect.name != "sqlite":
        return ""
    try:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    except DBAPIError as error:
        return str(error.orig)
    return "" if found == "ok" else str(found)


def _without_rows(record: logging.LogRecord) -> bool:
    """Let no row that was read, opened by then, into a log: they come at debug level."""
    return record.levelno > logging.DEBUG
