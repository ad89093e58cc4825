"""Lines as they are written to files: rounded, and made shorter for old devices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from walktalk.parks import Height, LonLat
from walktalk.parks.line_heights import rounded_height
from walktalk.routes import Walk
from walktalk.routes.legs import heights_along, line_heights

COORDINATE_DECIMALS = 7
"""About 1 cm: what OpenStreetMap stores."""

SIMPLE_POINTS = 250
"""Most points in a file for old devices: the smallest limit of handheld receivers' tracks."""

SIMPLE_WITHIN_M = 5.0
"""How far a shortened line may leave the full one: the width of a path and its verges."""

_ALMOST = 0.98  # room for rounding, and for the flat projection
_FINEST_M = 0.1
_HALVINGS = 12
_TURNING_BACK_DEG = 90.0
"""A change of direction this sharp counts as going back the way one came."""

Points = NDArray[np.float64]
"""Positions in flat metres, shape (points, 2)."""


def rounded(position: LonLat) -> LonLat:
    """Return a position as it is written to files."""
    return (round(position[0], COORDINATE_DECIMALS), round(position[1], COORDINATE_DECIMALS))


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A walk's line as it is written to files.

    Attributes:
        coordinates: (longitude, latitude), rounded.
        heights_m: one for each of them in metres above mean sea level, ``None`` where unknown.
    """

    coordinates: tuple[LonLat, ...]
    heights_m: tuple[Height, ...]

    def only(self, numbers: Iterable[int]) -> WrittenLine:
        """Return the line through some of its points."""
        points = [(self.coordinates[i], self.heights_m[i]) for i in numbers]
        return WrittenLine(*zip(*points, strict=True))


def full_line(walk: Walk) -> WrittenLine:
    """Return the walk's line as it is written to files: every point that differs from the last."""
    line: list[LonLat] = []
    heights: list[Height] = []
    known = map(rounded_height, line_heights(walk.area, walk.route))
    for position, height in zip(map(rounded, walk.route.coordinates), known, strict=True):
        if not line or line[-1] != position:
            line.append(position)
            heights.append(height)
        elif heights[-1] is None:
            heights[-1] = height
    return WrittenLine(tuple(line), tuple(heights))


def written_heights(walk: Walk, distances_m: Sequence[float]) -> tuple[Height, ...]:
    """Return the heights after so many metres of a walk as they are written to files."""
    return tuple(map(rounded_height, heights_along(walk.area, walk.route, distances_m)))


def simple_line(walk: Walk) -> WrittenLine:
    """Return the walk's line with at most 250 of its points, within 5 m of the full line.

    The points are chosen by Douglas and Peucker's method (shapely) in flat metres, with the
    smallest tolerance that leaves few enough.

    Raises:
        ValueError: even 5 m leaves more than 250 points.
    """
    line = full_line(walk)
    if len(line.coordinates) <= SIMPLE_POINTS:
        return line
    flat = walk.area.network.metres(line.coordinates)
    low, high = _FINEST_M, SIMPLE_WITHIN_M * _ALMOST
    chosen = _kept(flat, high)
    if len(chosen) > SIMPLE_POINTS:
        raise ValueError(
            f"the walk bends too often for a file of {SIMPLE_POINTS} points "
            f"within {SIMPLE_WITHIN_M:.0f} m; take the full file"
        )
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        kept = _kept(flat, middle)
        if len(kept) <= SIMPLE_POINTS:
            high, chosen = middle, kept
        else:
            low = middle
    return line.only(chosen)


def _kept(flat: Points, within_m: float) -> list[int]:
    """Return the indices of the points that a simplification keeps.

    The line is cut where it turns back on itself and each piece simplified alone: otherwise a
    stretch walked out and back inside a longer one would lie within 5 m of it, and vanish.
    """
    ends = [0, *_turning_back(flat), len(flat) - 1]
    kept = [0]
    for first, last in pairwise(ends):
        kept += [first + index for index in _kept_of_piece(flat[first : last + 1], within_m)[1:]]
    return kept


def _kept_of_piece(flat: Points, within_m: float) -> list[int]:
    # the index travels as each point's height, which the method neither reads nor changes
    numbered = shapely.LineString(np.column_stack((flat, np.arange(len(flat)))))
    simple = numbered.simplify(within_m, preserve_topology=False)
    return [int(number) for number in shapely.get_coordinates(simple, include_z=True)[:, 2]]


def _turning_back(flat: Points) -> list[int]:
    steps = np.diff(flat, axis=0)
    before, after = steps[:-1], steps[1:]
    same_way = np.sum(before * after, axis=1)
    across = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    turn_deg = np.degrees(np.abs(np.arctan2(across, same_way)))
    return [int(index) + 1 for index in np.flatnonzero(turn_deg >= _TURNING_BACK_DEG)]
