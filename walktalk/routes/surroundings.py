"""A walk's surroundings: the part of an area that anything told of one walk is made from.

A kept walk keeps this part and not the area, so that opening it takes as long in a town as in a
park. All that is told of the walk (its way, map, checks, ways off and help) is the same on both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from walktalk.parks.geodesy import metres_a_degree
from walktalk.parks.model import BackgroundShape
from walktalk.parks.nearness import NEAR_KINDS, kinds_of
from walktalk.routes.beside_walk import Along
from walktalk.routes.ways_out import help_ground

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat, Path, Place
    from walktalk.routes.model import Walk

SURROUNDINGS_M = 300.0
"""Metres around the box of a walk that are kept: wider than any check looks from a path, and than
a map shows beside a short walk."""

SURROUNDINGS_SHARE = 1.0
"""The same as a share of the longer side of that box, from its middle: a map of a tall walk is
wider than it is high, and shows a little more when it is moved (0.98 of that side at most)."""

_FEWEST_IN_A_RING = 4  # a triangle with its first corner again

Box = tuple[float, float, float, float]


def surroundings(walk: Walk) -> Area:
    """Return the part of the walk's area that is told of the walk, or needed to check it again.

    Kept are the paths that reach into the box of the walk and a margin around it, those of its
    shortcut, the background in
    that box, the places in the same box around the whole of the walked paths, the nearest place of
    each kind that there is, the places that the request names, and what the help along the walk
    names, with the water on the way there.
    """
    area, box = walk.area, _box_around(walk.route.coordinates)
    helping = help_ground(area, walk.route)
    walked = {leg.path_id for leg in walk.route.legs}
    shortcut = walk.proposal.shortcut
    shorter = {leg.path_id for leg in shortcut.legs} if shortcut else set()
    near = _paths_in(area.paths, box) | walked | shorter | helping.path_ids
    whole = [each for path_id in walked for each in area.paths[path_id].coordinates]
    places = (
        _places_in(area.places, _box_around(whole)) | _named(walk) | _nearest_of_each_kind(walk)
    )
    places |= helping.place_ids
    return replace(
        area,
        paths={each: path for each, path in area.paths.items() if each in near},
        places={each: place for each, place in area.places.items() if each in places},
        routes={},
        lost_routes={},
        background=_with_one_of_each_kind(
            area.background, list(_background_in(area, box, helping.water))
        ),
    )


def _box_around(line: Sequence[LonLat]) -> Box:
    lon, lat = np.array(line, dtype=float).T
    low, high = np.array([lon.min(), lat.min()]), np.array([lon.max(), lat.max()])
    degree_m = np.array(metres_a_degree(float(low[1])))
    sides_m = (high - low) * degree_m
    half_m = np.maximum(sides_m / 2 + SURROUNDINGS_M, SURROUNDINGS_SHARE * sides_m.max())
    middle, half = (low + high) / 2, half_m / degree_m
    (west, south), (east, north) = (middle - half).tolist(), (middle + half).tolist()
    return (float(west), float(south), float(east), float(north))


def _meets(box: Box, positions: tuple[LonLat, ...]) -> bool:
    """Whether the bounds of some positions reach into a box."""
    west, south, east, north = box
    lon = [position[0] for position in positions]
    lat = [position[1] for position in positions]
    return min(lon) <= east and max(lon) >= west and min(lat) <= north and max(lat) >= south


def _paths_in(paths: Mapping[str, Path], box: Box) -> set[str]:
    return {path.id for path in paths.values() if _meets(box, path.coordinates)}


def _places_in(places: Mapping[str, Place], box: Box) -> set[str]:
    return {place.id for place in places.values() if _meets(box, (place.position,))}


def _named(walk: Walk) -> set[str]:
    """Return the places that the request names, and the one a walk starts from unless it says."""
    request = walk.request
    named = {request.start, request.approach, *request.keep_away_from}
    first = walk.area.meeting_points[:1] if request.start is None else []
    return {each for each in named if isinstance(each, str)} | {place.id for place in first}


def _nearest_of_each_kind(walk: Walk) -> set[str]:
    beside = Along(walk.area, walk.route)
    kinds = {place.kind for place in walk.area.places.values()}
    return {place.id for kind in kinds for place in beside.nearest(frozenset([kind])).places}


def _background_in(
    area: Area, box: Box, water: frozenset[BackgroundShape]
) -> Iterator[BackgroundShape]:
    """Give the shapes cut off at the box; the water on the way to help as it is."""
    extents = area.prepared(_extents)
    meets, within = extents.meeting(box), extents.within(box)
    for number, shape in enumerate(area.background):
        if (shape.kind == "water" and shape in water) or within[number]:
            yield shape
        elif meets[number]:
            yield from _cut_off(shape, box)


@dataclass(frozen=True, slots=True)
class _Extents:
    """How far each shape of an area's background reaches.

    Attributes:
        low, high: each ring's least and greatest (longitude, latitude).
        shape: the number of the shape that each ring is of.
        whole: which shapes are cut nowhere by a box that they lie in: one line, or a valid surface.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    shape: NDArray[np.int_]
    whole: NDArray[np.bool_]

    def meeting(self, box: Box) -> NDArray[np.bool_]:
        """Return which shapes have a ring whose bounds reach into a box."""
        rings = np.all((self.low <= box[2:]) & (self.high >= box[:2]), axis=1)
        return np.asarray(np.bincount(self.shape, rings, minlength=len(self.whole)) > 0)

    def within(self, box: Box) -> NDArray[np.bool_]:
        """Return which shapes lie in a box and are cut nowhere by it."""
        beyond = ~np.all((self.low > box[:2]) & (self.high < box[2:]), axis=1)
        cut = np.bincount(self.shape, beyond, minlength=len(self.whole)) > 0
        return np.asarray(self.whole & ~cut)


