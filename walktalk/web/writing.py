"""Whether the database can be written to, tried for whoever asks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from walktalk.sessions.store.database import prove_writable
from walktalk.sessions.store.errors import SessionsError

_TRIED_EVERY = timedelta(seconds=5)
"""However often strangers ask, the disk has to write once in that time."""


class Writing:
    """Tries to write, and knows for a moment how that went.

    Args:
        factory: the maker of database sessions.
        now: the clock.
    """

    def __init__(self, factory: sessionmaker[Session], now: Callable[[], datetime]) -> None:
        self._factory = factory
        self._now = now
        self._lock = Lock()
        self._tried_at: datetime | None = None
        self._was_possible = False

    def is_possible(self) -> bool:
        """Write something that changes nothing, and keep it."""
        with self._lock:
            now = self._now()
            if self._tried_at is None or now >= self._tried_at + _TRIED_EVERY:
                self._was_possible = self._try()
                self._tried_at = now
            return self._was_possible

    def _try(self) -> bool:
        try:
            with self._factory.begin() as db:
                prove_writable(db)
        except (SQLAlchemyError, SessionsError):
            return False
        return True
