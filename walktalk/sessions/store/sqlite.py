"""The SQLite file: only SQLite opens it, and nobody replaces it while somebody has it open.

As soon as a process closes any descriptor of a file, POSIX takes away every lock that the process
holds on it (sqlite.org/howtocorrupt.html, section 2.2). Another program then takes itself for the
last one and removes the log that this process still writes to. So nothing here opens the file, its
log or its index beside SQLite. A lock file says who has it open; its locks (``flock``) belong to
the descriptor, not to the process.
"""

import fcntl
import os
import sqlite3
from io import FileIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event

from walktalk.sessions.store.errors import DatabaseError

COMPANIONS = ("-wal", "-shm")
"""What SQLite adds to the file's name for the files that it keeps beside it."""

_LOCK = "-lock"
_FILE_MODE = 0o600
_FOLDER_MODE = 0o700
_BUSY_TIMEOUT_MS = 30_000  # how long a writer waits for another before giving up
_WIPE_TIMEOUT_MS = 1_000  # an erasure waits no longer for readers before it goes on


class _HeldConnection(sqlite3.Connection):
    """A connection that holds a share of the lock file for as long as it is open."""

    def __init__(self, database: str, *, share: FileIO, **options: Any) -> None:
        self._share = share
        super().__init__(database, **options)

    def close(self) -> None:
        """Close the file first, then let go of the lock."""
        super().close()
        self._share.close()


class SqliteFile:
    """One file, made where it is missing, for its owner alone.

    Args:
        path: where it is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._identity: tuple[int, int] | None = None

    def connect(self) -> _HeldConnection:
        """Return a new connection, set up: waiting for others, foreign keys, zeroing of old data.

        Only the first one makes the file.

        Raises:
            DatabaseError: the folder cannot be used, or the file was replaced since.
            sqlite3.Error: SQLite cannot open the file.
        """
        share = _lock(self._path, fcntl.LOCK_SH)
        mode = "rwc" if self._identity is None else "rw"
        wanted = f"mode={mode}&modeof={quote(str(_lock_file(self._path)))}"  # its mode for ours
        try:
            connection = _HeldConnection(
                f"file:{quote(str(self._path))}?{wanted}",
                share=share,
                uri=True,
                isolation_level=None,  # transactions begin where we say, below
                check_same_thread=False,  # the pool hands a connection to one thread at a time
            )
        except sqlite3.Error:
            share.close()
            raise
        try:
            for pragma in (
                f"busy_timeout = {_BUSY_TIMEOUT_MS}",
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = ON",
                "secure_delete = ON",
            ):
                connection.execute(f"PRAGMA {pragma}").close()
            self.require_same()
        except (sqlite3.Error, DatabaseError):
            connection.close()
            raise
        return connection

    def require_same(self) -> None:
        """Let nothing be written into a file that has lost its name.

        Raises:
            DatabaseError: it was moved, removed or replaced since it was opened.
        """
        try:
            found = self._path.stat()
        except OSError:
            identity = None
        else:
            identity = (found.st_dev, found.st_ino)
        self._identity = self._identity or identity
        if identity != self._identity or identity is None:
            raise DatabaseError(
                f"{self._path} was moved or replaced while Walktalk was running: start it again."
            )


def sqlite_engine(url: URL) -> Engine:
    """Return an engine on the SQLite file that ``url`` names."""
    file = SqliteFile(Path(str(url.database)).resolve())
    engine = create_engine(url, creator=file.connect, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        file.require_same()
        # A transaction that reads first and writes later fails at once when another wrote in
        # between; so one that may write takes its turn from the start.
        options = connection.get_execution_options()
        connection.exec_driver_sql(options.get("sqlite_begin", "BEGIN IMMEDIATE"))

    return engine


def empty_log(engine: Engine) -> None:
    """Empty the write-ahead log; freed pages in the database file itself are zeroed.

    Where somebody is reading at that moment, SQLite empties it a little later by itself.
    """
    raw = engine.raw_connection()
    try:
        for pragma in (
            f"busy_timeout = {_WIPE_TIMEOUT_MS}",
            "wal_checkpoint(TRUNCATE)",
            f"busy_timeout = {_BUSY_TIMEOUT_MS}",
        ):
            raw.cursor().execute(f"PRAGMA {pragma}").close()
    finally:
        raw.close()


def set_aside(path: Path, aside: Path) -> None:
    """Give the file and its companions another name, once nobody has it open.

    Raises:
        DatabaseError: somebody has.
    """
    with _lock(path, fcntl.LOCK_EX | fcntl.LOCK_NB):
        for companion in COMPANIONS:
            beside = path.with_name(path.name + companion)
            if beside.exists():
                beside.rename(aside.with_name(aside.name + companion))
        path.rename(aside)


def _lock(path: Path, how: int) -> FileIO:
    """Return the lock file, locked until it is closed."""
    try:
        path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        held = FileIO(
            str(_lock_file(path)), "a", opener=lambda name, flags: os.open(name, flags, _FILE_MODE)
        )
    except OSError as error:
        raise DatabaseError(f"{path} cannot be written to: {error.strerror}") from error
    try:
        fcntl.flock(held, how)
    except BlockingIOError as error:
        held.close()
        raise DatabaseError(f"{path} is in use: stop Walktalk first.") from error
    return held


def _lock_file(path: Path) -> Path:
    return path.with_name(path.name + _LOCK)
