"""Configuration from the environment; every variable starts with ``WALKTALK_``."""

import ipaddress
import re
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from walktalk.errors import SettingsError

OSM_TILE_HOST = "openstreetmap.org"
OSM_TILE_ATTRIBUTION = "© OpenStreetMap contributors https://www.openstreetmap.org/copyright"
"""What the tile usage policy of openstreetmap.org wants to be seen on the map, with its link."""

IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

_USUAL_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?")


class Settings(BaseSettings):
    """What the person who runs Walktalk can set.

    Attributes:
        home: folder of database, secret and cache; made when missing.
        database_url: SQLAlchemy URL; empty for SQLite in ``home``.
        parks: folder of imported areas; empty for ``home/parks``.
        secret_key: signs cookies and links; empty for one made and kept in ``home``.
        base_url: how people reach this server, scheme and host alone; ``https`` means production.
        trusted_proxies: addresses and networks, with a comma or space between them, of the proxies
            that say who asks and whether by https; nobody else is believed.
        tiles: address pattern of a tile server, fetched only through this server; empty for none.
        tiles_attribution: who made the tiles, as it stands on the map; an address at its end
            becomes a link. Needed with ``tiles``, but for openstreetmap.org's own.
        overpass: address of the Overpass interpreter that ``walktalk parks fetch`` asks.
        geocoder: address of a Nominatim server that finds places by name; empty for none.
        lidar: address of the Web Coverage Service of England's heights of the ground, every 1 m.
        user_agent: how this installation introduces itself to all of them.
        network_timeout: seconds to wait for an answer of theirs.
        network_backoff: seconds before a busy server is asked again, doubling each time.
    """

    model_config = SettingsConfigDict(env_prefix="WALKTALK_", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("walktalk"))
    database_url: str = ""
    parks: Path | None = None
    secret_key: str = ""
    base_url: str = "http://localhost:8000"
    trusted_proxies: str = "127.0.0.1, ::1"
    tiles: str = ""
    tiles_attribution: str = ""
    overpass: str = "https://overpass-api.de/api/interpreter"
    geocoder: str = ""
    lidar: str = (
        "https://environment.data.gov.uk/spatialdata/"
        "lidar-composite-digital-terrain-model-dtm-1m/wcs"
    )
    user_agent: str = "walktalk/0.1 (a person importing one park at a time)"
    network_timeout: float = Field(default=90.0, gt=0, le=600)
    network_backoff: float = Field(default=5.0, ge=0, le=60)

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors()[0]
            name = "_".join(str(part) for part in first["loc"]).upper()
            raise SettingsError(f"WALKTALK_{name}: {first['msg'].lower()}") from error

    @field_validator("base_url")
    @classmethod
    def _tidied(cls, address: str) -> str:
        """Return the base address as it stands before every path; refuse what is none."""
        accepted = SettingsError(
            f"WALKTALK_BASE_URL is {address!r}; accepted is http or https with a host and "
            "nothing after it, such as https://walks.example.org"
        )
        try:
            parts = urlsplit(address.strip().lower())
            host, port = parts.hostname or "", parts.port
            is_ip = ":" in host and bool(ipaddress.IPv6Address(host))
            host = host if is_ip else host.encode("idna").decode()
        except ValueError as error:
            raise accepted from error
        rest = parts.path.strip("/") or parts.query or parts.fragment or parts.username
        if parts.scheme not in _USUAL_PORTS or rest or not (is_ip or _HOST.fullmatch(host)):
            raise accepted
        shown = f"[{host}]" if is_ip else host
        is_usual = port in (None, _USUAL_PORTS[parts.scheme])
        return f"{parts.scheme}://{shown}" if is_usual else f"{parts.scheme}://{shown}:{port}"

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, text: str) -> str:
        """Refuse what names no networks."""
        try:
            _networks_in(text)
        except ValueError as error:
            raise SettingsError(
                f"WALKTALK_TRUSTED_PROXIES: {error}; accepted are addresses and networks such as "
                "127.0.0.1, 10.0.0.0/8"
            ) from error
        return text

    @model_validator(mode="after")
    def _tiles_make_sense(self) -> Self:
        """Refuse a pattern that names no tile, and tiles that nobody is named for."""
        if not self.tiles:
            return self
        parts = urlsplit(self.tiles)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError("WALKTALK_TILES: accepted is an http or https address")
        if missing := [name for name in ("{z}", "{x}", "{y}") if name not in self.tiles]:
            raise SettingsError(
                f"WALKTALK_TILES: {' and '.join(missing)} missing; accepted is an address such as "
                "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
            )
        if not self.tiles_notice:
            raise SettingsError(
                f"WALKTALK_TILES_ATTRIBUTION: say who made the tiles of {parts.hostname}"
            )
        return self

    @property
    def tiles_host(self) -> str:
        """Host that tiles come from; ``""`` without any."""
        return urlsplit(self.tiles).hostname or ""

    @property
    def tiles_notice(self) -> str:
        """Who made the tiles."""
        is_osm = f".{self.tiles_host}".endswith(f".{OSM_TILE_HOST}")
        return self.tiles_attribution or (OSM_TILE_ATTRIBUTION if is_osm else "")

    @property
    def proxies(self) -> tuple[IPNetwork, ...]:
        """The networks of the proxies that are believed."""
        return _networks_in(self.trusted_proxies)

    @property
    def is_production(self) -> bool:
        """Whether pages are served over https."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def is_loopback(self) -> bool:
        """Whether the base URL is one that only this machine can open."""
        host = urlsplit(self.base_url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")

    @property
    def imported_parks(self) -> Path:
        """Folder of the areas imported on this machine."""
        return self.parks or self.home / "parks"


def _networks_in(text: str) -> tuple[IPNetwork, ...]:
    """Return the networks that ``text`` names.

    Raises:
        ValueError: one of them is none.
    """
    return tuple(ipaddress.ip_network(part) for part in text.replace(",", " ").split())
