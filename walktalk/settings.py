"""Configuration from the environment; every variable starts with ``WALKTALK_``."""

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the person who runs Walktalk can set.

    Attributes:
        home: folder of database, secret and cache; made when missing.
        database_url: SQLAlchemy URL; empty for SQLite in ``home``.
        parks: folder of imported areas; empty for ``home/parks``.
        secret_key: signs cookies and links; empty for one made and kept in ``home``.
        base_url: how people reach this server; ``https`` means production.
        tiles: address pattern of a tile server, fetched only through this server; empty for none.
        overpass: address of the Overpass interpreter that ``walktalk parks fetch`` asks.
        geocoder: address of a Nominatim server that finds places by name; empty for none.
        user_agent: how this installation introduces itself to both.
        network_timeout: seconds to wait for an answer of theirs.
        network_backoff: seconds before a busy server is asked again, doubling each time.
    """

    model_config = SettingsConfigDict(env_prefix="WALKTALK_", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("walktalk"))
    database_url: str = ""
    parks: Path | None = None
    secret_key: str = ""
    base_url: str = "http://localhost:8000"
    tiles: str = ""
    overpass: str = "https://overpass-api.de/api/interpreter"
    geocoder: str = ""
    user_agent: str = "walktalk/0.1 (a person importing one park at a time)"
    network_timeout: float = Field(default=90.0, gt=0, le=600)
    network_backoff: float = Field(default=5.0, ge=0, le=60)

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
