"""Who is signed in, on which devices: one row for each, so that signing out ends it on the server.

The browser holds a random token, the database only its SHA-256. Of the device a coarse name is
kept, such as "Firefox on Android", and of the network nothing.

How pages use it, each step in a transaction of its own:

- after the password was right: ``token = create(db, account, device)``; the token goes into the
  cookie, in place of whatever was there before;
- at each request: ``found = find(db, token)`` in a transaction that only reads; ``None`` means
  that nobody is signed in. Where ``is_due(found)``, call ``touch(db, found.id)`` in one that may
  write: once in five minutes at most;
- before a change of the password or of how the account is recovered, and before everything is
  erased: ``has_proved(found)``; where it is ``False``, ask for the password and make a new
  sign-in in place of this one;
- ``list_devices``, ``end``, ``end_all`` for the account's page and for signing out.

A new password ends every sign-in of its account: create a new one for the device that set it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from walktalk.sessions.store.models import DEVICE_CHARACTERS, Account, SignIn
from walktalk.sessions.tokens import new_sign_in_token, token_hash

IDLE = timedelta(hours=12)
"""A sign-in that nobody used for this long is over: a night passes between two working days."""

ABSOLUTE = timedelta(days=7)
"""No sign-in lasts longer, however much it is used: the password is asked for once a week."""

PROVED = timedelta(minutes=10)
"""How long a password that was just given counts for what asks for it again."""

_TOUCHED_EVERY = timedelta(minutes=5)

# The three times are this product's own choice. OWASP ASVS 5.0, 7.3.1 and 7.3.2, asks for an idle
# and an absolute end that are written down, and leaves their length to whoever writes them.


def create(db: Session, account: Account, device: str, *, now: datetime | None = None) -> str:
    """Sign an account in on a device; return the token, 43 characters of base64url.

    Args:
        db: the transaction.
        account: who gave the right password just now.
        device: a coarse name; what is longer than 60 characters is cut, what is not printable
            left out.
        now: the present moment, for tests.
    """
    now = now or datetime.now(UTC)
    token = new_sign_in_token()
    db.add(
        SignIn(
            id=uuid4(),
            token_hash=token_hash(token),
            account_id=account.id,
            device="".join(each for each in device if each.isprintable())[:DEVICE_CHARACTERS],
            created_at=now,
            seen_at=now,
            proved_at=now,
        )
    )
    db.flush()
    return token


def find(db: Session, token: str, *, now: datetime | None = None) -> SignIn | None:
    """Return the sign-in that a token belongs to, its ``account`` loaded with it.

    ``None`` where there is none, it was ended, or its time is over.
    """
    found = db.scalars(select(SignIn).where(SignIn.token_hash == token_hash(token))).first()
    return found if found is not None and is_open(found, now or datetime.now(UTC)) else None


def is_open(sign_in: SignIn, now: datetime) -> bool:
    """Whether a sign-in is neither idle nor old."""
    return now < min(sign_in.seen_at + IDLE, sign_in.created_at + ABSOLUTE)


def is_due(sign_in: SignIn, *, now: datetime | None = None) -> bool:
    """Whether it is time to note that a sign-in is in use."""
    return (now or datetime.now(UTC)) >= sign_in.seen_at + _TOUCHED_EVERY


def touch(db: Session, sign_in_id: UUID, *, now: datetime | None = None) -> None:
    """Note that a sign-in is in use; one that was ended meanwhile stays ended."""
    now = now or datetime.now(UTC)
    later = update(SignIn).where(SignIn.id == sign_in_id, SignIn.seen_at < now)
    db.execute(later.values(seen_at=now))


def has_proved(sign_in: SignIn, *, now: datetime | None = None) -> bool:
    """Whether the password was given a moment ago on this device."""
    return (now or datetime.now(UTC)) < sign_in.proved_at + PROVED


def list_devices(db: Session, account: Account, *, now: datetime | None = None) -> Sequence[SignIn]:
    """Return an account's open sign-ins, the last used first."""
    now = now or datetime.now(UTC)
    query = select(SignIn).where(SignIn.account_id == account.id).order_by(SignIn.seen_at.desc())
    return [found for found in db.scalars(query) if is_open(found, now)]


def end(db: Session, account: Account, sign_in_id: UUID) -> bool:
    """End one of an account's sign-ins; return whether there was one."""
    gone = delete(SignIn).where(SignIn.id == sign_in_id, SignIn.account_id == account.id)
    return db.execute(gone.returning(SignIn.id)).first() is not None


def end_all(db: Session, account_id: UUID, *, but: UUID | None = None) -> int:
    """End an account's sign-ins; return how many.

    Args:
        db: the transaction.
        account_id: whose.
        but: the one that stays, for "sign out everywhere else".
    """
    gone = delete(SignIn).where(SignIn.account_id == account_id)
    if but is not None:
        gone = gone.where(SignIn.id != but)
    return len(db.execute(gone.returning(SignIn.id)).all())


def end_old(db: Session, now: datetime) -> int:
    """Remove the sign-ins whose time is over; return how many."""
    gone = delete(SignIn).where(
        (SignIn.seen_at <= now - IDLE) | (SignIn.created_at <= now - ABSOLUTE)
    )
    return len(db.execute(gone.returning(SignIn.id)).all())
