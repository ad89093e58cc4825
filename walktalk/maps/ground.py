"""What lies around a walk, chosen and made simple for one paper: the same for every drawing.

A ground is in the units of its paper and only for the eye: nothing is ever measured on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from walktalk.maps.paper import Box, Paper
from walktalk.parks import Area, LonLat, Path
from walktalk.parks.model import BackgroundShape

SURFACES = ("park", "grass", "wood", "water", "building")
"""Layers of surfaces, the lowest first."""
LINES = ("stream", "lane", "street", "road", "main-road", "path", "under", "steps")
"""Layers of lines, the lowest first; they lie on the surfaces."""
POINTS = ("seat", "gate")
"""Layers of points, on top of all."""

SIMPLIFIED_TO = 0.8
"""Drawing units, about a CSS pixel on a phone: less than one shows nowhere."""
_BUILDINGS_TO = 2.0
"""Buildings are many and only hint at where houses stand."""
BUILDINGS_BEYOND = 0.3
"""How far buildings go on beyond the paper at most, in shares of its width: a wider screen's map
has no straight edge where they end."""
_SMALLEST: dict[str, float] = {"building": 40.0, "water": 3.0}
_SMALLEST_OTHER = 12.0
"""Square units below which a surface is a speck and left out."""

_WOODS = frozenset({"wood", "forest", "scrub"})
_PARKS = frozenset(
    {
        "park",
        "garden",
        "common",
        "nature_reserve",
        "recreation_ground",
        "village_green",
        "golf_course",
        "playground",
        "dog_park",
        "heath",
    }
)
"""Values of ``detail``, as OpenStreetMap names woods and parks; any other green is grass."""
_MAIN_ROADS = ("motorway", "trunk", "primary")
_ROADS = ("secondary", "tertiary")
"""Words in a road's ``detail``; one source knows "secondary or tertiary" only."""
_SHORTEST_LANE = 20.0
"""Units below which a street without a name is a drive or a corner of a car park."""
_ALSO = {"stream": "water", "street": "road", "main-road": "road", "steps": "path", "under": "path"}
"""Layers that are named together: a road may change its class on the way."""
SEATS = frozenset({"bench"})
"""Kinds of place that are drawn as seats."""
_GATES = frozenset({"gate", "entrance"})

_TYPE_IDS = {"LineString": 1, "Polygon": 3}
"""GEOS's numbers of kinds of geometry."""

Geometries = NDArray[np.object_]
Rings = Sequence[Sequence[LonLat]]


