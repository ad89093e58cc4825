"""Which ways run beside each other: what feels walked twice although it is not.

Every segment is looked at in equal parts of about ``_EVERY_M``. A part is beside another segment
that comes within ``BESIDE_M`` to its side and runs the same way or against it. Water between the
two keeps them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.segments import area_segments

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from walktalk.parks import Area

BESIDE_M = 25.0
"""Metres within which two ways are beside each other: both pavements of a street, the two sides of
a hedge or a lawn. Whoever walks the second sees again what the first passed."""

_EVERY_M = 12.0
_ALONG_M = 8.0  # a part is beside what lies to its side, not before or behind it
_LEAST_OFF_M = 2.0  # nearer, two ways are one that goes on
_SHORT_M = 1e-6
_RING = 4  # a triangle with its first corner again
_PARALLEL = float(np.cos(np.radians(30.0)))


def beside_each_other(area: Area) -> csr_matrix[np.float64]:
    """Return the metres of each of an area's segments, a row, that run beside each other, a column.

    They are numbered as in ``area_segments``. Do not write to it.
    """
    return area.prepared(_beside)


def _beside(area: Area) -> csr_matrix[np.float64]:
    from scipy.sparse import csr_matrix
    from scipy.spatial import KDTree

    segment, xy, heading, metres = _parts(area)
    count = len(area_segments(area).segments)
    if not len(segment):
        return csr_matrix((count, count))
    pairs = KDTree(xy).query_pairs(float(np.hypot(BESIDE_M, _ALONG_M)), output_type="ndarray")
    pairs = np.vstack([pairs, pairs[:, ::-1]])
    one, other = pairs.T
    apart = xy[other] - xy[one]
    along = np.abs(np.sum(apart * heading[one], axis=1))
    off = np.abs(apart[:, 0] * heading[one, 1] - apart[:, 1] * heading[one, 0])
    parallel = np.abs(np.sum(heading[one] * heading[other], axis=1)) >= _PARALLEL
    near = parallel & (along <= _ALONG_M) & (off >= _LEAST_OFF_M) & (off <= BESIDE_M)
    near &= segment[one] != segment[other]
    one, other = one[near], other[near]
    dry = ~_over_water(area, xy[one], xy[other])
    # each part counts once beside a segment
    one, beside = np.divmod(np.unique(one[dry] * count + segment[other[dry]]), count)
    return csr_matrix((metres[one], (segment[one], beside)), shape=(count, count))


def _parts(
    area: Area,
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the equal parts of all segments: segment, middle, direction, and metres of each."""
    of_area = area_segments(area)
    segments, network = of_area.segments, of_area.network
    whole = segments["metres"] > 0
    parts = np.where(whole, np.maximum(1, np.round(segments["metres"] / _EVERY_M)), 0).astype(int)
    segment = np.repeat(np.arange(len(segments)), parts)
    number = np.arange(len(segment)) - np.repeat(np.cumsum(parts) - parts, parts)
    step = segments["metres"] / np.maximum(parts, 1)
    begin = segments["from_m"][segment] + number * step[segment]
    # all lines end to end, each a metre after the one before, so that one look-up serves all
    lengths = np.array([line.length_m for line in network.lines])
    offset = np.concatenate(([0.0], np.cumsum(lengths + 1.0)))[:-1]
    at = np.concatenate([line.at_m + off for line, off in zip(network.lines, offset, strict=True)])
    xy = network.metres(np.concatenate([line.positions for line in network.lines]))
    path = segments["path"][segment]

    def points(share: float) -> NDArray[np.float64]:
        wanted = np.minimum(begin + share * step[segment], lengths[path]) + offset[path]
        return np.column_stack([np.interp(wanted, at, column) for column in xy.T])

    ahead = points(1.0) - points(0.0)
    length = np.maximum(np.hypot(*ahead.T), _SHORT_M)
    return segment, points(0.5), ahead / length[:, None], step[segment]


def _over_water(
    area: Area, here: NDArray[np.float64], there: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return whether recorded water lies across the straight line between two points, for each."""
    import shapely

    rings = [shape.rings[0] for shape in area.background if shape.kind == "water"]
    shapes = [shapely.Polygon(area.network.metres(ring)) for ring in rings if len(ring) >= _RING]
    across = np.zeros(len(here), dtype=bool)
    if shapes and len(here):
        lines = shapely.linestrings(np.stack([here, there], axis=1))
        across[shapely.STRtree(shapes).query(lines, predicate="intersects")[0]] = True
    return across
