"""GPX 1.1 files of walks: the file any walking app or watch reads.

One track and no route: devices that find both in a file show both, or the wrong one.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

import gpxpy.gpx

from walktalk.maps.drawing import finish_of, half_way_m, places_on
from walktalk.maps.notice import ODBL_URL, OSM_AUTHOR, licence_notice, uses_openstreetmap
from walktalk.maps.summary import summary_words, title, where_words
from walktalk.maps.symbols import kind_words, place_words
from walktalk.maps.thinned import WrittenLine, full_line, rounded, simple_line, written_heights
from walktalk.maps.turns import turning_places
from walktalk.parks import Height, Line, LonLat
from walktalk.routes import Walk
from walktalk.routes.told_times import ToldTimes
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_SYMBOLS = {
    "toilets": "Restroom",
    "car_park": "Parking Area",
    "cafe": "Restaurant",
    "bus_stop": "Ground Transportation",
    "hazard": "Danger Area",
    "drinking_water": "Drinking Water",
    "bench": "Picnic Area",
    "defibrillator": "Medical Facility",
}
"""Garmin's names of symbols; any other place is a plain waypoint.

As GPSBabel lists them (garmin_icon_tables.h, looked up on 23 November 2026). Garmin has none for
a gate or a bench; benches take the picnic table, the nearest thing to a seat.
"""
_OTHER_SYMBOL = "Waypoint"


def gpx_file(walk: Walk) -> bytes:
    """Return a walk as a GPX 1.1 file in UTF-8.

    The track is the walk's line; the waypoints are the start, the turns, half way and the recorded
    places near it. A place with a turn is one waypoint, however often a walk comes by, and those
    are numbered in the order of first coming by. There are no times, and heights only where they
    are known: of a place beside the walk none is.
    """
    return _written(walk, full_line(walk))


def timed_gpx_file(walk: Walk) -> bytes:
    """Return the same with the time of each track point, as the walk's timetable tells it.

    Raises:
        ValueError: the walk has no date.
    """
    if walk.request.at is None:
        raise ValueError("the walk has no date; a file with times needs one")
    line = full_line(walk)
    at_m = Line.of(line.coordinates).at_m
    times = ToldTimes.of(walk)
    scale = walk.route.length_m / at_m[-1] if at_m[-1] else 1.0  # the written line is thinned
    start = walk.request.at.astimezone(UTC)
    reached = (times.minute_at(metres * scale) for metres in at_m.tolist())
    return _written(walk, line, [start + timedelta(seconds=round(60 * each)) for each in reached])


def simple_gpx_file(walk: Walk) -> bytes:
    """Return a walk as a GPX 1.1 file for old devices: at most 250 track points.

    Raises:
        ValueError: the walk bends too often for 250 points within 5 m.
    """
    return _written(walk, simple_line(walk))


def _written(walk: Walk, line: WrittenLine, times: Sequence[datetime] = ()) -> bytes:
    document = gpxpy.gpx.GPX()
    document.creator = title()
    document.name = title()
    document.description = summary_words(walk)
    if uses_openstreetmap(walk.area):
        document.author_name = OSM_AUTHOR
        document.copyright_author = OSM_AUTHOR
        document.copyright_license = ODBL_URL
        document.description += f" {licence_notice(walk.area)}"
    document.waypoints.extend(_waypoints(walk, line))
    track = gpxpy.gpx.GPXTrack(name=title())
    track.type = "walking"  # type: ignore[assignment]
    segment = gpxpy.gpx.GPXTrackSegment()
    segment.points.extend(
        gpxpy.gpx.GPXTrackPoint(lat, lon, height, time)
        for (lon, lat), height, time in zip_longest(line.coordinates, line.heights_m, times)
    )
    track.segments.append(segment)
    document.tracks.append(track)
    return bytes(document.to_xml(version="1.1", prettyprint=False).encode("utf-8"))


def _waypoints(walk: Walk, written: WrittenLine) -> list[gpxpy.gpx.GPXWaypoint]:
    line = walk.route.coordinates
    first_m, last_m = written.heights_m[0], written.heights_m[-1]
    half_way = Line.of(line).point_at(half_way_m(walk))
    (half_way_up_m,) = written_heights(walk, [half_way_m(walk)])
    finish = finish_of(walk)
    start = _waypoint(line[0], _("Start"), "Flag, Green", _("Start"), first_m)
    place = walk.meeting_place
    start.description = f"{where_words(walk)}. {place.how_to_find}" if place else where_words(walk)
    turns = [
        _waypoint(turn.position, f"{number} {turn.name}", _OTHER_SYMBOL, _("Turn"), turn.height_m)
        for number, turn in enumerate(turning_places(walk), start=1)
    ]
    middle = _waypoint(half_way, _("Half way"), "Flag, Blue", _("Half way"), half_way_up_m)
    points = [start, *turns, middle]
    if finish is not None:
        points.append(_waypoint(finish, _("Finish"), "Flag, Red", _("Finish"), last_m))
    for place in places_on(walk):
        symbol = _SYMBOLS.get(place.kind, _OTHER_SYMBOL)
        kind = kind_words(place)
        points.append(_waypoint(place.position, place_words(place), symbol, kind))
    return points


def _waypoint(
    position: LonLat, name: str, symbol: str, kind: str, height_m: Height = None
) -> gpxpy.gpx.GPXWaypoint:
    lon, lat = rounded(position)
    return gpxpy.gpx.GPXWaypoint(
        latitude=lat, longitude=lon, elevation=height_m, name=name, symbol=symbol, type=kind
    )