@dataclass(frozen=True, slots=True)
class Named:
    """Something on the ground that has a name.

    Attributes:
        layer: the layer it is drawn in; "road" for a road of any class, "water" for a stream too.
        name: as recorded.
        geometry: all that has the name, in the paper's units, cut to the paper.
    """

    layer: str
    name: str
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies around a walk, ready to be drawn.

    Attributes:
        layers: geometries in the paper's units by layer, in drawing order; none is empty.
        named: what has a name, on the paper itself.
        reach: how far it goes: left, top, right, bottom in the paper's units.
    """

    layers: dict[str, Geometries]
    named: tuple[Named, ...]
    reach: Box


def ground_on(area: Area, paper: Paper, beyond: tuple[float, float] = (0.0, 0.0)) -> Ground:
    """Return what of an area lies on a paper.

    Args:
        area: the area.
        paper: what it is drawn on.
        beyond: units that the ground goes on beyond the paper's sides, and beyond its top and
            bottom. Buildings, which are many, end sooner: see ``BUILDINGS_BEYOND``.
    """
    sheet: Box = (0.0, 0.0, paper.width, paper.height)
    reach = (-beyond[0], -beyond[1], paper.width + beyond[0], paper.height + beyond[1])
    pieces = _pieces(area, paper, reach)
    layers: dict[str, Geometries] = {}
    for layer in (*SURFACES, *LINES):
        found = np.array([each.geometry for each in pieces if each.layer == layer], dtype=object)
        if len(found):
            cut = _less(reach, paper) if layer == "building" else reach
            drawn = (_surfaces if layer in SURFACES else _lines)(layer, found, cut)
            if len(drawn):
                layers[layer] = drawn
    for layer, kinds in (("seat", SEATS), ("gate", _GATES)):
        points = _points(area, kinds, paper, reach)
        if len(points):
            layers[layer] = points
    return Ground(layers, _named(pieces, area, sheet), reach)


def _less(reach: Box, paper: Paper) -> Box:
    """Return the part of a reach that buildings are drawn in."""
    most = BUILDINGS_BEYOND * paper.width
    left, top, right, bottom = reach
    return (
        max(left, -most),
        max(top, -most),
        min(right, paper.width + most),
        min(bottom, paper.height + most),
    )


def is_flight(path: Path) -> bool:
    """Return whether a path is recorded as steps."""
    return path.facts.get("highway") == "steps" or path.facts.get("steps") == "yes"


@dataclass(frozen=True, slots=True)
class _Recorded:
    """Lines or surfaces of an area, before they are laid on a paper.

    Attributes:
        layers, names: of each.
        positions: (longitude, latitude) of all of them, one line or ring after another.
        corners: how many positions each line or ring has.
        owners: which of them each line or ring belongs to.
    """

    layers: Sequence[str]
    names: Sequence[str]
    positions: NDArray[np.float64]
    corners: NDArray[np.int_]
    owners: NDArray[np.int_]

    def near(self, box: Box) -> _Recorded:
        """Return those that may meet a box in degrees."""
        if not len(self.corners):
            return self
        starts = np.cumsum(self.corners) - self.corners
        least = np.minimum.reduceat(self.positions, starts)
        most = np.maximum.reduceat(self.positions, starts)
        met = np.all((most >= box[:2]) & (least <= box[2:]), axis=1)
        near = np.bincount(self.owners, met, minlength=len(self.layers)) > 0
        numbers, rings = np.flatnonzero(near).tolist(), near[self.owners]
        return _Recorded(
            [self.layers[number] for number in numbers],
            [self.names[number] for number in numbers],
            self.positions[np.repeat(rings, self.corners)],
            self.corners[rings],
            (np.cumsum(near) - 1)[self.owners[rings]],
        )


def _pieces(area: Area, paper: Paper, reach: Box) -> list[Named]:
    """Return shapes and paths that meet the reach, each with its layer and name."""
    box = paper.degrees(reach)
    lines, surfaces, paths = (each.near(box) for each in area.prepared(_recorded))
    layers = [*lines.layers, *surfaces.layers, *paths.layers]
    names = [*lines.names, *surfaces.names, *paths.names]
    drawn = (_as_lines(lines, paper), _as_polygons(surfaces, paper), _as_lines(paths, paper))
    geometries = np.concatenate(drawn)
    seen = np.flatnonzero(shapely.intersects(geometries, shapely.box(*reach)))
    return [Named(layers[i], names[i], geometries[i]) for i in seen.tolist()]


def _recorded(area: Area) -> tuple[_Recorded, _Recorded, _Recorded]:
    """Return an area's lines, surfaces and paths that are drawn."""
    lines: list[tuple[str, str, Rings]] = []
    surfaces: list[tuple[str, str, Rings]] = []
    for shape in area.background:
        if shape.rings and _is_line(shape):
            parts = [ring for ring in shape.rings if len(ring) > 1]
            lines += [(_layer(shape, is_line=True), shape.name, (part,)) for part in parts]
        elif shape.rings:
            surfaces.append((_layer(shape, is_line=False), shape.name, shape.rings))
    paths: list[tuple[str, str, Rings]] = [
        (_path_layer(path), str(path.facts.get("name", "")), (path.coordinates,))
        for path in area.paths.values()
        if not _is_pavement(path)
    ]
    return _together(lines), _together(surfaces), _together(paths)


def _together(recorded: Sequence[tuple[str, str, Rings]]) -> _Recorded:
    """Return layers, names and rings as arrays."""
    rings = [ring for _, _, each in recorded for ring in each]
    flat = list(chain.from_iterable(rings))
    return _Recorded(
        [layer for layer, _, _ in recorded],
        [name for _, name, _ in recorded],
        np.array(flat, dtype=float).reshape(-1, 2),
        np.array([len(ring) for ring in rings], dtype=int),
        np.repeat(np.arange(len(recorded)), [len(each) for _, _, each in recorded]),
    )


def _as_lines(recorded: _Recorded, paper: Paper) -> Geometries:
    flat = paper.flat(recorded.positions)
    numbers = np.repeat(np.arange(len(recorded.corners)), recorded.corners)
    return np.asarray(shapely.linestrings(flat, indices=numbers), dtype=object)


def _as_polygons(recorded: _Recorded, paper: Paper) -> Geometries:
    flat = paper.flat(recorded.positions)
    numbers = np.repeat(np.arange(len(recorded.corners)), recorded.corners)
    rings: Geometries = np.asarray(shapely.linearrings(flat, indices=numbers), dtype=object)
    made = np.asarray(shapely.polygons(rings, indices=recorded.owners), dtype=object)
    broken = ~shapely.is_valid(made)
    made[broken] = shapely.make_valid(made[broken])
    return np.asarray(made, dtype=object)


