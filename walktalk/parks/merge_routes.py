"""Stored routes after an import: on the same ground, or set apart and flagged; never moved."""

from collections.abc import Mapping
from dataclasses import replace

import shapely
from shapely import LineString

from walktalk.parks.geodesy import LonLat, distance_m
from walktalk.parks.integrity import START_REACH_M
from walktalk.parks.joined import walked_line
from walktalk.parks.merge_paths import SAME_WAY_WITHIN_M, MergeSummary
from walktalk.parks.model import Area, LostRoute, Path, Place, StoredRoute
from walktalk.parks.plane import Plane

_MIDDLE = 0.5


def merge_routes(
    old: Area, paths: Mapping[str, Path], places: Mapping[str, Place], summary: MergeSummary
) -> tuple[dict[str, StoredRoute], dict[str, LostRoute]]:
    """Return the stored routes that can still be walked, and those that cannot.

    A route keeps its paths where they are there and meet. Where they were cut anew it takes the
    pieces, if their line is the old one within 3 m all along. Otherwise it is lost, and the
    summary says so.
    """
    routes: dict[str, StoredRoute] = {}
    lost = dict(old.lost_routes)
    for route in old.routes.values():
        line, _ = walked_line(old.paths, route.path_ids, old.places[route.start].position)
        start = places.get(route.start)
        kept = None if start is None else _on_the_same_ground(route, line, paths, start.position)
        if kept is not None:
            routes[route.id] = kept
            continue
        gone = tuple(path_id for path_id in route.path_ids if path_id not in paths)
        lost[route.id] = LostRoute(route, gone, line)
        summary.lost_routes.append(route.name)
    return routes, lost


def _on_the_same_ground(
    route: StoredRoute, line: tuple[LonLat, ...], paths: Mapping[str, Path], start: LonLat
) -> StoredRoute | None:
    for path_ids in (route.path_ids, _pieces_along(line, paths)):
        if path_ids and _is_line_of(path_ids, paths, start, line):
            return replace(route, path_ids=path_ids)
    return None


def _pieces_along(line: tuple[LonLat, ...], paths: Mapping[str, Path]) -> tuple[str, ...]:
    """Return the paths that lie on a line, in the order in which it comes to them."""
    plane = Plane.around(line)
    flat, *others = plane.flat(
        [LineString(line), *(LineString(path.coordinates) for path in paths.values())]
    )
    ground = flat.buffer(SAME_WAY_WITHIN_M)
    shapely.prepare(ground)
    found = [
        (float(flat.project(other.interpolate(_MIDDLE, normalized=True))), path_id)
        for path_id, other in zip(paths, others, strict=True)
        if ground.contains(other)
    ]
    return tuple(path_id for _, path_id in sorted(found))


def _is_line_of(
    path_ids: tuple[str, ...],
    paths: Mapping[str, Path],
    start: LonLat,
    line: tuple[LonLat, ...],
) -> bool:
    """Return whether some paths, joined in order, make a line: within 3 m, no longer, no less."""
    try:
        walked, _ = walked_line(paths, path_ids, start)
    except ValueError:
        return False
    if (walked[0] == walked[-1]) != (line[0] == line[-1]):
        return False
    if distance_m(start, walked[0]) > START_REACH_M:
        return False
    before, after = Plane.around(line).flat([LineString(line), LineString(walked)])
    return (
        before.hausdorff_distance(after) <= SAME_WAY_WITHIN_M
        and abs(before.length - after.length) <= 2 * SAME_WAY_WITHIN_M
    )
