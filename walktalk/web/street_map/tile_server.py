"""Asks a tile server for tiles, and keeps them as long as it allows.

Keeps the tile usage policy of openstreetmap.org: says who asks, obeys the caching rules that come
with a tile and keeps one without any for a week, asks for nothing that nobody looks at, and for
little at once. A tile server learns which tile is wanted and nothing about who wants it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from threading import BoundedSemaphore, local
from typing import TYPE_CHECKING, Any

import requests
import urllib3
from cachecontrol import CacheControlAdapter
from cachecontrol.cache import BaseCache
from cachecontrol.controller import CacheController
from cachecontrol.heuristics import BaseHeuristic
from requests.adapters import HTTPAdapter

from walktalk.web.street_map.tile_files import MOST_KEPT_BYTES, TileFiles

if TYPE_CHECKING:
    from urllib3 import HTTPResponse

AT_ONCE = 2
"""Requests under way at once, as browsers were asked to keep to for tile.openstreetmap.org."""
DAYS_WITHOUT_RULES = 7
"""How long a tile is kept that comes without caching rules, as the same policy asks."""
TIMEOUT_S = 4.0
"""A map without its street map is better than a page that waits."""
TURN_S = 0.5
"""How long a tile waits for its turn, so that a slow tile server leaves other pages their threads:
a server that keeps up has sent several tiles by then."""
REST_S = 30.0
"""After a failure the server is left alone for so long."""
MOST_TILE_BYTES = 500_000
"""A tile of 512 pixels with an aerial picture stays below it."""
MEDIA_TYPES = frozenset({"image/png", "image/jpeg", "image/webp"})
MOST_FRESH_S = 365 * 86_400
"""Seconds: no answer is called fresh for more than a year, as RFC 2616, 14.21, asks."""

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


_BROKEN = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    OSError,
    ValueError,  # of headers that are not what they should be
)


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
        turn_s: seconds that a tile waits while ``AT_ONCE`` others are under way.
    """

    def __init__(
        self,
        pattern: str,
        user_agent: str,
        folder: Path,
        most_bytes: int = MOST_KEPT_BYTES,
        rest_s: float = REST_S,
        *,
        turn_s: float = TURN_S,
    ) -> None:
        self._pattern = pattern
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": user_agent, "Accept": ", ".join(MEDIA_TYPES)})
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._adapter = _Adapter(TileFiles(folder, most_bytes), rest_s, turn_s)
        self._session.mount("https://", self._adapter)
        self._session.mount("http://", self._adapter)

    def tile(self, z: int, x: int, y: int) -> Tile:
        """Return a tile, kept or fetched.

        Raises:
            NoTile: the server has no such tile, is silent or busy, or sends something else.
        """
        address = self._pattern.replace("{z}", str(z)).replace("{x}", str(x)).replace("{y}", str(y))
        try:
            with (
                self._adapter.one_turn(),
                self._session.get(
                    address, timeout=TIMEOUT_S, stream=True, allow_redirects=False
                ) as response,
            ):
                return _tile(response)
        except _BROKEN as error:
            raise NoTile from error


class _Polite(HTTPAdapter):
    """Few requests at once; after a failure, none for a while."""

    def __init__(self, rest_s: float, turn_s: float) -> None:
        super().__init__()
        self._turns = BoundedSemaphore(AT_ONCE)
        self._turn_s = turn_s
        self._is_slow = False
        self._mine = local()
        self._rest_s = rest_s
        self._silent_until = 0.0

    @contextmanager
    def one_turn(self) -> Iterator[None]:
        """Give back, in the end, the turn that a request took: only when its answer is read."""
        self._mine.has_turn = False
        try:
            yield
        finally:
            if self._mine.has_turn:
                self._is_slow = False
                self._turns.release()

    def send(self, *args: Any, **options: Any) -> requests.Response:
        self._take_turn()
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

    def _take_turn(self) -> None:
        """Wait shortly; once somebody has waited in vain, nobody does until a turn is over."""
        self._mine.has_turn = self._turns.acquire(timeout=0 if self._is_slow else self._turn_s)
        if not self._mine.has_turn:
            self._is_slow = True
            raise requests.ConnectionError("the tile server is busy with other tiles")

    def _rest(self) -> None:
        self._silent_until = time.monotonic() + self._rest_s


class _Adapter(CacheControlAdapter, _Polite):
    """The cache, and behind it the way to the server."""

    def __init__(self, cache: BaseCache, rest_s: float, turn_s: float) -> None:
        super().__init__(cache, heuristic=_ReadableRules(), rest_s=rest_s, turn_s=turn_s)


class _ReadableRules(BaseHeuristic):
    """Lets an answer without caching rules be kept for a week, and mends times in the others."""

    def update_headers(self, response: HTTPResponse) -> dict[str, str]:
        now = datetime.now(UTC)
        mended = {"date": _written(_moment(response.headers.get("date"), now))}
        if "expires" in response.headers:
            mended["expires"] = _written(_moment(response.headers["expires"], now))
        elif "cache-control" not in response.headers:
            mended["expires"] = _written(now + timedelta(days=DAYS_WITHOUT_RULES))
        return mended

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
        left = most - max(0, int(age.total_seconds()))
    else:
        left = int((_moment(headers.get("Expires"), now) - now).total_seconds())
    return min(max(0, left), MOST_FRESH_S)


def _moment(text: str | None, otherwise: datetime) -> datetime:
    """Return the moment that a header gives, in UTC; ``otherwise`` where it cannot be read."""
    try:
        moment = parsedate_to_datetime(text) if text else otherwise
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return otherwise


def _written(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)
