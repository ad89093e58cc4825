"""Backups: one file that holds the database, the secret key and the imported parks.

A backup is a zip file. Whoever holds one can read everything in it, so it is written for its owner
alone and wants to be kept as safe as the diary itself. A secret that is set by
``WALKTALK_SECRET_KEY`` is not in it: that one is for its owner to keep.
"""

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, func, insert, select

from walktalk.sessions.store.database import SQLITE_FILE, current_revision, open_database
from walktalk.sessions.store.erasures import known_erasures
from walktalk.sessions.store.errors import BackupError, DatabaseError
from walktalk.sessions.store.keys import SECRET_FILE, derive, kept_secrets, load_keyring, make_home
from walktalk.sessions.store.models import (
    BINNED,
    Account,
    Erasure,
    PlannedSession,
)
from walktalk.sessions.store.snapshot import put_back, write_rows
from walktalk.sessions.store.sqlite import set_aside
from walktalk.settings import Settings

_FORM = 1
_MANIFEST, _ROWS, _PARKS = "backup.json", "rows.jsonl", "parks"
_PARK_FILES = "*.geojson"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds: sessions, imported parks, and whether the secret is in it."""

    sessions: int
    parks: int
    has_secret: bool


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was put back.

    Attributes:
        sessions: how many there are now.
        erased_again: how many sessions, photographs and recorded walks had been erased since the
            backup was made, and were again.
        parks: how many imported parks were written.
        set_aside: where an unreadable database was moved to, or ``None``.
    """

    sessions: int
    erased_again: int
    parks: int
    set_aside: Path | None = None


def backup(settings: Settings, file: Path, *, now: datetime | None = None) -> BackupReport:
    """Write everything that is kept into ``file``, as it stands at one moment.

    The file appears whole or not at all; an earlier one of the same name is replaced.

    Raises:
        BackupError: the file cannot be written.
    """
    engine = open_database(settings)
    keyring = load_keyring(settings)
    secrets = kept_secrets(settings)
    parks = sorted(settings.imported_parks.glob(_PARK_FILES))
    try:
        with (
            _whole_or_not_at_all(file) as target,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
            _reading(engine) as connection,
        ):
            manifest = {
                "form": _FORM,
                "made_at": (now or datetime.now(UTC)).isoformat(),
                "revision": current_revision(connection),
                "keys": [key.id for key in keyring.keys],
            }
            archive.writestr(_MANIFEST, json.dumps(manifest))
            with archive.open(_ROWS, "w") as rows:
                for line in write_rows(connection):
                    rows.write(f"{line}\n".encode())
            if secrets:
                archive.writestr(SECRET_FILE, "\n".join(secrets) + "\n")
            for park in parks:
                archive.write(park, f"{_PARKS}/{park.name}")
            sessions = _count(connection)
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror or error}") from error
    finally:
        engine.dispose()
    return BackupReport(sessions, len(parks), bool(secrets))


def restore(settings: Settings, file: Path, *, force: bool = False) -> RestoreReport:
    """Put a backup back; what was erased since it was made is erased again.

    The database changes in one transaction. Imported parks of the same name are replaced, others
    stay. Secrets in use until now go on opening what they sealed.

    Args:
        settings: where to.
        file: from ``backup``.
        force: replace what is already there.

    Raises:
        BackupError: there is data already and ``force`` is not given; or the file is no backup, is
            broken, was made by a newer Walktalk, or needs a secret key that is not here.
    """
    archive = _open(file)
    with archive:
        manifest, lines, secrets, parks = _read(archive, file)
    _require_keys(settings, manifest, secrets)
    engine, set_aside = _open_target(settings, force=force)
    try:
        with engine.connect() as connection:
            if not force:
                _require_empty(settings, connection)
            erased = known_erasures(connection, settings.home)
        _keep_secrets(settings, secrets)
        again: list[int] = []
        put_back(
            engine,
            manifest["revision"],
            lines,
            lambda connection: again.append(_erase_again(connection, erased)),
        )
        _write_parks(settings, parks)
        with engine.connect() as connection:
            return RestoreReport(_count(connection), again[0], len(parks), set_aside)
    finally:
        engine.dispose()