def _is_line(shape: BackgroundShape) -> bool:
    """Return whether a shape is drawn as a line: roads, and waters that enclose nothing."""
    return shape.kind == "road" or any(
        ring[0] != ring[-1] or len(ring) < 4  # noqa: PLR2004 - a ring has three corners
        for ring in shape.rings
    )


def _layer(shape: BackgroundShape, *, is_line: bool) -> str:
    if shape.kind == "road":
        return _road_layer(shape)
    if shape.kind == "water":
        return "stream" if is_line else "water"
    if shape.kind == "building":
        return "building"
    if shape.detail in _WOODS:
        return "wood"
    return "park" if shape.kind == "boundary" or shape.detail in _PARKS else "grass"


def _road_layer(shape: BackgroundShape) -> str:
    if any(word in shape.detail for word in _MAIN_ROADS):
        return "main-road"
    if any(word in shape.detail for word in _ROADS):
        return "road"
    return "street" if shape.name else "lane"


def _path_layer(path: Path) -> str:
    if is_flight(path):
        return "steps"
    return "under" if path.facts.get("tunnel", "no") != "no" else "path"


def _is_pavement(path: Path) -> bool:
    """Return whether a path only runs along a road, which is drawn itself."""
    return path.facts.get("beside_road", "no") != "no"


def _surfaces(layer: str, found: Geometries, cut: Box) -> Geometries:
    """Return the surfaces of a layer as polygons that may overlap; specks are none."""
    within = _BUILDINGS_TO if layer == "building" else SIMPLIFIED_TO
    if layer == "building":
        found = found[shapely.intersects(found, shapely.box(*cut))]
        found = _parts(shapely.disjoint_subset_union_all(found), "Polygon")  # a terrace is one
    found = found[shapely.area(found) >= _SMALLEST.get(layer, _SMALLEST_OTHER)]
    inside = _parts(shapely.clip_by_rect(found, *cut), "Polygon")
    simple = _parts(shapely.simplify(inside, within, preserve_topology=False), "Polygon")
    return np.asarray(shapely.orient_polygons(simple), dtype=object)


def _lines(layer: str, found: Geometries, cut: Box) -> Geometries:
    """Return the lines of a layer in as few pieces as they make."""
    inside = _parts(shapely.clip_by_rect(found, *cut), "LineString")
    merged = _parts(shapely.line_merge(shapely.multilinestrings(inside)), "LineString")
    if layer == "lane":
        merged = merged[shapely.length(merged) >= _SHORTEST_LANE]
    return np.asarray(shapely.simplify(merged, SIMPLIFIED_TO, preserve_topology=False))


def _parts(geometries: BaseGeometry | Geometries, kind: str) -> Geometries:
    """Return the parts of one kind that geometries are made of, none of them empty."""
    parts = shapely.get_parts(shapely.get_parts(geometries))
    of_kind = shapely.get_type_id(parts) == _TYPE_IDS[kind]
    return np.asarray(parts[of_kind & ~shapely.is_empty(parts)], dtype=object)


def _points(area: Area, kinds: frozenset[str], paper: Paper, reach: Box) -> Geometries:
    places = [place.position for place in area.places.values() if place.kind in kinds]
    points: Geometries = np.asarray(shapely.points(paper.flat(places)), dtype=object)
    return points[shapely.intersects(points, shapely.box(*reach))]


def _named(pieces: Iterable[Named], area: Area, sheet: Box) -> tuple[Named, ...]:
    """Return what has a name, each name of a layer once, cut to the paper."""
    parts: dict[tuple[str, str], list[BaseGeometry]] = {}
    for piece in pieces:
        if piece.name and piece.layer not in ("building", "grass"):
            layer = _ALSO.get(piece.layer, piece.layer)
            parts.setdefault((layer, piece.name), []).append(piece.geometry)
    if not any(layer == "park" and name == area.name for layer, name in parts):
        own = [p.geometry for p in pieces if p.layer == "park" and not p.name]
        if own:
            parts["park", area.name] = own
    found = []
    for (layer, name), geometries in parts.items():
        inside = shapely.clip_by_rect(np.array(geometries, dtype=object), *sheet)
        whole = shapely.union_all(inside)
        if not whole.is_empty:
            found.append(Named(layer, name, whole))
    return tuple(found)
