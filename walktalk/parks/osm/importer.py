"""From an OpenStreetMap extract to an area."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path as FilePath

from walktalk.parks.errors import ParkDataError
from walktalk.parks.model import Area, Path, Source
from walktalk.parks.osm.cutting import Inside, Piece, cut_ways, nodes_on
from walktalk.parks.osm.data import OsmData
from walktalk.parks.osm.extract import Bounds, read_extract
from walktalk.parks.osm.facts import IMPORTED_KINDS, add_node_facts, path_facts
from walktalk.parks.osm.places import find_places, meeting_points
from walktalk.parks.osm.polygons import area_polygons

COPYRIGHT = "https://www.openstreetmap.org/copyright"
_MAX_ID = 60


def import_osm(
    extract: FilePath | str, bbox: Bounds | None = None, name: str | None = None
) -> Area:
    """Turn an OpenStreetMap extract, or the part of it inside a box, into an area.

    Args:
        extract: ``.osm.pbf``, ``.osm``, ``.osm.gz`` or ``.osm.bz2``.
        bbox: west, south, east, north in degrees; ``None`` for the whole extract.
        name: what the area is called; ``None`` for the file's name.

    Raises:
        ParkDataError: the extract cannot be read, the box makes no sense, or nothing in it can
            be walked.
    """
    extract = FilePath(extract)
    if bbox is not None:
        check_bounds(bbox)
    data = read_extract(extract, bbox)
    name = name or extract.name.split(".")[0]
    return area_from(data, name, None if bbox is None else _in_box(bbox))


def area_from(data: OsmData, name: str, inside: Inside | None = None) -> Area:
    """Turn what was read from OpenStreetMap into an area; ``data.warnings`` counts oddities.

    Args:
        data: the extract.
        name: what the area is called.
        inside: only paths with a node for which this holds.

    Raises:
        ParkDataError: nothing in it can be walked.
    """
    source = Source("osm", "OpenStreetMap contributors", data.as_of, "ODbL-1.0", COPYRIGHT)
    paths = _paths(data, cut_ways(data, inside), source)
    if not paths:
        raise ParkDataError(f"{name}: there is nothing to walk on there")
    areas = area_polygons(data)
    places = [
        place
        for place in find_places(data, areas, source)
        if inside is None or inside(place.position)
    ]
    starts = meeting_points(paths, places)
    return Area(
        id=slug(name),
        name=name,
        paths=paths,
        places={place.id: place for place in (*starts, *places)},
        sources={source.id: source},
        searched=dict.fromkeys(sorted(IMPORTED_KINDS), source),
    )


def slug(name: str) -> str:
    """Return a name as an id: lower case, ASCII, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", ""))[:_MAX_ID].strip("-") or "area"


def check_bounds(bounds: Bounds) -> None:
    """Refuse a box that is none.

    Raises:
        ParkDataError: naming what is accepted.
    """
    west, south, east, north = bounds
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 - degrees
        raise ParkDataError(
            f"the box {west},{south},{east},{north} holds nothing: accepted are west,south,east,"
            "north in degrees, west less than east and south less than north"
        )


def _in_box(bounds: Bounds) -> Inside:
    west, south, east, north = bounds
    return lambda position: west <= position[0] <= east and south <= position[1] <= north


def _paths(data: OsmData, pieces: Iterable[Piece], source: Source) -> dict[str, Path]:
    tags_of = {node.id: node.tags for node in data.nodes.values()}
    facts_of = {}
    seen: Counter[str] = Counter()
    paths: dict[str, Path] = {}
    for piece in pieces:
        if piece.way.id not in facts_of:
            facts_of[piece.way.id] = path_facts(piece.way.tags, data.warnings)
        facts = dict(facts_of[piece.way.id])
        for tags in nodes_on(piece, tags_of):
            add_node_facts(facts, tags, data.warnings)
        seen[piece.path_id] += 1
        twin = f"-{seen[piece.path_id]}" if seen[piece.path_id] > 1 else ""
        path = Path(
            id=f"{piece.path_id}{twin}",
            coordinates=piece.line,
            facts=facts,
            sources=dict.fromkeys(("geometry", *facts), source),
        )
        if path.length_m > 0:
            paths[path.id] = path
        else:
            data.warnings["stretches of no length, left out"] += 1
    return paths
