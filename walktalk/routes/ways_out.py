"""Where a walk can be left when somebody needs help: the nearest road with a name, point by point.

Only what is recorded counts: entrances that open to a street, and paths that cross a named road or
run beside one. Distances are straight lines, and are said as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.geodesy import distance_m
from walktalk.routes.along import points_at
from walktalk.routes.words import compass_in_words
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat, Place
    from walktalk.routes.model import Route

HELP_EVERY_M = 100.0
"""Metres along the walk between the points help is worked out for: nobody is more than 50 m off."""

_ROAD_FACTS = ("crosses_road", "beside_road")
_UNNAMED = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Nearest:
    """Something near a point: its name, straight-line metres to it, and which way."""

    name: str
    distance_m: float
    direction: str


@dataclass(frozen=True, slots=True)
class HelpPoint:
    """What helps at one point of a walk.

    Attributes:
        position: (longitude, latitude).
        distance_m: metres walked when it is first reached.
        road: the nearest recorded place that touches a road with a name, or ``None``.
        defibrillator: the nearest recorded one, or ``None``.
    """

    position: LonLat
    distance_m: float
    road: Nearest | None
    defibrillator: Nearest | None


def help_points(area: Area, route: Route) -> tuple[HelpPoint, ...]:
    """Return what helps along a walk, every 100 m of ground, each stretch of ground once."""
    metres = np.arange(0.0, max(route.length_m, HELP_EVERY_M), HELP_EVERY_M).tolist()
    roads = _Named.of(area, _named_roads(area))
    defibrillators = _Named.of(area, _defibrillators(area))
    points: list[HelpPoint] = []
    for metre, position in zip(metres, points_at(route.coordinates, metres), strict=True):
        if all(distance_m(position, told.position) > HELP_EVERY_M / 2 for told in points):
            road, defibrillator = roads.nearest(position), defibrillators.nearest(position)
            points.append(HelpPoint(position, metre, road, defibrillator))
    return tuple(points)


@dataclass(frozen=True, eq=False)
class _Named:
    """Points with names, ready to be searched for the nearest."""

    area: Area
    named: Sequence[tuple[str, LonLat]]
    flat_m: NDArray[np.float64]

    @classmethod
    def of(cls, area: Area, named: Sequence[tuple[str, LonLat]]) -> _Named:
        return cls(area, named, area.network.metres([position for _, position in named]))

    def nearest(self, position: LonLat) -> Nearest | None:
        """Return the nearest point, or ``None`` where there is none at all."""
        if not self.named:
            return None
        off_m = np.linalg.norm(self.flat_m - self.area.network.metres([position]), axis=1)
        name, there = self.named[int(np.argmin(off_m))]
        return Nearest(name, distance_m(position, there), compass_in_words(position, there))


def _defibrillators(area: Area) -> list[tuple[str, LonLat]]:
    return [
        (place.name or _("Defibrillator"), place.position)
        for place in area.places.values()
        if place.kind == "defibrillator"
    ]


def _named_roads(area: Area) -> list[tuple[str, LonLat]]:
    """Return points where a road with a name is reached, from entrances and paths."""
    found = [
        (str(place.facts["street"]), place.position)
        for place in area.places.values()
        if _is_entrance(place)
    ]
    for path in area.paths.values():
        for fact in _ROAD_FACTS:
            name = str(path.facts.get(fact, "no"))
            if name not in _UNNAMED:
                found.extend((name, position) for position in path.coordinates)
    return found


def _is_entrance(place: Place) -> bool:
    return place.kind in ("entrance", "gate") and "street" in place.facts
