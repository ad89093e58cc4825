"""Recorded walks laid over an area: on its paths where they lie there, else on their own line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from walktalk.parks.geodesy import LonLat, distance_m
from walktalk.parks.joined import walked_line
from walktalk.parks.line_heights import is_known
from walktalk.parks.meeting import nearest_named, whereabouts
from walktalk.parks.model import Area, Height, Path, Place, Source, StoredRoute
from walktalk.wording import METRIC, measured

AT_THE_PLACE_M = 30.0
"""A walk that starts this near a meeting point starts there: people see each other from here."""


@dataclass(frozen=True, slots=True)
class RecordedRoute:
    """A recorded walk as it is kept in the library.

    Attributes:
        id: a slug that no area file uses.
        name: how it is called in the library.
        line: where it ran, as (longitude, latitude).
        path_ids: the paths it follows in walking order; empty where it has a line of its own.
        recorded_on: the day it was recorded, or ``None`` where the file did not say.
        kept_on: the day it was added to the library.
        heights_m: one for each point of the line, or ``None`` where none was recorded.
        drawn: whether it was drawn on the map, and not recorded.
    """

    id: str
    name: str
    line: tuple[LonLat, ...]
    path_ids: tuple[str, ...]
    recorded_on: date | None
    kept_on: date
    heights_m: tuple[Height, ...] | None = None
    drawn: bool = False

    @property
    def source(self) -> Source:
        """Who says where it runs: words that anybody may read."""
        if self.drawn:
            return Source(self.id, "Drawn on the map", self.kept_on.isoformat())
        if self.recorded_on is not None:
            return Source(self.id, "Recorded on a walk", self.recorded_on.isoformat())
        return Source(self.id, "A recorded walk without a date", self.kept_on.isoformat())


def with_recorded_routes(area: Area, routes: Iterable[RecordedRoute]) -> Area:
    """Return the area with recorded walks among its stored routes.

    A walk whose paths are there and meet is a route over them; where no height of any of them is
    known, they take the recorded ones: heights of two sources would meet in a cliff. Any other
    walk becomes paths of its own about which nothing but the line and its heights is known. A
    walk that starts away from every meeting point brings one with it, named by what is near.
    """
    paths, places = dict(area.paths), dict(area.places)
    stored, sources = dict(area.routes), dict(area.sources)
    for route in routes:
        path_ids = route.path_ids
        line = _line_over(area.paths, route)
        if line is not None and line == route.line and is_known(route.heights_m):
            taken = _with_its_heights(paths, route)
            paths |= taken
            sources |= {route.id: route.source} if taken else {}
        if line is None:
            own = _own_paths(route)
            paths |= own
            path_ids, line = tuple(own), route.line
            sources[route.id] = route.source
        start = _meeting_point_at(area, line[0])
        if start is None:
            start = _start_of(area, route, line[0])
            places[start.id] = start
            sources[route.id] = route.source
        stored[route.id] = StoredRoute(
            route.id, route.name, _about(route), start.id, path_ids, line[0] == line[-1]
        )
    return replace(area, paths=paths, places=places, routes=stored, sources=sources)


def _line_over(paths: Mapping[str, Path], route: RecordedRoute) -> tuple[LonLat, ...] | None:
    """Return the line over the paths a walk follows, or ``None`` where they do not make one."""
    if not route.path_ids:
        return None
    try:
        return walked_line(paths, route.path_ids, route.line[0])[0]
    except ValueError:  # a path has gone, or was cut anew, since the walk was kept
        return None


def _with_its_heights(paths: Mapping[str, Path], route: RecordedRoute) -> dict[str, Path]:
    """Return the paths a walk follows that take its heights, each the way round of its own line."""
    _, turns = walked_line(paths, route.path_ids, route.line[0])
    taken: dict[str, Path] = {}
    if any(is_known(paths[path_id].heights_m) for path_id in route.path_ids):
        return taken
    at = 0
    for path_id, forward in zip(route.path_ids, turns, strict=True):
        path = paths[path_id]
        last = at + len(path.coordinates)
        heights = (route.heights_m or ())[at:last]
        at = last - 1
        if is_known(heights):
            taken[path_id] = replace(
                path,
                heights_m=heights if forward else heights[::-1],
                sources={**path.sources, "heights_m": route.source},
            )
    return taken


def _own_paths(route: RecordedRoute) -> dict[str, Path]:
    """Return a walk's own line as two paths, so that a round has more than one end."""
    middle = max(1, len(route.line) // 2)
    parts = (slice(0, middle + 1), slice(middle, None))
    known = is_known(route.heights_m)
    sources = dict.fromkeys(("geometry", "heights_m") if known else ("geometry",), route.source)
    return {
        path_id: Path(
            path_id,
            route.line[part],
            sources=sources,
            heights_m=route.heights_m[part] if route.heights_m and known else None,
        )
        for path_id, part in ((f"{route.id}-{n}", part) for n, part in enumerate(parts, start=1))
        if len(route.line[part]) > 1
    }


def _meeting_point_at(area: Area, position: LonLat) -> Place | None:
    near = [(distance_m(place.position, position), place) for place in area.meeting_points]
    away_m, place = min(near, key=lambda each: each[0], default=(AT_THE_PLACE_M + 1, None))
    return place if away_m <= AT_THE_PLACE_M else None


def _start_of(area: Area, route: RecordedRoute, position: LonLat) -> Place:
    """Return a place with a name of its own: like every name, the same in whatever units."""
    landmark = nearest_named(position, area.places.values())
    where = "where the recorded line starts"
    if landmark:
        with measured(METRIC):
            where = whereabouts(position, landmark)
    return Place(
        id=f"{route.id}-start",
        kind="meeting_point",
        name=where[0].upper() + where[1:],
        position=position,
        how_to_find=f"The walk starts {where}.",
        sources={"geometry": route.source},
    )


def _about(route: RecordedRoute) -> str:
    if route.drawn:
        return "Drawn on the map."
    day = route.recorded_on
    return "A recorded walk." if day is None else f"Recorded on {day.day} {day:%B} {day.year}."
