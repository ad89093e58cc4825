"""One measured line: a way on the ground with the metres from its start to each of its points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.geodesy import LonLat, bearings_deg, metres_a_degree, segment_lengths_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

_TOUCH_M = 1e-6  # a thousandth of a millimetre: rounding, and no stretch of its own

LOOK_AROUND_M = 6.0
"""A direction is read over this distance to either side: one short bend does not turn it."""


@dataclass(frozen=True, slots=True)
class Foot:
    """The point of a line that is nearest to a position.

    Attributes:
        position: (longitude, latitude), on the line.
        along_m: metres from the line's start.
        off_m: metres from the position asked for, on the flat.
    """

    position: LonLat
    along_m: float
    off_m: float


@dataclass(frozen=True, eq=False)
class Line:
    """A line that measures itself; distances along it are geodesic, as in ``geodesy``.

    Attributes:
        positions: (longitude, latitude), at least one point.
        at_m: metres from the start to each point, shape (points,).
    """

    positions: tuple[LonLat, ...]
    at_m: NDArray[np.float64]

    @classmethod
    def of(cls, positions: Sequence[LonLat]) -> Line:
        """Measure a line."""
        steps = segment_lengths_m(positions)
        return cls(tuple(positions), np.concatenate(([0.0], np.cumsum(steps))))

    @property
    def length_m(self) -> float:
        """Geodesic length in metres."""
        return float(self.at_m[-1])

    def point_at(self, distance_m: float) -> LonLat:
        """Return the position so many metres from the start, clamped to the line."""
        return self.points_at((distance_m,))[0]

    def points_at(self, distances_m: ArrayLike) -> list[LonLat]:
        """Return the position at each of some metres from the start, clamped to the line."""
        lon, lat = self.values_at(distances_m, self._degrees).T
        return list(zip(lon.tolist(), lat.tolist(), strict=True))

    def values_at(self, distances_m: ArrayLike, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what changes evenly between the line's points, clamped to its ends.

        Args:
            distances_m: metres from the start, shape (n,).
            values: known at each point, shape (points,) or (points, k); NaN where unknown.
        """
        if values.ndim == 1:
            even = np.interp(np.asarray(distances_m, dtype=float), self.at_m, values)
            return np.asarray(even, dtype=float)
        return np.column_stack([self.values_at(distances_m, column) for column in values.T])

    def evenly_m(self, every_m: float) -> NDArray[np.float64]:
        """Return metres at even steps of about ``every_m``, both ends included: at least two."""
        return np.linspace(0.0, self.length_m, max(2, round(self.length_m / every_m) + 1))

    def cut(self, from_m: float, to_m: float) -> tuple[LonLat, ...]:
        """Return the part between two distances, reversed when from > to.

        Distances are clamped to the line. The ends of the part lie on the segment they fall on;
        every point of the line between them is kept.
        """
        if from_m > to_m:
            return self.cut(to_m, from_m)[::-1]
        from_m, to_m = np.clip((from_m, to_m), 0.0, self.at_m[-1]).tolist()
        inner = self.between(from_m, to_m).tolist()
        first, last = self.points_at((from_m, to_m))
        return (first, *(self.positions[i] for i in inner), last)

    def between(self, from_m: float, to_m: float) -> NDArray[np.int64]:
        """Return which points lie between two distances; one that touches an end is that end."""
        is_inner = (self.at_m > from_m + _TOUCH_M) & (self.at_m < to_m - _TOUCH_M)
        return np.flatnonzero(is_inner)

    def bearings(
        self, distances_m: ArrayLike, look_m: float = LOOK_AROUND_M
    ) -> NDArray[np.float64]:
        """Return the direction of the line at some metres, degrees clockwise from north.

        It is that from ``look_m`` before a point to as far after it.
        """
        at = np.asarray(distances_m, dtype=float)
        return bearings_deg(self.points_at(at - look_m), self.points_at(at + look_m))

    def nearest(self, position: LonLat) -> Foot:
        """Return the nearest point of the line to a position."""
        along_m, off_m = self.feet(position)
        if not len(off_m):
            return Foot(self.positions[0], 0.0, float(np.hypot(*_flat(position, self._degrees[0]))))
        nearest = int(np.argmin(off_m))
        along = float(along_m[nearest])
        return Foot(self.point_at(along), along, float(off_m[nearest]))

    def feet(self, position: LonLat) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return where each segment is nearest to a position.

        Measured on the flat that touches the ellipsoid at the position.

        Returns:
            Metres from the line's start, and metres from the position, both of shape (segments,).
        """
        x, y = _flat(position, self._degrees)
        step_x, step_y = np.diff(x), np.diff(y)
        square = step_x**2 + step_y**2
        share = -(x[:-1] * step_x + y[:-1] * step_y) / np.where(square > 0, square, 1.0)
        share = np.clip(share, 0.0, 1.0)
        off_m = np.hypot(x[:-1] + share * step_x, y[:-1] + share * step_y)
        along_m = self.at_m[:-1] + share * np.diff(self.at_m)
        return np.minimum(along_m, self.at_m[1:]), off_m  # no rounding beyond a segment's end

    @cached_property
    def _degrees(self) -> NDArray[np.float64]:
        return np.array(self.positions, dtype=float)


def _flat(
    middle: LonLat, degrees: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return metres east and north of a position on the flat that touches WGS84 there."""
    east_m, north_m = metres_a_degree(middle[1])
    return (degrees[..., 0] - middle[0]) * east_m, (degrees[..., 1] - middle[1]) * north_m
