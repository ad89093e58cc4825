"""``walktalk parks fetch``: a park straight from OpenStreetMap's servers."""

from collections.abc import Callable

import click

from walktalk.commands.importing import around_option, bring_in, dry_run_option
from walktalk.parks.osm.importer import Imported
from walktalk.parks.osm.online import Online, fetch_park
from walktalk.settings import Settings


@click.command("fetch")
@click.option("--park", required=True, metavar='"NAME, TOWN"', help="The park and its town.")
@around_option
@dry_run_option
def fetch_command(park: str, around: float, dry_run: bool) -> None:
    """Ask an Overpass server for a park and turn the answer into an area.

    One question, whose answer is kept for a week. The server's address, the time-out and how this
    installation introduces itself are set by WALKTALK_OVERPASS, WALKTALK_NETWORK_TIMEOUT and
    WALKTALK_USER_AGENT. With WALKTALK_GEOCODER set, Nominatim finds the park, town or no town.
    """
    settings = Settings()
    overpass = _server(settings.overpass, settings)
    nominatim = _server(settings.geocoder, settings) if settings.geocoder else None

    def read(step: Callable[[str], object]) -> list[Imported]:
        step(f"Asking for {park}")
        return [fetch_park(park, around, overpass, nominatim)]

    bring_in(read, dry_run=dry_run)


def _server(url: str, settings: Settings) -> Online:
    return Online(
        url=url,
        user_agent=settings.user_agent,
        cache=settings.home / "cache" / "openstreetmap",
        timeout_s=settings.network_timeout,
        backoff_s=settings.network_backoff,
    )
