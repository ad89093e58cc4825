"""What helps somebody in need, point by point of a walk: the next way off it, the nearest road.

Only what is recorded counts: entrances that open to a street, paths that cross a named road or run
beside one, and the streets that the map draws. Distances to roads are straight lines, and are said
as such; where water lies across such a line, or may lie there, no direction is given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import shapely

from walktalk.parks.geodesy import distances_m
from walktalk.routes.streets_near import StreetsNear
from walktalk.routes.ways_off import NextWayOff, next_way_off, ways_off
from walktalk.routes.words import compass_in_words
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat, Path, Place
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
        road: the nearest recorded place that touches a road with a name, or street of the map;
            ``None`` where neither is known.
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
    water = _Water(area)
    road_near = _road_near(area, route, water)
    defibrillators = _Named.of(area, water, _defibrillators(area))
    ways = ways_off(area, route)
    return tuple(
        HelpPoint(
            position=point.position,
            distance_m=point.metre,
            road=road_near(point),
            defibrillator=defibrillators.nearest(point),
            again_m=tuple(point.again_m),
            way_off=next_way_off(ways, route, point.metre),
        )
        for point in _told_once(area, route)
    )


def road_at_start(area: Area, route: Route) -> Nearest | None:
    """Return the road of the first of ``help_points``."""
    return _road_near(area, route, _Water(area))(_told_once(area, route)[0])


@dataclass(frozen=True)
class HelpGround:
    """What of an area the help along one walk is made from, wherever it lies.

    Attributes:
        path_ids, place_ids: what touches a named road, and the defibrillators, that are named; and
            the paths beside water on the way there.
        water: the shapes of water on the way there; one at least where the area has any.
    """

    path_ids: frozenset[str]
    place_ids: frozenset[str]
    water: frozenset[BackgroundShape]


def help_ground(area: Area, route: Route) -> HelpGround:
    """Return what ``help_points`` of a walk are made from, so that the rest can be left away."""
    water = _Water(area)
    lines: list[shapely.LineString] = []
    owners: set[tuple[str, str]] = set()
    for named in (_named_roads(area), _defibrillators(area)):
        things = _Named.of(area, water, named)
        for point in _told_once(area, route) if named else ():
            number = things.nearest_number(point)
            thing = named[number]
            lines.append(shapely.LineString([point.flat_m, things.flat_m[number]]))
            owners.add((thing.kind, thing.id))
    streets = StreetsNear.of(area, route.coordinates[0])
    for point in _told_once(area, route):
        if street := streets.nearest(point.position):
            lines.append(shapely.LineString([point.flat_m, area.network.metres([street[1]])[0]]))
    return HelpGround(
        path_ids=frozenset(owner for kind, owner in owners if kind == "path")
        | water.banks_near(lines),
        place_ids=frozenset(owner for kind, owner in owners if kind == "place"),
        water=water.across(lines),
    )


@dataclass
class _Told:
    """A point of the walk, and when the walk comes by again."""

    metre: float
    position: LonLat
    flat_m: NDArray[np.float64]
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
            told.append(_Told(metre, position, flat_m[row]))
            rows.append(row)
    return told


@dataclass(frozen=True, eq=False)
class _Water:
    """The recorded water of an area, on the flat projection of its network."""

    area: Area

    def between(self, here: NDArray[np.float64], there: NDArray[np.float64]) -> WaterBetween:
        """Return whether water lies across a straight line; without shapes of it, perhaps.

        Both ends are in metres on the flat projection of the area's network.
        """
        line = shapely.LineString([here, there])
        if self._shapes:
            return "yes" if shapely.intersects(line, self._shapes).any() else "none"
        banks = shapely.distance(line, self._banks)
        return "perhaps" if (banks <= _BESIDE_WATER_M).any() else "none"

    def across(self, lines: Sequence[shapely.LineString]) -> frozenset[BackgroundShape]:
        """Return the shapes that lie across any of some lines; else one, to say there are any."""
        if not self._drawn:
            return frozenset()
        hit = shapely.STRtree(self._shapes).query(_array(lines), predicate="intersects")[1]
        found = {self._drawn[number] for number in np.unique(hit).tolist()}
        return frozenset(found or [min(self._drawn, key=lambda shape: len(shape.rings[0]))])

    def banks_near(self, lines: Sequence[shapely.LineString]) -> frozenset[str]:
        """Return the paths beside water so near some lines that these may meet it."""
        if self._drawn or not self._beside:
            return frozenset()
        tree = shapely.STRtree(self._banks)
        near = tree.query(_array(lines), predicate="dwithin", distance=_BESIDE_WATER_M)[1]
        return frozenset(self._beside[number].id for number in np.unique(near).tolist())

    @cached_property
    def _drawn(self) -> list[BackgroundShape]:
        return [shape for shape in self.area.background if shape.kind == "water"]

    @cached_property
    def _shapes(self) -> list[shapely.Geometry]:
        return [self._flat(shape) for shape in self._drawn]

    @cached_property
    def _beside(self) -> list[Path]:
        paths = self.area.paths.values()
        return [path for path in paths if path.facts.get("beside_water", "no") != "no"]

    @cached_property
    def _banks(self) -> list[shapely.Geometry]:
        flat = self.area.network.metres
        return [shapely.LineString(flat(path.coordinates)) for path in self._beside]

    def _flat(self, shape: BackgroundShape) -> shapely.Geometry:
        outer, *holes = (self.area.network.metres(ring) for ring in shape.rings)
        if len(outer) < _FEWEST_IN_A_RING:
            return shapely.LineString(outer)
        return shapely.make_valid(shapely.Polygon(outer, holes))


def _array(lines: Sequence[shapely.LineString]) -> NDArray[np.object_]:
    return np.array(lines, dtype=object)


class _Thing(NamedTuple):
    """A point with a name, and the path or place it is of."""

    name: str
    position: LonLat
    kind: Literal["path", "place"]
    id: str


@dataclass(frozen=True, eq=False)
class _Named:
    """Points with names, ready to be searched for the nearest."""

    area: Area
    water: _Water
    named: Sequence[_Thing]
    flat_m: NDArray[np.float64]

    @classmethod
    def of(cls, area: Area, water: _Water, named: Sequence[_Thing]) -> _Named:
        return cls(area, water, named, area.network.metres([each.position for each in named]))

    def nearest_number(self, point: _Told) -> int:
        """Return the number of the nearest of the points, of which there is one at least."""
        return int(np.argmin(np.linalg.norm(self.flat_m - point.flat_m, axis=1)))

    def nearest(self, point: _Told) -> Nearest | None:
        """Return the nearest point, or ``None`` where there is none at all."""
        if not self.named:
            return None
        number = self.nearest_number(point)
        thing = self.named[number]
        water = self.water.between(point.flat_m, self.flat_m[number])
        direction = compass_in_words(point.position, thing.position) if water == "none" else ""
        [away_m] = distances_m(point.position, [thing.position]).tolist()
        return Nearest(thing.name, away_m, direction, water)


def _road_near(area: Area, route: Route, water: _Water) -> Callable[[_Told], Nearest | None]:
    """Return what finds the nearest road with a name: recorded, or drawn so by the map."""
    recorded = _Named.of(area, water, _named_roads(area))
    streets = StreetsNear.of(area, route.coordinates[0])

    def nearest(point: _Told) -> Nearest | None:
        found = (recorded.nearest(point), _street_near(area, water, streets, point))
        known = [each for each in found if each is not None]
        return min(known, key=lambda each: each.distance_m, default=None)

    return nearest


def _street_near(area: Area, water: _Water, streets: StreetsNear, point: _Told) -> Nearest | None:
    """Return the nearest street that the map draws with its name."""
    street = streets.nearest(point.position)
    if street is None:
        return None
    name, position, away_m = street
    between = water.between(point.flat_m, area.network.metres([position])[0])
    direction = compass_in_words(point.position, position) if between == "none" else ""
    return Nearest(name, away_m, direction, between)


def _defibrillators(area: Area) -> list[_Thing]:
    return [
        _Thing(place.name or _("Defibrillator"), place.position, "place", place.id)
        for place in area.places.values()
        if place.kind == "defibrillator"
    ]


def _named_roads(area: Area) -> list[_Thing]:
    """Return points where a road with a name is reached, from entrances and paths."""
    found = [
        _Thing(str(place.facts["street"]), place.position, "place", place.id)
        for place in area.places.values()
        if _is_entrance(place)
    ]
    for path in area.paths.values():
        for fact in _ROAD_FACTS:
            name = str(path.facts.get(fact, "no"))
            if name not in _UNNAMED:
                found += [_Thing(name, each, "path", path.id) for each in path.coordinates]
    return found


def _is_entrance(place: Place) -> bool:
    return place.kind in ("entrance", "gate") and "street" in place.facts
