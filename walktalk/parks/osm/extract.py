"""Reads an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz, .osm.bz2) with pyosmium."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path as FilePath
from typing import Any

from walktalk.parks.errors import ParkDataError
from walktalk.parks.extras import optional
from walktalk.parks.geodesy import LonLat
from walktalk.parks.osm.data import OsmData, OsmNode, OsmRelation, OsmWay
from walktalk.parks.osm.editors import own_id, stand_in, tidied
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

_SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")


def read_extract(
    path: FilePath,
    bounds: Bounds | None = None,
    wanted: Wanted | None = None,
    keys: tuple[str, ...] = (),
    *,
    all_relations: bool = False,
) -> OsmData:
    """Read what an import needs, of the whole extract or of the part inside bounds.

    A way comes in when one of its nodes lies inside the bounds, with all its nodes.

    Args:
        path: the extract; an Overpass answer (``.json``) is read too.
        bounds: west, south, east, north in degrees, or ``None`` for everything.
        wanted: takes the tags of a way or relation and says whether to read it; ``None`` for
            everything an import walks, draws, measures to or names.
        keys: what is wanted has one of these keys; naming them makes reading quicker.
        all_relations: take relations of every type, not only those that enclose ground.

    Raises:
        ParkDataError: no such file, not an OpenStreetMap file, truncated or corrupt.
    """
    wanted = wanted or is_wanted
    if path.suffix.lower() == ".json":
        return read_overpass(path, bounds, wanted)
    _refuse_other_files(path)
    data = OsmData()
    try:
        with tidied(path) as ordered:
            members = _read_relations(ordered, data, wanted, all_relations=all_relations)
            for element in _elements(ordered, members, keys):
                _take(element, data, members, (bounds, wanted))
        data.as_of = _date_of(path)
    except (RuntimeError, ValueError, _osmium().InvalidLocationError) as error:
        raise ParkDataError(
            f"{path}: not an OpenStreetMap file, or a damaged one: {_first_line(error)}"
        ) from error
    return data


def _osmium() -> Any:
    return optional("osmium", "osm", "Reading extracts")


def _refuse_other_files(path: FilePath) -> None:
    if not path.is_file():
        raise ParkDataError(f"{path}: there is no such file")
    if not path.name.lower().endswith(_SUFFIXES):
        raise ParkDataError(
            f"{path}: accepted are OpenStreetMap extracts ({', '.join(_SUFFIXES)}) "
            "and Overpass answers (.json)"
        )


def _file(path: FilePath) -> Any:
    """Return a file for the reader, which knows a format by its ending in lower case only."""
    name = path.name.lower()
    suffix = next(each for each in _SUFFIXES if name.endswith(each))
    return _osmium().io.File(str(path), suffix.removeprefix("."))


def _read_relations(
    path: FilePath, data: OsmData, wanted: Wanted, *, all_relations: bool
) -> frozenset[int]:
    """Take the areas made of several ways; return the ids of those ways."""
    reader: Any = _osmium().FileProcessor(_file(path), _osmium().osm.RELATION)
    reader.with_filter(_osmium().filter.KeyFilter("name", *READ_KEYS))
    for relation in reader:
        of_a_type = all_relations or relation.tags.get("type") in AREA_TYPES
        if of_a_type and wanted(dict(relation.tags)):
            number = own_id(relation.id)
            data.relations[number] = OsmRelation(
                id=number,
                tags=dict(relation.tags),
                members=tuple((own_id(m.ref), m.role) for m in relation.members if m.type == "w"),
            )
    return frozenset(ref for r in data.relations.values() for ref, _ in r.members)


def _elements(path: FilePath, members: frozenset[int], keys: tuple[str, ...]) -> Iterator[Any]:
    """Return tagged nodes and ways with their positions, then ways that only areas need.

    Without keys every way comes, so that one pass is enough.
    """
    tagged: Any = _osmium().filter.KeyFilter(*(keys or NODE_KEYS))
    tagged.enable_for(_osmium().osm.NODE | _osmium().osm.WAY if keys else _osmium().osm.NODE)
    yield from _with_positions(path).with_filter(tagged)
    if keys and members:
        needed: Any = _osmium().filter.IdFilter(map(stand_in, members))
        no_nodes: Any = _osmium().filter.IdFilter(())
        yield from (
            _with_positions(path)
            .with_filter(no_nodes.enable_for(_osmium().osm.NODE))
            .with_filter(needed.enable_for(_osmium().osm.WAY))
        )


def _with_positions(path: FilePath) -> Any:
    library = _osmium()
    kinds = library.osm.NODE | library.osm.WAY
    return library.FileProcessor(_file(path), kinds).with_locations()


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
            number = own_id(element.id)
            data.nodes[number] = OsmNode(number, dict(element.tags), position)
    elif own_id(element.id) in members or (
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
    nodes = [(own_id(node.ref), _position(node.location)) for node in element.nodes]
    return OsmWay(
        id=own_id(element.id),
        tags=dict(element.tags),
        refs=tuple(ref for ref, _ in nodes),
        positions=tuple(position for _, position in nodes),
    )


def _position(location: Any) -> LonLat | None:
    return (location.lon, location.lat) if location.valid() else None


def _date_of(path: FilePath) -> str:
    """Return the date in the file's header, else of the file itself."""
    header = _osmium().io.Reader(_file(path)).header()
    for key in ("osmosis_replication_timestamp", "timestamp"):
        if found := re.match(r"\d{4}-\d{2}-\d{2}", header.get(key, "")):
            return found[0]
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["unknown reason"])[0]
