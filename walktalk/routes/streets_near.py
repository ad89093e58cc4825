"""The named streets around a walk, as its map draws them: which is nearest to a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from walktalk.parks.geodesy import distances_m, metres_a_degree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat

NEAR_M = 290.0
"""Metres up to which a street is told: a kept walk keeps the streets of 300 m around it."""

Street = tuple[str, "LonLat", float]
"""A street's name, its point nearest to somebody, and the metres there in a straight line."""


@dataclass(frozen=True)
class StreetsNear:
    """The named streets of an area.

    Attributes:
        names: one for each line.
        lines: in metres east and north of no place in particular, true to scale around the walk.
        scale: metres in a degree of longitude and of latitude there.
    """

    names: Sequence[str]
    lines: shapely.STRtree
    scale: NDArray[np.float64]

    @classmethod
    def of(cls, area: Area, around: LonLat) -> StreetsNear:
        """Take the streets of an area.

        Args:
            area: the land.
            around: a point of the walk, whatever else of the land is known.
        """
        scale = np.array(metres_a_degree(around[1]))
        named = [
            (shape.name, shapely.LineString(np.array(ring) * scale))
            for shape in area.background
            if shape.kind == "road" and shape.name
            for ring in shape.rings
            if len(ring) > 1
        ]
        return cls([name for name, _ in named], shapely.STRtree([line for _, line in named]), scale)

    def nearest(self, position: LonLat) -> Street | None:
        """Return the nearest street, ``None`` where none is near."""
        here = shapely.Point(np.array(position) * self.scale)
        found = self.lines.query_nearest(here, max_distance=NEAR_M, all_matches=False)
        if not len(found):
            return None
        number = int(found[0])
        foot = shapely.shortest_line(self.lines.geometries[number], here).coords[0]
        lon, lat = (np.array(foot) / self.scale).tolist()
        [away_m] = distances_m(position, [(lon, lat)]).tolist()
        return self.names[number], (lon, lat), away_m
