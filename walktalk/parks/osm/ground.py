"""The ground that an area covers: what an import looks at, and which areas are the same park."""

import shapely
from shapely import LineString, MultiLineString, Polygon

from walktalk.parks.model import Area
from walktalk.parks.osm.polygons import Area as Shape
from walktalk.parks.osm.polygons import joined, polygon_parts
from walktalk.parks.osm.selection import Inside
from walktalk.parks.plane import Plane

BESIDE_M = 25.0
"""The ground of an area reaches so far beyond its boundary and its paths: the other side of a
street, and what a line drawn anew may have moved by."""

APART_M = 500.0
"""Areas of one name farther apart than this are two parks."""

MOSTLY = 0.5
"""A park of which more than this share lies inside another's boundary is a part of it."""


def boundary_of(area: Area) -> Shape | None:
    """Return an area's recorded boundary in degrees, ``None`` where there is none."""
    closed = [
        shapely.make_valid(Polygon(shape.rings[0], shape.rings[1:]))
        for shape in area.background
        if shape.kind == "boundary" and all(len(ring) > 3 for ring in shape.rings)  # noqa: PLR2004
    ]
    parts = [part for shape in closed for part in polygon_parts(shape)]
    return joined(parts) if parts else None


def ground_of(area: Area) -> Shape:
    """Return the ground that an area's boundary and its paths cover, in degrees."""
    plane = Plane.around(position for path in area.paths.values() for position in path.coordinates)
    boundary = boundary_of(area)
    shapes = [LineString(path.coordinates) for path in area.paths.values()]
    covered = [*plane.flat(shapes), *plane.flat([] if boundary is None else [boundary])]
    around = joined(polygon_parts(shapely.union_all(shapely.buffer(covered, BESIDE_M))))
    (ground,) = plane.round([around])
    return ground


def grown_by(outline: Shape, around_m: float) -> Shape:
    """Return an outline in degrees with so many metres around it."""
    middle = outline.centroid
    plane = Plane((middle.x, middle.y))
    (flat,) = plane.flat([outline])
    (ground,) = plane.round([joined(polygon_parts(flat.buffer(around_m)))])
    return ground


def inside_of(ground: Shape) -> Inside:
    """Return a test for lying on a piece of ground."""
    shapely.prepare(ground)
    return lambda position: bool(shapely.contains_xy(ground, *position))


def lies_in(fresh: Area, known: Area) -> bool:
    """Return whether an area is mostly inside another's boundary; both need one."""
    inner, outer = fresh.prepared(boundary_of), known.prepared(boundary_of)
    if inner is None or outer is None:
        return False
    return bool(inner.intersection(outer).area > MOSTLY * inner.area)


def is_near(one: Area, other: Area) -> bool:
    """Return whether two areas lie so close together that they may be the same park."""
    boxes = [shapely.box(*_lines(area).bounds) for area in (one, other)]
    plane = Plane.around([(box.centroid.x, box.centroid.y) for box in boxes[:1]])
    first, second = plane.flat(boxes)
    return bool(first.distance(second) <= APART_M)


def _lines(area: Area) -> MultiLineString:
    return MultiLineString([path.coordinates for path in area.paths.values()])
