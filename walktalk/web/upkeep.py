"""What the server does by itself once a day, whatever goes wrong with it."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event

from sqlalchemy.orm import Session, sessionmaker

from walktalk.sessions.retention import purge_expired
from walktalk.sessions.store.erasures import complete_list

_DAY_SECONDS = 24 * 60 * 60
_AGAIN_SECONDS = 60 * 60
"""After a failure it is tried again within the hour."""

_log = logging.getLogger("walktalk.upkeep")


class Upkeep:
    """Erases what has had its time, and remembers whether that went well.

    Args:
        factory: the maker of database sessions.
        now: the clock.
        pause: waits for some seconds; ``True`` ends the upkeep.
    """

    def __init__(
        self,
        factory: sessionmaker[Session],
        now: Callable[[], datetime],
        pause: Callable[[float], bool] | None = None,
    ) -> None:
        self._factory = factory
        self._now = now
        self._pause = pause or Event().wait
        self.has_failed = False

    def run(self) -> None:
        """Go on for as long as the server runs."""
        while True:
            self.run_once()
            if self._pause(_AGAIN_SECONDS if self.has_failed else _DAY_SECONDS):
                return

    def run_once(self) -> None:
        """Erase what has had its time."""
        try:
            with self._factory.begin() as db:
                complete_list(db)
            with self._factory.begin() as db:
                purge_expired(db, self._now())
        except Exception:
            _log.exception("What has had its time could not be erased")
            self.has_failed = True
        else:
            self.has_failed = False
