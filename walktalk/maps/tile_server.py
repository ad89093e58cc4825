"""Asks a tile server for tiles, and keeps them as long as it allows.

Keeps the tile usage policy of openstreetmap.org: says who asks, obeys the caching rules that come
with a tile and keeps one without any for a week, asks for nothing that nobody looks at, and for
little at once. A tile server learns which tile is wanted and nothing about who wants it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

import requests
from cachecontrol import CacheControlAdapter
from cachecontrol.cache import BaseCache
from cachecontrol.controller import CacheController
from cachecontrol.heuristics import BaseHeuristic
from requests.adapters import HTTPAdapter

from walktalk.files import write_whole

if TYPE_CHECKING:
    from urllib3 import HTTPResponse

AT_ONCE = 2
"""Requests under way at once, as browsers were asked to keep to for tile.openstreetmap.org."""
DAYS_WITHOUT_RULES = 7
"""How long a tile is kept that comes without caching rules, as the same policy asks."""
TIMEOUT_S = 4.0
"""A map without its street map is better than a page that waits."""
REST_S = 30.0
"""After a failure the server is left alone for so long."""
MOST_TILE_BYTES = 500_000
"""A tile of 512 pixels with an aerial picture stays below it."""
MOST_KEPT_BYTES = 200_000_000
"""About 10,000 tiles of 20 KB: a town at every zoom that is asked for."""
MEDIA_TYPES = frozenset({"image/png", "image/jpeg", "image/webp"})

_TRIM_EVERY = 50
_CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile as it is passed on.

    Attributes:
        content: the picture.
        media_type: what kind of picture.
        fresh_s: seconds for which it need not be asked for again.
        may_be_kept: whether its server lets anybody keep it.
    """

    content: bytes
    media_type: str
    fresh_s: int
    may_be_kept: bool


class NoTile(Exception):  # noqa: N818 - reads as what it is
    """There is no such tile, or its server does not answer.

    Attributes:
        is_absent: the server says that there is no such tile.
    """

    def __init__(self, is_absent: bool = False) -> None:
        super().__init__("there is no such tile" if is_absent else "the tile server is silent")
        self.is_absent = is_absent


class TileServer:
    """The way to one tile server, through a cache on disk.

    Args:
        pattern: address with ``{z}``, ``{x}`` and ``{y}``.
        user_agent: who is asking, with a way to reach them.
        folder: where tiles are kept; made when missing.
        most_bytes: how much is kept; what was fetched longest ago goes first.
        rest_s: seconds without a request after a failure.
    """

    def __init__(
        self,
        pattern: str,
        user_agent: str,
        folder: Path,
        most_bytes: int = MOST_KEPT_BYTES,
        rest_s: float = REST_S,
    ) -> None:
        self._pattern = pattern
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": user_agent, "Accept": ", ".join(MEDIA_TYPES)})
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = _Adapter(TileFiles(folder, most_bytes), rest_s)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def tile(self, z: int, x: int, y: int) -> Tile:
        """Return a tile, kept or fetched.

        Raises:
            NoTile: the server has no such tile, is silent, or sends something else.
        """
        address = self._pattern.replace("{z}", str(z)).replace("{x}", str(x)).replace("{y}", str(y))
        try:
            with self._session.get(
                address, timeout=TIMEOUT_S, stream=True, allow_redirects=False
            ) as response:
                return _tile(response)
        except requests.RequestException as error:
            raise NoTile from error


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

    def get(self, key: str) -> bytes | None:
        """Return what was kept, or ``None``."""
        try:
            return self._file(key).read_bytes()
        except OSError:
            return None

    def set(self, key: str, value: bytes, expires: int | datetime | None = None) -> None:  # noqa: ARG002 - the library's signature
        """Keep an answer; now and then, make room."""
        write_whole(self._file(key), value)
        if next(self._written) % _TRIM_EVERY == 0:
            self.make_room()

    def delete(self, key: str) -> None:
        """Keep an answer no longer."""
        self._file(key).unlink(missing_ok=True)

    def make_room(self) -> None:
        """Remove what was written longest ago until the rest is small enough."""
        kept = sorted(
            ((each.stat().st_mtime, each.stat().st_size, each) for each in self._folder.iterdir()),
            reverse=True,
        )
        total = 0
        for _, size, file in kept:
            total += size
            if total > self._most_bytes:
                file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode()).hexdigest()


class _Polite(HTTPAdapter):
    """Few requests at once; after a failure, none for a while."""

    def __init__(self, rest_s: float) -> None:
        super().__init__()
        self._turn = BoundedSemaphore(AT_ONCE)
        self._rest_s = rest_s
        self._silent_until = 0.0

    def send(self, *args: Any, **options: Any) -> requests.Response:
        with self._turn:
            if time.monotonic() < self._silent_until:
                raise requests.ConnectionError("the tile server is left alone for a while")
            try:
                response = super().send(*args, **options)
            except requests.RequestException:
                self._rest()
                raise
        if response.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_FOUND):
            self._rest()
        return response

    def _rest(self) -> None:
        self._silent_until = time.monotonic() + self._rest_s


class _Adapter(CacheControlAdapter, _Polite):
    """The cache, and behind it the way to the server."""

    def __init__(self, cache: BaseCache, rest_s: float) -> None:
        super().__init__(cache, heuristic=_AWeekWithoutRules(), rest_s=rest_s)


class _AWeekWithoutRules(BaseHeuristic):
    """Lets an answer without caching rules be kept for a week."""

    def update_headers(self, response: HTTPResponse) -> dict[str, str]:
        if "cache-control" in response.headers or "expires" in response.headers:
            return {}
        now = datetime.now(UTC)
        return {
            "date": response.headers.get("date") or format_datetime(now, usegmt=True),
            "expires": format_datetime(now + timedelta(days=DAYS_WITHOUT_RULES), usegmt=True),
        }

    def warning(self, response: HTTPResponse) -> None:  # noqa: ARG002 - the library's signature
        return None


def _tile(response: requests.Response) -> Tile:
    if response.status_code != HTTPStatus.OK:
        raise NoTile(is_absent=response.status_code == HTTPStatus.NOT_FOUND)
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        raise NoTile
    content = bytearray()
    for chunk in response.iter_content(_CHUNK_BYTES):
        content += chunk
        if len(content) > MOST_TILE_BYTES:
            raise NoTile
    rules = CacheController().parse_cache_control(response.headers)
    return Tile(
        content=bytes(content),
        media_type=media_type,
        fresh_s=_fresh_s(response.headers, rules),
        may_be_kept="no-store" not in rules,
    )


def _fresh_s(headers: Mapping[str, str], rules: Mapping[str, int | None]) -> int:
    """Return how many seconds are left for which an answer is fresh."""
    now = datetime.now(UTC)
    if {"no-cache", "no-store"} & rules.keys():
        return 0
    if (most := rules.get("max-age")) is not None:
        age = now - _moment(headers.get("Date"), now)
        return max(0, most - int(age.total_seconds()))
    return max(0, int((_moment(headers.get("Expires"), now) - now).total_seconds()))


def _moment(text: str | None, otherwise: datetime) -> datetime:
    try:
        return parsedate_to_datetime(text) if text else otherwise
    except ValueError:
        return otherwise
