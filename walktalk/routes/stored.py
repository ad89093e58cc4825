"""A stored route fitted to a request: whole laps, or there and back to a real turning point.

A closed route is walked round as often as the time allows. An open one is walked there and back,
in as few equal laps as fill the time. Minutes left over become a pause or a longer closing. Either
way at most four laps, and always on the stored paths in their stored order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks import Snap
from walktalk.routes.allowed import allowed_paths, search_graph_for
from walktalk.routes.calm import calm_weights
from walktalk.routes.errors import NoWalkFits, RequestError
from walktalk.routes.landmarks import landmarks_of
from walktalk.routes.needs_kept import require_kept
from walktalk.routes.proposals import proposal_of
from walktalk.routes.reading import MINUTES, over_s, read_request
from walktalk.routes.search.measured import candidates_of
from walktalk.routes.search.walks import (
    MOST_LAPS,
    SAFE_S,
    Way,
    longest_left_s,
    moves_before_laps,
    seconds_of,
    turned_back,
)

if TYPE_CHECKING:
    from walktalk.parks import Area, StoredRoute
    from walktalk.routes.model import Proposal, Shape, WalkRequest
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Move

_LEAST_WALKED = 0.5  # share of the time for walking that is walked at least
_ON_A_PATH = 2  # path ends that meet at a node which is no junction and no end


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
    require_kept(area, request, stored.path_ids, stored.name)
    search_graph, fitted = _on_the_ground(area, stored, request)
    if fitted is None:
        raise NoWalkFits(_too_long(stored, request), _shorter(area, stored, request))
    if request.shape not in (None, fitted.shape):
        raise NoWalkFits(
            f"In this time, {stored.name} is walked as {fitted.shape}, not as {request.shape}.",
            replace(request, shape=None),
        )
    weights = calm_weights(area, request.preferences)
    found = candidates_of(search_graph, weights, [fitted])[0]
    proposal = proposal_of(
        area,
        request,
        search_graph,
        found,
        reason=lambda _: f"{stored.name}, {fitted.how}.",
        name=stored.name,
    )
    _check_reach(stored, request, proposal)
    return proposal


def _on_the_ground(
    area: Area, stored: StoredRoute, request: WalkRequest
) -> tuple[SearchGraph, _Fitted | None]:
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
        return search_graph, _fit_round(area, search_graph, moves, over_s(request))
    return search_graph, _fit_there_and_back(area, search_graph, moves, whole=whole)


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


def _fit_round(
    area: Area, search_graph: SearchGraph, moves: list[Move], over_s: float
) -> _Fitted | None:
    """Return whole laps of the way round; out and back where not one fits.

    Whoever chose the walk would rather rest on it than walk another: up to half of the time.
    """
    budget_s = search_graph.budget_s - SAFE_S
    once_s = seconds_of(search_graph, moves)
    if once_s > budget_s:
        return _fit_there_and_back(area, search_graph, moves, whole=True)
    laps = min(MOST_LAPS, int(budget_s // once_s)) if once_s else 0
    if 0 < laps < MOST_LAPS and (laps + 1) * once_s <= budget_s + over_s:
        laps += 1
    if laps * once_s < _LEAST_WALKED * budget_s:
        return None
    shape: Shape = "loop" if laps == 1 else "laps"
    how = "walked once round" if laps == 1 else f"walked {_times(laps)}"
    return _Fitted(tuple(moves) * laps, shape, moves_before_laps(0, len(moves), laps), how)


def _fit_there_and_back(
    area: Area, search_graph: SearchGraph, moves: list[Move], *, whole: bool
) -> _Fitted | None:
    """Return the way out and back, in as few equal laps as fill the time.

    It turns at its end, at a junction or at a thing that can be named; where nothing of the kind
    fills the time in two laps, where half of the time is used.

    Args:
        area: the land.
        search_graph: where the walk can be.
        moves: the route's, as far as they are within reach.
        whole: whether that is all of it.
    """
    budget_s = search_graph.budget_s - SAFE_S
    for ways, most_laps in ((_real_turns(area, search_graph, moves), 2), (None, MOST_LAPS)):
        for laps in range(1, most_laps + 1):
            seconds = budget_s / laps
            least_s = seconds - longest_left_s(search_graph.budget_s) / laps
            lap = (
                _out_and_back(search_graph, moves, seconds)
                if ways is None
                else _longest(search_graph, ways, least_s, seconds)
            )
            if lap is not None:
                turned = whole and moves[-1] in lap
                return _there_and_back(lap, laps, to_its_end=turned)
    return None


def _there_and_back(lap: tuple[Move, ...], laps: int, *, to_its_end: bool) -> _Fitted:
    before = moves_before_laps(0, len(lap), laps)
    how = "walked out and back" if laps == 1 else f"walked out and back {_times(laps)}"
    if not to_its_end:
        how += ", turning before its end"
    return _Fitted(lap * laps, "out-and-back", before, how)


def _real_turns(area: Area, search_graph: SearchGraph, moves: list[Move]) -> list[tuple[Move, ...]]:
    """Return the ways out along the moves to each real turning point on them, nearest first."""
    known, degrees = landmarks_of(area), area.network.degrees
    found: list[tuple[Move, ...]] = []
    for count, (segment, begin, end) in enumerate(moves):
        row = search_graph.segments[segment]
        things = known.along_m[known.edge == row["path"]]
        span = float(row["to_m"] - row["from_m"])
        shares = (things - row["from_m"]) / (span or 1.0)
        inner = sorted(share for share in shares.tolist() if 0 < share < 1)
        for share in inner if end > begin else inner[::-1]:
            found.append((*moves[:count], (segment, begin, share)))
        node = int(search_graph.network_node[row["head" if end > begin else "tail"]])
        if count == len(moves) - 1 or (node >= 0 and degrees[node] != _ON_A_PATH):
            found.append(tuple(moves[: count + 1]))
    return found


def _longest(
    search_graph: SearchGraph, ways: list[tuple[Move, ...]], least_s: float, most_s: float
) -> tuple[Move, ...] | None:
    """Return the longest of some ways, there and back, that takes so many seconds."""
    for way in reversed(ways):
        lap = (*way, *turned_back(way))
        if least_s <= seconds_of(search_graph, lap) <= most_s:
            return lap
    return None


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
    return None


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
            _, fitted = _on_the_ground(area, stored, shorter)
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
