"""The part of a drawing around its start: what a first screen shows of it, no word cut off."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from walktalk.maps.paper import Box, Paper

WIDE, HIGH = 0.62, 0.3
"""The part's width and height in shares of the drawing's width, where it can be as small."""
LARGER = (1.0, 1.15, 1.3)
"""How many times as large it may be, so that fewer words are cut off."""
_TRIED = 9
"""Places tried across and down, at each size."""
_AIR = 3.0
"""Drawing units between the part's edge and what it must hold."""


def near_start(
    paper: Paper, start: tuple[float, float], held: Box, covered: Sequence[BaseGeometry]
) -> Box:
    """Return the part of a drawing around its start: left, top, width, height.

    It is the smallest that cuts off no word or mark, and of these the one whose middle is nearest
    to the start; where every part cuts some, one that cuts the fewest.

    Args:
        paper: what the drawing is on.
        start: where the walk begins, in drawing units.
        held: what must be seen whole, the ring and its words: left, top, right, bottom.
        covered: the extents of all other words and marks.
    """
    parts = np.concatenate([_parts(paper, start, held, WIDE * larger) for larger in LARGER])
    boxes = shapely.box(*parts.T)
    cut = np.zeros(len(parts), dtype=int)
    for each in covered:
        cut += shapely.intersects(boxes, each) & ~shapely.contains(boxes, each)
    middles = (parts[:, :2] + parts[:, 2:]) / 2
    off = np.hypot(*(middles - start).T)
    wide = np.round(parts[:, 2] - parts[:, 0], 1)
    best = parts[np.lexsort((off, wide, cut))[0]]
    left, top, right, bottom = np.round(best, 1).tolist()
    return left, top, round(right - left, 1), round(bottom - top, 1)


def _parts(
    paper: Paper, start: tuple[float, float], held: Box, share: float
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return parts of one size that hold what must be seen: shape (n, 4), as boxes."""
    wide = share * paper.width
    high = wide * HIGH / WIDE
    lefts = _from_to(held[0], held[2], wide, paper.width, start[0])
    tops = _from_to(held[1], held[3], high, paper.height, start[1])
    left, top = (each.ravel() for each in np.meshgrid(lefts, tops))
    return np.column_stack((left, top, left + wide, top + high))


def _from_to(
    first: float, last: float, size: float, whole: float, start: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return where a part of a size may begin along one side, so that it holds a stretch of it."""
    least, most = last + _AIR - size, first - _AIR
    places = np.append(np.linspace(min(least, most), max(least, most), _TRIED), start - size / 2)
    return np.unique(np.clip(places, 0.0, max(whole - size, 0.0)))
