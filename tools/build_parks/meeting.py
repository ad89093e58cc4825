"""Where people meet: decided places first, then where the paths meet the streets around."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tools.build_parks.decisions import AreaDecision, Meeting
from tools.build_parks.errors import BuildError
from tools.build_parks.places import slug
from tools.build_parks.surroundings import AT_THE_STREET_M, Landmarks, Streets, point_of
from tools.build_parks.ways import TOWN, Way
from walktalk.parks import LonLat, Place, Source
from walktalk.parks.geodesy import bearing_deg, compass_point, distance_m
from walktalk.parks.meeting import spoken_distance, whereabouts

MOST = 8
"""Enough for a choice, few enough to read."""

APART_M = 120.0
"""Two ways in from streets nearer than this are one place to meet."""

NEAR_THE_PARK_M = 60.0
ON_A_PATH_M = 25.0
_BESIDE_M = 100.0
_STOP_REACH_M = 250.0
_STOPS = frozenset({"bus_stop"})
_SEEN = frozenset({"bandstand", "boathouse", "cafe", "kiosk", "car_park", "shelter", "attraction"})
_MET_AT = frozenset({"bandstand", "boathouse", "cafe", "kiosk", "car_park"})


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


def meeting_points(area: AreaDecision, ground: Ground, source: Source) -> list[Place]:
    """Return an area's meeting points, those decided first, then others on its other sides.

    Raises:
        BuildError: a decided one lies on no path, or fewer than two are found.
    """
    landmarks = Landmarks.of(ground.places)
    found = [_decided(meeting, area, ground, landmarks, source) for meeting in area.meeting]
    taken = {place.id for place in found} | {place.id for place in ground.places}
    for place in (*_at_places(ground, landmarks), *_at_streets(ground, landmarks, source)):
        if len(found) >= MOST:
            break
        if all(distance_m(place.position, other.position) >= APART_M for other in found):
            found.append(_named_apart(place, found, taken, ground))
            taken.add(found[-1].id)
    if not found:
        raise BuildError(f"area {area.id!r}: no meeting point: no path of it meets a street")
    return found


def _decided(
    meeting: Meeting, area: AreaDecision, ground: Ground, landmarks: Landmarks, source: Source
) -> Place:
    place = next((each for each in ground.places if each.id == meeting.place), None)
    if meeting.place is not None and place is None:
        raise BuildError(
            f"area {area.id!r}: meeting point {meeting.id!r}: no place {meeting.place!r} is near"
        )
    position = place.position if place is not None else meeting.at
    assert position is not None  # noqa: S101 - the reader of decisions saw to it
    if _away_m(position, ground.lines) > _BESIDE_M:
        raise BuildError(f"area {area.id!r}: meeting point {meeting.id!r} lies on no path")
    return Place(
        id=meeting.id,
        kind="meeting_point",
        name=meeting.name,
        position=position,
        how_to_find=found_by(position, landmarks, ground, meeting.by, place),
        sources={"geometry": source if place is None else place.sources["geometry"]},
    )


def found_by(
    position: LonLat, landmarks: Landmarks, ground: Ground, by: str = "", at: Place | None = None
) -> str:
    """Return how a position is found, from recorded facts only: street, bus stop, landmark."""
    street, away_m = ground.streets.nearest(position)
    said: list[str] = [by] if by else []
    if away_m <= AT_THE_STREET_M:
        said.append(f"Where the path meets {street}.")
    elif away_m <= _BESIDE_M:
        said.append(f"{spoken_distance(away_m)} from {street}.")
    seen = landmarks.nearest(position, _SEEN, _BESIDE_M)
    if seen is not None and seen[0] != at and seen[1] > 1:
        said.append(f"{_sentence(whereabouts(position, seen[0]))}.")
    stop = landmarks.nearest(position, _STOPS, _STOP_REACH_M)
    if stop is not None:
        said.append(f"The nearest bus stop is {stop_in_words(stop[0])}, {_off(stop[1])} away.")
    if not said:
        said.append(f"The path's end in the {_side(position, ground)} of the area.")
    return " ".join(said)


def stop_in_words(stop: Place) -> str:
    """Return how a sentence names a bus stop: its name, street and the way its buses head."""
    heading = {"N": "north", "S": "south", "E": "east", "W": "west"}
    letters = str(stop.facts.get("bearing", ""))
    word = "-".join(heading[letter] for letter in letters) if letters else ""
    street = str(stop.facts.get("street", ""))
    where = f" on {street}" if street and street != stop.name else ""
    return f"{stop.name}{where}" + (f" (buses heading {word})" if word else "")


def _off(metres: float) -> str:
    return spoken_distance(metres)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _side(position: LonLat, ground: Ground) -> str:
    return compass_point(bearing_deg(ground.middle, position))


def _away_m(position: LonLat, lines: Iterable[shapely.LineString]) -> float:
    here = point_of(position)
    return min((float(line.distance(here)) for line in lines), default=float("inf"))


def _at_places(ground: Ground, landmarks: Landmarks) -> list[Place]:
    """Return recorded places on or beside a path where people can meet."""
    inside = ground.shape.buffer(NEAR_THE_PARK_M)
    found = [
        place
        for place in ground.places
        if place.kind in _MET_AT
        and place.name
        and _away_m(place.position, ground.lines) <= ON_A_PATH_M
        and inside.contains(point_of(place.position))
    ]
    order = ["bandstand", "boathouse", "cafe", "kiosk", "car_park"]
    found.sort(key=lambda place: (order.index(place.kind), place.id))
    return [
        Place(
            id=f"at-{place.id}",
            kind="meeting_point",
            name=place.name,
            position=place.position,
            how_to_find=found_by(place.position, landmarks, ground, at=place)
            or f"At {place.name}.",
            sources={"geometry": place.sources["geometry"]},
        )
        for place in found
    ]


def _at_streets(ground: Ground, landmarks: Landmarks, source: Source) -> list[Place]:
    """Return where paths meet a named street beside the ground, those with a bus stop first."""
    edge = ground.shape.buffer(NEAR_THE_PARK_M)
    shapely.prepare(edge)
    on_main = zip(ground.ways, ground.main, strict=True)
    ends = sorted({end for way, is_main in on_main if is_main for end in way.ends})
    near = {end: ground.streets.nearest(end) for end in ends if edge.contains(point_of(end))}
    within_m = AT_THE_STREET_M
    if not any(away_m <= within_m for _, away_m in near.values()):
        within_m = _BESIDE_M  # no path of the piece comes to a street: the ends nearest to one
    found: list[tuple[float, Place]] = []
    for end, (street, away_m) in near.items():
        if away_m > within_m:
            continue
        stop = landmarks.nearest(end, _STOPS, _STOP_REACH_M)
        off = stop[1] if stop else _STOP_REACH_M
        off += float(ground.shape.distance(point_of(end)))
        place = Place(
            id=f"way-in-{slug(street)}",
            kind="meeting_point",
            name=f"The way in from {street}" if away_m <= AT_THE_STREET_M else f"Near {street}",
            position=end,
            how_to_find=found_by(end, landmarks, ground),
            facts={"street": street},
            sources={"geometry": source, "street": source},
        )
        found.append((off, place))
    return [place for _, place in sorted(found, key=lambda each: (each[0], each[1].position))]


def _named_apart(place: Place, found: Sequence[Place], taken: set[str], ground: Ground) -> Place:
    """Return a place whose name and id no other meeting point has: told apart by its side."""
    names = {other.name for other in found}
    name, place_id = place.name, place.id
    if name in names or place_id in taken:
        side = _side(place.position, ground)
        name, place_id = f"{place.name}, {side}", f"{place.id}-{side}"
    number = 2
    while name in names or place_id in taken:
        name, place_id = f"{place.name}, {number}", f"{place.id}-{number}"
        number += 1
    return Place(
        id=place_id,
        kind=place.kind,
        name=name,
        position=place.position,
        how_to_find=place.how_to_find,
        facts=place.facts,
        sources=place.sources,
    )
