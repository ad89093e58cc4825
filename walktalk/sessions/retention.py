"""What is not kept longer than it is needed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from walktalk.routes import RequestError
from walktalk.sessions.jobs import forget_old
from walktalk.sessions.past import erase_older
from walktalk.sessions.removal import erase_binned
from walktalk.sessions.sign_ins import end_old
from walktalk.sessions.store.models import BINNED, Account, SetupLink

BIN_DAYS = 30  # how long what was deleted can be put back
MOST_DAYS = 3_653  # ten years


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was erased for good.

    Attributes:
        from_bin: sessions, photographs and recorded walks whose days in the bin were over.
        past: sessions that were over for as long as their account keeps them.
        dead: set-up links, sign-ins and work on the land whose time was over.
    """

    from_bin: int = 0
    past: int = 0
    dead: int = 0


def keep_past(db: Session, account: Account, days: int | None) -> None:
    """Set for how many days an account keeps sessions that are over; ``None`` keeps them all.

    Raises:
        RequestError: it is not from 1 to 3,653 days.
    """
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise RequestError("days", f"1 to {MOST_DAYS} days, or none")
    account.keep_past_days = days
    db.flush()


def purge_expired(db: Session, now: datetime) -> Purged:
    """Erase what has had its time: from the bin, from the past, dead links and sign-ins."""
    since = now - timedelta(BIN_DAYS)
    from_bin = sum(erase_binned(db, model, since, now) for model in BINNED)
    keeping = db.scalars(select(Account).where(Account.keep_past_days.is_not(None))).all()
    past = sum(
        erase_older(db, account, now - timedelta(account.keep_past_days or MOST_DAYS), now)
        for account in keeping
    )
    dead = delete(SetupLink).where(SetupLink.expires_at <= now).returning(SetupLink.token_hash)
    over = len(db.execute(dead).all()) + end_old(db, now) + forget_old(db, now)
    return Purged(from_bin, past, over)
