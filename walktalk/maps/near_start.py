"""The part of a drawing around its start: what a first screen shows of it, no word cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from walktalk.maps.paper import Box, Paper


@dataclass(frozen=True, slots=True)
class StartShown:
    """What a first screen shows of a drawing.

    Attributes:
        box: left, top, width, height in the drawing's units.
        names: whether the names on the ground are shown: not where one of them would be cut off.
    """

    box: Box
    names: bool


WIDE, HIGH = 0.62, 0.3
"""The part's width and height in shares of the drawing's width, where it can be as small."""
LARGER = (1.0, 1.15, 1.3, 1.5)
"""How many times as large it may be, so that fewer words are cut off."""
_TRIED = 25
"""Places tried across and down, at each size."""
_AIR = 3.0
"""Drawing units between the part's edge and what it must hold."""


def near_start(
    paper: Paper,
    start: tuple[float, float],
    held: Box,
    marks: Sequence[Box],
    names: Sequence[shapely.Polygon] = (),
) -> StartShown:
    """Return the part of a drawing around its start that is shown first.

    It is the smallest that cuts off no word or mark, and of these the one whose middle is nearest
    to the start; where every part cuts some, one that cuts the fewest.

    Args:
        paper: what the drawing is on.
        start: where the walk begins, in drawing units.
        held: what must be seen whole, the ring and its words: left, top, right, bottom.
        marks: the extents of all other words and marks, as boxes like ``held``.
        names: those of the names on the ground.
    """
    covered = [*marks, *(name.bounds for name in names)]
    parts = np.concatenate([_parts(paper, start, held, WIDE * larger) for larger in LARGER])
    cut = _touched(parts, covered) - _whole(parts, covered)
    middles = (parts[:, :2] + parts[:, 2:]) / 2
    off = np.hypot(*(middles - start).T)
    wide = np.round(parts[:, 2] - parts[:, 0], 1)
    best = parts[np.lexsort((off, wide, cut))[0]]
    left, top, right, bottom = np.round(best, 1).tolist()
    part = shapely.box(left, top, right, bottom)
    whole = all(part.contains(name) or not part.intersects(name) for name in names)
    box = (left, top, round(right - left, 1), round(bottom - top, 1))
    return StartShown(box, names=whole)


def _touched(parts: NDArray[np.float64], boxes: Sequence[Box]) -> NDArray[np.int_]:
    """Return how many of the boxes each part meets."""
    left, top, right, bottom = np.array(boxes, dtype=float).reshape(-1, 4).T
    meets = (parts[:, :1] < right) & (parts[:, 2:3] > left)
    meets &= (parts[:, 1:2] < bottom) & (parts[:, 3:] > top)
    return np.asarray(meets.sum(axis=1))


def _whole(parts: NDArray[np.float64], boxes: Sequence[Box]) -> NDArray[np.int_]:
    """Return how many of the boxes lie whole in each part."""
    left, top, right, bottom = np.array(boxes, dtype=float).reshape(-1, 4).T
    holds = (parts[:, :1] <= left) & (parts[:, 2:3] >= right)
    holds &= (parts[:, 1:2] <= top) & (parts[:, 3:] >= bottom)
    return np.asarray(holds.sum(axis=1))


def _parts(
    paper: Paper, start: tuple[float, float], held: Box, share: float
) -> NDArray[np.float64]:
    """Return parts of one size that hold what must be seen: shape (n, 4), as boxes."""
    wide = share * paper.width
    high = wide * HIGH / WIDE
    lefts = _from_to(held[0], held[2], wide, paper.width, start[0])
    tops = _from_to(held[1], held[3], high, paper.height, start[1])
    left, top = (each.ravel() for each in np.meshgrid(lefts, tops))
    return np.column_stack((left, top, left + wide, top + high))


def _from_to(
    first: float, last: float, size: float, whole: float, start: float
) -> NDArray[np.float64]:
    """Return where a part of a size may begin along one side, so that it holds a stretch of it."""
    least, most = last + _AIR - size, first - _AIR
    places = np.append(np.linspace(min(least, most), max(least, most), _TRIED), start - size / 2)
    return np.unique(np.clip(places, 0.0, max(whole - size, 0.0)))
