"""Distances and directions on the WGS84 ellipsoid.

One pair of points is measured by ``geopy.distance.geodesic``, many at once by ``pyproj.Geod``:
both follow Karney (2013), "Algorithms for geodesics", Journal of Geodesy 87, 43-55.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from walktalk.wording import N_

LonLat = tuple[float, float]
"""A position as (longitude, latitude) in degrees, WGS84, as in GeoJSON."""

_WGS84 = Geod(ellps="WGS84")
_COMPASS = (
    N_("north"),
    N_("north-east"),
    N_("east"),
    N_("south-east"),
    N_("south"),
    N_("south-west"),
    N_("west"),
    N_("north-west"),
)


def distance_m(a: LonLat, b: LonLat) -> float:
    """Return the geodesic distance between two positions in metres."""
    from geopy.distance import geodesic

    return float(geodesic((a[1], a[0]), (b[1], b[0])).m)


def segment_lengths_m(line: Sequence[LonLat]) -> NDArray[np.float64]:
    """Return the geodesic length in metres of each of the ``len(line) - 1`` segments."""
    if len(line) < 2:  # noqa: PLR2004 - a line has two ends
        return np.zeros(0)
    lon, lat = np.asarray(line, dtype=float).T
    _, _, lengths = _WGS84.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    return np.asarray(lengths, dtype=float)


def length_m(line: Sequence[LonLat]) -> float:
    """Return the geodesic length of a line in metres."""
    return float(segment_lengths_m(line).sum())


def metres_a_degree(latitude: float) -> tuple[float, float]:
    """Return the metres of a degree of longitude and of latitude at a latitude in degrees.

    They follow from the two radii of curvature of the ellipsoid (Snyder, Map Projections: A
    Working Manual, USGS 1987, pp. 24-25).
    """
    sine, cosine = math.sin(math.radians(latitude)), math.cos(math.radians(latitude))
    bent = 1 - _WGS84.es * sine**2
    east_m = math.radians(_WGS84.a / math.sqrt(bent) * cosine)
    return east_m, math.radians(_WGS84.a * (1 - _WGS84.es) / bent**1.5)


def distances_m(here: LonLat, there: Sequence[LonLat]) -> NDArray[np.float64]:
    """Return the geodesic distance in metres from one position to each of some others."""
    if not there:
        return np.zeros(0)
    lon, lat = np.asarray(there, dtype=float).T
    _, _, lengths = _WGS84.inv(np.full_like(lon, here[0]), np.full_like(lat, here[1]), lon, lat)
    return np.asarray(lengths, dtype=float)


def bearing_deg(a: LonLat, b: LonLat) -> float:
    """Return the initial bearing from ``a`` to ``b`` in degrees clockwise from north, 0 to 360."""
    return float(bearings_deg([a], [b])[0])


def bearings_deg(a: Sequence[LonLat], b: Sequence[LonLat]) -> NDArray[np.float64]:
    """Return the initial bearing from each of ``a`` to its counterpart in ``b``, as one does."""
    here, there = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    forward, _, _ = _WGS84.inv(here[:, 0], here[:, 1], there[:, 0], there[:, 1])
    return np.asarray(forward, dtype=float) % 360


def compass_point(bearing: float) -> str:
    """Return the nearest of the eight compass points for a bearing in degrees, in English."""
    return _COMPASS[round(bearing / 45) % 8]
