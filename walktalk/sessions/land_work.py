"""What work on the land does: it finds what would change, and takes it once somebody agrees."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from walktalk import servers
from walktalk.parks import ParkDataError, load_area, write_area
from walktalk.parks.lidar import with_slopes
from walktalk.parks.osm.importer import AROUND_M, import_extract, import_parks
from walktalk.parks.osm.online import fetch_ground, fetch_park, fetch_parks
from walktalk.parks.osm.store import Stored, prepare, write_texts
from walktalk.resources import shipped_parks

if TYPE_CHECKING:
    from walktalk.parks.osm.importer import Imported
    from walktalk.settings import Settings

Tell = Callable[[str], None]
"""Takes what is being done, as a sentence; raises what ends the work where it is to stop."""


@dataclass(frozen=True)
class Place:
    """Where work is done.

    Attributes:
        settings: the configuration.
        folder: the files of this work alone.
    """

    settings: Settings
    folder: Path

    def file_of(self, area_id: str) -> Path | None:
        """Return the file that an area is read from, ``None`` where there is no such area."""
        name = f"{area_id}.geojson"
        files = (folder / name for folder in (self.settings.imported_parks, shipped_parks()))
        return next((file for file in files if file.is_file()), None)

    def print_of(self, area_id: str) -> str:
        """Return what tells an area's file from any other, ``""`` where there is none."""
        file = self.file_of(area_id)
        return "" if file is None else hashlib.sha256(file.read_bytes()).hexdigest()


def look(kind: str, asked: Mapping[str, str], place: Place, tell: Tell) -> dict[str, Any]:
    """Find what would change, and keep it in the work's folder; nothing is changed yet.

    Args:
        kind: what is to be done (see ``walktalk.sessions.jobs``).
        asked: what with.
        place: where.
        tell: called with what is being done.

    Returns:
        ``areas``, for each what changes and what told its file before, and ``odd``: how often
        each oddity was met.

    Raises:
        ParkDataError: it cannot be done; says why.
    """
    imported = _read(kind, asked, place, tell)
    tell("Comparing with what is there")
    stored = prepare(imported, place.settings.imported_parks, shipped_parks())
    place.folder.mkdir(parents=True, exist_ok=True)
    odd: dict[str, int] = {}
    for item in stored:
        write_area(item.area, place.folder / item.path.name)
        for oddity, times in item.warnings.items():
            odd[oddity] = odd.get(oddity, 0) + times
    return {"areas": [_told(item, place) for item in stored], "odd": odd}


def measure(asked: Mapping[str, str], place: Place, tell: Tell) -> str:
    """Measure the slopes of an area and put them into use; return what was found, in a sentence.

    Raises:
        ParkDataError: it cannot be done; says why.
    """
    file = place.file_of(asked["area"])
    if file is None:
        raise ParkDataError("This area is no longer there.")
    filled, summary = with_slopes(load_area(file), servers.lidar(place.settings), tell)
    write_area(filled, place.settings.imported_parks / file.name)
    return f"Slopes are measured: {summary.in_words()}"


def take(found: Mapping[str, Any], place: Place) -> bool:
    """Put what was found into use, all of it or nothing.

    Returns:
        Whether it was: not where an area has changed since it was looked at.

    Raises:
        ParkDataError: it cannot be written, or what was found is no longer there.
    """
    texts: dict[Path, str] = {}
    for each in found["areas"]:
        name = f"{each['id']}.geojson"
        try:
            text = (place.folder / name).read_text(encoding="utf-8")
        except OSError as error:
            raise ParkDataError("What was found is no longer there. Ask again.") from error
        fresh = hashlib.sha256(text.encode()).hexdigest()
        if place.print_of(each["id"]) not in (each["before"], fresh):
            return False
        texts[place.settings.imported_parks / name] = text
    write_texts(texts)
    return True


def _read(kind: str, asked: Mapping[str, str], place: Place, tell: Tell) -> list[Imported]:
    overpass = servers.overpass(place.settings)
    if kind == "park":
        tell(f"Asking {overpass.host} for {asked['name']}. If it is busy, this takes minutes.")
        name = f"{asked['name']}, {asked['town']}"
        return [fetch_park(name, AROUND_M, overpass, servers.geocoder(place.settings))]
    if kind == "town":
        tell(f"Asking {overpass.host} for the parks of {asked['town']}. This may take minutes.")
        return fetch_parks(asked["town"], AROUND_M, overpass, tell)
    if kind == "ground":
        file = place.file_of(asked["area"])
        if file is None:
            raise ParkDataError("This area is no longer there.")
        tell(f"Asking {overpass.host} for this ground. If it is busy, this takes minutes.")
        return [fetch_ground(load_area(file), overpass)]
    sent = place.folder / "sent" / asked["file"]
    tell(f"Reading {asked['file']}")
    if asked["what"] == "whole":
        return [import_extract(sent, None, asked["name"])]
    return import_parks(sent, asked["name"] or None, AROUND_M, tell)


def _told(item: Stored, place: Place) -> dict[str, Any]:
    return {
        "id": item.area.id,
        "name": item.area.name,
        "is_new": item.is_new,
        "paths": len(item.area.paths),
        "metres": round(sum(path.length_m for path in item.area.paths.values())),
        "added": len(item.summary.added),
        "changed": len(item.summary.changed),
        "gone": len(item.summary.gone),
        "kept": len(item.summary.kept),
        "lost_routes": item.summary.lost_routes,
        "before": place.print_of(item.area.id),
    }
