"""``walktalk parks import`` and ``fetch``: land from OpenStreetMap."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from walktalk.commands.tables import area_table
from walktalk.parks import ACCESS_FACTS, ParkDataError, check_areas
from walktalk.parks.osm.importer import AROUND_M, Imported, import_extract, import_parks
from walktalk.parks.osm.selection import Bounds, check_bounds
from walktalk.parks.osm.store import Stored, prepare, write
from walktalk.resources import shipped_parks
from walktalk.routes.checks import title_of
from walktalk.settings import Settings

CANNOT_BE_USED = 1

Read = Callable[[Callable[[str], object]], list[Imported]]


class _Box(click.ParamType[Bounds]):
    name = "W,S,E,N"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Bounds:
        """Read four numbers as a box."""
        try:
            west, south, east, north = (float(part) for part in str(value).split(","))
            check_bounds((west, south, east, north))
        except ParkDataError as error:
            self.fail(str(error), param, ctx)
        except ValueError:
            self.fail(f"{value!r} is not west,south,east,north in degrees", param, ctx)
        return west, south, east, north


around_option = click.option(
    "--around",
    type=click.FloatRange(0, 2000),
    default=AROUND_M,
    show_default=True,
    metavar="METRES",
    help="How far outside a park's boundary ways still count.",
)
dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would change, no more.")


@click.command("import")
@click.argument("extract", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--park", metavar="NAME", help="Only the park of this name.")
@click.option("--bbox", type=_Box(), help="Only what lies inside this box, in degrees.")
@click.option("--all-parks", is_flag=True, help="Every named park, an area each.")
@click.option("--name", metavar="NAME", help="What the area is called, without --park.")
@around_option
@dry_run_option
def import_command(
    *,
    extract: Path,
    park: str | None,
    bbox: Bounds | None,
    all_parks: bool,
    name: str | None,
    around: float,
    dry_run: bool,
) -> None:
    """Turn EXTRACT (.osm.pbf, .osm, .osm.gz, .osm.bz2, Overpass .json) into areas.

    Without --park, --bbox or --all-parks the whole extract becomes one area. What people recorded
    in an area of the same name is kept.
    """
    if sum((park is not None, bbox is not None, all_parks)) > 1:
        raise click.UsageError("accepted is one of --park, --bbox and --all-parks")
    if name is not None and (park is not None or all_parks):
        raise click.UsageError(
            "--name goes with --bbox or the whole extract; with --park the park has one"
        )

    def read(step: Callable[[str], object]) -> list[Imported]:
        if park is not None or all_parks:
            return import_parks(extract, park, around, step)
        step(f"Reading {extract.name}")
        return [import_extract(extract, bbox, name)]

    bring_in(read, dry_run=dry_run)


def bring_in(read: Read, *, dry_run: bool, otherwise: str = "") -> None:
    """Read areas, merge them with what is there, say what changes and write them.

    Where that cannot be, the reason is printed, with what else can be done.
    """
    settings = Settings()
    try:
        with _progress() as progress:
            task = progress.add_task("Starting", total=None)
            found = read(lambda step: progress.update(task, description=escape(step)))
            progress.update(task, description="Comparing with what is there")
            stored = prepare(found, settings.imported_parks, shipped_parks())
        report(stored)
        if dry_run:
            click.echo("Nothing was written: this was a dry run.")
            return
        write(stored)
    except ParkDataError as error:
        click.echo(f"{error}\n{otherwise}".strip(), err=True)
        sys.exit(CANNOT_BE_USED)
    click.echo(f"Written to {settings.imported_parks}")


def report(stored: list[Stored]) -> None:
    """Print what changes, what is odd, and what is unknown and worth a look on the ground."""
    console = Console()
    console.print(_changes(stored), _unknown(stored))
    for item in stored:
        for name in item.summary.lost_routes:
            console.print(
                f"{escape(item.area.id)}: the stored route {escape(name)!r} can no longer be "
                "walked as it was; it is set apart until somebody decides.",
                soft_wrap=True,
            )
    warnings: dict[str, int] = {}
    for item in stored:
        for oddity, times in item.warnings.items():
            warnings[oddity] = warnings.get(oddity, 0) + times
    for oddity, times in sorted(warnings.items()):
        console.print(f"{times} {escape(oddity)}", soft_wrap=True)


def _changes(stored: list[Stored]) -> Table:
    table = area_table("What changes", "Paths", "km", "Added", "Changed", "Gone", "Kept by hand")
    for item, found in zip(stored, check_areas(s.area for s in stored), strict=True):
        counts = (
            found.paths,
            f"{found.kilometres:.1f}",
            len(item.summary.added),
            len(item.summary.changed),
            len(item.summary.gone),
            len(item.summary.kept),
        )
        table.add_row(f"{item.area.id}{' (new)' if item.is_new else ''}", *map(str, counts))
    return table


def _unknown(stored: list[Stored]) -> Table:
    titles = list(map(title_of, ACCESS_FACTS))
    table = area_table("Unknown, and worth a look on the ground: kilometres", *titles)
    for found in check_areas(item.area for item in stored):
        shares = (found.kilometres * found.unknown_share[fact] for fact in ACCESS_FACTS)
        table.add_row(found.id, *(f"{share:.1f}" for share in shares))
    return table


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
