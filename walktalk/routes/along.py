"""What lies along a walk: distances from its line to places, and the line's points by distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.geodesy import segment_lengths_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat
    from walktalk.routes.model import Route

SAMPLE_M = 5.0
"""Metres between the points at which a walk is looked at: a few steps."""


def points_at(line: Sequence[LonLat], distances_m: Sequence[float]) -> list[LonLat]:
    """Return the positions at given metres along a line, clamped to its ends."""
    at = np.concatenate(([0.0], np.cumsum(segment_lengths_m(line))))
    lon, lat = np.asarray(line, dtype=float).T
    wanted = np.asarray(distances_m, dtype=float)
    return list(
        zip(np.interp(wanted, at, lon).tolist(), np.interp(wanted, at, lat).tolist(), strict=True)
    )


def sample_distances_m(route: Route) -> NDArray[np.float64]:
    """Return the metres along the walk at which it is looked at, both ends included."""
    count = max(2, round(route.length_m / SAMPLE_M) + 1)
    return np.linspace(0.0, route.length_m, count)


def distances_to(
    area: Area, route: Route, positions: Sequence[LonLat]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Measure from points along a walk to positions beside it.

    Returns:
        Metres along the walk of each sampled point, shape (samples,), and the straight-line metres
        from it to each position, shape (samples, positions).
    """
    along = sample_distances_m(route)
    here = area.network.metres(points_at(route.coordinates, along.tolist()))
    there = area.network.metres(positions)
    return along, np.hypot(*(here[:, None, :] - there[None, :, :]).T).T
