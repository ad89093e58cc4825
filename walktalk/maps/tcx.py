"""TCX courses, after Garmin's published Training Center Database schema, version 2.

The schema asks for a time at every point. They start at a fixed date long ago and follow the
planned walking time, so that devices find each course point by its time; they say nothing about
when anybody walks. No maintained library writes TCX courses, so lxml does.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lxml import etree

from walktalk.maps.course_points import CourseKind, CoursePoint, course_points
from walktalk.maps.fit import short_name
from walktalk.maps.notice import licence_notice
from walktalk.maps.summary import summary_words, title
from walktalk.maps.thinned import full_line, rounded
from walktalk.parks import Height, Line, LonLat
from walktalk.parks.line_heights import HEIGHT_DECIMALS
from walktalk.routes import Walk

NAMESPACE = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
_POINT_NAME_LENGTH = 10
"""Longest name of a course point in the schema (CoursePointName_t, maxLength)."""
_FIXED_DAY = datetime(2000, 1, 1, tzinfo=UTC)

_TYPES: dict[CourseKind, str] = {
    "left": "Left",
    "slight-left": "Left",
    "right": "Right",
    "slight-right": "Right",
    "straight": "Straight",
    "water": "Water",
}
"""Kinds of course points in the schema's CoursePointType_t; any other is "Generic".

The schema knows Generic, Summit, Valley, Water, Food, Danger, Left, Right, Straight, First Aid,
five categories of climbs and Sprint, and none for a slight turn or turning round (as in classes
made from TrainingCenterDatabasev2.xsd, OpenTcx, looked up on 23 November 2026).
"""


def tcx_file(walk: Walk) -> bytes:
    """Return a walk as a TCX course in UTF-8."""
    written = full_line(walk)
    line = Line.of(written.coordinates)
    points = course_points(walk, line)
    seconds_per_metre = walk.proposal.walking_minutes * 60 / line.length_m
    root = etree.Element(_tag("TrainingCenterDatabase"), nsmap={None: NAMESPACE})
    course = _add(_add(root, "Courses"), "Course")
    _add(course, "Name", title())
    lap = _add(course, "Lap")
    _add(lap, "TotalTimeSeconds", f"{line.length_m * seconds_per_metre:.1f}")
    _add(lap, "DistanceMeters", f"{line.length_m:.2f}")
    _add_position(lap, "BeginPosition", line.positions[0])
    _add_position(lap, "EndPosition", line.positions[-1])
    _add(lap, "Intensity", "Active")
    track = _add(course, "Track")
    for distance, (position, height) in _track(line, written.heights_m, points):
        trackpoint = _add(track, "Trackpoint")
        _add(trackpoint, "Time", _time(distance * seconds_per_metre))
        _add_position(trackpoint, "Position", position)
        _add_height(trackpoint, height)
        _add(trackpoint, "DistanceMeters", f"{distance:.2f}")
    _add(course, "Notes", f"{summary_words(walk)} {licence_notice(walk.area)}".strip())
    for point in points:
        element = _add(course, "CoursePoint")
        name = point.name_within(_POINT_NAME_LENGTH)
        _add(element, "Name", short_name(name, _POINT_NAME_LENGTH))
        _add(element, "Time", _time(point.distance_m * seconds_per_metre))
        _add_position(element, "Position", point.position)
        _add_height(element, point.height_m)
        _add(element, "PointType", _TYPES.get(point.kind, "Generic"))
        _add(element, "Notes", point.name)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _track(
    line: Line, heights_m: tuple[Height, ...], points: tuple[CoursePoint, ...]
) -> list[tuple[float, tuple[LonLat, Height]]]:
    """Return the line's points with the course points among them, each distance once."""
    places = zip(line.positions, heights_m, strict=True)
    track = dict(zip(line.at_m.tolist(), places, strict=True))
    for point in points:
        track.setdefault(point.distance_m, (point.position, point.height_m))
    return sorted(track.items())


def _time(seconds: float) -> str:
    moment = _FIXED_DAY + timedelta(seconds=seconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, _tag(name))
    element.text = text
    return element


def _add_position(parent: etree._Element, name: str, position: LonLat) -> None:
    lon, lat = rounded(position)
    element = _add(parent, name)
    _add(element, "LatitudeDegrees", f"{lat:.7f}")
    _add(element, "LongitudeDegrees", f"{lon:.7f}")


def _add_height(parent: etree._Element, height_m: Height) -> None:
    if height_m is not None:
        _add(parent, "AltitudeMeters", f"{height_m:.{HEIGHT_DECIMALS}f}")


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
