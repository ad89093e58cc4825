"""Tiles of a street map behind a walk: which ones a map may show, and where it asks for them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from walktalk.maps.paper import Box

LEAST_ZOOM, MOST_ZOOM = 13, 18
"""From a whole town to single houses; more is neither of use on a walk nor asked for."""

AROUND_M = 600.0
"""So far around a walk a street map helps to arrive; tiles further away are not sent."""

_METRES_A_DEGREE = 111_320.0
"""Of latitude, on average; the margin need not be exact."""


@dataclass(frozen=True, slots=True)
class StreetMap:
    """A layer of tiles behind a map.

    Attributes:
        address: pattern with ``{z}``, ``{x}`` and ``{y}``, on the server that sends the map.
        attribution: who made the tiles, as HTML.
    """

    address: str
    attribution: str


def around(box: Box) -> Box:
    """Return a box with its neighbourhood, within which tiles are shown."""
    west, south, east, north = box
    up = AROUND_M / _METRES_A_DEGREE
    across = up / math.cos(math.radians((south + north) / 2))
    return (west - across, south - up, east + across, north + up)


def is_shown(box: Box, z: int, x: int, y: int) -> bool:
    """Return whether a tile lies in a box's neighbourhood, at a zoom that is of use."""
    if not LEAST_ZOOM <= z <= MOST_ZOOM:
        return False
    west, south, east, north = around(box)
    left, top = tile_at(west, north, z)
    right, bottom = tile_at(east, south, z)
    return left <= x <= right and top <= y <= bottom


def tile_at(lon: float, lat: float, z: int) -> tuple[int, int]:
    """Return column and row of the tile that a position lies on.

    The scheme is that of OpenStreetMap and nearly everybody else: Web Mercator, cut into
    ``2**z`` by ``2**z`` squares from the north-west (OpenStreetMap wiki, "Slippy map tilenames").
    """
    count = 2**z
    x = (lon + 180) / 360 * count
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * count
    return int(x), int(y)
