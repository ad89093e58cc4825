"""Where a name could stand: on or beside what has an extent, and along a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from walktalk.maps.ground import Geometries, Named
from walktalk.maps.paper import Box

NameKind = Literal["water", "shore", "park", "street"]
"""What a name is of; a water named beside it is told from one named on it, for its colours."""

SIZES: dict[NameKind, float] = {"water": 12.0, "shore": 12.0, "park": 12.5, "street": 11.0}
"""Sizes of type in drawing units; the style sheet has the same."""
_BOLD = {"park": 1.1}
"""How much wider letters are for being bold."""
_NARROW = frozenset("fijlrtI .,'’-()")
_WIDE = frozenset("mwMWOQG@%&")
_LETTER = (0.36, 0.62, 0.9)
"""Widths of narrow, usual and wide letters in sizes of type, as wide as any system's own font."""
LINE = 1.15
"""Height of a line of words in sizes of type."""
_STEP = 6.0
"""Units between the points at which a name is tried."""
_BESIDE = 26.0
"""Units from a lake to the middle of its name where there is no room on it."""
_LAKE = 400.0
"""Square units of a lake; a smaller water shows too little for a name beside it."""
_TRIED = 40
"""A lake's or park's name is tried at so many of the free points farthest inside."""
_STRAIGHT = 0.97
"""A name stands where its street is this straight: chord to length."""
_LEAST_INSIDE = 0.55
"""The least share of a lake's or park's name that lies on it: beside it, it would name the rest."""

