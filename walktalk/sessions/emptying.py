"""Erasing everything that an account has kept, for good."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from walktalk.sessions.removal import erase
from walktalk.sessions.store.models import BINNED, Account


def erase_everything(db: Session, account: Account, now: datetime) -> int:
    """Erase an account's sessions, photographs, recorded walks and words; return how many things.

    The account itself stays, with its name and password.
    """
    erased = 0
    for model in BINNED:
        for row in db.scalars(select(model).where(model.account_id == account.id)).all():
            erase(db, row, now=now)
            erased += 1
    account.page_words = None
    db.flush()
    return erased
