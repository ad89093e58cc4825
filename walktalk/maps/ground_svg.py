"""The ground as SVG: the same drawing behind a sketch, on paper and under the map that moves."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib import resources

import numpy as np
import shapely
from numpy.typing import NDArray

from walktalk.maps.ground import LINES, POINTS, SURFACES, Geometries, Ground

ALL = (*SURFACES, *LINES, *POINTS)
FINENESS = 4
"""Whole numbers of the drawing in one unit of the paper: shorter than fractions, and finer than
what is left out."""
_POLYGON = 3
"""GEOS's number of that kind of geometry."""


def ground_css() -> str:
    """Return the style sheet of every ground."""
    return resources.files("walktalk.maps").joinpath("assets/ground.css").read_text("utf-8")


def ground_svg(ground: Ground, layers: Collection[str] = ALL) -> str:
    """Return layers of a ground as SVG paths with class names only, ``FINENESS`` numbers to a unit.

    Its colours and widths are in ``ground_css()``. Lines keep their width at any size, and points
    are lines of no length: their ends are what is seen.
    """
    drawn = []
    for layer, geometries in ground.layers.items():
        if layer not in layers:
            continue
        data = "".join(_points(geometries) if layer in POINTS else _lines(geometries))
        if data:
            drawn.append(f'<path class="ground-{layer}" d="{data}"/>')
    return "".join(drawn)


def _points(points: Geometries) -> Iterator[str]:
    for x, y in _whole(shapely.get_coordinates(points)).tolist():
        yield f"M{x} {y}h0"


def _lines(geometries: Geometries) -> Iterator[str]:
    """Yield lines and rings as path data: the first point, and how far it is to each next one."""
    closed = shapely.get_type_id(geometries[0]) == _POLYGON
    lines = shapely.get_rings(geometries) if closed else geometries
    points, numbers = shapely.get_coordinates(lines, return_index=True)
    whole = _whole(points)
    steps = np.diff(whole, axis=0, prepend=0)
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    ends = np.append(starts[1:], len(whole))
    is_seen = np.any(steps != 0, axis=1)
    if closed:
        is_seen[ends - 1] = False
    is_seen[starts] = False
    steps_seen = steps[is_seen].tolist()
    first = np.cumsum(is_seen)
    for (x, y), begin, end in zip(
        whole[starts].tolist(), first[starts].tolist(), first[ends - 1].tolist(), strict=True
    ):
        if begin < end:
            gone = "".join(
                [f"{_apart(across)}{_apart(down)}" for across, down in steps_seen[begin:end]]
            )
            yield f"M{x} {y}l{gone.lstrip()}{'z' if closed else ''}"


def _apart(number: int) -> str:
    """Return a number that reads as one of its own: a minus sign parts as well as a space."""
    return str(number) if number < 0 else f" {number}"


def _whole(points: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.rint(points * FINENESS).astype(np.int64)
