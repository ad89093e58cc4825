"""Tiles that were fetched, as files of one folder."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from threading import Lock

from cachecontrol.cache import BaseCache

from walktalk.files import write_whole

MOST_KEPT_BYTES = 200_000_000
"""About 10,000 tiles of 20 KB: a town at every zoom that is asked for."""

_TRIM_EVERY = 50
_LOG = logging.getLogger(__name__)


class TileFiles(BaseCache):
    """Answers of a tile server as files of one folder, not more than a number of bytes.

    Args:
        folder: where they are kept; made when missing.
        most_bytes: how much is kept; what was written longest ago goes first.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._written = count()
        self._trimming = Lock()

    def get(self, key: str) -> bytes | None:
        """Return what was kept, or ``None``."""
        try:
            return self._file(key).read_bytes()
        except OSError:
            return None

    def set(self, key: str, value: bytes, expires: int | datetime | None = None) -> None:  # noqa: ARG002 - the library's signature
        """Keep an answer where there is room for it; now and then, make room."""
        try:
            write_whole(self._file(key), value)
        except OSError as error:
            _LOG.warning("A tile cannot be kept in %s: %s", self._folder, error.strerror)
        if next(self._written) % _TRIM_EVERY == 0:
            self.make_room()

    def delete(self, key: str) -> None:
        """Keep an answer no longer."""
        _remove(self._file(key))

    def make_room(self) -> None:
        """Remove what was written longest ago until the rest is small enough."""
        with self._trimming:
            total = 0
            for _, size, file in sorted(self._kept(), reverse=True):
                total += size
                if total > self._most_bytes:
                    _remove(file)

    def _kept(self) -> Iterator[tuple[float, int, Path]]:
        """Yield when each finished file was written, its bytes and its path."""
        with suppress(OSError):  # nothing was ever kept
            for file in self._folder.iterdir():
                with suppress(OSError):  # another thread has just removed it
                    if not file.name.startswith("."):
                        about = file.stat()
                        yield about.st_mtime, about.st_size, file

    def _file(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode()).hexdigest()


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()
