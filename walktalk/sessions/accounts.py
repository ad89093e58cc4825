"""The counsellor's account: made at first start, set up by a one-time link, opened by a password.

Passwords follow NIST SP 800-63B: length before composition rules, a guessability check, every
character allowed, text normalised. They are hashed with argon2id.
"""

import unicodedata
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from walktalk.sessions.errors import AccountNameRefused, PasswordRefused, SetupLinkDead
from walktalk.sessions.sign_ins import end_all
from walktalk.sessions.store.models import NAME_CHARACTERS, Account, SetupLink
from walktalk.sessions.tokens import new_setup_token, token_hash

SETUP_LINK_HOURS = 24
MIN_PASSWORD_CHARACTERS = 12  # above the 8 of SP 800-63B; three ordinary words reach it
MAX_PASSWORD_CHARACTERS = 256  # SP 800-63B asks for at least 64; more would only cost time
_MIN_STRENGTH = 3  # of zxcvbn's 0 to 4: over 10^8 guesses, "safely unguessable" for a slow hash
_GUESSED_CHARACTERS = 72  # zxcvbn looks no further; a longer password only gets stronger

_HASHER = PasswordHasher()  # argon2id with the library's defaults, RFC 9106's low-memory profile


def first_account(db: Session, *, now: datetime | None = None) -> Account:
    """Return the first account, made without a name or password where there is none.

    Two processes that start at once may both make one; the caller's transaction decides, as
    SQLite lets one write at a time and PostgreSQL is asked to here.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(_FIRST_ACCOUNT_LOCK)))
    account = db.scalars(select(Account).order_by(Account.created_at, Account.id).limit(1)).first()
    if account is None:
        account = Account(id=uuid4(), created_at=now or _now(), stamp=uuid4())
        db.add(account)
        db.flush()
    return account


def new_setup_link(db: Session, *, now: datetime | None = None) -> str | None:
    """Return the token of a new set-up link for the first account.

    Earlier links of that account stop working.

    Returns:
        The token, or ``None`` when the account already has a password.
    """
    account = first_account(db, now=now)
    return None if account.is_set_up else new_reset_link(db, account, now=now)


def new_reset_link(db: Session, account: Account, *, now: datetime | None = None) -> str:
    """Return the token of a new set-up link for ``account``, which may already have a password.

    Until it is used the old password still works; earlier links of the account stop working.
    """
    now = now or _now()
    db.execute(delete(SetupLink).where(SetupLink.account_id == account.id))
    token = new_setup_token()
    db.add(
        SetupLink(
            token_hash=token_hash(token),
            account_id=account.id,
            created_at=now,
            expires_at=now + timedelta(hours=SETUP_LINK_HOURS),
        )
    )
    db.flush()
    return token


def setup_account(db: Session, token: str, *, now: datetime | None = None) -> Account:
    """Return the account that a set-up link is for, without using the link up.

    Raises:
        SetupLinkDead: the link was never made, has expired or was used before.
    """
    link = db.get(SetupLink, token_hash(token))
    if link is None or link.expires_at <= (now or _now()):
        raise SetupLinkDead
    return link.account


def complete_setup(
    db: Session, token: str, name: str, password: str, *, now: datetime | None = None
) -> Account:
    """Give the account of a set-up link its name and password; the link works once.

    Every sign-in of the account ends.

    Raises:
        SetupLinkDead: the link was never made, has expired or was used before.
        AccountNameRefused: the name is empty, too long or taken.
        PasswordRefused: the password is too short, too long or too easy to guess.
    """
    account = setup_account(db, token, now=now)
    chosen = _accepted_name(name)
    hashed = _hash_new(password, chosen)
    used_up = (
        delete(SetupLink)
        .where(SetupLink.token_hash == token_hash(token))
        .returning(SetupLink.token_hash)
    )
    try:
        with db.begin_nested():  # refused, it leaves the link as it was
            if db.execute(used_up).first() is None:  # used by another since we looked
                raise SetupLinkDead
            _hold(db, account)
            account.name = chosen
            account.password_hash = hashed
            account.stamp = uuid4()
            end_all(db, account.id)
    except IntegrityError as error:
        raise AccountNameRefused("This name is taken: choose another one.") from error
    return account


def sign_in(db: Session, name: str, password: str) -> Account | None:
    """Return the account with this name and password, or ``None``.

    A wrong name takes as long as a wrong password. A hash made with older settings is renewed.
    """
    account = db.scalars(select(Account).where(Account.name == _folded(name))).first()
    known = account.password_hash if account is not None else None
    if not _matches(known or _nobodys_hash(), password) or account is None or known is None:
        return None
    _hold(db, account)
    if account.password_hash != known:  # changed while we looked: it was the old password
        return None
    if _HASHER.check_needs_rehash(known):
        account.password_hash = _HASHER.hash(_normal(password))
        db.flush()
    return account


def change_password(db: Session, account: Account, old: str, new: str) -> None:
    """Give ``account`` a new password; every sign-in of it ends.

    Raises:
        PasswordRefused: the old password is wrong, or the new one is too short, too long or too
            easy to guess.
    """
    _hold(db, account)
    if account.password_hash is None or not _matches(account.password_hash, old):
        raise PasswordRefused("The present password is not right.")
    account.password_hash = _hash_new(new, account.name or "")
    account.stamp = uuid4()
    end_all(db, account.id)
    db.flush()


def check_password(password: str, name: str = "") -> None:
    """Accept a new password.

    Args:
        password: the password as typed.
        name: the sign-in name, which must not be what makes it long.

    Raises:
        PasswordRefused: it is too short, too long or too easy to guess; says which.
    """
    from zxcvbn import zxcvbn

    text = _normal(password)
    if len(text) < MIN_PASSWORD_CHARACTERS:
        raise PasswordRefused(
            f"Too short: at least {MIN_PASSWORD_CHARACTERS} characters. "
            "Three or four unrelated words do well."
        )
    if len(text) > MAX_PASSWORD_CHARACTERS:
        raise PasswordRefused(f"Too long: at most {MAX_PASSWORD_CHARACTERS} characters.")
    verdict = zxcvbn(text[:_GUESSED_CHARACTERS], user_inputs=["walktalk", name])
    if verdict["score"] < _MIN_STRENGTH:
        why = verdict["feedback"]["warning"] or "It follows a pattern that is quickly tried"
        raise PasswordRefused(
            f"Too easy to guess: {why.rstrip('.')}. Three or four unrelated words do well."
        )


def _hold(db: Session, account: Account) -> None:
    """Read an account afresh and let nobody else change it until this transaction ends."""
    db.refresh(account, with_for_update=True)


def _hash_new(password: str, name: str) -> str:
    check_password(password, name)
    return _HASHER.hash(_normal(password))


def _matches(known: str, password: str) -> bool:
    try:
        return _HASHER.verify(known, _normal(password)[: MAX_PASSWORD_CHARACTERS + 1])
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(new_setup_token())


def _accepted_name(name: str) -> str:
    folded = _folded(name)
    if not folded or len(folded) > NAME_CHARACTERS:
        raise AccountNameRefused(
            f"Choose a name to sign in with, 1 to {NAME_CHARACTERS} characters."
        )
    return folded


def _folded(name: str) -> str:
    """Return a name as it is kept; ``""``, which no account has, for what is no name."""
    folded = unicodedata.normalize("NFKC", name).strip().casefold()
    return folded if folded.isprintable() else ""


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _now() -> datetime:
    return datetime.now(UTC)


_FIRST_ACCOUNT_LOCK = 0x66697273  # any number that no other lock uses ("firs")
