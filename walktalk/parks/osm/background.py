"""What lies around the paths: a map draws it, and how near it is to them is measured from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from walktalk.parks.geodesy import LonLat
from walktalk.parks.model import BackgroundKind, BackgroundShape, Path, Source
from walktalk.parks.osm.context import is_wood
from walktalk.parks.osm.data import OsmData, Tags
from walktalk.parks.osm.polygons import Area, polygon_parts
from walktalk.parks.osm.rules import CARRIAGEWAYS, is_underground
from walktalk.parks.osm.waters import is_water, water_lines
from walktalk.parks.plane import Plane

DRAWN_WITHIN_M = 400.0  # around the paths: what a wide screen shows beside a walk
SIMPLIFIED_TO_M = 1.5  # less than a line's width on a phone at street level
MEASURED_TO_M = 0.3  # finer where nearness is measured from it: below what anybody maps
_MEASURED = frozenset({"road", "water", "green"})
SMALLEST_M2 = 30.0  # a garage; smaller shapes are specks
DRAWN_DECIMALS = 6  # 0.1 m
MOST_SHAPES: Mapping[BackgroundKind, int] = {
    "boundary": 100,
    "water": 5000,
    "green": 5000,
    "building": 4000,
    "road": 20000,
}
"""The largest of each kind are kept: an area file stays under a few megabytes. Of what nearness is
measured from there are never so many in a town."""

_GREEN: Mapping[str, frozenset[str]] = {
    "leisure": frozenset(
        {
            "park",
            "garden",
            "nature_reserve",
            "recreation_ground",
            "common",
            "golf_course",
            "playground",
        }
    ),
    "landuse": frozenset({"grass", "meadow", "recreation_ground", "village_green", "forest"}),
    "natural": frozenset({"wood", "scrub", "grassland", "heath"}),
}


@dataclass(frozen=True, slots=True)
class _Shape:
    geometry: BaseGeometry
    name: str = ""
    detail: str = ""
    width_m: float = 0.0


def background(
    data: OsmData,
    areas: Mapping[tuple[str, int], Area],
    paths: Mapping[str, Path],
    source: Source,
    boundary: Area | None = None,
) -> tuple[BackgroundShape, ...]:
    """Return boundary, green, water, buildings and roads near the paths, in drawing order."""
    plane = Plane.around(p for path in paths.values() for p in path.coordinates)
    lines = plane.flat(LineString(path.coordinates) for path in paths.values())
    window = shapely.box(*shapely.total_bounds(lines)).buffer(DRAWN_WITHIN_M, join_style="mitre")
    drawn: dict[BackgroundKind, list[_Shape]] = {
        "boundary": [_Shape(boundary)] if boundary is not None else [],
        "green": [],
        "water": [
            _Shape(water.line, water.name, water.detail, water.width_m)
            for water in water_lines(data)
        ],
        "building": [],
        "road": _roads(data),
    }
    for (element, element_id), area in areas.items():
        tags = (data.ways if element == "way" else data.relations)[element_id].tags
        kind, detail = _kind(tags)
        if kind is not None:
            drawn[kind].append(_Shape(area, tags.get("name", "")[:255], detail))
    return tuple(
        BackgroundShape(kind, _rings(part), shape.name, shape.detail, source)
        for kind, shapes in drawn.items()
        for shape, part in _seen(shapes, window, plane, kind)
    )


def _kind(tags: Tags) -> tuple[BackgroundKind | None, str]:
    """Return what an area is drawn as, with the value that says so."""
    if "building" in tags and tags["building"] != "no":
        return "building", ""
    if is_water(tags):
        return "water", ""
    if is_wood(tags):
        return "green", "wood"
    for key, kinds in _GREEN.items():
        if tags.get(key) in kinds:
            return "green", tags[key]
    return None, ""


def _roads(data: OsmData) -> list[_Shape]:
    return [
        _Shape(LineString(way.line), way.tags.get("name", "")[:255], way.tags["highway"])
        for way in data.ways.values()
        if way.tags.get("highway") in CARRIAGEWAYS | {"service"}
        and len(way.line) > 1
        and not is_underground(way.tags)
    ]


def _seen(
    shapes: list[_Shape], window: Polygon, plane: Plane, kind: BackgroundKind
) -> Iterator[tuple[_Shape, Polygon | LineString]]:
    """Return each shape's parts inside the window, simplified, in degrees; the largest only."""
    shapely.prepare(window)
    flat = np.array(plane.flat(shape.geometry for shape in shapes), dtype=object)
    seen = np.flatnonzero(shapely.intersects(flat, window))
    simple = shapely.simplify(flat[seen], MEASURED_TO_M if kind in _MEASURED else SIMPLIFIED_TO_M)
    whole = shapely.contains(window, simple) & shapely.is_valid(simple)
    parts: list[tuple[_Shape, Polygon | LineString]] = []
    for i, drawn, is_whole in zip(seen, simple, whole, strict=True):
        shape = shapes[i]
        if shape.width_m:
            half_m = shape.width_m / 2
            drawn = drawn.buffer(half_m, quad_segs=1, cap_style="flat")  # noqa: PLW2901
        if is_whole and not shape.width_m and isinstance(drawn, Polygon | LineString):
            parts.append((shape, drawn))
        else:
            parts += [(shape, part) for part in _drawable(drawn.intersection(window))]
    parts = [(shape, part) for shape, part in parts if shape.width_m or _is_worth_drawing(part)]
    parts = sorted(parts, key=lambda found: -_size(found[1]))[: MOST_SHAPES[kind]]
    round_parts = plane.round(part for _, part in parts)
    return zip((shape for shape, _ in parts), round_parts, strict=True)


def _drawable(geometry: BaseGeometry) -> list[Polygon | LineString]:
    if geometry.geom_type in ("LineString", "MultiLineString"):
        return list(shapely.get_parts(geometry))
    return list(polygon_parts(geometry if geometry.is_valid else shapely.make_valid(geometry)))


def _is_worth_drawing(part: Polygon | LineString) -> bool:
    return part.area >= SMALLEST_M2 if isinstance(part, Polygon) else part.length > 0


def _size(part: Polygon | LineString) -> float:
    return part.area if isinstance(part, Polygon) else part.length


def _rings(part: Polygon | LineString) -> tuple[tuple[LonLat, ...], ...]:
    rings = [part] if isinstance(part, LineString) else [part.exterior, *part.interiors]
    return tuple(
        tuple((round(x, DRAWN_DECIMALS), round(y, DRAWN_DECIMALS)) for x, y in ring.coords)
        for ring in rings
    )
