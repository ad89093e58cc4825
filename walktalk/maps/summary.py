"""How a walk is summed up on what is handed out."""

from walktalk.routes import Walk
from walktalk.routes.clock import LONDON
from walktalk.routes.words import distance_in_words, shape_in_words, time_in_words
from walktalk.wording import _


def title() -> str:
    """Return what every page, file and calendar entry calls itself: "A walk"."""
    return _("A walk")


def when_words(walk: Walk) -> str:
    """Return when people meet, "Tuesday 1 December, 10:00", or ``""`` without a date."""
    at = walk.request.at
    return "" if at is None else time_in_words(at.astimezone(LONDON))


def where_words(walk: Walk) -> str:
    """Return where the walk starts: the meeting place's name, else the coordinates."""
    place = walk.meeting_place
    if place is not None and place.name:
        return place.name
    lon, lat = walk.route.coordinates[0]
    return f"{lat:.5f}, {lon:.5f}"


def summary_words(walk: Walk) -> str:
    """Return one sentence on the walk: its shape, length and the park."""
    length = distance_in_words(walk.route.length_m)
    return _(
        "%(shape)s: %(length)s in %(area)s.",
        shape=shape_in_words(walk.route),
        length=length,
        area=walk.area.name,
    )
