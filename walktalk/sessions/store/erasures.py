"""Erasure is final: what was erased is known even when the database is lost.

The database lists the ids of erased sessions, photographs and recorded walks, and every backup with
it. A file in the home folder repeats the list for the day when the database has to be restored
because it is gone.
"""

import fcntl
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from walktalk.files import OWNER_ALONE
from walktalk.sessions.store.database import home_of
from walktalk.sessions.store.errors import BackupError
from walktalk.sessions.store.models import Erasure
from walktalk.sessions.store.sqlite import empty_log

ERASED_FILE = "erased"
_PENDING = "erased in this transaction"


def note_erasure(db: Session, erased_id: UUID, now: datetime) -> None:
    """List what was erased, and wipe its traces as soon as this transaction is committed.

    To be called outside a savepoint: it counts as soon as the whole transaction does.
    """
    db.merge(Erasure(erased_id=erased_id, erased_at=now))
    line = _line(erased_id, now)
    if _PENDING in db.info:
        db.info[_PENDING].append(line)
        return
    db.info[_PENDING] = [line]
    event.listen(db, "after_commit", _finish)
    event.listen(db, "after_rollback", _forget)


def is_erased(db: Session, wanted: UUID) -> bool:
    """Whether something with this id was erased for good."""
    return db.get(Erasure, wanted) is not None


def known_erasures(connection: Connection, lists: Iterable[Path]) -> dict[UUID, datetime]:
    """Return what the database and some lists say was erased, and when.

    Raises:
        BackupError: a list cannot be read.
    """
    rows = connection.execute(select(Erasure.erased_id, Erasure.erased_at))
    known = {row.erased_id: row.erased_at for row in rows}
    for file in lists:
        for erased_id, erased_at in read_list(file).items():
            known.setdefault(erased_id, erased_at)
    return known


def read_list(file: Path) -> dict[UUID, datetime]:
    """Return what a list in a home folder says was erased; nothing where there is no list.

    A last line that was cut short by a power cut is left out.

    Raises:
        BackupError: the file is no such list.
    """
    listed = {}
    try:
        lines = file.read_text(encoding="ascii").split("\n")[:-1] if file.exists() else []
        for line in lines:
            erased_id, erased_at = line.split()
            listed[UUID(erased_id)] = datetime.fromisoformat(erased_at)
    except (OSError, ValueError) as error:
        raise BackupError(f"{file} is no list of what was erased.") from error
    return listed


def complete_list(db: Session) -> None:
    """Repeat in the home folder what the database lists, where a power cut came in between."""
    file = home_of(db) / ERASED_FILE
    known, there = known_erasures(db.connection(), ()), read_list(file)
    _append(file, [_line(each, known[each]) for each in known.keys() - there.keys()])


def revocation_id(share_id: str) -> UUID:
    """Return the id under which it is listed that a link was taken back."""
    return UUID(bytes=sha256(b"revoked" + share_id.encode()).digest()[:16])


def _line(erased_id: UUID, erased_at: datetime) -> str:
    return f"{erased_id} {erased_at.astimezone(UTC).isoformat()}\n"


def _append(file: Path, lines: list[str]) -> None:
    """Add lines to a list, in place of a last one that was cut short."""
    if not lines:
        return
    with os.fdopen(os.open(file, os.O_CREAT | os.O_RDWR, OWNER_ALONE), "r+b") as target:
        fcntl.flock(target, fcntl.LOCK_EX)
        target.truncate(target.read().rfind(b"\n") + 1)
        target.seek(0, os.SEEK_END)
        target.write("".join(lines).encode())
        target.flush()
        os.fsync(target.fileno())


def _finish(db: Session) -> None:
    if db.in_nested_transaction():  # a savepoint inside; the transaction goes on
        return
    lines, db.info[_PENDING] = db.info[_PENDING], []
    if not lines:
        return
    _append(home_of(db) / ERASED_FILE, lines)
    engine = db.get_bind().engine
    if engine.dialect.name == "sqlite":
        empty_log(engine)


def _forget(db: Session) -> None:
    if not db.in_nested_transaction():
        db.info[_PENDING] = []
