"""Removing what is kept: into the bin, back out of it, or gone for good.

Sessions, recorded walks and photographs are removed in the same way. Every function works inside
the caller's transaction, on a row as it is then: what another request changed stays changed, and
what it erased stays erased.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import delete as delete_from
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from walktalk.sessions.errors import NotThere
from walktalk.sessions.store.erasures import note_erasure
from walktalk.sessions.store.models import Account, Binned

_Row = TypeVar("_Row", bound=Binned)


def hold(db: Session, row: Binned) -> None:
    """Read a row afresh and let nobody else change it until this transaction ends.

    Raises:
        NotThere: it was erased since it was read.
    """
    db.flush()
    try:
        db.expire(row)
        db.refresh(row, with_for_update=True)
    except InvalidRequestError as error:
        raise NotThere("This was erased for good.") from error


def delete(db: Session, row: Binned, *, now: datetime | None = None) -> None:
    """Put something in the bin: nobody sees it any more, until it is put back.

    The links of a session stop opening, pages stop showing a photograph. Sessions that were
    planned on a recorded walk keep their own copy.

    Raises:
        NotThere: it was erased since it was read.
    """
    hold(db, row)
    if row.deleted_at is None:
        row.deleted_at = now or datetime.now(UTC)
        db.flush()


def put_back(db: Session, row: Binned) -> None:
    """Put something back from the bin, with its links, or on its pages, as it was.

    Raises:
        NotThere: it was erased since it was read.
    """
    hold(db, row)
    row.deleted_at = None
    db.flush()


def erase(db: Session, row: Binned, *, now: datetime | None = None) -> None:
    """Erase something for good, with all that belongs to it; a restore erases it again."""
    note_erasure(db, row.id, now or datetime.now(UTC))
    model = type(row)
    db.execute(delete_from(model).where(model.id == row.id))
    db.expunge(row)


def list_deleted(db: Session, model: type[_Row], account: Account) -> Sequence[_Row]:
    """Return what an account has in the bin, the last deleted first."""
    query = select(model).where(model.account_id == account.id, model.deleted_at.is_not(None))
    return db.scalars(query.order_by(model.deleted_at.desc())).all()


def erase_binned(db: Session, model: type[Binned], since: datetime, now: datetime) -> int:
    """Erase what has been in the bin since a moment or longer; return how many."""
    rows = db.scalars(select(model).where(model.deleted_at <= since)).all()
    for row in rows:
        erase(db, row, now=now)
    return len(rows)
