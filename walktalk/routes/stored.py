"""A stored route fitted to a request: whole laps, a tail, or a turning point placed to the second.

A closed route is walked round as often as the time allows, and what is left over goes into a walk
out along its beginning and back. An open one is walked there and back, in as few equal laps as
fill the time. Either way at most four laps, and always on the stored paths in their stored order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks import Snap
from walktalk.routes.allowed import allowed_paths, search_graph_for
from walktalk.routes.calm import calm_weights
from walktalk.routes.checks import NEEDS, PATH_NEEDS, verdict
from walktalk.routes.errors import NoWalkFits, RequestError
from walktalk.routes.proposals import proposal_of
from walktalk.routes.reading import MINUTES, read_request
from walktalk.routes.search.loops import SAFE_S, SLACK_S
from walktalk.routes.search.walks import (
    MOST_LAPS,
    Way,
    candidate_of,
    moves_before_laps,
    seconds_of,
    turned_back,
)

if TYPE_CHECKING:
    from walktalk.parks import Area, StoredRoute
    from walktalk.routes.model import Proposal, Shape, WalkRequest
    from walktalk.routes.reading import ReadRequest
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Move


@dataclass(frozen=True)
class _Fitted(Way):
    """A route's moves that fill the time.

    Attributes:
        how: how they do, in words.
    """

    how: str


def fit_route(area: Area, stored: StoredRoute, request: WalkRequest) -> Proposal:
    """Return the stored route walked so that it fills the request's time.

    Args:
        area: the area whose file keeps the route.
        stored: one of ``area.routes``.
        request: what is asked for; its start is the route's, or ``None``.

    Raises:
        RequestError: the request makes no sense, or starts somewhere else.
        NoWalkFits: a path of the route breaks a need, or no number of laps fills the time.
    """
    if request.start not in (None, stored.start):
        raise RequestError("start", f"{stored.start}: that is where this walk starts")
    request = replace(request, start=stored.start)
    _check_needs(area, stored, request)
    reading, search_graph, fitted = _on_the_ground(area, stored, request)
    if fitted is None:
        raise NoWalkFits(_too_long(stored, request), _shorter(area, stored, request))
    if request.shape not in (None, fitted.shape):
        raise NoWalkFits(
            f"In this time, {stored.name} is walked as {fitted.shape}, not as {request.shape}.",
            replace(request, shape=None),
        )
    weights = calm_weights(area, request.preferences)
    found = candidate_of(search_graph, weights, fitted.moves, fitted.shape, fitted.lap_moves)
    reason = f"{stored.name}, {fitted.how}."
    proposal = proposal_of(
        area, request, reading, search_graph, found, reason=reason, name=stored.name
    )
    _check_reach(stored, request, proposal)
    return proposal


def _on_the_ground(
    area: Area, stored: StoredRoute, request: WalkRequest
) -> tuple[ReadRequest, SearchGraph, _Fitted | None]:
    """Return the ground from the route's start, and the moves that fill the time, if any do."""
    reading = read_request(area, request)
    edges = _oriented(area, stored)
    first, forward = edges[0]
    network = area.network
    line = network.lines[first].positions
    start = Snap(
        path_id=network.path_ids[first],
        position=line[0] if forward else line[-1],
        along_m=0.0 if forward else float(network.lengths_m[first]),
        distance_m=0.0,
    )
    search_graph = search_graph_for(
        area, request, reading, allowed_paths(area, request, reading.avoid), start
    )
    moves = _moves(search_graph, edges)
    whole = _is_whole(search_graph, moves, edges)
    if stored.closed and whole:
        return reading, search_graph, _fit_round(search_graph, moves)
    return reading, search_graph, _fit_there_and_back(search_graph, moves, whole=whole)


def _check_needs(area: Area, stored: StoredRoute, request: WalkRequest) -> None:
    """Raise when a path of the route breaks a need, or leaves it unknown where that is refused."""
    for need in sorted(request.needs & PATH_NEEDS):
        verdicts = {verdict(area, area.paths[path_id], need) for path_id in stored.path_ids}
        easier = replace(request, needs=request.needs - {need})
        if "broken" in verdicts:
            raise NoWalkFits(f"{stored.name} does not keep to this need: {NEEDS[need]}.", easier)
        if request.unknown == "refuse" and "unknown" in verdicts:
            raise NoWalkFits(
                f"Nobody has checked all of {stored.name} for this need: {NEEDS[need]}.",
                replace(request, unknown="allow"),
            )


def _oriented(area: Area, stored: StoredRoute) -> list[tuple[int, bool]]:
    """Return the route's edges in order, each with whether it is walked along its line."""
    network = area.network
    number = {path_id: edge for edge, path_id in enumerate(network.path_ids)}
    edges = [number[path_id] for path_id in stored.path_ids]
    place = network.metres([area.places[stored.start].position])[0]
    ends = network.metres(network.nodes)

    def walked_from(node: int) -> list[tuple[int, bool]] | None:
        found = []
        for edge in edges:
            tail, head = int(network.tail[edge]), int(network.head[edge])
            if node not in (tail, head):
                return None
            found.append((edge, node == tail))
            node = head if node == tail else tail
        return found

    starts = {int(network.tail[edges[0]]), int(network.head[edges[0]])}
    ways = {node: walked_from(node) for node in starts}
    near_first = sorted(ways, key=lambda node: (float(np.hypot(*(ends[node] - place))), node))
    for node in near_first:
        way = ways[node]
        if way is not None:
            return way
    raise ValueError(f"the stored route {stored.id} does not hang together")


