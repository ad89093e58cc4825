"""FIT courses for watches, written with Garmin's own SDK.

A course is laid out as those of Garmin Connect are, because some devices take no others: each
point has its distance and the time at which it is reached at the planned pace, pauses left out,
between a start and a stop of the timer. The clock starts at midnight of the walk's day: the hour of
a session is nobody's business. Course points are tied to the line by their distance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zlib import crc32

from garmin_fit_sdk import Encoder, Profile

from walktalk.maps.course_points import CourseKind, CoursePoint, course_points
from walktalk.maps.summary import title
from walktalk.maps.thinned import full_line
from walktalk.parks import Height, Line, LonLat
from walktalk.routes import Walk
from walktalk.routes.clock import LONDON
from walktalk.routes.timetable import Clock

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
    times = _Times.of(walk, line)
    encoder = Encoder()
    encoder.write_mesg(_file_id(walk, line))
    encoder.write_mesg(_course())
    encoder.write_mesg(_lap(line, times))
    encoder.write_mesg(_timer("start", times.at(0.0)))
    rows = zip(line.at_m.tolist(), line.positions, written.heights_m, strict=True)
    for distance, position, height in rows:
        encoder.write_mesg(_record(distance, position, height, times))
    encoder.write_mesg(_timer("stop_all", times.at(line.length_m)))
    for index, point in enumerate(points):
        encoder.write_mesg(_course_point(index, point, times))
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


@dataclass(frozen=True)
class _Times:
    """When each point of the line is reached, from midnight on, at the planned pace.

    Attributes:
        start: midnight of the walk's day.
        clock: distance and time along the walk.
        scale: metres of the walk to a metre of the written line, which is thinned.
    """

    start: datetime
    clock: Clock
    scale: float

    @classmethod
    def of(cls, walk: Walk, line: Line) -> _Times:
        clock = Clock.of(walk.area, walk.request, walk.route)
        scale = clock.length_m / line.length_m if line.length_m else 1.0
        return cls(_midnight(walk), clock, scale)

    def seconds(self, distance_m: float) -> float:
        """Return walking seconds to a point of the written line."""
        return 60 * self.clock.walking_minutes_to(distance_m * self.scale)

    def at(self, distance_m: float) -> datetime:
        """Return when a point of the written line is reached, to the whole second."""
        return self.start + timedelta(seconds=round(self.seconds(distance_m)))


def _midnight(walk: Walk) -> datetime:
    at = walk.request.at
    return _UNDATED if at is None else datetime.combine(at.astimezone(LONDON), time(), tzinfo=UTC)


def _file_id(walk: Walk, line: Line) -> _Message:
    """Devices tell courses apart by this message: other walks, and other days, need other ids."""
    return {
        "mesg_num": _message("FILE_ID"),
        "type": "course",
        "manufacturer": "development",
        "product": _PRODUCT,
        "serial_number": crc32(repr(line.positions).encode()) or 1,
        "time_created": _midnight(walk),
    }


def _course() -> _Message:
    capabilities = Profile["types"]["course_capabilities"]
    number = {name: value for value, name in capabilities.items()}
    parts = ("processed", "valid", "time", "distance", "position", "navigation")
    return {
        "mesg_num": _message("COURSE"),
        "name": title(),
        "sport": "walking",
        "capabilities": sum(number[part] for part in parts),
    }


def _timer(event_type: str, when: datetime) -> _Message:
    return {
        "mesg_num": _message("EVENT"),
        "timestamp": when,
        "event": "timer",
        "event_type": event_type,
        "event_group": 0,
    }


def _lap(line: Line, times: _Times) -> _Message:
    start, end = _semicircles(line.positions[0]), _semicircles(line.positions[-1])
    return {
        "mesg_num": _message("LAP"),
        "message_index": 0,
        "timestamp": times.at(line.length_m),
        "start_time": times.at(0.0),
        "total_elapsed_time": times.seconds(line.length_m),
        "total_timer_time": times.seconds(line.length_m),
        "start_position_lat": start["position_lat"],
        "start_position_long": start["position_long"],
        "end_position_lat": end["position_lat"],
        "end_position_long": end["position_long"],
        "total_distance": line.length_m,
        "sport": "walking",
    }


def _record(distance_m: float, position: LonLat, height_m: Height, times: _Times) -> _Message:
    """A height goes into ``altitude``, which every device knows and readers expand.

    It holds whole fifths of a metre: what is read back is at most 0.1 m from what was known.
    """
    record = {
        "mesg_num": _RECORD,
        "timestamp": times.at(distance_m),
        **_semicircles(position),
        "distance": distance_m,
    }
    return record if height_m is None else record | {"altitude": height_m}


def _course_point(index: int, point: CoursePoint, times: _Times) -> _Message:
    return {
        "mesg_num": _message("COURSE_POINT"),
        "message_index": index,
        "timestamp": times.at(point.distance_m),
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
