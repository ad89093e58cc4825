"""How people find the place where a walk starts: the street, stops and car parks, by their names.

Where the way on foot is recorded its length is said. Other distances are straight lines from the
start, and are said as such: the way on foot may be longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from walktalk.parks.geodesy import distance_m, metres_a_degree
from walktalk.routes.ways_out import road_at_start
from walktalk.routes.words import compass_in_words, distance_in_words
from walktalk.wording import N_, Table, _

if TYPE_CHECKING:
    from walktalk.parks import Area, LonLat, Place, WayIn
    from walktalk.routes.model import Route

MOST_M = 1500.0
"""Metres in a straight line up to which a stop or a car park is told: some 25 minutes on foot at an
easy pace. The choice is ours."""

AT_THE_START_M = 30.0
"""Metres within which something is at the start: the size of a meeting place, and of the error of a
recorded point."""

_FEWEST_IN_A_RING = 4  # a triangle with its first corner again

_COME_BY: Table[str] = Table(
    {
        "bus_stop": N_("Nearest bus stop we know: %(what)s."),
        "car_park": N_("Nearest car park we know: %(what)s."),
    }
)


def ways_there(area: Area, route: Route) -> tuple[str, ...]:
    """Return how to come to a walk's start, in sentences; what nobody has recorded is left out."""
    start = route.coordinates[0]
    said = [told for told in (_side_of_building(area, start), _street(area, route)) if told]
    on_foot = _ways_on_foot(area, start)
    for kind in _COME_BY:
        way = next((way for way in on_foot if area.places[way.place].kind == kind), None)
        if way is not None:
            said.append(_COME_BY[kind] % {"what": _on_foot(area.places[way.place], way)})
            continue
        named = [place for place in area.places.values() if place.kind == kind and place.name]
        nearest = min(named, key=lambda place: distance_m(start, place.position), default=None)
        if nearest is not None and distance_m(start, nearest.position) <= MOST_M:
            said.append(_COME_BY[kind] % {"what": _from_start(start, nearest)})
    return tuple(said)


def _side_of_building(area: Area, start: LonLat) -> str:
    """Return on which side of a building with a name people meet, ``""`` where none is near."""
    scale = np.array(metres_a_degree(start[1]))
    here = shapely.Point(np.array(start) * scale)
    walls = [
        (shape.name, shapely.Polygon(np.array(shape.rings[0]) * scale).exterior)
        for shape in area.background
        if shape.kind == "building" and shape.name and len(shape.rings[0]) >= _FEWEST_IN_A_RING
    ]
    if not walls:
        return ""
    name, wall = min(walls, key=lambda each: here.distance(each[1]))
    is_inside = shapely.Polygon(wall).contains(here)
    if is_inside or here.distance(wall) > AT_THE_START_M:
        return ""
    foot = np.array(shapely.shortest_line(wall, here).coords[0]) / scale
    lon, lat = foot.tolist()
    side = compass_in_words((lon, lat), start)
    return _("The meeting place is on the %(side)s side of %(building)s.", side=side, building=name)


def _ways_on_foot(area: Area, start: LonLat) -> list[WayIn]:
    """Return the recorded ways to where a walk starts, the shortest first."""
    meeting = {way.to for way in area.ways_in} & set(area.places)
    here = {
        each for each in meeting if distance_m(area.places[each].position, start) <= AT_THE_START_M
    }
    ways = (way for way in area.ways_in if way.to in here and way.place in area.places)
    return sorted(ways, key=lambda way: way.length_m)


def _on_foot(place: Place, way: WayIn) -> str:
    if way.length_m <= AT_THE_START_M:
        return _("%(name)s, at the meeting place", name=place.name)
    return _("%(name)s, %(far)s on foot", name=place.name, far=distance_in_words(way.length_m))


def _street(area: Area, route: Route) -> str:
    road = road_at_start(area, route)
    if road is None:
        return ""
    if road.distance_m <= AT_THE_START_M:
        return _("The meeting place is at %(street)s.", street=road.name)
    far = distance_in_words(road.distance_m)
    return _("The nearest street we know is %(street)s, %(far)s away.", street=road.name, far=far)


def _from_start(start: LonLat, place: Place) -> str:
    away_m = distance_m(start, place.position)
    if away_m <= AT_THE_START_M:
        return _("%(name)s, at the meeting place", name=place.name)
    return _(
        "%(name)s, %(far)s to the %(way)s",
        name=place.name,
        far=distance_in_words(away_m),
        way=compass_in_words(start, place.position),
    )
