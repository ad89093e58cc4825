"""The ground as SVG: the same drawing behind a sketch, on paper and under the map that moves."""

from __future__ import annotations

from collections.abc import Collection
from importlib import resources

import numpy as np
import shapely
from numpy.typing import NDArray

from walktalk.maps.ground import LINES, POINTS, SURFACES, Ground

ALL = (*SURFACES, *LINES, *POINTS)
FINENESS = 4
"""Whole numbers of the drawing in one unit of the paper: shorter than fractions, and finer than
what is left out."""


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
        if layer in POINTS:
            data = "".join(_point(point) for point in geometries)
        elif layer in SURFACES:
            rings = shapely.get_rings(geometries)
            data = "".join(_line(ring, closed=True) for ring in rings)
        else:
            data = "".join(_line(line, closed=False) for line in geometries)
        if data:
            drawn.append(f'<path class="ground-{layer}" d="{data}"/>')
    return "".join(drawn)


def _point(point: shapely.Geometry) -> str:
    x, y = _whole(shapely.get_coordinates(point))[0]
    return f"M{x} {y}h0"


def _line(line: shapely.Geometry, *, closed: bool) -> str:
    """Return a line as path data: its first point, and then how far it is to each next one."""
    points = _whole(shapely.get_coordinates(line))
    if closed:
        points = points[:-1]
    steps = np.diff(points, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if not len(steps):
        return ""
    x, y = points[0]
    gone = "".join(f"{_apart(across)}{_apart(down)}" for across, down in steps.tolist())
    return f"M{x} {y}l{gone.lstrip()}{'z' if closed else ''}"


def _apart(number: int) -> str:
    """Return a number that reads as one of its own: a minus sign parts as well as a space."""
    return str(number) if number < 0 else f" {number}"


def _whole(points: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.rint(points * FINENESS).astype(np.int64)
