"""What a watch is told along a walk: points at exact distances, in walking order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import shapely

from walktalk.maps.drawing import half_way_m, places_on
from walktalk.maps.symbols import kind_words, place_words
from walktalk.maps.thinned import written_heights
from walktalk.parks import Height, Line, LonLat
from walktalk.routes import Walk
from walktalk.routes.cues import CueKind, turn_cues
from walktalk.wording import N_, _

CourseKind = Literal[
    "start",
    "left",
    "right",
    "slight-left",
    "slight-right",
    "straight",
    "u-turn",
    "half-way",
    "toilets",
    "water",
    "seat",
    "place",
    "finish",
]
"""What a course point is; no first aid: a walk's file promises no help that may not be there."""

_PLACE_KINDS: dict[str, CourseKind] = {
    "toilets": "toilets",
    "drinking_water": "water",
    "bench": "seat",
}


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """A point on the walk's line worth a word.

    Attributes:
        distance_m: metres from the start, along the walk.
        position: where that is, on the line.
        kind: what happens there.
        name: in words.
        kind_name: what it is in general words, for devices with little room for a name.
        height_m: metres above mean sea level, or ``None`` where unknown.
    """

    distance_m: float
    position: LonLat
    kind: CourseKind
    name: str
    kind_name: str = ""
    height_m: Height = None

    def name_within(self, bytes_of_room: int) -> str:
        """Return the name if it fits into so many bytes of UTF-8, else what it is in general."""
        if self.kind_name and len(self.name.encode()) > bytes_of_room:
            return self.kind_name
        return self.name


_TURNS: dict[CueKind, tuple[CourseKind, str]] = {
    "left": ("left", N_("Turn left")),
    "right": ("right", N_("Turn right")),
    "slight-left": ("slight-left", N_("Keep left")),
    "slight-right": ("slight-right", N_("Keep right")),
    "straight": ("straight", N_("Straight on")),
    "u-turn": ("u-turn", N_("Turn round")),
}
"""What each cue of the walk is on a watch; its start and finish are points of their own."""


def turn_points(walk: Walk) -> tuple[CoursePoint, ...]:
    """Return the turns: where a walker has a choice of ways, or the way bends sharply."""
    points: list[CoursePoint] = []
    for cue in turn_cues(walk.area, walk.route):
        if cue.kind in _TURNS:
            kind, name = _TURNS[cue.kind]
            points.append(CoursePoint(cue.distance_m, cue.position, kind, _(name)))
    return _with_heights(walk, points)


def course_points(walk: Walk, line: Line) -> tuple[CoursePoint, ...]:
    """Return every point worth a word: start, turns, half way, places beside the walk, finish.

    A place is announced where the walk first comes nearest to it.
    """
    points = [_point(line, 0.0, "start", _("Start")), *turn_points(walk)]
    points.append(_point(line, half_way_m(walk), "half-way", _("Half way")))
    metric = shapely.LineString(walk.area.network.metres(line.positions))
    for place in places_on(walk):
        (x, y) = walk.area.network.metres([place.position])[0]
        share = metric.project(shapely.Point(x, y), normalized=True)
        kind = _PLACE_KINDS.get(place.kind, "place")
        name = kind_words(place) if kind != "place" else place_words(place)
        at_m = share * line.length_m
        points.append(CoursePoint(at_m, line.point_at(at_m), kind, name, kind_words(place)))
    points.append(_point(line, line.length_m, "finish", _("Finish")))
    return _with_heights(walk, _in_walking_order(points))


def _with_heights(walk: Walk, points: Sequence[CoursePoint]) -> tuple[CoursePoint, ...]:
    heights = written_heights(walk, [point.distance_m for point in points])
    return tuple(
        replace(point, height_m=height) for point, height in zip(points, heights, strict=True)
    )


def _in_walking_order(points: list[CoursePoint]) -> tuple[CoursePoint, ...]:
    """Return points by distance, those at one distance in the order given."""
    return tuple(sorted(points, key=lambda point: point.distance_m))


def _point(line: Line, distance_m: float, kind: CourseKind, name: str) -> CoursePoint:
    return CoursePoint(distance_m, line.point_at(distance_m), kind, name)
