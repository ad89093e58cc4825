"""Places along a line, by the distance walked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from walktalk.parks import LonLat
from walktalk.parks.geodesy import bearing_deg, segment_lengths_m

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
        return (
            float(np.interp(distance_m, self.at_m, self._lon_lat[0])),
            float(np.interp(distance_m, self.at_m, self._lon_lat[1])),
        )

    @cached_property
    def _lon_lat(self) -> NDArray[np.float64]:
        return np.array(self.coordinates, dtype=float).T

    def bearing(self, distance_m: float) -> float:
        """Return the walking direction after ``distance_m`` metres, degrees from north."""
        before = max(distance_m - _LOOK_AROUND_M, 0.0)
        after = min(distance_m + _LOOK_AROUND_M, self.length_m)
        return bearing_deg(self.position(before), self.position(after))
