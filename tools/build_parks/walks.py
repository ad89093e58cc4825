"""Stored walks: from the positions that people decided on to the paths between them."""

import heapq
from collections import defaultdict
from collections.abc import Mapping

import shapely

from tools.build_parks.decisions import AreaDecision, Walk
from tools.build_parks.errors import BuildError
from tools.build_parks.surroundings import point_of
from tools.build_parks.ways import TOWN, points_of
from walktalk.parks import LonLat, Path, Place, StoredRoute
from walktalk.parks.integrity import START_REACH_M
from walktalk.parks.meeting import spoken_distance

THROUGH_M = 30.0
"""A position that a walk leads through lies this near to one of its paths."""

AT_A_JUNCTION_M = 6.0
"""This near to a junction it means the junction, else the path beside it."""

_STEPS = 20.0
_AGAIN = 4.0
"""How much longer a flight of steps, and a path already walked, count: another way goes first."""


def stored_walks(
    area: AreaDecision, paths: Mapping[str, Path], places: Mapping[str, Place]
) -> dict[str, StoredRoute]:
    """Return an area's stored walks by id, each on its paths in walking order.

    Raises:
        BuildError: a walk starts nowhere, leads past no junction, or its paths do not meet.
    """
    graph = _Graph(paths)
    return {walk.id: _stored(walk, area, graph, places) for walk in area.walk}


class _Graph:
    """Paths by where they end, with their lengths in metres."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self.paths = paths
        self.at: dict[LonLat, list[str]] = defaultdict(list)
        for path in paths.values():
            for end in {path.coordinates[0], path.coordinates[-1]}:
                self.at[end].append(path.id)
        self._nodes = sorted(self.at)
        self._points = shapely.STRtree(points_of(self._nodes))
        self._ids = list(paths)
        lines = TOWN.flat(shapely.LineString(path.coordinates) for path in paths.values())
        self._lines = shapely.STRtree(lines)

    def path_at(self, position: LonLat) -> str | None:
        """Return the path nearest to a position, or ``None`` when none is near."""
        found = self._lines.query_nearest(
            point_of(position), max_distance=THROUGH_M, all_matches=False
        )
        return self._ids[int(found[0])] if len(found) else None

    def ends_of(self, path_id: str) -> tuple[LonLat, LonLat]:
        """Return where a path begins and ends."""
        line = self.paths[path_id].coordinates
        return line[0], line[-1]

    def nearest(self, position: LonLat, within_m: float) -> LonLat | None:
        """Return the junction nearest to a position, or ``None`` when none is that near."""
        found = self._points.query_nearest(
            point_of(position), max_distance=within_m, all_matches=False
        )
        return self._nodes[int(found[0])] if len(found) else None

    def cost(self, path_id: str, used: set[str]) -> float:
        """Return how far a path counts."""
        path = self.paths[path_id]
        steps = _STEPS if path.facts.get("highway") == "steps" else 1.0
        return path.length_m * steps * (_AGAIN if path_id in used else 1.0)

    def way(self, start: LonLat, end: LonLat, used: set[str]) -> list[str] | None:
        """Return the paths of the shortest way, those already used counted longer."""
        queue: list[tuple[float, LonLat]] = [(0.0, start)]
        best: dict[LonLat, float] = {start: 0.0}
        came: dict[LonLat, tuple[LonLat, str]] = {}
        while queue:
            away, here = heapq.heappop(queue)
            if here == end:
                break
            if away > best[here]:
                continue
            for path_id in self.at[here]:
                first, last = (self.paths[path_id].coordinates[n] for n in (0, -1))
                there = last if here == first else first
                on = away + self.cost(path_id, used)
                if on < best.get(there, float("inf")):
                    best[there] = on
                    came[there] = (here, path_id)
                    heapq.heappush(queue, (on, there))
        if end not in best:
            return None
        found: list[str] = []
        while end != start:
            end, path_id = came[end]
            found.append(path_id)
        return found[::-1]


def _stored(
    walk: Walk, area: AreaDecision, graph: _Graph, places: Mapping[str, Place]
) -> StoredRoute:
    where = f"area {area.id!r}: walk {walk.id!r}"
    start = places.get(walk.start)
    if start is None or not start.is_meeting_point:
        raise BuildError(f"{where}: there is no meeting point {walk.start!r}")
    first = graph.nearest(start.position, START_REACH_M)
    if first is None:
        raise BuildError(f"{where}: no junction lies at its start {walk.start!r}")
    path_ids = _led_through(first, walk, graph, where)
    length = sum(graph.paths[path_id].length_m for path_id in path_ids)
    return StoredRoute(
        id=walk.id,
        name=walk.name,
        about=walk.about.replace("{length}", spoken_distance(length)),
        start=walk.start,
        path_ids=tuple(path_ids),
        closed=walk.closed,
    )


def _led_through(first: LonLat, walk: Walk, graph: _Graph, where: str) -> list[str]:
    """Return the paths from a junction through every position, and back to it if closed."""
    found: list[str] = []
    here = first
    for position in (*walk.through, *([first] if walk.closed else [])):
        part, here = _next_part(here, position, graph, set(found), where)
        found += part
    if not found:
        raise BuildError(f"{where}: it leads nowhere")
    return found


def _next_part(
    here: LonLat, position: LonLat, graph: _Graph, used: set[str], where: str
) -> tuple[list[str], LonLat]:
    """Return the paths on to a position and where they end: at a junction, or past a path."""
    node = graph.nearest(position, AT_A_JUNCTION_M)
    if node is not None:
        part = graph.way(here, node, used)
        if part is None:
            raise BuildError(f"{where}: no paths join {list(here)} and {list(position)}")
        return part, node
    path_id = graph.path_at(position)
    if path_id is None:
        raise BuildError(f"{where}: no path leads through {list(position)}")
    near, far = graph.ends_of(path_id)
    ways = [
        ([*part, path_id], end)
        for begin, end in ((near, far), (far, near))
        if (part := graph.way(here, begin, used)) is not None and path_id not in part
    ]
    if not ways:
        raise BuildError(f"{where}: no paths join {list(here)} and {list(position)}")
    return min(ways, key=lambda each: sum(graph.cost(path, used) for path in each[0]))
