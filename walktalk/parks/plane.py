"""A flat map of a small piece of the ground, in metres, for shapely.

An azimuthal equidistant projection centred on the piece: within 30 km of the middle, distances
are true to about 1 in 100,000 (Snyder, Map Projections: A Working Manual, USGS 1987, p. 191).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from walktalk.parks.geodesy import LonLat

Geometry = TypeVar("Geometry", bound=BaseGeometry)


def projection(middle: LonLat) -> Transformer:
    """Return the flat projection, from degrees to metres, centred on a position.

    It is spelt out: to look the same up among all systems of the world takes a hundred times
    longer, and every thread looks it up anew.
    """
    return Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=aeqd +lat_0={middle[1]} +lon_0={middle[0]} +ellps=WGS84"
    )


def middle_of(positions: Iterable[LonLat]) -> LonLat:
    """Return the middle of some positions, also where they lie on both sides of the date line."""
    lon, lat = np.array(list(positions), dtype=float).T
    from_first = (lon - lon[0] + 180) % 360 - 180
    east = float(lon[0] + from_first.mean())
    return (east + 180) % 360 - 180, float(lat.mean())


class Plane:
    """The projection and its inverse, for arrays of positions and for shapely geometries."""

    def __init__(self, middle: LonLat) -> None:
        self._transformer = projection(middle)

    @classmethod
    def around(cls, positions: Iterable[LonLat]) -> Plane:
        """Return the plane centred on the middle of some positions."""
        return cls(middle_of(positions))

    def to_metres(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn positions, shape (n, 2) in degrees, into metres from the middle."""
        return np.column_stack(self._transformer.transform(degrees[:, 0], degrees[:, 1]))

    def to_degrees(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn metres from the middle, shape (n, 2), into positions in degrees."""
        x, y = metres[:, 0], metres[:, 1]
        return np.column_stack(self._transformer.transform(x, y, direction="INVERSE"))

    def flat(self, geometries: Iterable[Geometry]) -> list[Geometry]:
        """Return geometries in degrees as geometries in metres, all in one go."""
        return _transformed(geometries, self.to_metres)

    def round(self, geometries: Iterable[Geometry]) -> list[Geometry]:
        """Return geometries in metres as geometries in degrees, all in one go."""
        return _transformed(geometries, self.to_degrees)


def _transformed(
    geometries: Iterable[Geometry],
    change: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> list[Geometry]:
    array = np.array(list(geometries), dtype=object)
    return list(shapely.transform(array, change)) if len(array) else []
