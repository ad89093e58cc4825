"""How steep a path is, over windows, with what the source's error makes of it.

A window is 20 m long, or as long as the model's spacing where that is more. A path that is shorter
is judged together with what one walks before and after it: nobody climbs it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from walktalk.parks.fact_schema import MAX_GRADIENT_PCT
from walktalk.parks.line import Line

if TYPE_CHECKING:
    from walktalk.parks.geodesy import LonLat
    from walktalk.parks.model import Area, Path

Heights = NDArray[np.float64]
HeightsAt = Callable[[NDArray[np.float64]], Heights]
"""Takes positions (n, 2) in degrees; gives heights in metres, NaN where unknown."""

WINDOW_M = 20.0
"""No gradient is taken over less: a kerb is no hill."""

SIGMAS = 2.0
"""A stated error is a root mean square: two of it hold for 95 of 100 heights."""

COARSEST_STEP_M, FINEST_STEP_M = 10.0, 2.0
"""Heights are taken this far apart along a path: as near as the model knows them."""

_SHORT_M = 0.5  # what a window may lack of its length


@dataclass(frozen=True)
class Gradient:
    """The steepest window of a path.

    Attributes:
        steepest_pct: without sign.
        least_pct: of a short path, the same on the gentlest of the ways that lead over it.
        error_pct: by how much both may be off, at two sigma.
        window_m: how long the shortest window was.
    """

    steepest_pct: float
    least_pct: float
    error_pct: float
    window_m: float


@dataclass(frozen=True)
class _Measured:
    steepest_pct: float
    window_m: float


def step_m(spacing_m: float) -> float:
    """Return how far apart heights are taken for a model of that spacing."""
    return min(COARSEST_STEP_M, max(FINEST_STEP_M, spacing_m))


def gradient_of(
    area: Area, path: Path, at: HeightsAt, spacing_m: float, error_m: float
) -> Gradient | None:
    """Return how steep a path is at its steepest, ``None`` where a height is missing.

    Two heights each off by the stated error make a gradient off by error * sqrt(2) / window; it is
    carried through at two sigma.

    Args:
        area: with the paths that this one leads to.
        path: the path.
        at: gives heights.
        spacing_m: how far apart the source's heights are.
        error_m: the source's stated error, metres.
    """
    window_m = max(WINDOW_M, spacing_m)
    lines = [path.line]
    if path.length_m < window_m - _SHORT_M:
        lines = [*_through(area, path, window_m - path.length_m)]
    found = [each for line in lines if (each := _steepest(line, at, window_m, spacing_m))]
    if not found and len(lines) > 1:
        alone = _steepest(path.line, at, window_m, spacing_m)
        found = [alone] if alone else []
    if not found:
        return None
    shortest_m = min(each.window_m for each in found)
    most, least = (pick(each.steepest_pct for each in found) for pick in (max, min))
    return Gradient(
        steepest_pct=round(min(MAX_GRADIENT_PCT, most), 1),
        least_pct=round(min(MAX_GRADIENT_PCT, least), 1),
        error_pct=round(min(1000.0, SIGMAS * error_m * sqrt(2) / shortest_m * 100), 1),
        window_m=round(shortest_m, 1),
    )


def _steepest(line: Line, at: HeightsAt, window_m: float, spacing_m: float) -> _Measured | None:
    """Return the steepest window of a line, ``None`` where a height on it is missing."""
    along = line.evenly_m(step_m(spacing_m))
    heights = at(np.array(line.points_at(along)))
    if np.isnan(heights).any():
        return None
    span = min(window_m, line.length_m)
    starts = np.linspace(0.0, line.length_m - span, max(2, len(along)))
    rise = np.interp(starts + span, along, heights) - np.interp(starts, along, heights)
    return _Measured(float(np.abs(rise).max()) / span * 100, span)


def _through(area: Area, path: Path, more_m: float) -> Iterator[Line]:
    """Give a path with up to so many metres before and after it, for each way through."""
    first, last = area.network.ends_of(path.id)
    for before in _beyond(area, path, first, more_m):
        for after in _beyond(area, path, last, more_m):
            yield Line.of((*before[::-1][:-1], *path.coordinates, *after[1:]))


def _beyond(area: Area, path: Path, node: int, more_m: float) -> list[tuple[LonLat, ...]]:
    """Return what follows a path's end, away from it: for each path there, else the end alone."""
    end = area.network.nodes[node]
    found = []
    for path_id, is_last in area.network.ends_at(node):
        if path_id == path.id:
            continue
        line = area.paths[path_id].line
        reach = min(more_m, line.length_m)
        found.append(
            line.cut(line.length_m, line.length_m - reach) if is_last else line.cut(0.0, reach)
        )
    return found or [(end,)]
