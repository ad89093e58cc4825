"""``walktalk parks check``: the land, checked."""

import dataclasses
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from walktalk.areas import known_areas
from walktalk.commands.tables import area_table
from walktalk.parks import (
    ACCESS_FACTS,
    Area,
    AreaSummary,
    ParkDataError,
    check_areas,
    load_area,
)
from walktalk.routes.checks import title_of
from walktalk.settings import Settings

CANNOT_BE_USED = 1


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Validate FILES, or every known area, and say what each holds and what is unknown."""
    areas: list[Area] = []
    refused: list[str] = []
    if files:
        for file in files:
            try:
                areas.append(load_area(file))
            except ParkDataError as error:
                refused.append(str(error))
    else:
        try:
            areas = list(known_areas(Settings()).values())
        except ParkDataError as error:
            refused.append(str(error))
    summaries = check_areas(areas)
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(summary) for summary in summaries], indent=2))
    elif summaries:
        Console().print(_contents(summaries), _unknown(summaries))
        for sentence in _to_know(areas, summaries):
            click.echo(sentence)
    for reason in refused:
        click.echo(reason, err=True)
    sys.exit(CANNOT_BE_USED if refused else 0)


def _to_know(areas: list[Area], summaries: list[AreaSummary]) -> Iterator[str]:
    """Say what the tables do not: all of it together, and what needs looking at."""
    lengths = {path.coordinates: path.length_m for a in areas for path in a.paths.values()}
    yield (
        f"In all: {len(areas)} areas, {len(lengths)} paths, {sum(lengths.values()) / 1000:.1f} km; "
        "a path of several areas counts once."
    )
    for summary in summaries:
        if summary.pieces > 1:
            yield f"{summary.id}: {summary.pieces} pieces that no recorded path joins."
    for area in areas:
        for lost in area.lost_routes.values():
            yield f"{area.id}: {lost.route.name!r} can no longer be walked as stored."


def _contents(summaries: list[AreaSummary]) -> Table:
    table = area_table(
        "What each area holds",
        "km",
        "Pieces",
        "Steps",
        "Heights",
        "Seats",
        "Meet",
        "Walks",
    )
    for summary in summaries:
        counts = (
            f"{summary.kilometres:.1f}",
            summary.pieces,
            summary.steps,
            summary.with_heights,
            summary.benches,
            summary.meeting_points,
            summary.routes,
        )
        table.add_row(summary.id, *map(str, counts))
    return table


def _unknown(summaries: list[AreaSummary]) -> Table:
    titles = list(map(title_of, ACCESS_FACTS))
    table = area_table("What nobody has recorded, as a share of the paths' length", *titles)
    for summary in summaries:
        shares = (f"{summary.unknown_share[fact]:.0%}" for fact in ACCESS_FACTS)
        table.add_row(summary.id, *shares)
    return table
