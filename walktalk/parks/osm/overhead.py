"""Bridges over stretches of way: what passes above, on a higher level."""

from collections.abc import Sequence

import shapely
from shapely import LineString

from walktalk.parks.osm.cutting import Piece
from walktalk.parks.osm.data import OsmData, OsmWay, Tags
from walktalk.parks.osm.rules import RAILWAYS
from walktalk.parks.osm.values import text

_NO_BRIDGE = (None, "no")
UNNAMED = "yes"


def bridges_over(pieces: Sequence[Piece], data: OsmData) -> list[str]:
    """Return the names of the bridges over each stretch, ``UNNAMED`` without one, "" for none.

    Bridges of one name are one, as those of two carriageways are; several stand one after the
    other with a semicolon between.

    Roads, railways and paths on a bridge count where they are drawn across a stretch that lies on
    a lower layer; without a layer a bridge is one above the ground and a tunnel one below
    (https://wiki.openstreetmap.org/wiki/Key:layer).
    """
    bridges = [way for way in data.ways.values() if _is_bridge(way)]
    over: list[list[str]] = [[] for _ in pieces]
    if not bridges:
        return [""] * len(pieces)
    tree = shapely.STRtree([LineString(way.line) for way in bridges])
    lines = [LineString(piece.line) for piece in pieces]
    for number, found in tree.query(lines, predicate="crosses").T.tolist():
        bridge = bridges[found]
        is_joined = not set(bridge.refs).isdisjoint(pieces[number].refs)
        if not is_joined and _layer(bridge.tags) > _layer(pieces[number].way.tags):
            name = text(bridge.tags.get("name") or bridge.tags.get("ref") or "") or UNNAMED
            over[number].append(name)
    return ["; ".join(_named(names)) for names in over]


def _named(names: list[str]) -> list[str]:
    """Return names once each; one without a name is told only where there is no other."""
    named = [name for name in dict.fromkeys(names) if name != UNNAMED]
    return named or names[:1]


def _is_bridge(way: OsmWay) -> bool:
    carries = "highway" in way.tags or way.tags.get("railway") in RAILWAYS
    return carries and way.tags.get("bridge") not in _NO_BRIDGE and len(way.line) > 1


def _layer(tags: Tags) -> float:
    try:
        return float(tags["layer"])
    except (KeyError, ValueError):
        above = tags.get("bridge") not in _NO_BRIDGE
        return float(above) - float(tags.get("tunnel") not in _NO_BRIDGE)
