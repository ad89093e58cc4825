"""Which park a recording lies in: the one whose paths most of it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from walktalk.parks.line import Line
from walktalk.routes.recordings.match import MATCH_WITHIN_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat

_POINTS = 100
"""Points of a recording that are looked at: one every few steps of a short walk."""

_BESIDE_DEG = 0.0005
"""Degrees, about 40 m, beyond an area's paths at which a recording is looked at at all."""


def park_of(areas: Sequence[Area], line: tuple[LonLat, ...]) -> Area:
    """Return the area with most of a line on its paths; else the one that is nearest to it.

    Of areas that share paths the one with fewer paths counts: it is the nearer description.

    Args:
        areas: one at least.
        line: the recording, as (longitude, latitude).
    """
    measured = Line.of(line)
    points = np.asarray(measured.points_at(np.linspace(0, measured.length_m, _POINTS)))

    def fit(area: Area) -> tuple[int, float, int]:
        return _on_paths(area, points), -_away_deg(area, line[0]), -len(area.paths)

    return max(areas, key=fit)


def _away_deg(area: Area, position: LonLat) -> float:
    """Return how far a position is from an area's bounds, in degrees to compare with others."""
    west, south, east, north = area.prepared(_bounds)
    lon, lat = position
    return max(west - lon, lon - east, 0.0) + max(south - lat, lat - north, 0.0)


def _on_paths(area: Area, points: NDArray[np.float64]) -> int:
    """Return how many of some points lie on an area's paths."""
    west, south, east, north = area.prepared(_bounds)
    lon, lat = points.T
    near = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    if not near.any() or not area.paths:
        return 0
    paths = area.prepared(_tree)
    flat = shapely.points(area.network.metres(points[near]))
    return len(np.unique(paths.query(flat, predicate="dwithin", distance=MATCH_WITHIN_M)[0]))


def _bounds(area: Area) -> tuple[float, float, float, float]:
    lines = [shapely.LineString(path.coordinates) for path in area.paths.values()]
    west, south, east, north = shapely.total_bounds(lines).tolist()
    return west - _BESIDE_DEG, south - _BESIDE_DEG, east + _BESIDE_DEG, north + _BESIDE_DEG


def _tree(area: Area) -> shapely.STRtree:
    flat = area.network.metres
    return shapely.STRtree(
        [shapely.LineString(flat(path.coordinates)) for path in area.paths.values()]
    )
