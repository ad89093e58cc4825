"""What helps somebody in need, point by point of a walk: the next way off it, the nearest road.

Only what is recorded counts: entrances that open to a street, and paths that cross a named road or
run beside one. Distances to roads are straight lines, and are said as such; where water lies
across such a line, or may lie there, no direction is given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from walktalk.parks.geodesy import distance_m
from walktalk.routes.ways_off import NextWayOff, next_way_off, ways_off
from walktalk.routes.words import compass_in_words
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat, Place
    from walktalk.parks.model import BackgroundShape
    from walktalk.routes.model import Route

WaterBetween = Literal["none", "perhaps", "yes"]

HELP_EVERY_M = 100.0
"""Metres along the walk between the points help is worked out for: nobody is more than 50 m off."""

_ROAD_FACTS = ("crosses_road", "beside_road")
_UNNAMED = ("yes", "no")
_BESIDE_WATER_M = 20.0
"""Metres from a path beside water within which a straight line may meet that water. The choice is
ours: wider than the bank of a lake or a stream in a park."""
_FEWEST_IN_A_RING = 4  # a triangle with its first corner again


@dataclass(frozen=True, slots=True)
class Nearest:
    """Something near a point.

    Attributes:
        name: what it is called.
        distance_m: straight-line metres to it.
        direction: which way it lies, or ``""`` where the line there may cross water.
        water: whether recorded water lies across that line.
    """

    name: str
    distance_m: float
    direction: str
    water: WaterBetween = "none"


@dataclass(frozen=True, slots=True)
class HelpPoint:
    """What helps at one point of a walk.

    Attributes:
        position: (longitude, latitude).
        distance_m: metres walked when it is first reached.
        road: the nearest recorded place that touches a road with a name, or ``None``.
        defibrillator: the nearest recorded one, or ``None``.
        again_m: the later whole hundreds of metres that are nearer to here than to any other
            point, because the walk comes by again.
        way_off: the next way off along the walk, or ``None`` at a start that nothing leads off.
    """

    position: LonLat
    distance_m: float
    road: Nearest | None
    defibrillator: Nearest | None
    again_m: tuple[float, ...] = ()
    way_off: NextWayOff | None = None


def help_points(area: Area, route: Route) -> tuple[HelpPoint, ...]:
    """Return what helps along a walk, every 100 m of ground, each stretch of ground once.

    Every whole hundred of metres is told: as a point, or as ``again_m`` of the point it is near.
    """
    told = _told_once(area, route)
    water = _Water(area)
    roads = _Named.of(area, water, _named_roads(area))
    defibrillators = _Named.of(area, water, _defibrillators(area))
    ways = ways_off(area, route)
    return tuple(
        HelpPoint(
            position=point.position,
            distance_m=point.metre,
            road=roads.nearest(point.position),
            defibrillator=defibrillators.nearest(point.position),
            again_m=tuple(point.again_m),
            way_off=next_way_off(ways, route, point.metre),
        )
        for point in told
    )


@dataclass
class _Told:
    """A point of the walk, and when the walk comes by again."""

    metre: float
    position: LonLat
    again_m: list[float] = field(default_factory=list)


def _told_once(area: Area, route: Route) -> list[_Told]:
    """Return the points every 100 m, those that lie within half of that of an earlier with it."""
    metres = np.arange(0.0, max(route.length_m, HELP_EVERY_M), HELP_EVERY_M).tolist()
    positions = route.line.points_at(metres)
    flat_m = area.network.metres(positions)
    told: list[_Told] = []
    rows: list[int] = []
    for row, (metre, position) in enumerate(zip(metres, positions, strict=True)):
        off_m = np.linalg.norm(flat_m[rows] - flat_m[row], axis=1)
        if told and off_m.min() <= HELP_EVERY_M / 2:
            told[int(off_m.argmin())].again_m.append(metre)
        else:
            told.append(_Told(metre, position))
            rows.append(row)
    return told


@dataclass(frozen=True, eq=False)
class _Water:
    """The recorded water of an area, on the flat projection of its network."""

    area: Area

    def between(self, here: LonLat, there: LonLat) -> WaterBetween:
        """Return whether water lies across a straight line; without shapes of it, perhaps."""
        line = shapely.LineString(self.area.network.metres([here, there]))
        if self._shapes:
            return "yes" if shapely.intersects(line, self._shapes).any() else "none"
        banks = shapely.distance(line, self._banks)
        return "perhaps" if (banks <= _BESIDE_WATER_M).any() else "none"

    @cached_property
    def _shapes(self) -> list[shapely.Geometry]:
        return [self._flat(shape) for shape in self.area.background if shape.kind == "water"]

    @cached_property
    def _banks(self) -> list[shapely.Geometry]:
        return [
            shapely.LineString(self.area.network.metres(path.coordinates))
            for path in self.area.paths.values()
            if path.facts.get("beside_water", "no") != "no"
        ]

    def _flat(self, shape: BackgroundShape) -> shapely.Geometry:
        outer, *holes = (self.area.network.metres(ring) for ring in shape.rings)
        if len(outer) < _FEWEST_IN_A_RING:
            return shapely.LineString(outer)
        return shapely.make_valid(shapely.Polygon(outer, holes))


@dataclass(frozen=True, eq=False)
class _Named:
    """Points with names, ready to be searched for the nearest."""

    area: Area
    water: _Water
    named: Sequence[tuple[str, LonLat]]
    flat_m: NDArray[np.float64]

    @classmethod
    def of(cls, area: Area, water: _Water, named: Sequence[tuple[str, LonLat]]) -> _Named:
        positions = [position for _name, position in named]
        return cls(area, water, named, area.network.metres(positions))

    def nearest(self, position: LonLat) -> Nearest | None:
        """Return the nearest point, or ``None`` where there is none at all."""
        if not self.named:
            return None
        off_m = np.linalg.norm(self.flat_m - self.area.network.metres([position]), axis=1)
        name, there = self.named[int(np.argmin(off_m))]
        water = self.water.between(position, there)
        direction = compass_in_words(position, there) if water == "none" else ""
        return Nearest(name, distance_m(position, there), direction, water)


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
