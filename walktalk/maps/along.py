"""Places along a line, by the distance walked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from walktalk.parks import LonLat
from walktalk.parks.geodesy import bearings_deg, segment_lengths_m

_LOOK_AROUND_M = 6.0
"""A direction is read over this distance to either side: one short bend does not turn it."""


@dataclass(frozen=True, eq=False)
class MeasuredLine:
    """A line with the distance from its start to each of its points.

    Attributes:
        coordinates: (longitude, latitude), at least one point.
        at_m: metres from the start to each point, shape (points,).
    """

    coordinates: tuple[LonLat, ...]
    at_m: NDArray[np.float64]

    @classmethod
    def of(cls, coordinates: tuple[LonLat, ...]) -> MeasuredLine:
        """Measure a line."""
        steps = segment_lengths_m(coordinates)
        return cls(coordinates, np.concatenate(([0.0], np.cumsum(steps))))

    @property
    def length_m(self) -> float:
        """Length in metres."""
        return float(self.at_m[-1])

    def position(self, distance_m: float) -> LonLat:
        """Return the position after ``distance_m`` metres, clamped to the line."""
        return self.positions(np.array([distance_m]))[0]

    def positions(self, distances_m: NDArray[np.float64]) -> list[LonLat]:
        """Return the position after each of some distances in metres, clamped to the line."""
        lon, lat = (np.interp(distances_m, self.at_m, each) for each in self._lon_lat)
        return list(zip(lon.tolist(), lat.tolist(), strict=True))

    @cached_property
    def _lon_lat(self) -> NDArray[np.float64]:
        return np.array(self.coordinates, dtype=float).T

    def bearings(self, distances_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the walking direction after each of some distances, degrees from north."""
        before = self.positions(distances_m - _LOOK_AROUND_M)
        return bearings_deg(before, self.positions(distances_m + _LOOK_AROUND_M))
