"""What a map or a sketch of a walk shows, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from walktalk.maps.ground import SEATS, is_flight
from walktalk.maps.paper import Box
from walktalk.parks import Line, LonLat, Place
from walktalk.parks.geodesy import distance_m
from walktalk.routes import Walk
from walktalk.routes.barriers_met import barrier_places
from walktalk.routes.landmarks import turning_point_m
from walktalk.routes.stages import stage_at, stages
from walktalk.routes.told_times import ToldTimes
from walktalk.wording import _

MARK_EVERY_MINUTES = 10
_ARROW_STEP_M = 10.0
"""Arrows could be drawn every so many metres; a layout chooses among them."""
_SAME_GROUND_M = 12.0
"""A stretch this close to one walked before is walked a second time: about a wide path."""
_BEFORE_M = 40.0
"""Metres back along the walk from which a stretch counts as walked before, not just behind."""
_SAME_PLACE_M = 5.0
"""A finish this close to the start is the start."""
_NEAR_WALK_M = 100.0
"""A place farther from the walk than this does not matter on it."""
_NEAR_PLAYGROUND_M = 30.0
"""A playground farther away than this is not met on the walk: nobody goes there from it."""
_PLACES_SHOWN_PER_KIND = 3
_NOT_SHOWN = ("meeting_point", "park", "attraction", "information")
"""The start is drawn as such; a park is the ground itself; the others help nobody on the way."""
_NAMED_FIRST = ("hazard", "toilets", "drinking_water", "bench", "shelter", "cafe", "gate")
_NAMED_LAST = ("playground",)


@dataclass(frozen=True, slots=True)
class Arrow:
    """A direction arrow.

    Attributes:
        position: where.
        bearing: which way, degrees from north.
        fresh_m: metres walked until there on ground not walked before.
    """

    position: LonLat
    bearing: float
    fresh_m: float


@dataclass(frozen=True, slots=True)
class MinuteMark:
    """Where the walk is ``minute`` minutes after people meet.

    Attributes:
        position: where.
        minute: minutes.
        part: the part of the walk that lies there, "out", "back", "lap 2", or ``""``.
    """

    position: LonLat
    minute: int
    part: str = ""

    @property
    def words(self) -> str:
        """What its label says: "10", "40 back"."""
        return f"{self.minute} {self.part}".rstrip()


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything a map or a sketch of a walk shows.

    Attributes:
        line: the walk.
        finish: where it ends, or ``None`` when that is where it starts.
        arrows: all that could be drawn, where the walk goes for the first time; on a stretch
            walked again the way out stands for both.
        minutes: ten-minute marks.
        half_way: the half-way point.
        turning_point: where a walk there and back turns, or ``None``.
        places: the recorded places that matter on this walk, but for seats: the ground has those.
        steps: the parts of the line that go up or down steps.
        shortcut: the line of a shorter way back, ``()`` where there is none.
        walk_box: the bounds of the walk and its shortcut.
    """

    line: tuple[LonLat, ...]
    finish: LonLat | None
    arrows: tuple[Arrow, ...]
    minutes: tuple[MinuteMark, ...]
    half_way: LonLat
    turning_point: LonLat | None
    places: tuple[Place, ...]
    steps: tuple[tuple[LonLat, ...], ...]
    shortcut: tuple[LonLat, ...]
    walk_box: Box

    @property
    def start(self) -> LonLat:
        """Where the walk starts."""
        return self.line[0]

    @property
    def flag(self) -> LonLat:
        """Where the flag stands: where the walk turns, else half way."""
        return self.turning_point or self.half_way


def drawing_of(walk: Walk) -> Drawing:
    """Work out what a map or a sketch of ``walk`` shows.

    The walk's needs, preferences and findings play no part in it.
    """
    measured = walk.route.line
    line = walk.route.coordinates
    turning_m = turning_point_m(walk.route)
    near = (place for place in places_on(walk) if place.kind not in SEATS)
    return Drawing(
        line=line,
        finish=finish_of(walk),
        arrows=_arrows(walk, measured),
        minutes=_minute_marks(walk, measured),
        half_way=measured.point_at(half_way_m(walk)),
        turning_point=None if turning_m is None else measured.point_at(turning_m),
        places=(*_where_laps_begin(walk), *near),
        steps=_steps(walk),
        shortcut=_shortcut_of(walk),
        walk_box=walk_bounds(walk),
    )


def _where_laps_begin(walk: Walk) -> Iterator[Place]:
    """Give the place where each lap begins, if that is not the start."""
    for stage in stages(walk.route):
        if stage.kind == "lap" and stage.lap == 1 and stage.from_m > _SAME_PLACE_M:
            yield Place("laps", "lap", _("Each lap begins"), walk.route.line.point_at(stage.from_m))