def _open(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror or error}") from error
    except zipfile.BadZipFile as error:
        raise BackupError(f"{file} is no backup, or was cut short.") from error


def _read(
    archive: zipfile.ZipFile, file: Path
) -> tuple[dict[str, Any], list[str], list[str], dict[str, bytes]]:
    """Read manifest, rows, secrets and parks, each checked against its checksum."""
    try:
        manifest = json.loads(archive.read(_MANIFEST))
        if manifest["form"] != _FORM:
            raise BackupError("This backup was made by a newer Walktalk: restore it with that one.")
        names = archive.namelist()
        lines = archive.read(_ROWS).decode().splitlines()
        secrets = archive.read(SECRET_FILE).decode().splitlines() if SECRET_FILE in names else []
        parks = {
            PurePosixPath(name).name: archive.read(name)
            for name in names
            if PurePosixPath(name).match(f"{_PARKS}/{_PARK_FILES}")
        }
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise BackupError(f"{file} is no backup of Walktalk's, or is broken.") from error
    return manifest, lines, secrets, parks


def _require_keys(settings: Settings, manifest: dict[str, Any], secrets: list[str]) -> None:
    here = [*settings.secret_key.splitlines(), *secrets, *kept_secrets(settings)]
    known = {derive(secret.strip()).id for secret in here if secret.strip()}
    if not set(manifest["keys"]) <= known:
        raise BackupError(
            "This backup was made with a WALKTALK_SECRET_KEY that is not in it: set the same one, "
            "then restore."
        )


def _open_target(settings: Settings, *, force: bool) -> tuple[Engine, Path | None]:
    """Open the database to restore into; forced, an unreadable SQLite file is set aside."""
    try:
        return open_database(settings), None
    except DatabaseError:
        broken = make_home(settings) / SQLITE_FILE
        if not force or settings.database_url or not broken.exists():
            raise
        aside = broken.with_suffix(f".broken-{datetime.now(UTC):%Y%m%dT%H%M%S}")
        set_aside(broken, aside)
        return open_database(settings), aside


def _require_empty(settings: Settings, connection: Connection) -> None:
    accounts = connection.scalar(
        select(func.count()).select_from(Account).where(Account.password_hash.is_not(None))
    )
    here = {
        "sessions": _count(connection),
        "accounts": accounts or 0,
        "imported parks": len(list(settings.imported_parks.glob(_PARK_FILES))),
    }
    found = [f"{number} {what}" for what, number in here.items() if number]
    if found:
        raise BackupError(
            f"There is data here already ({', '.join(found)}): restore with --force to replace it."
        )


def _keep_secrets(settings: Settings, secrets: list[str]) -> None:
    """Put the backup's secrets first and keep those that are here, for what they sealed."""
    kept = list(dict.fromkeys([*secrets, *kept_secrets(settings)]))
    if kept:
        with _whole_or_not_at_all(make_home(settings) / SECRET_FILE) as target:
            target.write("".join(f"{secret}\n" for secret in kept).encode())


def _erase_again(connection: Connection, erased: dict[UUID, datetime]) -> int:
    """Erase what the place of until now, or the backup itself, says was erased."""
    known = set(connection.scalars(select(Erasure.erased_id)))
    for erased_id, erased_at in erased.items():
        if erased_id not in known:
            connection.execute(insert(Erasure).values(erased_id=erased_id, erased_at=erased_at))
    again = 0
    for table in BINNED:
        back_again = table.id.in_(select(Erasure.erased_id))
        gone = connection.execute(delete(table).where(back_again).returning(table.id))
        again += len(gone.all())
    return again


def _write_parks(settings: Settings, parks: dict[str, bytes]) -> None:
    if parks:
        settings.imported_parks.mkdir(parents=True, exist_ok=True)
    for name, content in parks.items():
        with _whole_or_not_at_all(settings.imported_parks / name) as target:
            target.write(content)


def _count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(PlannedSession)) or 0


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    """Look at the database as it stands at one moment, while others go on writing."""
    options: dict[str, Any] = {"sqlite_begin": "BEGIN"}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def _whole_or_not_at_all(file: Path) -> Iterator[BinaryIO]:
    """Write a file for its owner alone that takes its place only when it is complete."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(handle, "wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
