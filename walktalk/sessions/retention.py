"""What is not kept longer than it is needed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from walktalk.sessions import photographs, recorded
from walktalk.sessions.diary import erase
from walktalk.sessions.sign_ins import end_old
from walktalk.sessions.store.models import Photograph, PlannedSession, RecordedWalk, SetupLink

BIN_DAYS = 30  # how long what was deleted can be put back


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was erased for good."""

    from_bin: int
    past: int
    setup_links: int
    recorded_walks: int = 0
    photographs: int = 0


def purge_expired(db: Session, now: datetime, *, keep_past: timedelta | None = None) -> Purged:
    """Erase what has had its time.

    Args:
        db: the transaction.
        now: the present moment.
        keep_past: how long a session that is over is kept; ``None`` keeps it until it is deleted.

    Returns:
        How many sessions were erased from the bin and from the past, how many set-up links, and
        how many recorded walks and photographs from the bin.
    """
    old = now - timedelta(BIN_DAYS)
    in_bin = select(PlannedSession).where(PlannedSession.deleted_at <= old)
    from_bin = _erase_all(db, list(db.scalars(in_bin)), now)
    past = 0
    if keep_past is not None:
        over = select(PlannedSession).where(PlannedSession.starts_at <= now - keep_past)
        past = _erase_all(db, list(db.scalars(over)), now)
    dead = delete(SetupLink).where(SetupLink.expires_at <= now).returning(SetupLink.token_hash)
    setup_links = len(db.execute(dead).all())
    end_old(db, now)
    walks = db.scalars(select(RecordedWalk).where(RecordedWalk.deleted_at <= old)).all()
    for walk in walks:
        recorded.erase(db, walk, now=now)
    binned = db.scalars(select(Photograph).where(Photograph.deleted_at <= old)).all()
    for photograph in binned:
        photographs.erase(db, photograph, now=now)
    return Purged(from_bin, past, setup_links, len(walks), len(binned))


def _erase_all(db: Session, sessions: list[PlannedSession], now: datetime) -> int:
    for planned in sessions:
        erase(db, planned, now=now)
    return len(sessions)
