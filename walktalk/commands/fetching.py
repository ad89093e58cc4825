"""``walktalk parks fetch``: a park straight from OpenStreetMap's servers."""

import sys
from collections.abc import Callable

import click

from walktalk import servers
from walktalk.areas import known_areas
from walktalk.commands.importing import CANNOT_BE_USED, around_option, bring_in, dry_run_option
from walktalk.parks import ParkDataError
from walktalk.parks.meeting import spoken_distance
from walktalk.parks.osm.importer import Imported
from walktalk.parks.osm.online import fetch_park, locate
from walktalk.settings import Settings

_OTHERWISE = "An extract can be brought in with 'walktalk parks import'."


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

    def read(step: Callable[[str], object]) -> list[Imported]:
        step(f"Asking for {park}")
        return [fetch_park(park, around, servers.overpass(settings), servers.geocoder(settings))]

    bring_in(read, dry_run=dry_run, otherwise=_OTHERWISE)


@click.command("locate")
@click.argument("name")
def locate_command(name: str) -> None:
    """Ask Nominatim where NAME is, for use with --from=LON,LAT.

    Only where WALKTALK_GEOCODER names a server: the name leaves this machine. Answers are kept.
    """
    settings = Settings()
    if (geocoder := servers.geocoder(settings)) is None:
        raise click.UsageError("finding places by name is switched off: set WALKTALK_GEOCODER")
    try:
        position = locate(name, geocoder)
        areas = known_areas(settings)
    except ParkDataError as error:
        click.echo(str(error), err=True)
        sys.exit(CANNOT_BE_USED)
    click.echo(f"{position[0]:.6f},{position[1]:.6f}")
    away_m = {area.id: area.network.snap(position).distance_m for area in areas.values()}
    nearest = min(away_m, key=away_m.__getitem__)
    click.echo(f"The nearest path is {spoken_distance(away_m[nearest])} away, in {nearest}.")
