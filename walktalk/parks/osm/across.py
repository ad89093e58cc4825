"""Where other lines meet or cross stretches of way on the level: at a shared node, or without."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, tau

import shapely
from shapely import LineString

from walktalk.parks.geodesy import LonLat
from walktalk.parks.osm.cutting import Piece
from walktalk.parks.osm.data import OsmWay, Tags

_NOT = (None, "no", "0")
_ALONG_RAD = 1e-3  # what shares two nodes has one direction, to rounding


Arm = tuple[OsmWay, LonLat]
"""A line that leaves a node, and where to: a line that passes leaves it twice."""


@dataclass(frozen=True, slots=True)
class Across:
    """A line that meets a stretch.

    Attributes:
        way: the line.
        position: where, as (longitude, latitude).
        ref: the node they share, ``None`` where they cross without one.
        arms: the lines that leave that node, this one among them, and where to.
        is_at_end: whether the node is an end of the stretch.
    """

    way: OsmWay
    position: LonLat
    ref: int | None
    arms: tuple[Arm, ...] = ()
    is_at_end: bool = False


def is_level(tags: Tags) -> bool:
    """Return whether a way lies on the ground: on no bridge, in no tunnel, on no other layer."""
    return all(tags.get(key) in _NOT for key in ("bridge", "tunnel", "layer"))


def lines_across(pieces: Sequence[Piece], ways: Iterable[OsmWay]) -> list[list[Across]]:
    """Return, for each stretch, the lines that pass it on the level, in the order of its nodes.

    A line that shares a node with a stretch passes it where the lines leave that node to both
    sides of the stretch. At a stretch's end, whose other side nobody knows, every line counts that
    leaves it. Where lines and stretches share no node, those on the ground cross where they are
    drawn to.

    Args:
        pieces: the stretches.
        ways: the lines.
    """
    ways = [way for way in ways if len(way.line) > 1]
    arms = _arms(ways)
    found: list[list[Across]] = [list(_at_nodes(piece, arms)) for piece in pieces]
    for number, across in _without_a_node(pieces, [way for way in ways if is_level(way.tags)]):
        found[number].append(across)
    return found


def _arms(ways: Iterable[OsmWay]) -> dict[int, list[Arm]]:
    """Return the lines that leave each node."""
    arms: dict[int, list[Arm]] = defaultdict(list)
    for way in ways:
        known = [
            (ref, position)
            for ref, position in zip(way.refs, way.positions, strict=True)
            if position is not None
        ]
        for (ref, position), (other, there) in pairwise(known):
            if ref != other:
                arms[ref].append((way, there))
                arms[other].append((way, position))
    return arms


def _at_nodes(piece: Piece, arms: Mapping[int, list[Arm]]) -> Iterator[Across]:
    last = len(piece.refs) - 1
    for number, ref in enumerate(piece.refs):
        leaving = tuple(arm for arm in arms.get(ref, ()) if arm[0].id != piece.way.id)
        at_end = number in (0, last)
        if at_end or _on_both_sides(piece.line[number - 1 : number + 2], leaving):
            for way in {way.id: way for way, _ in leaving}.values():
                yield Across(way, piece.line[number], ref, leaving, at_end)


def _on_both_sides(through: Sequence[LonLat], leaving: Iterable[Arm]) -> bool:
    """Return whether lines leave the middle of three positions to both sides of the way through.

    A line that runs along the way, as rails in a street do, leaves it to neither.
    """
    before, here, after = through
    came = _angle(here, before)
    apart = (_angle(here, after) - came) % tau
    turned = [(_angle(here, to) - came) % tau for _, to in leaving]
    aside = [each for each in turned if min(each, tau - each, abs(each - apart)) > _ALONG_RAD]
    return len({each < apart for each in aside}) > 1


def _angle(here: LonLat, there: LonLat) -> float:
    return atan2(there[1] - here[1], there[0] - here[0])


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
