"""Where people meet: decided places first, then where the paths meet the streets around."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tools.build_parks.decisions import AreaDecision, Meeting
from tools.build_parks.errors import BuildError
from tools.build_parks.meeting_words import BESIDE_M, Words
from tools.build_parks.places import slug
from tools.build_parks.surroundings import AT_THE_STREET_M, Landmarks, Streets, point_of
from tools.build_parks.ways import TOWN, Way
from walktalk.parks import LonLat, Place, Source
from walktalk.parks.geodesy import bearing_deg, distance_m

MOST = 8
"""Enough for a choice, few enough to read."""

APART_M = 120.0
"""Two ways in from streets nearer than this are one place to meet."""

OTHER_SIDE_DEG = 60.0
"""Two meeting points this far apart, seen from the middle, lie on different sides."""

NEAR_THE_PARK_M = 60.0
ON_A_PATH_M = 25.0
_STOP_REACH_M = 250.0
_STOPS = frozenset({"bus_stop"})
_MET_AT = ("bandstand", "boathouse", "cafe", "kiosk", "car_park")
_FULL_TURN = 360.0


@dataclass(frozen=True)
class Ground:
    """What an area's meeting points are chosen from.

    ``main`` says of each way whether it lies on the longest connected piece.
    """

    ways: Sequence[Way]
    lines: Sequence[shapely.LineString]
    main: Sequence[bool]
    shape: BaseGeometry
    places: Sequence[Place]
    streets: Streets

    @property
    def middle(self) -> LonLat:
        """A position in the middle of the ground."""
        x, y = TOWN.to_degrees(np.array(self.shape.centroid.coords))[0]
        return (float(x), float(y))

    @property
    def main_ends(self) -> list[LonLat]:
        """Where the ways of the longest piece end, in order."""
        on_main = zip(self.ways, self.main, strict=True)
        return sorted({end for way, is_main in on_main if is_main for end in way.ends})


def meeting_points(area: AreaDecision, ground: Ground, source: Source) -> list[Place]:
    """Return an area's meeting points, those decided first, then others on its other sides.

    Raises:
        BuildError: a decided one lies on no path, or the area has none at all.
    """
    return _Finder(area, ground, source).found()


class _Finder:
    """Collects one area's meeting points, each with a name of its own."""

    def __init__(self, area: AreaDecision, ground: Ground, source: Source) -> None:
        self._area = area
        self._ground = ground
        self._source = source
        self._landmarks = Landmarks.of(ground.places)
        self._words = Words(ground.streets, self._landmarks, ground.middle)
        self._taken = {place.id for place in ground.places}
        self._found: list[Place] = []

    def found(self) -> list[Place]:
        for meeting in self._area.meeting:
            self._add(self._decided(meeting))
        for place in (*self._at_places(), *self._at_streets(AT_THE_STREET_M)):
            if len(self._found) < MOST and self._is_apart(place):
                self._add(place)
        for place in (*self._at_streets(BESIDE_M), *self._at_ends()):
            if self._found and self._has_sides():
                break
            if self._is_apart(place, APART_M / 2) and self._is_on_another_side(place):
                self._add(place)
        if not self._found:
            raise BuildError(f"area {self._area.id!r}: it has no meeting point")
        return self._found

    def _add(self, place: Place) -> None:
        self._found.append(self._named_apart(place))
        self._taken.add(self._found[-1].id)

    def _is_apart(self, place: Place, least_m: float = APART_M) -> bool:
        return all(distance_m(place.position, p.position) >= least_m for p in self._found)

    def _is_on_another_side(self, place: Place) -> bool:
        if not self._found:
            return True
        turn = abs(self._bearing(place) - self._bearing(self._found[0])) % _FULL_TURN
        return min(turn, _FULL_TURN - turn) >= OTHER_SIDE_DEG

    def _has_sides(self) -> bool:
        return any(self._is_on_another_side(other) for other in self._found[1:])

    def _bearing(self, place: Place) -> float:
        return bearing_deg(self._ground.middle, place.position)

    def _decided(self, meeting: Meeting) -> Place:
        where = f"area {self._area.id!r}: meeting point {meeting.id!r}"
        place = next((each for each in self._ground.places if each.id == meeting.place), None)
        position = place.position if place is not None else meeting.at
        if position is None:
            raise BuildError(f"{where}: no place {meeting.place!r} is near")
        if _away_m(position, self._ground.lines) > BESIDE_M:
            raise BuildError(f"{where}: it lies on no path")
        return Place(
            id=meeting.id,
            kind="meeting_point",
            name=meeting.name,
            position=position,
            how_to_find=self._words.found_by(position, meeting.by, place),
            sources={"geometry": self._source if place is None else place.sources["geometry"]},
        )

    def _at_places(self) -> Iterator[Place]:
        """Give recorded places on or beside a path where people can meet."""
        inside = self._ground.shape.buffer(NEAR_THE_PARK_M)
        chosen = [
            place
            for place in self._ground.places
            if place.kind in _MET_AT
            and place.name
            and _away_m(place.position, self._ground.lines) <= ON_A_PATH_M
            and inside.contains(point_of(place.position))
        ]
        for place in sorted(chosen, key=lambda each: (_MET_AT.index(each.kind), each.id)):
            yield Place(
                id=f"at-{place.id}",
                kind="meeting_point",
                name=place.name,
                position=place.position,
                how_to_find=self._words.found_by(place.position, at=place),
                sources={"geometry": place.sources["geometry"]},
            )

    def _at_streets(self, within_m: float) -> Iterator[Place]:
        """Give where paths meet a named street beside the ground, those with a bus stop first."""
        edge = self._ground.shape.buffer(NEAR_THE_PARK_M)
        shapely.prepare(edge)
        found: list[tuple[float, LonLat, str, float]] = []
        for end in self._ground.main_ends:
            point = point_of(end)
            street, away_m = self._ground.streets.nearest(end)
            if away_m <= within_m and edge.contains(point):
                stop = self._landmarks.nearest(end, _STOPS, _STOP_REACH_M)
                off_m = stop[1] if stop else _STOP_REACH_M
                found.append((off_m + self._ground.shape.distance(point), end, street, away_m))
        for _, end, street, away_m in sorted(found):
            is_there = away_m <= AT_THE_STREET_M
            name = f"The way in from {street}" if is_there else f"The path's end near {street}"
            yield self._at(end, f"way-in-{slug(street)}", name, street)

    def _at_ends(self) -> Iterator[Place]:
        """Give the ends of paths, the farthest from the middle first."""
        middle = self._ground.middle
        for end in sorted(self._ground.main_ends, key=lambda each: -distance_m(middle, each)):
            side = self._words.side(end)
            yield self._at(end, f"end-{side}", f"The path's end in the {side}", "")

    def _at(self, end: LonLat, place_id: str, name: str, street: str) -> Place:
        facts = {"street": street} if street else {}
        return Place(
            id=place_id,
            kind="meeting_point",
            name=name,
            position=end,
            how_to_find=self._words.found_by(end),
            facts=facts,
            sources=dict.fromkeys(("geometry", *facts), self._source),
        )

    def _named_apart(self, place: Place) -> Place:
        """Return a place with a name and id that no other has: told apart by its side."""
        names = {other.name for other in self._found}
        name, place_id = place.name, place.id
        if name in names or place_id in self._taken:
            side = self._words.side(place.position)
            name, place_id = f"{place.name}, {side}", f"{place.id}-{side}"
        number = 2
        first_name, first_id = name, place_id
        while name in names or place_id in self._taken:
            name, place_id = f"{first_name}, {number}", f"{first_id}-{number}"
            number += 1
        return replace(place, id=place_id, name=name)


def _away_m(position: LonLat, lines: Iterable[shapely.LineString]) -> float:
    here = point_of(position)
    return min((float(line.distance(here)) for line in lines), default=float("inf"))
