"""Where people meet, said from recorded facts only.

The design's rule: a meeting point is a recorded place, else a path's end named by bearing and
distance from the nearest named place.
"""

from collections.abc import Iterable, Mapping

from walktalk.parks.geodesy import LonLat, bearing_deg, compass_point, distance_m
from walktalk.parks.model import FactValue, Place
from walktalk.wording import METRIC, distances

_KIND_WORDS: Mapping[str, str] = {
    "car_park": "car park",
    "playground": "playground",
    "bandstand": "bandstand",
    "boathouse": "boathouse",
    "bus_stop": "bus stop",
    "station": "station",
    "cafe": "cafe",
    "kiosk": "kiosk",
    "entrance": "entrance",
    "shelter": "shelter",
}
_SAID_BY_THE_NAME = {
    "playground": ("play area", "playground", "park", "garden"),
    "boathouse": ("boat house", "boathouse"),
}
_TAKES_AN_ARTICLE = ("Footpath", "Line", "Path", "Towpath", "Trail", "Way")
_SURFACE_WORDS = {"paving_stones": "paved", "fine_gravel": "fine gravel", "sett": "cobbled"}
_UNSEEN = frozenset({"park"})  # known by one point somewhere inside: no landmark
_LANDMARK_REACH_M = 1000.0  # beyond it, even a park's point says more
_NEAR = 100.0  # up to here distances are said to 5 m or yards, beyond to 10
_ROUNDED_TO = 5


def spoken_distance(metres: float) -> str:
    """Return a distance as one says it: "35 m", "240 m", "1.2 km"."""
    units = distances()
    in_short, in_long = ("m", "km") if units is METRIC else ("yards", "miles")
    short = metres / units.short_m
    if short >= units.long_from:
        return f"{metres / units.long_m:.1f} {in_long}"
    step = _ROUNDED_TO if short < _NEAR else 2 * _ROUNDED_TO
    return f"{max(step, round(short / step) * step):.0f} {in_short}"


def place_in_words(place: Place) -> str:
    """Return how a sentence names a place: "the Bath Parade Car Park", "Hesters Way Park"."""
    name = place.name.removeprefix("The ")
    if place.kind == "park":
        return name
    if place.kind == "toilets":
        return f"the public toilets ({name})"
    word = _KIND_WORDS.get(place.kind, "")
    said = _SAID_BY_THE_NAME.get(place.kind, (word,))
    if word and not any(part in name.lower() for part in said):
        name = f"{name} {word}"
    return f"the {name}"


def whereabouts(position: LonLat, landmark: Place) -> str:
    """Return where a position is, seen from a place: "60 m north-east of the ...".

    The distance is geodesic, in a straight line; the bearing is the nearest of eight.
    """
    away = spoken_distance(distance_m(landmark.position, position))
    return (
        f"{away} {compass_point(bearing_deg(landmark.position, position))} "
        f"of {place_in_words(landmark)}"
    )


def nearest_named(position: LonLat, places: Iterable[Place]) -> Place | None:
    """Return the place with a name that is nearest to a position, or ``None``.

    A park is known by one point inside it, which nobody can see: another place within 1 km goes
    first.
    """

    def order(place: Place) -> tuple[bool, float]:
        away_m = distance_m(position, place.position)
        return (place.kind in _UNSEEN or away_m > _LANDMARK_REACH_M, away_m)

    named = [place for place in places if place.name and not place.is_meeting_point]
    return min(named, key=order, default=None)


def path_in_words(facts: Mapping[str, FactValue]) -> str:
    """Return how a sentence names a path: "the asphalt path", "the Honeybourne Line"."""
    if name := str(facts.get("name", "")):
        return f"the {name}" if name.rsplit(maxsplit=1)[-1] in _TAKES_AN_ARTICLE else name
    surface = str(facts.get("surface", ""))
    word = _SURFACE_WORDS.get(surface, surface.replace("_", " "))
    return f"the {word} path" if word else "the path"
