"""What a map or a sketch of a walk shows, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from walktalk.maps.along import MeasuredLine
from walktalk.parks import LonLat, Place
from walktalk.parks.geodesy import distance_m
from walktalk.parks.model import BackgroundKind, BackgroundShape
from walktalk.routes import Walk

ARROW_EVERY_M = 250.0
"""An arrow every few hundred metres: enough to read the direction at any corner of a park."""
_FEWEST_ARROWS = 3
MARK_EVERY_MINUTES = 10
_COVERED_M = 15.0
"""A place this close to the start lies under its ring."""
_SAME_PLACE_M = 5.0
"""A finish this close to the start is the start."""
_NEAR_WALK_M = 100.0
"""A place farther from the walk than this does not matter on it."""
_MARGIN_SHARE = 0.25
_LEAST_MARGIN_DEG = 0.0015  # about 170 m north to south: some ground around a short walk
_PLACES_SHOWN_PER_KIND = 3
_NOT_SHOWN = ("meeting_point", "park", "attraction", "information")
"""The start is drawn as such; a park is the ground itself; the others help nobody on the way."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A direction arrow: where, and which way in degrees from north."""

    position: LonLat
    bearing: float


@dataclass(frozen=True, slots=True)
class MinuteMark:
    """Where the walk is ``minute`` minutes after people meet."""

    position: LonLat
    minute: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything a map or a sketch of a walk shows.

    Attributes:
        line: the walk.
        finish: where it ends, or ``None`` when that is where it starts.
        arrows: directions along it.
        minutes: ten-minute marks.
        half_way: the half-way point.
        places: the recorded places that matter on this walk.
        other_paths: the area's paths around it, walked or not.
        background: pale shapes behind it.
        walk_box: the walk's own bounds.
        box: bounds of all that is drawn.
    """

    line: tuple[LonLat, ...]
    finish: LonLat | None
    arrows: tuple[Arrow, ...]
    minutes: tuple[MinuteMark, ...]
    half_way: LonLat
    places: tuple[Place, ...]
    other_paths: tuple[tuple[LonLat, ...], ...]
    background: tuple[BackgroundShape, ...]
    walk_box: Box
    box: Box

    @property
    def start(self) -> LonLat:
        """Where the walk starts."""
        return self.line[0]


def drawing_of(walk: Walk) -> Drawing:
    """Work out what a map or a sketch of ``walk`` shows.

    The walk's needs, preferences and findings play no part in it.
    """
    measured = MeasuredLine.of(walk.route.coordinates)
    line = walk.route.coordinates
    walk_box = bounds(line)
    box = _widened(walk_box)
    return Drawing(
        line=line,
        finish=finish_of(walk),
        arrows=_arrows(measured),
        minutes=_minute_marks(walk, measured),
        half_way=measured.position(half_way_m(walk)),
        places=tuple(place for place in places_on(walk) if not _at_start(walk, place)),
        other_paths=tuple(_clipped((p.coordinates for p in walk.area.paths.values()), box)),
        background=tuple(_background(walk.area.background, box)),
        walk_box=walk_box,
        box=box,
    )


def distance_at_minute(walk: Walk, minute: float) -> float:
    """Return the metres walked ``minute`` minutes after people meet, from the timetable.

    Between two entries of the timetable the pace is taken as even.
    """
    minutes, metres = _progress(walk)
    return float(np.interp(minute, minutes, metres))


def places_on(walk: Walk) -> tuple[Place, ...]:
    """Return the recorded places near the walk, nearest first, a few of each kind."""
    network = walk.area.network
    places = [p for p in walk.area.places.values() if p.kind not in _NOT_SHOWN]
    if not places:
        return ()
    line = shapely.LineString(network.metres(walk.route.coordinates))
    points = shapely.points(network.metres([place.position for place in places]))
    away_m = np.asarray(shapely.distance(points, line), dtype=float)
    by_kind: dict[str, list[Place]] = {}
    for number in np.lexsort((np.arange(len(places)), away_m)):
        same_kind = by_kind.setdefault(places[number].kind, [])
        if away_m[number] <= _NEAR_WALK_M and len(same_kind) < _PLACES_SHOWN_PER_KIND:
            same_kind.append(places[number])
    return tuple(place for same_kind in by_kind.values() for place in same_kind)


def _at_start(walk: Walk, place: Place) -> bool:
    return distance_m(walk.route.coordinates[0], place.position) < _COVERED_M


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


def _progress(walk: Walk) -> tuple[list[float], list[float]]:
    """Return minutes and the metres walked at them, standing still during pauses."""
    pauses = iter(sorted(walk.request.pauses, key=lambda pause: pause[1]))
    minutes: list[float] = []
    metres: list[float] = []
    for entry in walk.proposal.timetable:
        minutes.append(entry.minute)
        metres.append(entry.distance_m)
        if entry.event == "pause":
            minutes.append(entry.minute + next(pauses, (0.0, 0.0))[0])
            metres.append(entry.distance_m)
    return minutes or [0.0], metres or [0.0]


def _arrows(line: MeasuredLine) -> tuple[Arrow, ...]:
    every = min(ARROW_EVERY_M, line.length_m / _FEWEST_ARROWS)
    if every <= 0:
        return ()
    at = np.arange(every / 2, line.length_m, every)
    return tuple(Arrow(line.position(float(m)), line.bearing(float(m))) for m in at)


def _minute_marks(walk: Walk, line: MeasuredLine) -> tuple[MinuteMark, ...]:
    minutes, metres = _progress(walk)
    marks: list[MinuteMark] = []
    for minute in range(MARK_EVERY_MINUTES, int(minutes[-1]) + 1, MARK_EVERY_MINUTES):
        walked = float(np.interp(minute, minutes, metres))
        if 0 < walked < line.length_m:
            marks.append(MinuteMark(line.position(walked), minute))
    return tuple(marks)


def bounds(line: Sequence[LonLat]) -> Box:
    """Return the smallest box around some positions."""
    lon, lat = np.asarray(line, dtype=float).T
    return (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))


def _widened(box: Box) -> Box:
    west, south, east, north = box
    margin = max(_LEAST_MARGIN_DEG, _MARGIN_SHARE * max(east - west, north - south))
    return (west - margin, south - margin, east + margin, north + margin)


def _clipped(lines: Iterable[Sequence[LonLat]], box: Box) -> Iterable[tuple[LonLat, ...]]:
    for line in lines:
        inside = shapely.clip_by_rect(shapely.LineString(line), *box)
        for part in shapely.get_parts(inside):
            if isinstance(part, shapely.LineString) and not part.is_empty:
                yield _positions(part)


def _background(shapes: Iterable[BackgroundShape], box: Box) -> Iterable[BackgroundShape]:
    for shape in shapes:
        rings = tuple(
            _clipped(shape.rings, box) if shape.kind == "road" else _clipped_rings(shape.rings, box)
        )
        if rings:
            yield BackgroundShape(shape.kind, rings, shape.name)


def _clipped_rings(rings: Iterable[Sequence[LonLat]], box: Box) -> Iterable[tuple[LonLat, ...]]:
    for ring in rings:
        inside = shapely.clip_by_rect(shapely.make_valid(shapely.Polygon(ring)), *box)
        for part in shapely.get_parts(inside):
            if isinstance(part, shapely.Polygon) and not part.is_empty:
                yield _positions(part.exterior)


def _positions(line: shapely.LineString) -> tuple[LonLat, ...]:
    return tuple((float(lon), float(lat)) for lon, lat in line.coords)


BACKGROUND_ORDER: tuple[BackgroundKind, ...] = ("boundary", "green", "water", "building", "road")
"""Which background shapes are drawn first: the later lie on top."""


def in_drawing_order(shapes: Iterable[BackgroundShape]) -> list[BackgroundShape]:
    """Return background shapes from the lowest to the topmost."""
    return sorted(shapes, key=lambda shape: BACKGROUND_ORDER.index(shape.kind))
