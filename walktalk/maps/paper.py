"""The flat paper a walk is drawn on: positions become drawing units, north up.

A paper has the shape of its walk, within limits: a walk along a river lies on a flat paper, one up
a hill on a tall one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np
from numpy.typing import ArrayLike, NDArray

from walktalk.parks import LonLat

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; on paper left, top, right, bottom in drawing units."""

WIDTH = 360.0
"""Width of a sketch in its own units: about the CSS pixels it has on a phone."""
PHONE_WIDTH = 326.0
"""CSS pixels a map is wide on a phone of 360 px, with the page's margins."""

SHAPES: tuple[float, ...] = (0.62, 0.76, 0.9, 1.04, 1.16)
"""Heights of a map for a width of 1; the style sheets know each by its number, "map-shape-1".

The flattest has room for its controls; the tallest is 60 % of a phone's screen, 640 px high."""


@dataclass(frozen=True, slots=True)
class Padding:
    """Room around the walk in drawing units, for the marks and words on it and what lies below."""

    top: float
    side: float
    bottom: float


SKETCH_PADDING = Padding(30.0, 28.0, 52.0)
"""Below the walk: half a label of minutes, and the scale and the north arrow beneath it."""
MAP_PADDING = Padding(68.0, 26.0, 44.0)
"""Above the walk: the zoom buttons, 44 px high, with the gaps around them; below: the scale."""


class Paper:
    """Turns positions into drawing units: north up, true to scale around the walk.

    Attributes:
        middle: (longitude, latitude) of the paper's middle.
        across, up: drawing units a degree of longitude and of latitude.
        width, height: of the paper in drawing units.
        shape: which of ``SHAPES`` it has, counted from 1.
    """

    def __init__(self, box: Box, width: float, padding: Padding) -> None:
        west, south, east, north = box
        lon, lat = (west + east) / 2, (south + north) / 2
        wide, tall = (east - west) * cos(radians(lat)), north - south
        inner_width, inner_height = width - 2 * padding.side, padding.top + padding.bottom
        wanted = inner_height + (tall * inner_width / wide if wide else float("inf"))
        ratio = next((each for each in SHAPES if width * each >= wanted), SHAPES[-1])
        self.shape = SHAPES.index(ratio) + 1
        self.width, self.height = width, round(width * ratio)
        high = self.height - inner_height
        fits = [room / extent for room, extent in ((inner_width, wide), (high, tall)) if extent]
        self.up = min(fits, default=1.0)
        self.across = self.up * cos(radians(lat))
        self.middle = (lon, lat + (padding.top - padding.bottom) / 2 / self.up)

    @classmethod
    def around(cls, box: Box) -> Paper:
        """Return a sketch's paper around a box in degrees."""
        return cls(box, WIDTH, SKETCH_PADDING)

    @classmethod
    def on_a_phone(cls, box: Box) -> Paper:
        """Return the paper of an interactive map on a small phone; one unit is a CSS pixel.

        It is the smallest map there is: what does not touch here touches on no other.
        """
        return cls(box, PHONE_WIDTH, MAP_PADDING)

    def xy(self, position: LonLat) -> tuple[float, float]:
        """Return where a position lies on the paper."""
        x = self.width / 2 + (position[0] - self.middle[0]) * self.across
        y = self.height / 2 - (position[1] - self.middle[1]) * self.up
        return round(x, 1), round(y, 1)

    def flat(self, positions: ArrayLike) -> NDArray[np.float64]:
        """Return where positions lie on the paper, unrounded: shape (n, 2) in, the same out."""
        lon, lat = np.asarray(positions, dtype=float).reshape(-1, 2).T
        x = self.width / 2 + (lon - self.middle[0]) * self.across
        y = self.height / 2 - (lat - self.middle[1]) * self.up
        return np.column_stack((x, y))

    def position(self, x: float, y: float) -> LonLat:
        """Return the (longitude, latitude) of a point of the paper or beyond it."""
        lon = self.middle[0] + (x - self.width / 2) / self.across
        return lon, self.middle[1] - (y - self.height / 2) / self.up

    def degrees(self, box: Box) -> Box:
        """Return a box of the paper as west, south, east, north in degrees."""
        left, top, right, bottom = box
        west, north = self.position(left, top)
        east, south = self.position(right, bottom)
        return west, south, east, north

    def path(self, line: Sequence[LonLat]) -> str:
        """Return a line as SVG path data, leaving out points nobody could tell apart."""
        points: list[tuple[float, float]] = []
        for position in line:
            point = self.xy(position)
            if not points or point != points[-1]:
                points.append(point)
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
