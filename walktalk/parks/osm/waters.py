"""Waters: what encloses ground, and what is known as a line: streams, coasts, shores cut off."""

from collections.abc import Iterator
from dataclasses import dataclass

from shapely import LineString

from walktalk.parks.osm.data import OsmData, Tags
from walktalk.parks.osm.polygons import open_edges
from walktalk.parks.osm.rules import is_underground
from walktalk.parks.osm.values import metres

WATERWAYS = frozenset({"river", "stream", "canal"})
COASTLINE, SHORE = "coastline", "shore"

LEAST_WIDTH_M = 2.0
"""Metres from bank to bank of a water whose width nobody has recorded: enough to be seen on a map,
too little to be taken for more than its line."""

EDGE_M = 0.5
"""Metres that the edge of a water is drawn wide."""


@dataclass(frozen=True, slots=True)
class WaterLine:
    """A water's line, in degrees.

    Attributes:
        line: the middle of a stream, or the edge of a sea or lake.
        name: as recorded, or ``""``.
        detail: the kind of waterway, ``COASTLINE``, or ``SHORE``.
        width_m: as recorded; a stream without one is ``LEAST_WIDTH_M``, and a shore is an edge.
    """

    line: LineString
    name: str
    detail: str
    width_m: float = EDGE_M


def is_water(tags: Tags) -> bool:
    """Return whether an area is water."""
    return (
        tags.get("natural") == "water"
        or tags.get("waterway") in ("riverbank", "dock")
        or tags.get("landuse") in ("basin", "reservoir")
    )


def water_lines(data: OsmData) -> Iterator[WaterLine]:
    """Yield the waters that enclose nothing here.

    Those are streams above ground, the coast of the sea, and the edges of waters of which a part
    lies outside the data: a shore is a shore, though nobody can tell what it encloses.
    """
    for way in data.ways.values():
        if len(way.line) < 2 or is_underground(way.tags):  # noqa: PLR2004 - a line has two ends
            continue
        name = way.tags.get("name", "")[:255]
        if way.tags.get("waterway") in WATERWAYS:
            width_m = metres(way.tags.get("width", "")) or LEAST_WIDTH_M
            yield WaterLine(LineString(way.line), name, way.tags["waterway"], width_m)
        elif way.tags.get("natural") == "coastline":
            yield WaterLine(LineString(way.line), name, COASTLINE)
        elif is_water(way.tags) and not way.is_closed:
            yield WaterLine(LineString(way.line), name, SHORE)
    for relation in data.relations.values():
        if is_water(relation.tags):
            name = relation.tags.get("name", "")[:255]
            yield from (WaterLine(edge, name, SHORE) for edge in open_edges(relation, data))
