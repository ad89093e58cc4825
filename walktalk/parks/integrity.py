"""What an area's parts owe each other: checked on reading, whatever wrote the file."""

from collections.abc import Mapping
from itertools import pairwise

from walktalk.parks.errors import ParkDataError
from walktalk.parks.geodesy import LonLat, distance_m
from walktalk.parks.joined import walked_line
from walktalk.parks.model import Area, StoredRoute

MEETING_POINT_REACH_M = 100.0
"""A meeting point lies on a path or beside one: people see each other across this distance."""

START_REACH_M = 15.0
"""A stored walk begins at its meeting point: from here on people see where the path is, and a
recorded point is no surer. The choice is ours."""

_HALF_ROUND_DEG = 180.0


def refuse_what_does_not_fit_together(
    area: Area, route_lines: Mapping[str, tuple[LonLat, ...]], name: str
) -> None:
    """Check paths, meeting points and stored routes against each other.

    Args:
        area: as read.
        route_lines: the line the file draws for each stored route.
        name: how messages call the file.

    Raises:
        ParkDataError: naming the feature and what is wrong with it.
    """
    if not area.paths:
        raise ParkDataError(f"{name}: an area needs at least one path")
    for path in area.paths.values():
        if path.length_m <= 0:
            raise ParkDataError(f"{name}: feature {path.id!r}: the path has no length")
        if any(abs(b[0] - a[0]) > _HALF_ROUND_DEG for a, b in pairwise(path.coordinates)):
            raise ParkDataError(
                f"{name}: feature {path.id!r}: a line ends at the date line and goes on as another"
            )
    _check_meeting_points(area, name)
    _check_ways_in(area, name)
    for route in area.routes.values():
        _check_route(area, route, route_lines[route.id], name)


def _check_meeting_points(area: Area, name: str) -> None:
    if not area.meeting_points:
        raise ParkDataError(f"{name}: an area needs at least one place of type 'meeting_point'")
    for place in area.meeting_points:
        if not place.how_to_find:
            raise ParkDataError(
                f"{name}: feature {place.id!r}: a meeting point needs 'how_to_find'"
            )
        away_m = area.network.snap(place.position).distance_m
        if away_m > MEETING_POINT_REACH_M:
            raise ParkDataError(
                f"{name}: feature {place.id!r}: a meeting point lies on a path or within "
                f"{MEETING_POINT_REACH_M:.0f} m of one; this one is {away_m:.0f} m away"
            )


def _check_ways_in(area: Area, name: str) -> None:
    for way in area.ways_in:
        missing = [each for each in (way.place, way.to) if each not in area.places]
        missing += [each for each in way.path_ids if each not in area.paths]
        if missing:
            raise ParkDataError(
                f"{name}: ways_in: the way from {way.place!r} to {way.to!r} names {missing[0]!r}, "
                "which is not in the file"
            )


def _check_route(area: Area, route: StoredRoute, drawn: tuple[LonLat, ...], name: str) -> None:
    where = f"{name}: feature {route.id!r}"
    start = area.places.get(route.start)
    if start is None or not start.is_meeting_point:
        raise ParkDataError(
            f"{where}: 'start' is {route.start!r}; accepted are the area's meeting points, "
            + ", ".join(place.id for place in area.meeting_points)
        )
    try:
        line, _ = walked_line(area.paths, route.path_ids, start.position)
    except ValueError as error:
        raise ParkDataError(f"{where}: {error}") from error
    if drawn != line:
        raise ParkDataError(f"{where}: its line does not lie exactly on its paths")
    if route.closed != (line[0] == line[-1]):
        raise ParkDataError(f"{where}: 'closed' must say whether the walk ends where it starts")
    away_m = distance_m(start.position, line[0])
    if away_m > START_REACH_M:
        raise ParkDataError(
            f"{where}: its line starts {away_m:.0f} m from its start, {start.id!r}; accepted is "
            f"{START_REACH_M:.0f} m at most, so cut the path there or name another meeting point"
        )
