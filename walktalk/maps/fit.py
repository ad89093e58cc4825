"""FIT courses for watches, written with Garmin's own SDK.

A course carries the line and the distance along it, and neither times nor a pace: nobody is
raced. Course points are tied to the line by their distance and their index. Garmin's own courses
carry made-up times as well; a device that insists on them takes the GPX or TCX file instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any
from zlib import crc32

from garmin_fit_sdk import Encoder, Profile

from walktalk.maps.course_points import CourseKind, CoursePoint, course_points
from walktalk.maps.summary import title
from walktalk.maps.thinned import full_line
from walktalk.parks import Height, Line, LonLat
from walktalk.routes import Walk
from walktalk.routes.clock import LONDON

NAME_BYTES = 15
"""Longest name of a course point: the field is 16 bytes with its closing zero byte."""

_SEMICIRCLES_PER_DEGREE = 2**31 / 180  # the SDK's unit of angle
_PRODUCT = 1
_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)

_TYPES: dict[CourseKind, str] = {
    "start": "generic",
    "left": "left",
    "right": "right",
    "slight-left": "slight_left",
    "slight-right": "slight_right",
    "straight": "straight",
    "u-turn": "u_turn",
    "half-way": "generic",
    "toilets": "generic",
    "water": "water",
    "seat": "generic",
    "place": "generic",
    "finish": "generic",
}
"""Course point types that every generation of devices knows."""

_Message = dict[str, Any]


def _message(kind: str) -> int:
    return int(Profile["mesg_num"][kind])


_RECORD = _message("RECORD")


def fit_file(walk: Walk, *, silent: bool = False) -> bytes:
    """Return a walk as a FIT course.

    Args:
        walk: the walk.
        silent: leave out the course points, at each of which a watch gives notice.
    """
    written = full_line(walk)
    line = Line.of(written.coordinates)
    points = () if silent else course_points(walk, line)
    encoder = _CourseEncoder()
    encoder.write_mesg(_file_id(walk, line))
    encoder.write_mesg(_course())
    encoder.write_mesg(_lap(line))
    rows = zip(line.at_m.tolist(), line.positions, written.heights_m, strict=True)
    for distance, position, height in rows:
        encoder.write_mesg(_record(distance, position, height))
    for index, point in enumerate(points):
        encoder.write_mesg(_course_point(index, point))
    return bytes(encoder.close())


def short_name(name: str, longest: int = NAME_BYTES) -> str:
    """Return as much of a name as fits into ``longest`` bytes of UTF-8, whole words if it can."""
    if len(name.encode()) <= longest:
        return name
    cut = name.encode()[: longest + 1].decode(errors="ignore")
    words = cut[: cut.rfind(" ")] if " " in cut else cut
    while len(words.encode()) > longest:
        words = words[:-1]
    return words.rstrip(" ,.;:-")


class _CourseEncoder(Encoder):
    """Garmin's encoder, which works out the same definition for every record only once.

    All records of a course have the same fields, with or without a height; this takes a third off
    the time of a file. The method is the SDK's own affair: a test compares every byte with what the
    SDK writes alone, and fails when a new SDK no longer asks it. Of other writers, fit-tool 0.9.16
    was tried: it takes fifteen times as long.
    """

    def __init__(self) -> None:
        self._record_definitions: dict[int, Any] = {}
        super().__init__()

    def _create_mesg_definition(self, mesg_num: int, mesg: _Message) -> Any:
        if mesg_num != _RECORD:
            return self._defined(mesg_num, mesg)
        if len(mesg) not in self._record_definitions:
            self._record_definitions[len(mesg)] = self._defined(mesg_num, mesg)
        return self._record_definitions[len(mesg)]

    def _find_local_mesg_definition(self, mesg_definition: Any) -> Any:
        """Find a definition that is already in force by itself, without comparing its fields."""
        if mesg_definition in self._local_mesg_definitions:  # type: ignore[attr-defined]
            return mesg_definition
        return super()._find_local_mesg_definition(mesg_definition)  # type: ignore[misc]

    def _defined(self, mesg_num: int, mesg: _Message) -> Any:
        return super()._create_mesg_definition(mesg_num, mesg)  # type: ignore[misc]


def _file_id(walk: Walk, line: Line) -> _Message:
    """Devices tell courses apart by this message: other walks, and other days, need other ids."""
    at = walk.request.at
    day = _UNDATED if at is None else datetime.combine(at.astimezone(LONDON), time(), tzinfo=UTC)
    return {
        "mesg_num": _message("FILE_ID"),
        "type": "course",
        "manufacturer": "development",
        "product": _PRODUCT,
        "serial_number": crc32(repr(line.positions).encode()) or 1,
        "time_created": day,
    }


def _course() -> _Message:
    capabilities = Profile["types"]["course_capabilities"]
    number = {name: value for value, name in capabilities.items()}
    parts = ("processed", "valid", "distance", "position", "navigation")
    return {
        "mesg_num": _message("COURSE"),
        "name": title(),
        "sport": "walking",
        "capabilities": sum(number[part] for part in parts),
    }


def _lap(line: Line) -> _Message:
    start, end = _semicircles(line.positions[0]), _semicircles(line.positions[-1])
    return {
        "mesg_num": _message("LAP"),
        "message_index": 0,
        "start_position_lat": start["position_lat"],
        "start_position_long": start["position_long"],
        "end_position_lat": end["position_lat"],
        "end_position_long": end["position_long"],
        "total_distance": line.length_m,
        "sport": "walking",
    }


def _record(distance_m: float, position: LonLat, height_m: Height) -> _Message:
    """A height goes into ``altitude``, which every device knows and readers expand.

    It holds whole fifths of a metre: what is read back is at most 0.1 m from what was known.
    """
    record = {"mesg_num": _RECORD, **_semicircles(position), "distance": distance_m}
    return record if height_m is None else record | {"altitude": height_m}


def _course_point(index: int, point: CoursePoint) -> _Message:
    return {
        "mesg_num": _message("COURSE_POINT"),
        "message_index": index,
        **_semicircles(point.position),
        "distance": point.distance_m,
        "type": _TYPES[point.kind],
        "name": short_name(point.name_within(NAME_BYTES)),
    }


def _semicircles(position: LonLat) -> Mapping[str, int]:
    lon, lat = position
    return {
        "position_lat": round(lat * _SEMICIRCLES_PER_DEGREE),
        "position_long": round(lon * _SEMICIRCLES_PER_DEGREE),
    }