def _moves(search_graph: SearchGraph, edges: list[tuple[int, bool]]) -> list[Move]:
    """Return the route's moves over the search_graph segments, as far as they are within reach."""
    pieces: dict[int, list[int]] = {}
    order = np.argsort(search_graph.segments["from_m"], kind="stable")
    for segment in order.tolist():
        pieces.setdefault(int(search_graph.segments["path"][segment]), []).append(segment)
    moves: list[Move] = []
    node = 0
    for edge, forward in edges:
        ordered = pieces.get(edge, [])
        for segment in ordered if forward else ordered[::-1]:
            row = search_graph.segments[segment]
            begin, end = (row["tail"], row["head"]) if forward else (row["head"], row["tail"])
            if int(begin) != node:
                return moves
            moves.append((segment, 0.0, 1.0) if forward else (segment, 1.0, 0.0))
            node = int(end)
    return moves


def _is_whole(search_graph: SearchGraph, moves: list[Move], edges: list[tuple[int, bool]]) -> bool:
    walked = {int(search_graph.segments["path"][segment]) for segment, _, _ in moves}
    return walked == {edge for edge, _ in edges}


def _fit_round(search_graph: SearchGraph, moves: list[Move]) -> _Fitted | None:
    """Return the way round, as often as it fills the time; out and back where that is short."""
    budget_s = search_graph.budget_s - SAFE_S
    once_s = seconds_of(search_graph, moves)
    if once_s > budget_s:
        return _fit_there_and_back(search_graph, moves, whole=True)
    laps = min(MOST_LAPS, int(budget_s // once_s))
    left_s = budget_s - laps * once_s
    shape: Shape = "loop" if laps == 1 else "laps"
    how = "walked once round" if laps == 1 else f"walked {_times(laps)}"
    if left_s <= SLACK_S:
        how = how if laps == 1 else f"{how}, to fill the time"
        return _Fitted(tuple(moves) * laps, shape, moves_before_laps(0, len(moves), laps), how)
    tail = _out_and_back(search_graph, moves, left_s)
    if left_s > once_s or tail is None:
        return None
    how = f"{how}, with a way out and back to fill the time"
    if laps == 1:
        shape = "lollipop"
    return _Fitted(tuple(moves) * laps + tail, shape, moves_before_laps(0, len(moves), laps), how)


def _fit_there_and_back(
    search_graph: SearchGraph, moves: list[Move], *, whole: bool
) -> _Fitted | None:
    """Return the way out and back, in as few equal laps as fill the time.

    Args:
        search_graph: the ground.
        moves: the route's, as far as they are within reach.
        whole: whether that is all of it.
    """
    budget_s = search_graph.budget_s - SAFE_S
    both_s = seconds_of(search_graph, moves) + seconds_of(search_graph, turned_back(moves))
    laps = max(1, math.ceil(budget_s / both_s)) if both_s else MOST_LAPS + 1
    lap = _out_and_back(search_graph, moves, budget_s / laps) if laps <= MOST_LAPS else None
    if lap is None:
        return None
    if laps == 1:
        how = "walked out and back, turning where half the time is used"
        return _Fitted(lap, "out-and-back", (0,), how)
    to_its_end = whole and moves[-1] in lap
    where = "to fill the time" if to_its_end else "turning before its end to fill the time"
    how = f"walked out and back {_times(laps)}, {where}"
    return _Fitted(lap * laps, "laps", moves_before_laps(0, len(lap), laps), how)


def _out_and_back(
    search_graph: SearchGraph, moves: list[Move], seconds: float
) -> tuple[Move, ...] | None:
    """Return the moves out along the way and back in so many seconds, or ``None`` if too short."""
    out: list[Move] = []
    left = seconds
    for move in moves:
        segment, begin, end = move
        both_s = float(search_graph.forward_s[segment] + search_graph.backward_s[segment])
        if both_s >= left:
            out.append((segment, begin, begin + (end - begin) * left / both_s))
            return (*out, *turned_back(out))
        out.append(move)
        left -= both_s
    return (*out, *turned_back(out)) if left <= SAFE_S else None


def _too_long(stored: StoredRoute, request: WalkRequest) -> str:
    return (
        f"{stored.name} is too short for {request.minutes} minutes, even walked "
        f"{MOST_LAPS} times over."
    )


def _shorter(area: Area, stored: StoredRoute, request: WalkRequest) -> WalkRequest | None:
    """Return the longest shorter request that the route does fit."""
    for minutes in range(math.ceil(request.minutes) - 1, MINUTES[0] - 1, -1):
        shorter = replace(request, minutes=minutes)
        try:
            _, _, fitted = _on_the_ground(area, stored, shorter)
        except RequestError:
            return None
        if fitted is not None:
            return shorter
    return None


def _check_reach(stored: StoredRoute, request: WalkRequest, proposal: Proposal) -> None:
    reach, farthest = request.max_minutes_from_start, proposal.farthest
    if reach is None or farthest is None or farthest.back_minutes <= reach:
        return
    raise NoWalkFits(
        f"{stored.name} leads farther than {reach:g} minutes from the start.",
        replace(request, max_minutes_from_start=math.ceil(farthest.back_minutes)),
    )


def _times(laps: int) -> str:
    return {2: "twice"}.get(laps, f"{laps} times")
