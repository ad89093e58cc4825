"""Who is signed in, by a cookie that ends when the password changes."""

from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin

from walktalk.sessions import accounts
from walktalk.sessions.store.models import Account
from walktalk.web.state import state

TRIES = "10 per minute; 60 per hour"
"""Tries at a door from one address: a person mistypes a few times, a guesser needs thousands."""

limiter = Limiter(get_remote_address, storage_uri="memory://")


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """An account as Flask-Login carries it."""

    account: Account

    def get_id(self) -> str:
        """Return what the cookie says: the account and the stamp of its password."""
        return f"{self.account.id} {self.account.stamp}"


def start(app: Flask) -> None:
    """Read the cookie of whoever is signed in, and slow down guessing."""
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)
    manager.login_view = "counsellor.sign_in"
    manager.login_message = None
    manager.session_protection = "strong"
    manager.user_loader(_load)
    limiter.init_app(app)


def _load(cookie: str) -> SignedIn | None:
    try:
        account_id, stamp = (UUID(part) for part in cookie.split())
    except ValueError:
        return None
    with state().read.begin() as db:
        account = accounts.find_account(db, account_id, stamp)
    return None if account is None else SignedIn(account)