def _extents(area: Area) -> _Extents:
    shapes = area.background
    rings = [np.array(ring, dtype=float) for shape in shapes for ring in shape.rings]
    return _Extents(
        np.array([ring.min(axis=0) for ring in rings]).reshape(-1, 2),
        np.array([ring.max(axis=0) for ring in rings]).reshape(-1, 2),
        np.repeat(np.arange(len(shapes)), [len(shape.rings) for shape in shapes]),
        np.array([_is_whole(shape) for shape in shapes], dtype=bool),
    )


def _is_whole(shape: BackgroundShape) -> bool:
    if _is_line(shape):
        return len(shape.rings) == 1
    outer, *holes = shape.rings
    return bool(shapely.Polygon(outer, holes).is_valid)


def _is_line(shape: BackgroundShape) -> bool:
    return shape.kind == "road" or len(shape.rings[0]) < _FEWEST_IN_A_RING


def _with_one_of_each_kind(
    shapes: Sequence[BackgroundShape], kept: list[BackgroundShape]
) -> tuple[BackgroundShape, ...]:
    """Return what is kept, and the smallest shape of each kind that nothing near is of.

    Where something is drawn, all of it is: that none is near is known, and must stay known.
    """
    for kind in NEAR_KINDS:
        of_kind = [shape for shape in shapes if kind in kinds_of(shape)]
        if of_kind and not any(kind in kinds_of(shape) for shape in kept):
            kept.append(min(of_kind, key=lambda shape: sum(map(len, shape.rings))))
    return tuple(kept)


def _cut_off(shape: BackgroundShape, box: Box) -> Iterator[BackgroundShape]:
    outer, *holes = shape.rings
    if _is_line(shape):
        lines = shapely.multilinestrings([shapely.linestrings(ring) for ring in shape.rings])
        for part in shapely.get_parts(shapely.clip_by_rect(lines, *box)):
            yield replace(shape, rings=(_ring(part),))
        return
    whole = shapely.make_valid(shapely.Polygon(outer, holes))
    for part in shapely.get_parts(shapely.clip_by_rect(whole, *box)):
        if isinstance(part, shapely.Polygon) and not part.is_empty:
            yield replace(shape, rings=tuple(map(_ring, (part.exterior, *part.interiors))))


def _ring(line: shapely.Geometry) -> tuple[LonLat, ...]:
    return tuple((float(lon), float(lat)) for lon, lat in shapely.get_coordinates(line))