_Points = NDArray[np.float64]
"""Points in drawing units, shape (n, 2)."""


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A place for a name: in how many lines, where, how turned, and what it would cover."""

    lines: tuple[str, ...]
    at: tuple[float, float]
    turn_deg: float
    box: shapely.Polygon
    is_beside: bool = False


class Blocked:
    """What no name may lie on.

    Args:
        geometries: what there is from the beginning.
    """

    def __init__(self, geometries: Iterable[BaseGeometry]) -> None:
        self._all = list(geometries)
        shapely.prepare(self._all)

    def add(self, geometry: BaseGeometry) -> None:
        """Block something more."""
        self._all.append(geometry)

    def and_also(self, more: Iterable[BaseGeometry]) -> Blocked:
        """Return this with something more, for once."""
        return Blocked([*self._all, *more])

    def meets(self, boxes: Geometries) -> NDArray[np.bool_]:
        """Return which of some boxes lie on it, or touch it."""
        met = np.zeros(len(boxes), dtype=bool)
        met[shapely.STRtree(boxes).query(self._all, predicate="intersects")[1]] = True
        return met


def width_of(words: str, size: float) -> float:
    """Return about how wide words are, rather too wide than too narrow."""
    return size * sum(
        _LETTER[0] if each in _NARROW else _LETTER[2] if each in _WIDE else _LETTER[1]
        for each in words
    )


def _extent(lines: Sequence[str], kind: NameKind) -> tuple[float, float]:
    """Return width and height of a name in drawing units."""
    size = SIZES[kind]
    width = max(width_of(line, size) for line in lines) * _BOLD.get(kind, 1.0)
    return width, len(lines) * size * LINE


def _broken(name: str) -> Iterator[tuple[str, ...]]:
    """Yield a name in one line, and in two where it has more than one word."""
    yield (name,)
    spaces = [at for at, letter in enumerate(name) if letter == " "]
    if spaces:
        at = min(spaces, key=lambda at: abs(at - len(name) / 2))
        yield name[:at], name[at + 1 :]


def places_inside(
    named: Named, kind: NameKind, blocked: Blocked, sheet: Box
) -> Iterator[NamePlace]:
    """Yield free level places for a name on what it names, those farthest inside first.

    A lake's name may stand beside it: its colour says what it names.

    Args:
        named: a lake or a park.
        kind: which of them.
        blocked: what the name may not lie on.
        sheet: left, top, right, bottom of the paper, which holds the whole name.
    """
    from scipy.ndimage import distance_transform_edt

    geometry = named.geometry
    may_stand_beside = kind == "water" and geometry.area >= _LAKE
    smallest = min(np.prod(_extent(lines, kind)) for lines in _broken(named.name))
    if geometry.area < _LEAST_INSIDE * smallest and not may_stand_beside:
        return
    left, top, right, bottom = np.add(geometry.bounds, (-_BESIDE, -_BESIDE, _BESIDE, _BESIDE))
    x, y = np.meshgrid(
        _between(sheet[0], np.arange(left, right, _STEP), sheet[2]),
        _between(sheet[1], np.arange(top, bottom, _STEP), sheet[3]),
    )
    shapely.prepare(geometry)
    inside = np.asarray(shapely.contains_xy(geometry, x, y))
    middles = np.column_stack((x[inside], y[inside]))
    boundary = geometry.boundary
    at_most = distance_transform_edt(np.pad(inside, 1))[1:-1, 1:-1][inside] * _STEP
    for lines in _broken(named.name):
        boxes = _Level(lines, kind, middles, blocked)
        for place in boxes.farthest_inside(boundary, at_most):
            if _holds(sheet, place) and _lies_on(geometry, place):
                yield place
    if may_stand_beside:
        middles = np.column_stack((x[~inside], y[~inside]))
        for lines in _broken(named.name):
            for place in _Level(lines, kind, middles, blocked).nearest(boundary):
                if _holds(sheet, place):
                    yield replace(place, is_beside=True)


def _holds(sheet: Box, place: NamePlace) -> bool:
    """Return whether a sheet holds the whole of a level name."""
    left, top, right, bottom = place.box.bounds
    return left >= sheet[0] and top >= sheet[1] and right <= sheet[2] and bottom <= sheet[3]


def _lies_on(geometry: BaseGeometry, place: NamePlace) -> bool:
    """Return whether enough of a level name lies on what it names."""
    if geometry.contains(place.box):
        return True
    on_it = shapely.clip_by_rect(geometry, *place.box.bounds)
    return bool(on_it.area >= _LEAST_INSIDE * place.box.area)


def _between(least: float, values: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    return values[(values > least) & (values < most)]


class _Level:
    """The free level places for a name around some points."""

    def __init__(
        self, lines: tuple[str, ...], kind: NameKind, middles: _Points, blocked: Blocked
    ) -> None:
        self._lines = lines
        half = np.array(_extent(lines, kind)) / 2
        boxes = np.asarray(shapely.box(*(middles - half).T, *(middles + half).T))
        self._free = ~blocked.meets(boxes)
        self._middles, self._boxes = middles[self._free], boxes[self._free]

    def _place(self, number: int) -> NamePlace:
        at_x, at_y = self._middles[number].tolist()
        return NamePlace(self._lines, (at_x, at_y), 0.0, self._boxes[number])

    def farthest_inside(
        self, boundary: BaseGeometry, at_most: NDArray[np.float64]
    ) -> Iterator[NamePlace]:
        """Yield the first places by how far they are from a boundary.

        Measuring is dear, so that only those are measured that may be next.

        Args:
            boundary: of what all places lie in.
            at_most: how far each of the points may be from it.
        """
        at_most = at_most[self._free]
        order = np.argsort(-at_most, kind="stable")
        waiting: list[tuple[float, int]] = []
        measured = given = 0
        while given < _TRIED and (waiting or measured < len(order)):
            while measured < len(order) and (
                not waiting or -waiting[0][0] <= at_most[order[measured]]
            ):
                some = order[measured : measured + _TRIED]
                away = np.asarray(shapely.distance(shapely.points(self._middles[some]), boundary))
                waiting += zip((-away).tolist(), some.tolist(), strict=True)
                waiting.sort()
                measured += len(some)
            yield self._place(waiting.pop(0)[1])
            given += 1

    def nearest(self, boundary: BaseGeometry) -> Iterator[NamePlace]:
        """Yield the first places by how near they are to a boundary, from outside."""
        points = np.asarray(shapely.points(self._middles), dtype=object)
        shapely.prepare(boundary)
        near = np.flatnonzero(shapely.dwithin(boundary, points, _BESIDE))
        away = shapely.distance(points[near], boundary)
        nearest = near[np.argsort(away, kind="stable")][:_TRIED]
        yield from map(self._place, nearest.tolist())


class PlacesAlong:
    """All places for names along lines, where these are straight, from their middles outwards.

    Args:
        named: what has the names, in the order of the numbers by which they are asked for.
        kinds: what each of them is.
        sheet: left, top, right, bottom of the paper, which holds the whole name.
    """

    def __init__(self, named: Sequence[Named], kinds: Sequence[NameKind], sheet: Box) -> None:
        extents = np.array(
            [_extent((each.name,), kind) for each, kind in zip(named, kinds, strict=True)]
        ).reshape(-1, 2)
        self._names = [each.name for each in named]
        merged = shapely.line_merge(np.array([each.geometry for each in named], dtype=object))
        parts, owners = shapely.get_parts(merged, return_index=True)
        lengths = shapely.length(parts)
        order = np.lexsort((-lengths, owners))
        order = order[lengths[order] >= extents[owners[order], 0]]
        tried = [_from_the_middle(lengths[i], extents[owners[i], 0]) for i in order.tolist()]
        of_part = np.repeat(order, [len(each) for each in tried])
        owner, at = owners[of_part], np.concatenate([*tried, np.empty(0)])
        half = extents[owner, 0] / 2
        start, end = (
            shapely.get_coordinates(shapely.line_interpolate_point(parts[of_part], at + side))
            for side in (-half, half)
        )
        chord = end - start
        long = np.hypot(*chord.T)
        straight = long >= _STRAIGHT * extents[owner, 0]
        owner, long, chord = owner[straight], long[straight, None], chord[straight]
        way = chord / long * np.where(chord[:, :1] >= 0, 1.0, -1.0)  # the words the right way up
        across = np.column_stack((-way[:, 1], way[:, 0]))
        middles = (start[straight] + end[straight]) / 2
        along, up = way * extents[owner, :1] / 2, across * extents[owner, 1:] / 2
        sides = ((-1, -1), (1, -1), (1, 1), (-1, 1))
        corners = np.stack([middles + a * along + b * up for a, b in sides], axis=1)
        held = np.all((corners >= sheet[:2]) & (corners <= sheet[2:]), axis=(1, 2))
        self._owner, self._middles, self._way = owner[held], middles[held], way[held]
        self._boxes: Geometries = np.asarray(shapely.polygons(corners[held]), dtype=object)
        self._tree = shapely.STRtree(self._boxes)
        self._free = np.ones(len(self._boxes), dtype=bool)

    def block(self, geometries: Sequence[BaseGeometry]) -> None:
        """Take away the places that lie on something, or touch it."""
        self._free[self._tree.query(geometries, predicate="intersects")[1]] = False

    def best(self, number: int) -> NamePlace | None:
        """Return the best place left for a name."""
        free = np.flatnonzero(self._free & (self._owner == number))
        if not len(free):
            return None
        best = free[0]
        x, y = self._middles[best].tolist()
        turn_deg = float(np.degrees(np.arctan2(*self._way[best, ::-1])))
        return NamePlace((self._names[number],), (x, y), turn_deg, self._boxes[best])


def _from_the_middle(length: float, width: float) -> NDArray[np.float64]:
    """Return where along a line a name's middle is tried."""
    middles = np.arange(width / 2, length - width / 2 + _STEP, _STEP)
    middles = np.asarray(np.minimum(middles, length - width / 2))
    return np.asarray(middles[np.argsort(abs(middles - length / 2), kind="stable")])
