"""Erasure is final: what was erased is known even when the database is lost.

The database lists the ids of erased sessions, photographs and recorded walks, and every backup with
it. A file in the home folder repeats the list for the day when the database has to be restored
because it is gone.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from walktalk.sessions.store.database import home_of
from walktalk.sessions.store.models import Erasure
from walktalk.sessions.store.sqlite import empty_log

ERASED_FILE = "erased"
_FILE_MODE = 0o600
_PENDING = "erased in this transaction"


def note_erasure(db: Session, erased_id: UUID, now: datetime) -> None:
    """List what was erased, and wipe its traces as soon as this transaction is committed.

    To be called outside a savepoint: it counts as soon as the whole transaction does.
    """
    db.merge(Erasure(erased_id=erased_id, erased_at=now))
    line = f"{erased_id} {now.astimezone(UTC).isoformat()}\n"
    if _PENDING in db.info:
        db.info[_PENDING].append(line)
        return
    db.info[_PENDING] = [line]
    event.listen(db, "after_commit", _finish)
    event.listen(db, "after_rollback", _forget)


def is_erased(db: Session, wanted: UUID) -> bool:
    """Whether something with this id was erased for good."""
    return db.get(Erasure, wanted) is not None


def known_erasures(connection: Connection, home: Path) -> dict[UUID, datetime]:
    """Return what the database and the home folder say was erased, and when."""
    rows = connection.execute(select(Erasure.erased_id, Erasure.erased_at))
    listed = {row.erased_id: row.erased_at for row in rows}
    file = home / ERASED_FILE
    for line in file.read_text(encoding="ascii").splitlines() if file.exists() else []:
        erased_id, erased_at = line.split()
        listed.setdefault(UUID(erased_id), datetime.fromisoformat(erased_at))
    return listed


def _finish(db: Session) -> None:
    if db.in_nested_transaction():  # a savepoint inside; the transaction goes on
        return
    lines, db.info[_PENDING] = db.info[_PENDING], []
    if not lines:
        return
    flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY
    with os.fdopen(os.open(home_of(db) / ERASED_FILE, flags, _FILE_MODE), "a") as file:
        file.write("".join(lines))
        file.flush()
        os.fsync(file.fileno())
    engine = db.get_bind().engine
    if engine.dialect.name == "sqlite":
        empty_log(engine)


def _forget(db: Session) -> None:
    if not db.in_nested_transaction():
        db.info[_PENDING] = []
