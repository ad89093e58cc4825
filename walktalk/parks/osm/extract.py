"""Reads an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz, .osm.bz2) with pyosmium."""

import bz2
import gzip
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path as FilePath
from typing import Any

import osmium

from walktalk.parks.errors import ParkDataError
from walktalk.parks.geodesy import LonLat
from walktalk.parks.osm.data import OsmData, OsmNode, OsmRelation, OsmWay
from walktalk.parks.osm.overpass import read_overpass
from walktalk.parks.osm.selection import AREA_TYPES, Bounds, Wanted, is_inside, is_wanted

READ_KEYS = (
    "highway",
    "amenity",
    "leisure",
    "natural",
    "landuse",
    "waterway",
    "building",
    "railway",
    "tourism",
    "emergency",
    "boundary",
)
NODE_KEYS = ("barrier", "kerb", "entrance", "door", "ford", "hazard", "crossing", *READ_KEYS)

MAX_UNPACKED_BYTES = 8_000_000_000
"""A 25 MB extract unpacks to about 0.4 GB; a compression bomb to more than this."""

_SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")
_CHUNK_BYTES = 1 << 20


def read_extract(
    path: FilePath,
    bounds: Bounds | None = None,
    wanted: Wanted | None = None,
    keys: tuple[str, ...] = (),
) -> OsmData:
    """Read what an import needs, of the whole extract or of the part inside bounds.

    A way comes in when one of its nodes lies inside the bounds, with all its nodes.

    Args:
        path: the extract; an Overpass answer (``.json``) is read too.
        bounds: west, south, east, north in degrees, or ``None`` for everything.
        wanted: takes the tags of a way or relation and says whether to read it; ``None`` for
            everything an import walks, draws, measures to or names.
        keys: what is wanted has one of these keys; naming them makes reading quicker.

    Raises:
        ParkDataError: no such file, not an OpenStreetMap file, truncated or corrupt.
    """
    wanted = wanted or is_wanted
    if path.suffix.lower() == ".json":
        return read_overpass(path, bounds, wanted)
    _refuse_other_files(path)
    data = OsmData()
    try:
        members = _read_relations(path, data, wanted)
        for element in _elements(path, members, keys):
            _take(element, data, members, (bounds, wanted))
        data.as_of = _date_of(path)
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise ParkDataError(
            f"{path}: not an OpenStreetMap file, or a damaged one: {_first_line(error)}"
        ) from error
    return data


def _refuse_other_files(path: FilePath) -> None:
    if not path.is_file():
        raise ParkDataError(f"{path}: there is no such file")
    if not path.name.lower().endswith(_SUFFIXES):
        raise ParkDataError(
            f"{path}: accepted are OpenStreetMap extracts ({', '.join(_SUFFIXES)}) "
            "and Overpass answers (.json)"
        )
    openers: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".bz2": bz2.open}
    opener = openers.get(path.suffix.lower())
    if opener is None:
        return
    try:
        with opener(path, "rb") as file:
            size = 0
            while chunk := file.read(_CHUNK_BYTES):
                size += len(chunk)
                if size > MAX_UNPACKED_BYTES:
                    raise ParkDataError(
                        f"{path}: unpacks to more than {MAX_UNPACKED_BYTES // 10**9} GB"
                    )
    except (EOFError, OSError) as error:
        raise ParkDataError(f"{path}: truncated or corrupt: {error}") from error


def _read_relations(path: FilePath, data: OsmData, wanted: Wanted) -> frozenset[int]:
    """Take the areas made of several ways; return the ids of those ways."""
    reader: Any = osmium.FileProcessor(str(path), osmium.osm.RELATION)
    reader.with_filter(osmium.filter.KeyFilter(*READ_KEYS))
    for relation in reader:
        if relation.tags.get("type") in AREA_TYPES and wanted(dict(relation.tags)):
            data.relations[relation.id] = OsmRelation(
                id=relation.id,
                tags=dict(relation.tags),
                members=tuple((m.ref, m.role) for m in relation.members if m.type == "w"),
            )
    return frozenset(ref for r in data.relations.values() for ref, _ in r.members)


def _elements(path: FilePath, members: frozenset[int], keys: tuple[str, ...]) -> Iterator[Any]:
    """Return tagged nodes and ways with their positions, then ways that only areas need.

    Without keys every way comes, so that one pass is enough.
    """
    tagged: Any = osmium.filter.KeyFilter(*(keys or NODE_KEYS))
    tagged.enable_for(osmium.osm.NODE | osmium.osm.WAY if keys else osmium.osm.NODE)
    yield from _with_positions(path).with_filter(tagged)
    if keys and members:
        needed: Any = osmium.filter.IdFilter(members)
        no_nodes: Any = osmium.filter.IdFilter(())
        yield from (
            _with_positions(path)
            .with_filter(no_nodes.enable_for(osmium.osm.NODE))
            .with_filter(needed.enable_for(osmium.osm.WAY))
        )


def _with_positions(path: FilePath) -> Any:
    return osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_locations()


def _take(
    element: Any,
    data: OsmData,
    members: frozenset[int],
    taken: tuple[Bounds | None, Wanted],
) -> None:
    bounds, wanted = taken
    if element.is_node():
        position = _position(element.location)
        if position is not None and is_inside(position, bounds):
            data.nodes[element.id] = OsmNode(element.id, dict(element.tags), position)
    elif element.id in members or (
        wanted(element.tags) and not _is_building_outside(element, bounds)
    ):
        way = _way(element)
        if bounds is None or any(is_inside(p, bounds) for p in way.line):
            data.ways[way.id] = way


def _is_building_outside(element: Any, bounds: Bounds | None) -> bool:
    """Return whether a building starts outside the bounds: most ways do, and are small."""
    if bounds is None or "building" not in element.tags or not len(element.nodes):
        return False
    first = _position(element.nodes[0].location)
    return first is None or not is_inside(first, bounds)


def _way(element: Any) -> OsmWay:
    nodes = [(node.ref, _position(node.location)) for node in element.nodes]
    return OsmWay(
        id=element.id,
        tags=dict(element.tags),
        refs=tuple(ref for ref, _ in nodes),
        positions=tuple(position for _, position in nodes),
    )


def _position(location: Any) -> LonLat | None:
    return (location.lon, location.lat) if location.valid() else None


def _date_of(path: FilePath) -> str:
    """Return the date in the file's header, else of the file itself."""
    header = osmium.io.Reader(str(path)).header()
    for key in ("osmosis_replication_timestamp", "timestamp"):
        if found := re.match(r"\d{4}-\d{2}-\d{2}", header.get(key, "")):
            return found[0]
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["unknown reason"])[0]
