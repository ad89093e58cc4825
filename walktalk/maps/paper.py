"""The flat paper a walk is drawn on: positions become drawing units, north up."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

from walktalk.maps.drawing import Box
from walktalk.parks import LonLat

WIDTH = 400.0
"""Width of a sketch in its own units; a page scales it as it likes."""
_TALLEST = 480.0
_FLATTEST = 220.0
_MARGIN = 34.0

PHONE_WIDTH = 326.0
"""CSS pixels a map is wide on a phone of 360 px, with the page's margins."""
MAP_HEIGHT = 380.0
"""CSS pixels a map is high on such a phone: about 60 % of its screen."""
PADDING_TOP = 68.0
"""CSS pixels above the walk: the zoom buttons, 44 px high, with the gaps around them."""
PADDING_SIDE = 26.0
PADDING_BOTTOM = 36.0
"""CSS pixels below the walk: the scale and the notice."""


class Paper:
    """Turns positions into drawing units: north up, true to scale around the walk.

    Attributes:
        middle: (longitude, latitude) of the paper's middle.
        across, up: drawing units a degree of longitude and of latitude.
        width, height: of the paper in drawing units.
    """

    def __init__(self, middle: LonLat, scale: float, width: float, height: float) -> None:
        self.middle = middle
        self.up = scale
        self.across = scale * cos(radians(middle[1]))
        self.width = width
        self.height = height

    @classmethod
    def around(cls, box: Box) -> Paper:
        """Fit ``box`` into a sketch's paper, choosing the paper's height."""
        scale, tall = _fit(box, WIDTH - 2 * _MARGIN, _TALLEST - 2 * _MARGIN)
        height = min(max(tall * scale + 2 * _MARGIN, _FLATTEST), _TALLEST)
        return cls(_middle(box), scale, WIDTH, height)

    @classmethod
    def on_a_phone(cls, box: Box) -> Paper:
        """Fit ``box`` into an interactive map on a small phone; one unit is a CSS pixel.

        It is the smallest map there is: what does not touch here touches on no other.
        """
        inner_height = MAP_HEIGHT - PADDING_TOP - PADDING_BOTTOM
        scale, _ = _fit(box, PHONE_WIDTH - 2 * PADDING_SIDE, inner_height)
        lon, lat = _middle(box)
        down = (PADDING_TOP - PADDING_BOTTOM) / 2
        return cls((lon, lat + down / scale), scale, PHONE_WIDTH, MAP_HEIGHT)

    def xy(self, position: LonLat) -> tuple[float, float]:
        """Return where a position lies on the paper."""
        x = self.width / 2 + (position[0] - self.middle[0]) * self.across
        y = self.height / 2 - (position[1] - self.middle[1]) * self.up
        return round(x, 1), round(y, 1)

    def path(self, line: Sequence[LonLat]) -> str:
        """Return a line as SVG path data, leaving out points nobody could tell apart."""
        points: list[tuple[float, float]] = []
        for position in line:
            point = self.xy(position)
            if not points or point != points[-1]:
                points.append(point)
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _middle(box: Box) -> LonLat:
    west, south, east, north = box
    return ((west + east) / 2, (south + north) / 2)


def _fit(box: Box, width: float, height: float) -> tuple[float, float]:
    """Return the units a degree of latitude that fit a box, and the box's degrees of latitude."""
    west, south, east, north = box
    wide = (east - west) * cos(radians((south + north) / 2))
    tall = north - south
    scale = min(width / wide if wide else float("inf"), height / tall if tall else float("inf"))
    return (1.0 if scale == float("inf") else scale), tall