def places_on(walk: Walk) -> tuple[Place, ...]:
    """Return the recorded places near the walk: a few of each kind, the most useful kinds first.

    What one passes through (a gate, a stile) is among them by its name.

    The place people meet at is not among them: it is the start.
    """
    network = walk.area.network
    places = [p for p in walk.area.places.values() if _matters(walk, p)]
    places += barrier_places(walk.area, walk.route)
    if not places:
        return ()
    line = shapely.LineString(network.metres(walk.route.coordinates))
    points = shapely.points(network.metres([place.position for place in places]))
    away_m = np.asarray(shapely.distance(points, line), dtype=float)
    by_kind: dict[str, list[Place]] = {}
    for number in np.lexsort((np.arange(len(places)), away_m)):
        kind = places[number].kind
        same_kind = by_kind.setdefault(kind, [])
        near_m = _NEAR_PLAYGROUND_M if kind == "playground" else _NEAR_WALK_M
        if away_m[number] <= near_m and len(same_kind) < _PLACES_SHOWN_PER_KIND:
            same_kind.append(places[number])
    return tuple(place for kind in sorted(by_kind, key=_usefulness) for place in by_kind[kind])


def _matters(walk: Walk, place: Place) -> bool:
    start = walk.meeting_place
    is_start = start is not None and place.name != "" and place.name in start.name
    return place.kind not in _NOT_SHOWN and not is_start


def _usefulness(kind: str) -> int:
    if kind in _NAMED_FIRST:
        return _NAMED_FIRST.index(kind)
    return len(_NAMED_FIRST) + (kind in _NAMED_LAST)


def half_way_m(walk: Walk) -> float:
    """Return the metres walked at half way."""
    for entry in walk.proposal.timetable:
        if entry.event == "half-way":
            return entry.distance_m
    return walk.route.length_m / 2


def finish_of(walk: Walk) -> LonLat | None:
    """Return where the walk ends, or ``None`` when that is where it starts."""
    start, end = walk.route.coordinates[0], walk.route.coordinates[-1]
    return None if distance_m(start, end) < _SAME_PLACE_M else end


def _arrows(walk: Walk, line: Line) -> tuple[Arrow, ...]:
    """Return an arrow at every step over ground that the walk has not been on before."""
    from scipy.spatial import KDTree

    at_m = line.evenly_m(_ARROW_STEP_M)
    positions, bearings = line.points_at(at_m), line.bearings(at_m).tolist()
    flat = walk.area.network.metres(positions)
    step_m = float(at_m[1])
    near = KDTree(flat).query_ball_point(flat, _SAME_GROUND_M)
    arrows: list[Arrow] = []
    for number, (position, neighbours) in enumerate(zip(positions, near, strict=True)):
        if float(np.min(neighbours)) * step_m < at_m[number] - _BEFORE_M:
            continue
        arrows.append(Arrow(position, bearings[number], len(arrows) * step_m))
    return tuple(arrows)


def _minute_marks(walk: Walk, line: Line) -> tuple[MinuteMark, ...]:
    times = ToldTimes.of(walk)
    parts = stages(walk.route)
    marks: list[MinuteMark] = []
    for minute in range(MARK_EVERY_MINUTES, int(times.minutes[-1]) + 1, MARK_EVERY_MINUTES):
        walked = times.metres_at(minute)
        if 0 < walked < line.length_m:
            part = stage_at(parts, walked)
            marks.append(MinuteMark(line.point_at(walked), minute, part.words if part else ""))
    return tuple(marks)


def walk_bounds(walk: Walk) -> Box:
    """Return the smallest box around a walk and its shortcut."""
    return bounds((*walk.route.coordinates, *_shortcut_of(walk)))


def _shortcut_of(walk: Walk) -> tuple[LonLat, ...]:
    shortcut = walk.proposal.shortcut
    return shortcut.coordinates if shortcut else ()


def bounds(line: Sequence[LonLat]) -> Box:
    """Return the smallest box around some positions."""
    lon, lat = np.asarray(line, dtype=float).T
    return (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))


def _steps(walk: Walk) -> tuple[tuple[LonLat, ...], ...]:
    """Return the parts of a walk's line on steps."""
    paths = [(walk.area.paths.get(leg.path_id), leg) for leg in walk.route.legs]
    return tuple(
        path.line.cut(leg.from_m, leg.to_m)
        for path, leg in paths
        if path is not None and is_flight(path)
    )
