"""A route drawn along the network: from tap to tap by the shortest way, over whole paths.

A tap near a junction or a path's end means that point; one on a path farther from both of its ends
means to walk that path, from the end that is nearer by the way so far.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from walktalk.parks.geodesy import length_m
from walktalk.parks.joined import walked_line
from walktalk.routes.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import rustworkx as rx

    from walktalk.parks import Area, LonLat

    _Graph = rx.PyGraph[None, int]

NEAR_M = 60.0
"""A tap this far from every path means none of them: a finger's width on a large park."""

AT_END_M = 20.0
"""A tap this near to a path's end means the end: the same, where one looks closer."""

_END_SHARE = 0.25
"""The same as a share of a short path: its middle always means the path."""


@dataclass(frozen=True)
class DrawnRoute:
    """A route over whole paths.

    Attributes:
        path_ids: the paths in walking order.
        line: the route, as (longitude, latitude).
        length_m: geodesic length.
    """

    path_ids: tuple[str, ...]
    line: tuple[LonLat, ...]
    length_m: float


def drawn_route(area: Area, taps: Sequence[LonLat]) -> DrawnRoute | None:
    """Return the route along some taps, ``None`` while it has no length.

    Args:
        area: the land.
        taps: where the map was tapped, in order.

    Raises:
        RequestError: a tap is near no path, or no way leads to it; says which.
    """
    if not taps:
        return None
    graph = _graph(area)
    at = _first_node(area, taps[0])
    edges: list[int] = []
    for number, tap in enumerate(taps[1:], start=2):
        ways = [
            (_metres(area, [*way, *over]), [*way, *over], end)
            for first, over, end in _meant(area, tap, number)
            if (way := _between(area, graph, at, first)) is not None
        ]
        if not ways:
            raise RequestError("points", f"point {number} on paths that a way leads to")
        _, way, at = min(ways)
        edges += way
    if not edges:
        return None
    path_ids = tuple(area.network.path_ids[edge] for edge in edges)
    line, _ = walked_line(area.paths, path_ids, taps[0])
    return DrawnRoute(path_ids, line, length_m(line))


def _graph(area: Area) -> _Graph:
    """Return the area's network with the number of each edge."""
    import rustworkx

    graph: _Graph = rustworkx.PyGraph()
    graph.add_nodes_from([None] * len(area.network.nodes))
    ends = zip(area.network.tail.tolist(), area.network.head.tolist(), strict=True)
    graph.add_edges_from([(tail, head, edge) for edge, (tail, head) in enumerate(ends)])
    return graph


def _metres(area: Area, edges: Sequence[int]) -> float:
    return float(area.network.lengths_m[list(edges)].sum()) if edges else 0.0


def _first_node(area: Area, tap: LonLat) -> int:
    """Return the junction or path's end that a first tap means."""
    edge, along_m = _snapped(area, tap, 1)
    whole_m = float(area.network.lengths_m[edge])
    ends = area.network.tail[edge], area.network.head[edge]
    return int(ends[0] if along_m <= whole_m / 2 else ends[1])


def _meant(area: Area, tap: LonLat, number: int) -> list[tuple[int, list[int], int]]:
    """Return what a tap can mean: the node to go to, the edges to walk then, and where they end."""
    edge, along_m = _snapped(area, tap, number)
    whole_m = float(area.network.lengths_m[edge])
    tail, head = int(area.network.tail[edge]), int(area.network.head[edge])
    at_end_m = min(AT_END_M, _END_SHARE * whole_m)
    if along_m <= at_end_m:
        return [(tail, [], tail)]
    if along_m >= whole_m - at_end_m:
        return [(head, [], head)]
    return [(tail, [edge], head), (head, [edge], tail)]


def _snapped(area: Area, tap: LonLat, number: int) -> tuple[int, float]:
    """Return the edge that a tap lies on, and where on it."""
    snap = area.network.snap(tap)
    if snap.distance_m > NEAR_M:
        raise RequestError("points", f"point {number} nearer to a path")
    return area.network.edge_of(snap.path_id), snap.along_m


def _between(area: Area, graph: _Graph, begin: int, end: int) -> list[int] | None:
    """Return the edges of the shortest way between two nodes, ``None`` where there is none."""
    import rustworkx

    if begin == end:
        return []
    lengths_m = area.network.lengths_m

    def metres(edge: int) -> float:
        return float(lengths_m[edge])

    found = rustworkx.dijkstra_shortest_paths(graph, begin, end, metres)
    if end not in found:
        return None
    return [
        min(graph.get_all_edge_data(here, there), key=metres)
        for here, there in pairwise(found[end])
    ]
