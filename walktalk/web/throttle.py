"""Guessing at passwords: slowed first, refused later, and no stranger locks the counsellor out.

Wrong tries are counted twice: by where they come from, and by the name they are made at. Where they
come from, many are refused for a while. The name itself is never refused: it only makes everybody
wait who tries it from a browser that has not signed in with it before. The counts are in memory:
a restart forgets them, and several processes would each have their own.
"""

import ipaddress
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore, Lock

from werkzeug.exceptions import TooManyRequests

FREE_TRIES = 3
"""Wrong tries that nobody waits for: people mistype."""

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 4.0
"""The wait doubles with each wrong try, from the first to the longest."""

REFUSED_AFTER = 10
"""Wrong tries from one place after which it is refused: ASVS 5.0, 6.3.1 asks for a documented
limit. A guesser needs thousands."""

WINDOW = timedelta(minutes=15)
"""How long a wrong try counts."""

_MOST_WAITING = 3
"""Threads that may wait at once: fewer than the server has, so that pages come all the while."""

_MOST_VERIFIED = 2
"""Passwords that are hashed at once: each takes 64 MiB."""

_MOST_PLACES = 10_000
_IPV6_PLACE = 64
"""One household has a whole network of this prefix length (RFC 6177)."""


_LOG = logging.getLogger("walktalk.security")


@dataclass
class Guess:
    """One try; set ``is_right`` where it was."""

    is_right: bool = False


class Throttle:
    """Counts wrong tries.

    Args:
        now: the clock.
        pause: waits for some seconds.
    """

    def __init__(self, now: Callable[[], datetime], pause: Callable[[float], None]) -> None:
        self._now, self._pause = now, pause
        self._tries: OrderedDict[str, list[datetime]] = OrderedDict()
        self._lock = Lock()
        self._waiting = BoundedSemaphore(_MOST_WAITING)
        self._verifying = BoundedSemaphore(_MOST_VERIFIED)

    @contextmanager
    def guess(self, place: str, name: str = "") -> Iterator[Guess]:
        """Let somebody try, after the wait that is due; a try counts as wrong until it is right.

        Args:
            place: where the try comes from: an address, a browser that is known, a sign-in.
            name: what is tried, where it slows everybody down; ``""`` for a known browser.

        Raises:
            TooManyRequests: too many tries from there, or too many are waiting already.
        """
        who = place if _is_address(place) else "a browser that is known"
        places = [f"place {place}", *([f"name {name}"] if name else ())]
        with self._lock:
            before = [len(self._recent(each)) for each in places]
            if before[0] >= REFUSED_AFTER:
                _LOG.warning("A try at a password or set-up link was refused, from %s", who)
                raise TooManyRequests(retry_after=self._until(places[0]))
            at = self._now()
            for each in places:
                self._recent(each).append(at)
        self._wait(wait_s(max(before)))
        guess = Guess()
        with self._verifying:
            yield guess
        _LOG.info(
            "A password or set-up link was %s, from %s", "right" if guess.is_right else "wrong", who
        )
        if guess.is_right:
            with self._lock:
                self._tries.pop(places[0], None)
                for each in places[1:]:
                    self._recent(each).remove(at)

    def _wait(self, seconds: float) -> None:
        if not seconds:
            return
        if not self._waiting.acquire(blocking=False):
            raise TooManyRequests(retry_after=round(LONGEST_WAIT_S))
        try:
            self._pause(seconds)
        finally:
            self._waiting.release()

    def _recent(self, each: str) -> list[datetime]:
        """Return the tries that still count, to be added to; the places used last are kept."""
        since = self._now() - WINDOW
        kept = [at for at in self._tries.pop(each, ()) if at > since][-_MOST_KEPT:]
        self._tries[each] = kept
        while len(self._tries) > _MOST_PLACES:
            self._tries.popitem(last=False)
        return kept

    def _until(self, each: str) -> int:
        """Return in how many seconds the oldest of the last tries no longer counts."""
        oldest = self._recent(each)[-REFUSED_AFTER]
        return max(1, round((oldest + WINDOW - self._now()).total_seconds()))


def _is_address(place: str) -> bool:
    try:
        ipaddress.ip_network(place)
    except ValueError:
        return False
    return True


def wait_s(wrong: int) -> float:
    """Return how long to wait, in seconds, after that many wrong tries."""
    if wrong < FREE_TRIES:
        return 0.0
    return min(FIRST_WAIT_S * 2.0 ** min(wrong - FREE_TRIES, 10), LONGEST_WAIT_S)


def place_of(address: str) -> str:
    """Return where an address is, as far as tries are counted: one household in IPv6."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:  # noqa: PLR2004 - the version's number
        return address
    return str(ipaddress.ip_network((known, _IPV6_PLACE), strict=False))


_MOST_KEPT = 50  # tries of one place or name: more make nobody wait longer
