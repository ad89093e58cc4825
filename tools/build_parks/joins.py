"""Joins ends that the tiles drew apart: at most 1.6 m, in one park, each join marked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely import Point

from tools.build_parks.ways import Way, cut_at, degrees_of_ends, flat, position_of, rounded
from walktalk.parks import LonLat

MOST_JOINED_M = 1.6
"""The tiles drop lines under 1.5 m: ends nearer than this were one junction."""

_SAME_END_M = 0.3


def with_joins(ways: Sequence[Way], parks: Sequence[shapely.Geometry]) -> list[Way]:
    """Return the ways, those whose end stops short of another way in one park drawn on to it.

    The way that is drawn on says by how much: ``joined_m``.

    Args:
        ways: of the whole town.
        parks: grounds in metres on the town's flat map; ends are joined inside one of them only.
    """
    lines = flat(ways)
    tree = shapely.STRtree(lines)
    inside = shapely.STRtree(parks)
    degrees = degrees_of_ends(ways)
    cuts: dict[int, list[LonLat]] = defaultdict(list)
    ends: dict[int, dict[int, tuple[LonLat, float]]] = defaultdict(dict)
    joined: set[LonLat] = set()
    for number, way in enumerate(ways):
        for end in (0, -1):
            here = way.line[end]
            if degrees[here] > 1 or here in joined:
                continue
            point = Point(lines[number].coords[end])
            if not len(inside.query(point, predicate="within")):
                continue
            near = tree.query(point, predicate="dwithin", distance=MOST_JOINED_M).tolist()
            others = [n for n in near if n != number and here not in ways[n].ends]
            found = _nearest_way(point, others, ways, lines)
            if found is None:
                continue
            other, position, away_m = found
            ends[number][end] = (position, away_m)
            cuts[other].append(position)
            joined.add(position)
    return cut_at([_drawn_on(way, ends.get(n, {})) for n, way in enumerate(ways)], cuts)


def _nearest_way(
    point: Point, others: Sequence[int], ways: Sequence[Way], lines: Sequence[shapely.LineString]
) -> tuple[int, LonLat, float] | None:
    """Return the way an end stops short of, the position on it (its end where near), and metres."""
    if not others:
        return None
    other = min(others, key=lambda n: lines[n].distance(point))
    line = lines[other]
    ends = [Point(line.coords[0]), Point(line.coords[-1])]
    end = min(ends, key=point.distance)
    if end.distance(point) <= MOST_JOINED_M:
        position = ways[other].line[0 if end == ends[0] else -1]
        return other, position, end.distance(point)
    on_it = line.interpolate(line.project(point))
    return other, position_of(on_it), on_it.distance(point)


def _drawn_on(way: Way, ends: dict[int, tuple[LonLat, float]]) -> Way:
    line = list(way.line)
    for end, (position, away_m) in ends.items():
        if away_m <= _SAME_END_M:
            line[end] = position
        else:
            line.insert(0 if end == 0 else len(line), position)
    metres = [away_m for _, away_m in ends.values() if away_m > _SAME_END_M]
    way = replace(way, line=rounded(line))
    if not metres:
        return way
    return way.with_facts({"joined_m": round(max(metres), 1)}, "osm-2023-lines")
