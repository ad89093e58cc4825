"""Backups: one file that holds the database, the secret key and the imported parks.

A backup is a zip file. Whoever holds one can read everything in it, so it is written for its owner
alone and wants to be kept as safe as the diary itself. A secret that is set by
``WALKTALK_SECRET_KEY`` is not in it: that one is for its owner to keep.
"""

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from walktalk.files import OWNER_ALONE, whole_file, write_whole
from walktalk.sessions.store.database import SQLITE_FILE, damage, open_database
from walktalk.sessions.store.erasures import ERASED_FILE, known_erasures, revocation_id
from walktalk.sessions.store.errors import BackupError, DatabaseError, SecretError
from walktalk.sessions.store.keys import SECRET_FILE, derive, kept_secrets, load_keyring, make_home
from walktalk.sessions.store.models import (
    BINNED,
    Account,
    Erasure,
    PlannedSession,
    ShareLink,
)
from walktalk.sessions.store.schema_steps import current_revision
from walktalk.sessions.store.snapshot import put_back, write_rows
from walktalk.sessions.store.sqlite import set_aside
from walktalk.settings import Settings

_FORM = 1
_MANIFEST, _ROWS, _PARKS = "backup.json", "rows.jsonl", "parks"
_PARK_FILES = "*.geojson"
_DAMAGED = (
    "The database is damaged ({}), so nothing was written. Keep your earlier backups, and put the "
    "last good one back with: walktalk restore --force"
)


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
        knows_erasures: whether there was a list of what was erased since the backup was made.
        set_aside: where an unreadable database was moved to, or ``None``.
    """

    sessions: int
    erased_again: int
    parks: int
    knows_erasures: bool
    set_aside: Path | None = None


def backup(settings: Settings, file: Path, *, now: datetime | None = None) -> BackupReport:
    """Write everything that is kept into ``file``, as it stands at one moment.

    The file appears whole or not at all; an earlier one of the same name is replaced.

    Raises:
        BackupError: the file cannot be written, or the database is damaged.
    """
    engine = open_database(settings)
    keyring = load_keyring(settings)
    secrets = kept_secrets(settings)
    parks = sorted(settings.imported_parks.glob(_PARK_FILES))
    try:
        with (
            whole_file(file, mode=OWNER_ALONE) as target,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
            _reading(engine) as connection,
        ):
            _require_whole(connection)
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
    except DBAPIError as error:
        raise BackupError(_DAMAGED.format(error.orig)) from error
    finally:
        engine.dispose()
    return BackupReport(sessions, len(parks), bool(secrets))


def restore(
    settings: Settings, file: Path, *, force: bool = False, erased: Path | None = None
) -> RestoreReport:
    """Put a backup back; what was erased since it was made is erased again.

    The database changes in one transaction. Imported parks of the same name are replaced, others
    stay. Secrets in use until now go on opening what they sealed.

    Args:
        settings: where to.
        file: from ``backup``.
        force: replace what is already there.
        erased: the list of what was erased, from the home folder that was in use until now.

    Raises:
        BackupError: there is data already and ``force`` is not given; or the file is no backup, is
            broken, was made by a newer Walktalk, or needs a secret key that is not here.
    """
    archive = _open(file)
    with archive:
        manifest, lines, secrets, parks = _read(archive, file)
    _require_keys(settings, manifest, secrets)
    lists = [settings.home / ERASED_FILE, *([erased] if erased else [])]
    knows_erasures = any(each.exists() for each in lists)
    engine, put_aside = _open_target(settings, secrets, force=force)
    try:
        with engine.connect() as connection:
            if not force:
                _require_empty(settings, connection)
            known = known_erasures(connection, lists)
        _keep_secrets(settings, secrets)
        again: list[int] = []
        put_back(
            engine,
            manifest["revision"],
            lines,
            lambda connection: again.append(_erase_again(connection, known)),
        )
        _write_parks(settings, parks)
        with engine.connect() as connection:
            return RestoreReport(
                _count(connection), again[0], len(parks), knows_erasures, put_aside
            )
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


def _open_target(
    settings: Settings, secrets: list[str], *, force: bool
) -> tuple[Engine, Path | None]:
    """Open the database to restore into; forced, an unreadable SQLite file is set aside.

    Where the secret is gone of a database that is to be replaced, the backup's one will do.
    """
    try:
        return open_database(settings), None
    except SecretError:
        if not force or not secrets:
            raise
        _keep_secrets(settings, secrets)
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
        lines = "".join(f"{secret}\n" for secret in kept)
        write_whole(make_home(settings) / SECRET_FILE, lines.encode(), mode=OWNER_ALONE)


def _erase_again(connection: Connection, erased: dict[UUID, datetime]) -> int:
    """Erase what the place of until now, or the backup itself, says was erased."""
    there = known_erasures(connection, ())
    for erased_id in erased.keys() - there.keys():
        values = {"erased_id": erased_id, "erased_at": erased[erased_id]}
        connection.execute(insert(Erasure).values(values))
    gone = erased | there
    for share_id in connection.scalars(select(ShareLink.share_id)).all():
        if taken_back := gone.get(revocation_id(share_id)):
            link = update(ShareLink).where(ShareLink.share_id == share_id)
            connection.execute(link.values(revoked_at=taken_back))
    again = 0
    for table in BINNED:
        back_again = table.id.in_(select(Erasure.erased_id))
        again += len(connection.execute(delete(table).where(back_again).returning(table.id)).all())
    return again


def _write_parks(settings: Settings, parks: dict[str, bytes]) -> None:
    for name, content in parks.items():
        write_whole(settings.imported_parks / name, content)


def _require_whole(connection: Connection) -> None:
    found = damage(connection)
    if found:
        raise BackupError(_DAMAGED.format(found))


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
