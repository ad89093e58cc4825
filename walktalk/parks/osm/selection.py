"""What of an extract an import takes: where it lies and what it is."""

import math
from collections.abc import Callable
from typing import Any

from walktalk.parks.errors import ParkDataError
from walktalk.parks.geodesy import LonLat
from walktalk.parks.osm.facts import place_kind
from walktalk.parks.osm.rules import RAILWAYS

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

Wanted = Callable[[Any], bool]
"""Takes tags (a mapping, or pyosmium's) and says whether to read what carries them."""

Inside = Callable[[LonLat], bool]
"""Takes a position and says whether it lies in the piece of ground that is imported."""

_METRES_A_DEGREE = 110_574.0  # of latitude at the equator, where a degree is shortest (WGS84)
_POLAR = 89.0  # degrees: nobody walks beyond

AREA_TYPES = ("multipolygon", "boundary")


def is_inside(position: LonLat, bounds: Bounds | None) -> bool:
    """Return whether a position lies inside a box; everything lies inside no box."""
    if bounds is None:
        return True
    west, south, east, north = bounds
    return west <= position[0] <= east and south <= position[1] <= north


_NATURAL = frozenset({"water", "wood", "scrub", "grassland", "heath", "coastline"})
_LANDUSE = frozenset(
    {"forest", "grass", "meadow", "recreation_ground", "village_green", "basin", "reservoir"}
)
_LEISURE = frozenset(
    {
        "park",
        "garden",
        "playground",
        "dog_park",
        "nature_reserve",
        "recreation_ground",
        "common",
        "pitch",
        "bandstand",
        "golf_course",
    }
)
_WATERWAYS = frozenset({"river", "stream", "canal", "riverbank", "dock"})


def is_wanted(tags: Any) -> bool:
    """Return whether an import draws, walks, measures to or names this way or relation."""
    return (
        "highway" in tags
        or "building" in tags
        or tags.get("natural") in _NATURAL
        or tags.get("landuse") in _LANDUSE
        or tags.get("leisure") in _LEISURE
        or tags.get("waterway") in _WATERWAYS
        or tags.get("railway") in RAILWAYS
        or any(key in tags for key in ("barrier", "military"))
        or place_kind(tags) is not None
    )


def check_bounds(bounds: Bounds) -> None:
    """Refuse a box that is none.

    Raises:
        ParkDataError: naming what is accepted.
    """
    west, south, east, north = bounds
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 - degrees
        raise ParkDataError(
            f"the box {west},{south},{east},{north} holds nothing: accepted are west,south,east,"
            "north in degrees, west less than east and south less than north"
        )


def grown(bounds: Bounds, metres: float) -> Bounds:
    """Return a box with at least so many metres more on every side."""
    west, south, east, north = bounds
    up = metres / _METRES_A_DEGREE
    farthest = min(max(abs(south), abs(north)) + up, _POLAR)
    across = up / math.cos(math.radians(farthest))
    return (
        max(west - across, -180),
        max(south - up, -90),
        min(east + across, 180),
        min(north + up, 90),
    )


def swapped(bounds: Bounds) -> Bounds | None:
    """Return the box with latitude and longitude changed round, ``None`` where that is none."""
    west, south, east, north = bounds
    if -_POLAR <= west < east <= _POLAR:
        return south, west, north, east
    return None


def in_box(bounds: Bounds) -> Inside:
    """Return a test for lying inside a box."""
    west, south, east, north = bounds
    return lambda position: west <= position[0] <= east and south <= position[1] <= north
