"""Where other lines meet or cross stretches of way on the level: at a shared node, or without."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely import LineString

from walktalk.parks.geodesy import LonLat
from walktalk.parks.osm.cutting import Piece
from walktalk.parks.osm.data import OsmWay, Tags

_NOT = (None, "no", "0")


@dataclass(frozen=True, slots=True)
class Across:
    """A line that meets a stretch.

    Attributes:
        way: the line.
        position: where, as (longitude, latitude).
        ref: the node they share, ``None`` where they cross without one.
    """

    way: OsmWay
    position: LonLat
    ref: int | None


def is_level(tags: Tags) -> bool:
    """Return whether a way lies on the ground: on no bridge, in no tunnel, on no other layer."""
    return all(tags.get(key) in _NOT for key in ("bridge", "tunnel", "layer"))


def lines_across(pieces: Sequence[Piece], ways: Iterable[OsmWay]) -> list[list[Across]]:
    """Return, for each stretch, the lines that pass it on the level, in the order of its nodes.

    A line that only ends at a stretch's node does not pass it, unless another of the lines goes on
    from there. Where lines and stretches share no node, they cross where they are drawn to.

    Args:
        pieces: the stretches.
        ways: the lines, each on the level.
    """
    ways = [way for way in ways if len(way.line) > 1]
    at_node = _passed_nodes(ways)
    found: list[list[Across]] = [[] for _ in pieces]
    for number, piece in enumerate(pieces):
        for ref, position in zip(piece.refs, piece.line, strict=True):
            way = at_node.get(ref)
            if way is not None and way.id != piece.way.id:
                found[number].append(Across(way, position, ref))
    for number, across in _without_a_node(pieces, ways):
        found[number].append(across)
    return found


def _passed_nodes(ways: Iterable[OsmWay]) -> dict[int, OsmWay]:
    """Return the nodes that lines pass, with one of the lines that pass there."""
    arms: Counter[int] = Counter()
    way_at: dict[int, OsmWay] = {}
    for way in ways:
        for ref, other in pairwise(way.refs):
            arms[ref] += 1
            arms[other] += 1
        way_at.update(dict.fromkeys(way.refs, way))
    return {ref: way for ref, way in way_at.items() if arms[ref] > 1}


def _without_a_node(
    pieces: Sequence[Piece], ways: Sequence[OsmWay]
) -> Iterable[tuple[int, Across]]:
    level = [number for number, piece in enumerate(pieces) if is_level(piece.way.tags)]
    segments = [
        (way, LineString([start, end]), refs)
        for way in ways
        for (start, end), refs in zip(pairwise(way.positions), pairwise(way.refs), strict=True)
        if start is not None and end is not None
    ]
    if not level or not segments:
        return
    tree = shapely.STRtree([line for _, line, _ in segments])
    lines = [LineString(pieces[number].line) for number in level]
    pairs = tree.query(lines, predicate="intersects").T.tolist()
    for line_number, segment_number in pairs:
        number = level[line_number]
        way, segment, refs = segments[segment_number]
        if way.id == pieces[number].way.id or not set(refs).isdisjoint(pieces[number].refs):
            continue
        for point in _points(lines[line_number].intersection(segment)):
            yield number, Across(way, (round(point.x, 7), round(point.y, 7)), None)


def _points(shape: shapely.Geometry) -> list[shapely.Point]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Point)]
