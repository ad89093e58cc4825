"""OpenStreetMap: extracts and Overpass answers turned into areas."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from walktalk.parks.model import Area
    from walktalk.parks.osm.selection import Bounds


def import_osm(
    extract: FilePath | str, bbox: Bounds | None = None, name: str | None = None
) -> Area:
    """Turn an OpenStreetMap extract, or the part of it inside a box, into an area.

    Args:
        extract: ``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2`` or an Overpass answer
            (``.json``).
        bbox: west, south, east, north in degrees; ``None`` for the whole extract.
        name: what the area is called; ``None`` for the file's name.

    Raises:
        ParkDataError: the extract cannot be read, the box makes no sense, or nothing in it can
            be walked.
    """
    from walktalk.parks.osm.importer import import_extract

    return import_extract(FilePath(extract), bbox, name).area


__all__ = ["import_osm"]
