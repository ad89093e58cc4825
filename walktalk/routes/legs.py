"""What lies along a walk's legs: their line, and the heights that are known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.line_heights import cut_heights, heights_at, is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.parks import Area, Height, LonLat, Path
    from walktalk.routes.model import Leg, Route

_SAME_LINE_DEG = 1e-6  # about 10 cm: a line rounded for a file is still the line over its legs
_TOUCH_M = 1e-6  # where two legs meet, a distance lies on both


def leg_line(path: Path, leg: Leg) -> tuple[LonLat, ...]:
    """Return the stretch of a path's line that a leg walks, in walking order."""
    if _is_whole(path, leg):
        return path.coordinates if leg.to_m else path.coordinates[::-1]
    return path.line.cut(leg.from_m, leg.to_m)


def leg_heights(path: Path, leg: Leg) -> tuple[Height, ...]:
    """Return the height of each point of ``leg_line``, ``None`` where unknown."""
    if not _is_whole(path, leg):
        return cut_heights(path, leg.from_m, leg.to_m)
    heights = path.heights_m or (None,) * len(path.coordinates)
    return heights if leg.to_m else heights[::-1]


def line_heights(area: Area, route: Route) -> tuple[Height, ...]:
    """Return the height of each point of a route's line in metres above mean sea level.

    A point that the planner cut into a path lies evenly between its two neighbours on that path,
    where both are known. Every other point that nobody has recorded is unknown, and so are all of
    them when the line is not the one over the route's legs.
    """
    unknown: tuple[Height, ...] = (None,) * len(route.coordinates)
    if not _has_heights(area, route):
        return unknown
    line: list[LonLat] = []
    heights: list[Height] = []
    for leg in route.legs:
        path = area.paths[leg.path_id]
        known = leg_heights(path, leg)
        if heights and heights[-1] is None:
            heights[-1] = known[0]
        line.extend(leg_line(path, leg)[1 if line else 0 :])
        heights.extend(known[1 if heights else 0 :])
    return tuple(heights) if _is_same(line, route.coordinates) else unknown


def heights_along(area: Area, route: Route, distances_m: Sequence[float]) -> tuple[Height, ...]:
    """Return the heights after so many metres of a walk, ``None`` where unknown.

    Between two known points of one path the height changes evenly. Nothing is said across a point
    whose height is unknown, nor from one path to the next.
    """
    if not distances_m or not is_known(line_heights(area, route)):
        return (None,) * len(distances_m)
    begins = route.walked_m.tolist()
    return tuple(_height_after(area, route, begins, each) for each in distances_m)


def _height_after(area: Area, route: Route, begins: list[float], walked_m: float) -> Height:
    """Return the height after so many metres, from the first leg there that knows it."""
    walked_m = min(max(walked_m, 0.0), begins[-1])
    for leg, begin in zip(route.legs, begins, strict=False):
        on_m = walked_m - begin
        if -_TOUCH_M <= on_m <= leg.length_m + _TOUCH_M:
            along_m = leg.from_m + (on_m if leg.to_m >= leg.from_m else -on_m)
            (height,) = heights_at(area.paths[leg.path_id], (along_m,))
            if height is not None:
                return height
    return None


def _is_same(line: Sequence[LonLat], other: Sequence[LonLat]) -> bool:
    if len(line) != len(other):
        return False
    apart = np.abs(np.asarray(line, dtype=float) - np.asarray(other, dtype=float))
    return bool(apart.max(initial=0.0) <= _SAME_LINE_DEG)


def _has_heights(area: Area, route: Route) -> bool:
    return any(is_known(area.paths[leg.path_id].heights_m) for leg in route.legs)


def _is_whole(path: Path, leg: Leg) -> bool:
    return {leg.from_m, leg.to_m} == {0.0, path.length_m}


def stem_of_m(route: Route) -> float:
    """Return the metres walked to a round, where the walk comes back from it the same way."""
    metres = 0.0
    half = len(route.legs) // 2
    for out, home in zip(route.legs[:half], reversed(route.legs), strict=False):
        if (out.path_id, out.from_m, out.to_m) != (home.path_id, home.to_m, home.from_m):
            break
        metres += out.length_m
    return metres
