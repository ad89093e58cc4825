"""How lengths, times and places read on what is handed out."""

from datetime import datetime

from walktalk.maps.names import LONDON
from walktalk.routes import Walk

_KM_FROM_M = 1000
_ROUND_METRES_TO = 10


def distance_words(metres: float) -> str:
    """Return a distance in words: metres under 1 km, else kilometres with one decimal."""
    rounded = round(metres / _ROUND_METRES_TO) * _ROUND_METRES_TO
    if rounded < _KM_FROM_M:
        return f"{rounded} m"
    return f"{metres / _KM_FROM_M:.1f} km"


def when_words(at: datetime) -> str:
    """Return a date and time in words: "Tuesday 1 December 2026, 10:00"."""
    local = at.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}"


def where_words(walk: Walk) -> str:
    """Return where the walk starts: the meeting place's name, else the coordinates."""
    place = walk.meeting_place
    if place is not None and place.name:
        return place.name
    lon, lat = walk.route.coordinates[0]
    return f"{lat:.5f}, {lon:.5f}"


SHAPE_WORDS = {
    "loop": "A loop",
    "out-and-back": "A walk there and back",
    "lollipop": "A walk out to a loop and back",
    "laps": "A walk in laps",
}
"""A route's shape in plain English."""


def summary_words(walk: Walk) -> str:
    """Return one sentence on the walk: its shape, length and the park."""
    length = distance_words(walk.route.length_m)
    return f"{SHAPE_WORDS[walk.route.shape]} of {length} in {walk.area.name}."


EVENT_WORDS = {
    "arrive": "Meet",
    "set-off": "Set off",
    "pause": "Pause",
    "lap": "Start another lap",
    "half-way": "Half way",
    "last-stretch": "Last stretch",
    "finish": "Finish",
}
"""The timetable's events in plain English."""
