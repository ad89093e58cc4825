"""Erasing everything that an account has kept, for good."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from walktalk.sessions import diary, photographs, recorded
from walktalk.sessions.store.models import Account, Photograph, PlannedSession, RecordedWalk


def erase_everything(db: Session, account: Account, now: datetime) -> int:
    """Erase an account's sessions, photographs, recorded walks and words; return how many things.

    The account itself stays, with its name and password.
    """
    erased = 0
    for planned in db.scalars(select(PlannedSession).filter_by(account_id=account.id)).all():
        diary.erase(db, planned, now=now)
        erased += 1
    for photograph in db.scalars(select(Photograph).filter_by(account_id=account.id)).all():
        photographs.erase(db, photograph, now=now)
        erased += 1
    for walk in db.scalars(select(RecordedWalk).filter_by(account_id=account.id)).all():
        recorded.erase(db, walk, now=now)
        erased += 1
    account.page_words = None
    db.flush()
    return erased
