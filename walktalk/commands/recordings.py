"""``walktalk routes``: which walks there are, and a recorded one into the library."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import click

from walktalk.areas import known_areas
from walktalk.commands.options import no_such_area
from walktalk.commands.stored_walks import area_with_own_walks
from walktalk.parks import Area
from walktalk.routes import RequestError
from walktalk.routes.recordings import (
    MAX_BYTES,
    KeptRecording,
    RecordingError,
    SeveralTracks,
    read_to_keep,
)
from walktalk.routes.words import distance_in_words
from walktalk.sessions import recorded
from walktalk.sessions.accounts import first_account
from walktalk.sessions.store.database import use_database
from walktalk.settings import Settings

MAKES_NO_SENSE = 2


@click.command("list")
@click.option("--area", "area_id", metavar="ID", help="Of this park alone.")
def list_routes(area_id: str | None) -> None:
    """Print the walks that 'walktalk plan --route' takes."""
    settings = Settings()
    areas = known_areas(settings)
    if area_id is not None:
        _require_area(areas, area_id)
        areas = {area_id: areas[area_id]}
    for area in areas.values():
        whole, own = area_with_own_walks(area, settings)
        if not whole.routes:
            continue
        click.echo(f"{area.name} ({area.id})")
        for route in whole.routes.values():
            metres = sum(whole.paths[path_id].length_m for path_id in route.path_ids)
            once = "once round" if route.closed else "one way"
            kind = ", recorded" if route.id in own else ""
            click.echo(f"  {route.id}: {route.name}, {distance_in_words(metres)} {once}{kind}")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--area", "area_id", required=True, metavar="ID", help="The park it lies in.")
@click.option("--name", metavar="NAME", help="What it is called; no person's name.")
@click.option("--track", type=int, metavar="N", help="Which of several tracks, from 1.")
def import_recording(file: Path, area_id: str, name: str | None, track: int | None) -> None:
    """Add the recorded walk in FILE to the library: GPX, FIT, TCX, KML, KMZ, GeoJSON, also zipped.

    What is kept is the line from start to end, the heights along it, and the day.
    """
    settings = Settings()
    areas = known_areas(settings)
    _require_area(areas, area_id)
    kept = _read(areas[area_id], file, track)
    with use_database(settings) as factory, factory.begin() as db:
        try:
            walk = recorded.save(db, first_account(db), area_id, name or _usual_name(kept), kept)
        except RequestError as error:
            _leave(f"--name: {error.accepted}")
    click.echo(f"Added to the library: {walk.name}, {areas[area_id].name}")
    click.echo(f"Length: {distance_in_words(kept.length_m)}")
    click.echo(_match_in_words(kept))
    for warning in kept.warnings:
        click.echo(warning, err=True)


def _require_area(areas: Mapping[str, Area], area_id: str) -> None:
    if area_id not in areas:
        _leave(f"--area: {no_such_area(area_id, areas)}")


def _read(area: Area, file: Path, track: int | None) -> KeptRecording:
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
        return read_to_keep(area, data, file.name, track)
    except OSError as error:
        _leave(f"{file}: cannot be read: {error.strerror or error}")
    except SeveralTracks as error:
        for choice in error.choices:
            click.echo(f"--track {choice.number}: {distance_in_words(choice.length_m)}", err=True)
        _leave(f"{file}: {error}")
    except RecordingError as error:
        _leave(f"{file}: {error}")


def _usual_name(kept: KeptRecording) -> str:
    day = kept.recorded_on
    return "Recorded walk" if day is None else f"Walk of {day.day} {day:%B} {day.year}"


def _match_in_words(kept: KeptRecording) -> str:
    if not kept.share:
        return "Match: it lies on no recorded path. It is kept with its own line."
    way = "as a walk over those paths" if kept.path_ids else "with its own line"
    return (
        f"Match: {kept.share:.0%} of it lies on recorded paths, half of that within "
        f"{kept.median_m:.1f} m and 95% within {kept.p95_m:.1f} m. It is kept {way}."
    )


def _leave(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    sys.exit(MAKES_NO_SENSE)
