"""GPX 1.1 files of walks: the file any walking app or watch reads.

One track and no route: devices that find both in a file show both, or the wrong one.
"""

from __future__ import annotations

import gpxpy.gpx

from walktalk.maps.drawing import drawing_of
from walktalk.maps.names import TITLE
from walktalk.maps.notice import ODBL_URL, OSM_AUTHOR, licence_notice, uses_openstreetmap
from walktalk.maps.symbols import PLACE_WORDS, place_words
from walktalk.maps.words import summary_words, where_words
from walktalk.parks import LonLat
from walktalk.routes import Walk

COORDINATE_DECIMALS = 7  # about 1 cm: what OpenStreetMap stores

_SYMBOLS = {
    "toilets": "Restroom",
    "car_park": "Parking Area",
    "cafe": "Restaurant",
    "bus_stop": "Ground Transportation",
    "hazard": "Danger Area",
    "drinking_water": "Drinking Water",
    "bench": "Picnic Area",
    "seat": "Picnic Area",
    "defibrillator": "Medical Facility",
}
"""Symbol names that Garmin's devices and GPSBabel know; any other place is a plain waypoint."""
_OTHER_SYMBOL = "Waypoint"


def gpx_file(walk: Walk) -> bytes:
    """Return a walk as a GPX 1.1 file in UTF-8.

    The track is the walk's line; the waypoints are the start, half way and the recorded places
    near it. There are no times, and no heights that nobody has recorded.
    """
    document = gpxpy.gpx.GPX()
    document.creator = TITLE
    document.name = TITLE
    document.description = summary_words(walk)
    if uses_openstreetmap(walk.area):
        document.author_name = OSM_AUTHOR
        document.copyright_author = OSM_AUTHOR
        document.copyright_license = ODBL_URL
        document.description += f" {licence_notice(walk.area)}"
    document.waypoints.extend(_waypoints(walk))
    track = gpxpy.gpx.GPXTrack(name=TITLE)
    track.type = "walking"  # type: ignore[assignment]
    track.segments.append(gpxpy.gpx.GPXTrackSegment(_track_points(walk.route.coordinates)))
    document.tracks.append(track)
    return bytes(document.to_xml(version="1.1").encode("utf-8"))


def rounded(position: LonLat) -> LonLat:
    """Return a position as it is written to files."""
    return (round(position[0], COORDINATE_DECIMALS), round(position[1], COORDINATE_DECIMALS))


def _track_points(line: tuple[LonLat, ...]) -> list[gpxpy.gpx.GPXTrackPoint]:
    return [
        gpxpy.gpx.GPXTrackPoint(latitude=lat, longitude=lon)
        for lon, lat in (rounded(position) for position in line)
    ]


def _waypoints(walk: Walk) -> list[gpxpy.gpx.GPXWaypoint]:
    drawing = drawing_of(walk)
    start = _waypoint(drawing.start, "Start", "Flag, Green", "Start")
    place = walk.meeting_place
    start.description = f"{where_words(walk)}. {place.how_to_find}" if place else where_words(walk)
    points = [start, _waypoint(drawing.half_way, "Half way", "Flag, Blue", "Half way")]
    if drawing.finish is not None:
        points.append(_waypoint(drawing.finish, "Finish", "Flag, Red", "Finish"))
    for place in drawing.places:
        symbol = _SYMBOLS.get(place.kind, _OTHER_SYMBOL)
        kind = PLACE_WORDS.get(place.kind, "Place")
        points.append(_waypoint(place.position, place_words(place), symbol, kind))
    return points


def _waypoint(position: LonLat, name: str, symbol: str, kind: str) -> gpxpy.gpx.GPXWaypoint:
    lon, lat = rounded(position)
    return gpxpy.gpx.GPXWaypoint(latitude=lat, longitude=lon, name=name, symbol=symbol, type=kind)
