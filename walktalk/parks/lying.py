"""Where a stretch that somebody spoke of lies today: on its own path, on another, or on none."""

from __future__ import annotations

from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from shapely import LineString, Point

from walktalk.parks.line import Line
from walktalk.parks.merge_paths import SAME_WAY_WITHIN_M
from walktalk.parks.plane import Plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.parks.geodesy import LonLat
    from walktalk.parks.model import Area, Path

LEAST_PIECE_M = 3.0
"""No path is cut into shorter pieces: phones are off by more (GPS.gov states 4.9 m in the open)."""

_ALONG = 0.8
"""A path that runs along a stretch advances along it by this share of its own length."""


_NEAR_DEG = 0.0005
"""More than ``SAME_WAY_WITHIN_M`` in degrees, up to a latitude of 80 degrees."""


class Stretch(NamedTuple):
    """A stretch of a path: metres from its first point, from < to, and the line between."""

    path_id: str
    from_m: float
    to_m: float
    line: tuple[LonLat, ...]


class Lying(dict[Stretch, tuple[Stretch, ...]]):
    """Where stretches lie in an area, each worked out when it is first asked for.

    Many facts are said of one stretch, and it is asked for again with each new one.
    """

    def __init__(self, area: Area) -> None:
        super().__init__()
        self._paths = area.paths

    def __missing__(self, stretch: Stretch) -> tuple[Stretch, ...]:
        """Return the stretch itself where it is as it was, else its parts on other paths."""
        path = self._paths.get(stretch.path_id)
        if path is not None and (not stretch.line or _runs_along(path, stretch)):
            self[stretch] = (stretch,)
        elif not stretch.line:
            self[stretch] = ()
        else:
            moved = (_part_along(each, stretch) for each in self._near(stretch))
            self[stretch] = tuple(filter(None, moved))
        return self[stretch]

    def _near(self, stretch: Stretch) -> list[Path]:
        """Return the paths whose box comes near the stretch: no other can run along it."""
        west, south, east, north = shapely.bounds(LineString(stretch.line))
        boxes = self._boxes
        near = (boxes[:, 0] < east + _NEAR_DEG) & (boxes[:, 2] > west - _NEAR_DEG)
        near &= (boxes[:, 1] < north + _NEAR_DEG) & (boxes[:, 3] > south - _NEAR_DEG)
        return list(compress(self._paths.values(), near))

    @cached_property
    def _boxes(self) -> NDArray[np.float64]:
        """West, south, east and north of every path, in degrees."""
        lines = [LineString(path.coordinates) for path in self._paths.values()]
        return np.asarray(shapely.bounds(lines), dtype=float).reshape(-1, 4)


def _runs_along(path: Path, stretch: Stretch) -> bool:
    """Whether the stretch is still where it was on its path."""
    there = Line.of(path.coordinates).cut(stretch.from_m, stretch.to_m)
    plane = Plane.around(stretch.line)
    now, then = plane.flat((LineString(there), LineString(stretch.line)))
    return float(now.hausdorff_distance(then)) <= SAME_WAY_WITHIN_M


def _part_along(path: Path, stretch: Stretch) -> Stretch | None:
    """Return the part of another path that runs where the stretch was, if any."""
    plane = Plane.around(stretch.line)
    way, then = plane.flat((LineString(path.coordinates), LineString(stretch.line)))
    within = way.intersection(then.buffer(SAME_WAY_WITHIN_M))
    parts = [part for part in shapely.get_parts(within) if isinstance(part, LineString)]
    longest = max(parts, key=lambda part: part.length, default=None)
    if longest is None or longest.length < LEAST_PIECE_M:
        return None
    ends = [Point(longest.coords[0]), Point(longest.coords[-1])]
    if abs(then.project(ends[1]) - then.project(ends[0])) < _ALONG * longest.length:
        return None  # it only crosses
    shares = sorted(way.project(end, normalized=True) for end in ends)
    from_m, to_m = (share * path.length_m for share in shares)
    return Stretch(path.id, from_m, to_m, Line.of(path.coordinates).cut(from_m, to_m))
