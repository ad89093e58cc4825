"""``walktalk parks heights``: heights and gradients from height models and recorded tracks."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from walktalk import servers
from walktalk.areas import known_areas
from walktalk.commands.options import no_such_area
from walktalk.parks import Area, ParkDataError, check_areas, load_area, write_area
from walktalk.parks.height_files import open_all
from walktalk.parks.heights import HeightsSummary, with_heights
from walktalk.parks.lidar import with_slopes
from walktalk.settings import Settings

CANNOT_BE_USED = 1
MAKES_NO_SENSE = 2


@click.command("heights")
@click.argument("area", metavar="AREA")
@click.argument(
    "models",
    nargs=-1,
    required=True,
    metavar="DEM...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--error",
    type=click.FloatRange(0, 100),
    metavar="METRES",
    help="How far heights may be off, for a file whose source does not say.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, no more.")
def heights_command(
    area: str, models: tuple[Path, ...], error: float | None, dry_run: bool
) -> None:
    """Fill in heights and gradients of AREA (its id, or a file), the best height model first.

    DEM is an SRTM tile (.hgt, also zipped), an OS Terrain 50 tile (.asc), a GeoTIFF or a recorded
    .gpx. The error a source states goes with every height and gradient taken from it.
    """
    _fill_in(area, lambda known: with_heights(known, open_all(models, error)), dry_run=dry_run)


@click.command("slopes")
@click.argument("area", metavar="AREA")
@click.option("--dry-run", is_flag=True, help="Say what would change, no more.")
def slopes_command(area: str, dry_run: bool) -> None:
    """Measure the slopes of AREA (its id, or a file) by the 1 m model of England's ground.

    Asks the Environment Agency, or the server that WALKTALK_LIDAR names, for the square kilometres
    that its paths lie in. What it sends is kept and not asked for again.
    """
    server = servers.lidar(Settings())
    _fill_in(area, lambda known: with_slopes(known, server, click.echo), dry_run=dry_run)


def _fill_in(
    area: str, fill: Callable[[Area], tuple[Area, HeightsSummary]], *, dry_run: bool
) -> None:
    """Fill heights in, write the area and say what has changed."""
    try:
        known, file = _area(area, Settings())
        filled, summary = fill(known)
        (after,) = check_areas([filled])
        changed = filled.paths != known.paths
        if changed and not dry_run:
            write_area(filled, file)
    except ParkDataError as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(CANNOT_BE_USED)
    click.echo(f"{known.name}: {summary.in_words()}")
    if summary.left_out:
        click.echo(f"{summary.left_out} heights that cannot be right were left out.")
    click.echo(f"Heights are known along {after.with_heights} of its {after.paths} paths.")
    if dry_run:
        click.echo("Nothing was written: this was a dry run.")
    else:
        click.echo(f"Written to {file}" if changed else "Nothing was written: nothing changed.")


def _area(name: str, settings: Settings) -> tuple[Area, Path]:
    """Return an area by id or file, and the file its new state goes to."""
    if name.lower().endswith(".geojson"):
        return load_area(name), Path(name)
    areas = known_areas(settings)
    if name not in areas:
        click.echo(f"AREA: {no_such_area(name, areas)}", err=True)
        sys.exit(MAKES_NO_SENSE)
    return areas[name], settings.imported_parks / f"{name}.geojson"
