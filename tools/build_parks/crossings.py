"""Where paths cross roads, from the geometry: on one level, at an end, or beneath a bridge."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import shapely
from shapely import Point

from tools.build_parks.facts import Feature
from tools.build_parks.ways import RoadCrossed, Way, flat, flat_lines, position_of
from walktalk.parks import LonLat

AT_THE_ROAD_M = 1.5
"""A path that ends this near to a road's middle line ends on the road: the tiles round."""

_INNER_M = 3.0
"""Which side of a road a path lies on is seen this far from its end."""

A_ROAD = "a road"
"""How a crossing is told where the road has no recorded name."""

_ARM_M = 10.0
"""A road's bearing is read over this distance, as a path's is."""

_OFF_THE_GROUND = ("bridge", "tunnel", "layer")


def with_crossings(ways: Sequence[Way], roads: Sequence[Feature]) -> list[Way]:
    """Return the ways with the roads that each crosses on its level, or meets at its end.

    A way on a bridge or in a tunnel crosses nothing; a way beneath a road's bridge says so in
    ``under_bridge``. A road crossed between a way's ends also stands in ``crosses_road``.
    """
    lines, crossed = flat(ways), flat_lines(roads)
    tree = shapely.STRtree(crossed)
    found: list[Way] = []
    for way, line in zip(ways, lines, strict=True):
        near = tree.query(line, predicate="dwithin", distance=AT_THE_ROAD_M)
        roads_near = [(roads[n], crossed[n]) for n in sorted(near.tolist())]
        found.append(_with_roads(way, line, roads_near))
    return _where_paths_lie_on_both_sides(found, crossed)


def _where_paths_lie_on_both_sides(
    ways: Sequence[Way], roads: Sequence[shapely.LineString]
) -> list[Way]:
    """Return the ways without the roads met at ends where every path is on the same side."""
    tree = shapely.STRtree(roads)
    sides: dict[LonLat, set[bool]] = defaultdict(set)
    for way, line in zip(ways, flat(ways), strict=True):
        for end in (0, -1):
            point = Point(line.coords[end])
            near = tree.query_nearest(point, max_distance=AT_THE_ROAD_M, all_matches=False)
            if len(near):
                inner = line.interpolate(min(_INNER_M, line.length) * (1 if end == 0 else -1))
                sides[way.line[end]].add(_is_left(roads[int(near[0])], point, inner))
    return [
        replace(
            way,
            crossed=tuple(
                each
                for each in way.crossed
                if position_of(each.point) not in way.ends
                or len(sides[position_of(each.point)]) > 1
            ),
        )
        for way in ways
    ]


def _is_left(road: shapely.LineString, at: Point, point: Point) -> bool:
    along = road.project(at)
    a = road.interpolate(max(0.0, along - _INNER_M))
    b = road.interpolate(min(road.length, along + _INNER_M))
    return bool((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0)


def _with_roads(
    way: Way, line: shapely.LineString, roads: Sequence[tuple[Feature, shapely.LineString]]
) -> Way:
    off_the_ground = any(
        str(way.facts.get(name, "no")) not in ("no", "0") for name in _OFF_THE_GROUND
    )
    under = [road for road, there in roads if _is_bridge(road) and line.crosses(there)]
    if under:
        way = way.with_facts({"under_bridge": _name(under[0]) or A_ROAD}, "osm-2023-lines")
    if off_the_ground:
        return way
    level = [(road, there) for road, there in roads if _is_level(road)]
    between = [(road, there) for road, there in level if line.crosses(there)]
    met: dict[tuple[float, float], RoadCrossed] = {}
    for road, there in sorted(between, key=lambda each: _rank(each[0])):
        for point in _points(line.intersection(there)):
            met.setdefault(position_of(point), _crossed(road, point))
    for end in (0, -1):
        point = Point(line.coords[end])
        at_end = [
            (road, there)
            for road, there in level
            if there.distance(point) <= AT_THE_ROAD_M and not _is_beside(way, road)
        ]
        if at_end:
            busiest = _crossed(min((road for road, _ in at_end), key=_rank), point)
            arms = tuple(sorted(deg for _, there in at_end for deg in _arms_deg(there, point)))
            met.setdefault(way.line[end], replace(busiest, arms_deg=arms))
    if between:
        road = min((road for road, _ in between), key=_rank)
        way = way.with_facts({"crosses_road": _name(road) or A_ROAD}, "osm-2023-lines")
    ordered = sorted(met.values(), key=lambda each: line.project(each.point))
    return replace(way, crossed=tuple(ordered))


def _points(geometry: shapely.Geometry) -> list[Point]:
    return [part for part in shapely.get_parts(geometry).tolist() if isinstance(part, Point)]


def _crossed(road: Feature, point: Point) -> RoadCrossed:
    return RoadCrossed(road.text("road_class"), _name(road), point)


def _is_beside(way: Way, road: Feature) -> bool:
    """Return whether a way is recorded to run along a road: it meets that one all along."""
    return way.facts.get("beside_road") == (_name(road) or A_ROAD)


def _arms_deg(road: shapely.LineString, at: Point) -> Iterator[int]:
    """Yield the bearings by which a road leaves a point on it: two, or one where it ends there."""
    along = road.project(at)
    here = road.interpolate(along)
    for there_m in (along - _ARM_M, along + _ARM_M):
        there = road.interpolate(min(max(there_m, 0.0), road.length))
        if here.distance(there) > AT_THE_ROAD_M:
            yield round(math.degrees(math.atan2(there.x - here.x, there.y - here.y))) % 360


def _name(road: Feature) -> str:
    return road.text("name") or road.text("ref")


def _is_bridge(road: Feature) -> bool:
    return road.text("bridge") == "yes" or road.text("layer") == "1"


def _is_level(road: Feature) -> bool:
    return not (_is_bridge(road) or road.text("tunnel") or road.text("layer") == "-1")


_CLASSES: Mapping[str, int] = {
    "motorway": 0,
    "trunk or primary": 1,
    "secondary or tertiary": 2,
    "residential, service or unclassified": 3,
    "other": 4,
}


def _rank(road: Feature) -> tuple[int, bool]:
    """Order roads by how much they matter: the class first, then those that have a name."""
    return _CLASSES.get(road.text("road_class"), len(_CLASSES)), not road.text("name")
