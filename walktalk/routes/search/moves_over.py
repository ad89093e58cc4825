"""Finds a route that is known on a search graph: its legs as moves over the segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from walktalk.routes.model import Leg, Route
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Move

_TOUCH_M = 0.2  # far below any error of a map; a start is kept to a tenth of a metre


def moves_over(search_graph: SearchGraph, route: Route) -> tuple[Move, ...] | None:
    """Return a route's moves from the start, or ``None`` where its paths are not all there."""
    number = {path_id: edge for edge, path_id in enumerate(search_graph.of_area.network.path_ids)}
    moves: list[Move] = []
    for leg in route.legs:
        if leg.path_id not in number:
            return None
        over = _over(search_graph, number[leg.path_id], leg)
        if over is None:
            return None
        moves += over
    return tuple(moves) if _hangs_together(search_graph, moves) else None


def _over(search_graph: SearchGraph, edge: int, leg: Leg) -> list[Move] | None:
    """Return the moves over one leg; ``None`` where segments do not cover it."""
    rows = np.flatnonzero(search_graph.segments["path"] == edge)
    low, high = sorted((leg.from_m, leg.to_m))
    found: list[Move] = []
    covered_m = 0.0
    for row in rows[np.argsort(search_graph.segments["from_m"][rows], kind="stable")].tolist():
        from_m, to_m = (float(search_graph.segments[name][row]) for name in ("from_m", "to_m"))
        begin, end = max(low, from_m), min(high, to_m)
        if end - begin <= min(_TOUCH_M, (to_m - from_m) / 2, (high - low) / 2):
            continue  # it only touches, and is not all there is of either
        covered_m += end - begin
        share_from = 0.0 if begin - from_m <= _TOUCH_M else (begin - from_m) / (to_m - from_m)
        share_to = 1.0 if to_m - end <= _TOUCH_M else (end - from_m) / (to_m - from_m)
        found.append((row, share_from, share_to))
    if covered_m < leg.length_m - 2 * _TOUCH_M:
        return None
    if leg.to_m >= leg.from_m:
        return found
    return [(row, end, begin) for row, begin, end in reversed(found)]


def _hangs_together(search_graph: SearchGraph, moves: list[Move]) -> bool:
    """Return whether moves begin at the start and each begins where the one before ended."""
    tail, head = search_graph.segments["tail"], search_graph.segments["head"]
    at: tuple[int, float] | int = 0
    for segment, begin, end in moves:
        here = _point(segment, begin, int(tail[segment]), int(head[segment]))
        if here != at:
            return False
        at = _point(segment, end, int(tail[segment]), int(head[segment]))
    return bool(moves) and at == 0


def _point(segment: int, share: float, tail: int, head: int) -> tuple[int, float] | int:
    if share in (0.0, 1.0):
        return head if share else tail
    return segment, share
