"""OpenStreetMap's areas as shapely polygons, mended where they are drawn wrongly."""

from collections.abc import Iterable

import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from walktalk.parks.osm.data import OsmData, OsmRelation, OsmWay

Area = Polygon | MultiPolygon

_SELF_CROSSING = "areas whose outline crosses itself, mended"
_CUT = "areas cut by the extract's edge, of which a part is missing"
_NOT_CLOSED = "areas whose outline is not closed, left out"


def area_polygons(data: OsmData) -> dict[tuple[str, int], Area]:
    """Return every area of the data, in degrees, by kind ("way" or "relation") and id."""
    found: dict[tuple[str, int], Area] = {}
    for relation in data.relations.values():
        if (area := relation_polygon(relation, data)) is not None:
            found["relation", relation.id] = area
    for way in data.ways.values():
        if way.tags and (area := way_polygon(way, data)) is not None:
            found["way", way.id] = area
    return found


def way_polygon(way: OsmWay, data: OsmData) -> Area | None:
    """Return a closed way as a polygon, or ``None`` when it encloses nothing."""
    if not way.is_closed or None in way.positions:
        return None
    polygon = Polygon(way.line)
    if polygon.is_valid:
        return polygon if polygon.area > 0 else None
    data.warnings[_SELF_CROSSING] += 1
    return _area(polygon_parts(shapely.make_valid(polygon)))


def relation_polygon(relation: OsmRelation, data: OsmData) -> Area | None:
    """Return a multipolygon or boundary; several pieces are allowed, inner rings are cut out.

    Returns ``None`` when its outline is not closed in the data, counted as a warning.
    """
    outline = _enclosed(relation, data, ("outer", ""))
    if outline is None:
        data.warnings[_NOT_CLOSED] += 1
        return None
    if any(ref not in data.ways for ref, _role in relation.members):
        data.warnings[_CUT] += 1
    holes = _enclosed(relation, data, ("inner",))
    return outline if holes is None else _area(polygon_parts(outline.difference(holes)))


def polygon_parts(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons in a geometry, lines and points left out."""
    flat = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in flat if isinstance(part, Polygon)]


def joined(areas: Iterable[Area]) -> Area:
    """Return several areas, at least one, as one."""
    pieces = polygon_parts(shapely.union_all(list(areas)))
    return pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)


def open_edges(relation: OsmRelation, data: OsmData) -> list[LineString]:
    """Return the parts of a relation's outline that enclose nothing in the data."""
    lines = _member_lines(relation, data, ("outer", ""))
    if not lines:
        return []
    _areas, cuts, dangles, _invalid = shapely.polygonize_full([_noded(lines)])
    return [*shapely.get_parts(cuts), *shapely.get_parts(dangles)]


def _enclosed(relation: OsmRelation, data: OsmData, roles: tuple[str, ...]) -> Area | None:
    """Return what the member ways of some roles enclose together, however they are cut."""
    lines = _member_lines(relation, data, roles)
    return _area(polygon_parts(shapely.polygonize([_noded(lines)]))) if lines else None


def _member_lines(relation: OsmRelation, data: OsmData, roles: tuple[str, ...]) -> list[LineString]:
    ways = [data.ways[ref] for ref, role in relation.members if role in roles and ref in data.ways]
    return [LineString(way.line) for way in ways if len(way.line) > 1]


def _noded(lines: list[LineString]) -> BaseGeometry:
    return shapely.node(shapely.union_all(lines))


def _area(parts: Iterable[Polygon]) -> Area | None:
    merged = shapely.union_all([part for part in parts if part.area > 0])
    pieces = polygon_parts(merged)
    if not pieces:
        return None
    return pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)
