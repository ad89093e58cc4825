"""Scripts of maps that were just drawn, for the page that is about to load them.

A map of proposals depends on what was asked for, which must not stand in an address. So its script
is kept for a short while under a random name. A page whose script has gone shows its sketches.
"""

import secrets
from collections import OrderedDict
from threading import Lock

MOST_KEPT = 64
"""A script is loaded a moment after its page: this is many pages at once."""
_NAME_BYTES = 16


class RecentScripts:
    """The newest scripts, by random name."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._scripts: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def keep(self, script: str) -> str:
        """Keep a script and return its name; the oldest one goes when there are too many."""
        name = secrets.token_urlsafe(_NAME_BYTES)
        with self._lock:
            self._scripts[name] = script
            while len(self._scripts) > self._most:
                self._scripts.popitem(last=False)
        return name

    def get(self, name: str) -> str | None:
        """Return a script, or ``None`` when it is gone."""
        return self._scripts.get(name)


recent_scripts = RecentScripts()
