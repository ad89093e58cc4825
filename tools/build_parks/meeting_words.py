"""The words by which a first-timer finds a meeting point: from recorded facts only."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tools.build_parks.surroundings import AT_THE_STREET_M, Landmarks, Streets
from walktalk.parks import LonLat, Place, WayIn
from walktalk.parks.geodesy import bearing_deg, compass_point
from walktalk.parks.meeting import place_in_words, spoken_distance, whereabouts

BESIDE_M = 100.0
"""Up to here a street or a landmark tells where something is: people see it from there."""

_STREET_SEEN_M = 60.0

SEAT_M = 40.0
"""A seat this near is one to wait on."""

_SEEN = frozenset({"bandstand", "boathouse", "cafe", "kiosk", "car_park", "attraction"})
_BENCH = frozenset({"bench"})


@dataclass(frozen=True)
class Words:
    """Tells where positions are, in one area.

    Attributes:
        streets: of the town.
        landmarks: the area's places.
        middle: a position in the middle of its ground.
    """

    streets: Streets
    landmarks: Landmarks
    middle: LonLat

    def found_by(self, position: LonLat, by: str = "", at: Place | None = None) -> str:
        """Return how a position is found: by a place, a street, a landmark, and a seat there.

        Args:
            position: where.
            by: what somebody decided to say first.
            at: the place that it is at, if any.
        """
        said = [by] if by else [f"At {place_in_words(at)}."] if at is not None else []
        street, away_m = self.streets.nearest(position)
        if away_m <= AT_THE_STREET_M:
            said.append(f"Where the path meets {street}.")
        elif away_m <= _STREET_SEEN_M:
            said.append(f"{spoken_distance(away_m)} from {street}.")
        seen = self.landmarks.nearest(position, _SEEN, BESIDE_M)
        if seen is not None and at is None and seen[1] > 1:
            where = whereabouts(position, seen[0])
            said.append(f"{where[0].upper()}{where[1:]}.")
        if not said:
            said.append(f"The path's end in the {self.side(position)} of the area.")
        if self.landmarks.nearest(position, _BENCH, SEAT_M, named=False) is not None:
            said.append("A seat is recorded near by.")
        return " ".join(said)

    def side(self, position: LonLat) -> str:
        """Return on which side of the area a position is: "north-east"."""
        return compass_point(bearing_deg(self.middle, position))


def stop_in_words(stop: Place) -> str:
    """Return how a sentence names a bus stop: its name, street and the way its buses head."""
    heading = {"N": "north", "S": "south", "E": "east", "W": "west"}
    letters = str(stop.facts.get("bearing", ""))
    word = "-".join(dict.fromkeys(_parts(letters, heading))) if letters else ""
    street = str(stop.facts.get("street", ""))
    where = f" on {street}" if street and street != stop.name else ""
    return f"{stop.name}{where}" + (f" (buses heading {word})" if word else "")


def _parts(letters: str, heading: Mapping[str, str]) -> list[str]:
    return [heading[letter] for letter in letters if letter in heading]


def with_ways_in(meeting: Place, ways: Sequence[WayIn], places: Mapping[str, Place]) -> Place:
    """Return a meeting point that says how one comes to it: the nearest stop and car park."""
    told: dict[str, str] = {}
    for way in ways:
        place = places[way.place]
        if way.length_m <= SEAT_M and place.name in meeting.name:
            continue  # one meets there
        far = f"{spoken_distance(way.length_m)} on foot"
        if place.kind == "bus_stop":
            told.setdefault("bus", f"Bus stop: {stop_in_words(place)}, {far}.")
        else:
            name = re.sub(r" car park$", "", place.name, flags=re.IGNORECASE)
            told.setdefault("car", f"Car park: {name}, {far}.")
    return replace(meeting, how_to_find=" ".join([meeting.how_to_find, *told.values()]))
