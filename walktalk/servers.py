"""The other servers that this installation may ask, as its settings name them."""

from walktalk.parks.asking import Online
from walktalk.settings import Settings


def overpass(settings: Settings) -> Online:
    """Return how to ask for what OpenStreetMap knows."""
    return _server(settings.overpass, "openstreetmap", settings)


def geocoder(settings: Settings) -> Online | None:
    """Return how to ask where a place is, ``None`` where that is switched off."""
    return _server(settings.geocoder, "openstreetmap", settings) if settings.geocoder else None


def lidar(settings: Settings) -> Online:
    """Return how to ask for the heights of the ground in England."""
    return _server(settings.lidar, "heights", settings)


def _server(url: str, kept_in: str, settings: Settings) -> Online:
    return Online(
        url=url,
        user_agent=settings.user_agent,
        cache=settings.home / "cache" / kept_in,
        timeout_s=settings.network_timeout,
        backoff_s=settings.network_backoff,
    )
