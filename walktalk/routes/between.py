"""The shortest way between two places on an area's paths, as stretches of these paths."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from walktalk.parks.lying import Stretch

if TYPE_CHECKING:
    from walktalk.parks import Area, Snap

_Piece = tuple[str, float, float]
"""A path's id, and metres from its first point, from < to."""


def stretches_between(area: Area, begin: Snap, end: Snap) -> list[Stretch]:
    """Return the stretches of the shortest way, none where no way leads from one to the other.

    Args:
        area: whose paths lead there.
        begin, end: places on its paths.
    """
    import rustworkx as rx

    network = area.network
    graph: rx.PyGraph[None, _Piece] = rx.PyGraph()
    graph.add_nodes_from([None] * len(network.nodes))
    for path_id, tail, head, length_m in zip(
        network.path_ids,
        network.tail.tolist(),
        network.head.tolist(),
        network.lengths_m.tolist(),
        strict=True,
    ):
        graph.add_edge(tail, head, (path_id, 0.0, length_m))
    places = []
    for snap in (begin, end):
        place = graph.add_node(None)
        tail, head = network.ends_of(snap.path_id)
        graph.add_edge(tail, place, (snap.path_id, 0.0, snap.along_m))
        length_m = area.paths[snap.path_id].length_m
        graph.add_edge(place, head, (snap.path_id, snap.along_m, length_m))
        places.append(place)
    if begin.path_id == end.path_id:
        low, high = sorted((begin.along_m, end.along_m))
        graph.add_edge(places[0], places[1], (begin.path_id, low, high))
    found = rx.dijkstra_shortest_paths(graph, places[0], places[1], _metres)
    if places[1] not in found:
        return []
    way = list(found[places[1]])
    pieces = [
        min(graph.get_all_edge_data(here, there), key=_metres) for here, there in pairwise(way)
    ]
    return [
        Stretch(path_id, from_m, to_m, area.paths[path_id].line.cut(from_m, to_m))
        for path_id, from_m, to_m in pieces
        if to_m > from_m
    ]


def _metres(piece: _Piece) -> float:
    return piece[2] - piece[1]
