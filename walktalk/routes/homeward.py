"""The way home from where a walk chooses its way, and one planned shortcut near half way.

Only paths that the request may use count, so that these belong to whoever asked: they are for the
counsellor's pages and never for what a client gets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.cues import CHOICE
from walktalk.routes.landmarks import place_in_words_at
from walktalk.routes.model import Shortcut, WayHome
from walktalk.routes.search.walks import legs_of, route_over

if TYPE_CHECKING:
    from walktalk.parks import Area
    from walktalk.routes.model import Route
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Candidate, Move

NEAR_HALF_WAY = (0.35, 0.65)
"""Shares of a walk between which a shortcut is planned: late enough to have talked, early enough
for it to save something."""

LEAST_SAVED_MINUTES = 5.0
"""Minutes that a shortcut saves at least: less is not worth leaving the walk for."""


def ways_home(area: Area, search_graph: SearchGraph, walk: Candidate) -> tuple[WayHome, ...]:
    """Return the way home from every junction of the walk, each told where it is reached first."""
    degrees = area.network.degrees
    found: dict[int, WayHome] = {}
    for walked_m, _, node in _nodes(search_graph, walk):
        number = int(search_graph.network_node[node])
        if node and number >= 0 and degrees[number] >= CHOICE and node not in found:
            metres = float(search_graph.home_m[node])
            found[node] = WayHome(walked_m, metres, float(search_graph.back_s[node]) / 60)
    return tuple(found.values())


def shortcut(
    area: Area, search_graph: SearchGraph, walk: Candidate, route: Route
) -> Shortcut | None:
    """Return the shortcut near half way that saves most, or ``None`` where none saves enough."""
    low, high = (share * route.length_m for share in NEAR_HALF_WAY)
    best: tuple[float, float, int] | None = None
    for walked_m, seconds, node in _nodes(search_graph, walk):
        saved_s = walk.seconds - seconds - float(search_graph.back_s[node])
        if low <= walked_m <= high and (best is None or saved_s > best[0]):
            best = (saved_s, walked_m, node)
    if best is None or best[0] < LEAST_SAVED_MINUTES * 60:
        return None
    saved_s, walked_m, node = best
    legs = legs_of(search_graph, _moves_home(search_graph, node))
    return Shortcut(
        distance_m=walked_m,
        minutes=float(search_graph.back_s[node]) / 60,
        saved_minutes=saved_s / 60,
        place=place_in_words_at(area, route, walked_m),
        coordinates=route_over(area, legs, "loop").coordinates,
    )


def _nodes(search_graph: SearchGraph, walk: Candidate) -> list[tuple[float, float, int]]:
    """Return the metres and seconds walked at each node that the walk comes to, and the node."""
    segment = np.array([move[0] for move in walk.moves], dtype=np.int64)
    begin, end = np.array([move[1:] for move in walk.moves], dtype=float).T
    rows, forward = search_graph.segments[segment], end > begin
    whole_s = np.where(forward, search_graph.forward_s[segment], search_graph.backward_s[segment])
    part = np.abs(end - begin)
    metres, seconds = np.cumsum(rows["metres"] * part), np.cumsum(whole_s * part)
    node = np.where(forward, rows["head"], rows["tail"])
    at_node = (end == 0.0) | (end == 1.0)
    found = zip(metres.tolist(), seconds.tolist(), node.tolist(), at_node.tolist(), strict=True)
    return [(walked_m, after_s, at) for walked_m, after_s, at, is_node in found if is_node]


def _moves_home(search_graph: SearchGraph, node: int) -> tuple[Move, ...]:
    """Return the moves of the quickest way from a node to the start."""
    arcs, moves = search_graph.arcs, []
    while node:
        arc = int(search_graph.way_home[node])  # from the start outwards
        segment = int(arcs.segment[arc])
        moves.append((segment, 1.0, 0.0) if arcs.is_forward[arc] else (segment, 0.0, 1.0))
        node = int(arcs.begin[arc])
    return tuple(moves)
