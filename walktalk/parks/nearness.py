"""What is near an area's paths, known along each path and not as one figure for the whole of it.

The distance to the nearest shape of a kind is measured every few metres along every path, once for
an area; between two such points it is taken to change evenly.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from walktalk.parks.model import Area, BackgroundShape

NearKind = Literal["road", "main-road", "water", "wood", "playground"]
"""What nearness is known of; a main road is a road too."""

NEAR_KINDS: tuple[NearKind, ...] = get_args(NearKind)

SAMPLE_M = 4.0
"""Metres between the points of a path at which distances are measured: a few steps."""

REACH_M = 100.0
"""Metres up to which distances are told apart: twice the farthest that any check asks for."""

MAIN_ROADS = frozenset(
    road + link for road in ("motorway", "trunk", "primary", "secondary") for link in ("", "_link")
) | {"trunk or primary", "secondary or tertiary"}
"""Classes of road with steady traffic, as OpenStreetMap names them, and those that vector tiles do
not tell apart: the busier one is taken."""

_STREETS_TOGETHER = "residential, service or unclassified"
"""Another class of vector tiles: those with a name are streets; those without one are nearly all
drives and car park aisles."""

ROADS = MAIN_ROADS | frozenset(
    ["tertiary", "tertiary_link", "unclassified", "residential", "living_street", "road", ""]
)
"""Classes of road for motor traffic, and the road whose class nobody has recorded; service ways
(drives, car park aisles) are left out."""

_WOODS = frozenset(["wood", "forest"])
_FEWEST_IN_A_RING = 4  # a triangle with its first corner again

Span = tuple[float, float]
"""A stretch of a path: metres from its first point, from and to."""


def joined_spans(spans: Iterable[Span]) -> list[Span]:
    """Return stretches in order along a path, those that touch or overlap as one."""
    together: list[Span] = []
    for begin, end in sorted(spans):
        if together and begin <= together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((begin, end))
    return together


def kinds_of(shape: BackgroundShape) -> frozenset[NearKind]:
    """Return what a shape is, for nearness; most shapes are nothing of the kind."""
    if shape.kind == "road":
        if shape.detail in MAIN_ROADS:
            return frozenset(["road", "main-road"])
        is_street = shape.detail == _STREETS_TOGETHER and shape.name
        return frozenset(["road"] if is_street or shape.detail in ROADS else [])
    if shape.kind == "water":
        return frozenset(["water"])
    if shape.detail == "playground":
        return frozenset(["playground"])
    return frozenset(["wood"] if shape.detail in _WOODS else [])


@dataclass(frozen=True, eq=False)
class Nearness:
    """How far an area's paths are from everything of one kind, along each of them.

    Attributes:
        at_m: metres from a path's first point to each point measured at, path after path.
        off_m: metres from there to the nearest, ``REACH_M`` for that far or farther.
        first: where the points of each edge begin, and where those of the last end, shape
            (edges + 1,).
    """

    at_m: NDArray[np.float64]
    off_m: NDArray[np.float64]
    first: NDArray[np.int64]

    def metres_within(self, within_m: float) -> NDArray[np.float64]:
        """Return how many metres of each edge lie within a distance, in edge order."""
        steps = np.diff(self.at_m)
        steps[self.first[1:-1] - 1] = 0.0  # the step from one path to the next
        low = np.minimum(self.off_m[:-1], self.off_m[1:])
        high = np.maximum(self.off_m[:-1], self.off_m[1:])
        rise = np.where(high > low, high - low, 1.0)
        share = np.where(high <= within_m, 1.0, np.clip((within_m - low) / rise, 0.0, 1.0))
        total = np.concatenate(([0.0], np.cumsum(steps * share)))
        return np.asarray(total[self.first[1:] - 1] - total[self.first[:-1]], dtype=float)

    def stretches(self, edge: int, within_m: float) -> list[Span]:
        """Return the stretches of one path that lie within a distance, in order along it."""
        part = slice(int(self.first[edge]), int(self.first[edge + 1]))
        if self.off_m[part].min() >= within_m:
            return []
        points = zip(self.at_m[part].tolist(), self.off_m[part].tolist(), strict=True)
        spans: list[Span] = []
        for (here_m, off_here), (there_m, off_there) in pairwise(points):
            low, high = sorted((off_here, off_there))
            if low >= within_m:
                continue
            share = 1.0 if high <= within_m else (within_m - low) / (high - low)
            near_m = share * (there_m - here_m)
            begin = here_m if off_here <= off_there else there_m - near_m
            spans.append((begin, begin + near_m))
        return joined_spans(spans)

    def nearest_m(self, edge: int, from_m: float, to_m: float) -> float:
        """Return the least distance between two points of a path."""
        part = slice(int(self.first[edge]), int(self.first[edge + 1]))
        low, high = sorted((from_m, to_m))
        at, off = self.at_m[part], self.off_m[part]
        begin, end = np.searchsorted(at, (low, high), side="right").tolist()
        return float(min(*np.interp((low, high), at, off), off[begin:end].min(initial=np.inf)))


def nearness(area: Area, kind: NearKind) -> Nearness | None:
    """Return how far an area's paths are from everything of a kind, measured once.

    ``None`` where the area has no shape of that kind: then nothing can be measured. Where roads
    are drawn and none is a main one, there is no main road.
    """
    return area.prepared(_nearness, kind)


def _nearness(area: Area, kind: NearKind) -> Nearness | None:
    shapes = [shape for shape in area.background if kind in kinds_of(shape)]
    places = [place.position for place in area.places.values() if place.kind == kind]
    is_known = shapes or places or (kind == "main-road" and nearness(area, "road") is not None)
    if not is_known or not area.paths:
        return None
    network = area.network
    counts = np.maximum(2, np.ceil(network.lengths_m / SAMPLE_M).astype(np.int64) + 1)
    first = np.concatenate(([0], np.cumsum(counts)))
    number = np.arange(first[-1]) - np.repeat(first[:-1], counts)
    share = number / np.repeat(counts - 1, counts)
    points = shapely.line_interpolate_point(
        np.repeat(network.flat_lines, counts), share, normalized=True
    )
    flat = [_flat(area, shape) for shape in shapes]
    flat += [shapely.Point(xy) for xy in network.metres(places)]
    off_m = _off_m(points, np.array(flat, dtype=object))
    return Nearness(share * np.repeat(network.lengths_m, counts), off_m, first)


def _flat(area: Area, shape: BackgroundShape) -> shapely.Geometry:
    rings = [area.network.metres(ring) for ring in shape.rings]
    if shape.kind == "road":
        return shapely.MultiLineString(rings)
    outer, *holes = rings
    if len(outer) < _FEWEST_IN_A_RING:
        return shapely.LineString(outer)
    return shapely.make_valid(shapely.Polygon(outer, holes))


def _off_m(points: NDArray[np.object_], shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the metres from each point to the nearest shape, up to ``REACH_M``.

    The edges of the shapes are searched piece by piece: small pieces make the index quick.
    """
    off_m = np.full(len(points), REACH_M)
    if not len(shapes):
        return off_m
    pairs, metres = shapely.STRtree(_pieces(shapes)).query_nearest(
        points, max_distance=REACH_M, return_distance=True, all_matches=False
    )
    off_m[pairs[0]] = metres
    inside = shapely.STRtree(shapes).query(points, predicate="intersects")[0]
    off_m[inside] = 0.0
    return off_m


def _pieces(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    parts = shapely.get_parts(shapes)
    is_area = shapely.get_dimensions(parts) == 2  # noqa: PLR2004 - an area has two dimensions
    edges = shapely.get_parts(np.where(is_area, shapely.boundary(parts), parts))
    is_point = shapely.get_dimensions(edges) == 0
    xy, line = shapely.get_coordinates(edges[~is_point], return_index=True)
    joined = np.flatnonzero(line[:-1] == line[1:])
    segments = np.asarray(shapely.linestrings(np.stack((xy[joined], xy[joined + 1]), axis=1)))
    return np.concatenate((edges[is_point], segments))
