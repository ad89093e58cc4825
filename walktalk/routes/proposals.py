"""Turns a walk that was found into a proposal: its route, times, findings and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.checks import check_walk
from walktalk.routes.homeward import homeward
from walktalk.routes.model import FarthestPoint, Proposal
from walktalk.routes.search.measured import passes_m
from walktalk.routes.search.walks import legs_of, route_over, seconds_of, turned_back
from walktalk.routes.time_left import agreed_times, changed_times_in_words
from walktalk.routes.timetable import timetable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from walktalk.parks import Area, LonLat
    from walktalk.routes.model import Route, WalkRequest
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Candidate, Move


def proposal_of(
    area: Area,
    request: WalkRequest,
    search_graph: SearchGraph,
    walk: Candidate,
    *,
    reason: Callable[[Route], str],
    name: str = "",
) -> Proposal:
    """Return the proposal for a walk that was found.

    ``reason`` says why, once the walk is measured.

    ``forced_repeated_m`` counts every second pass over a bridge of the network: whoever crosses it
    has to come back over it. Where the shape was asked for, it forces all of it.
    """
    legs = legs_of(search_graph, walk.moves)
    route = route_over(area, legs, walk.shape, _lap_starts_m(search_graph, walk))
    passes = passes_m(search_graph, walk.moves)
    repeated_m = sum(metres - ground for metres, ground, _ in passes.values())
    bridged_m = sum(
        back for segment, (_, _, back) in passes.items() if search_graph.is_bridge[segment]
    )
    agreed = agreed_times(area, request, route, walk.seconds / 60)
    times = timetable(area, agreed, route)
    paused_at = next((each.place for each in times if each.event == "pause"), "")
    kept = [agreed.arrive_minutes, agreed.close_minutes, *(minutes for minutes, _ in agreed.pauses)]
    ways_home, shortcut = homeward(area, search_graph, walk, route)
    return Proposal(
        route=route,
        walking_minutes=walk.seconds / 60,
        total_minutes=walk.seconds / 60 + sum(kept),
        repeated_m=repeated_m,
        forced_repeated_m=repeated_m if request.shape == walk.shape else min(bridged_m, repeated_m),
        cost=walk.cost,
        findings=check_walk(area, agreed, route, times),
        timetable=times,
        reason=_with_times(reason(route), changed_times_in_words(request, agreed, paused_at)),
        farthest=farthest_of(search_graph, walk.moves),
        name=name,
        arrive_minutes=agreed.arrive_minutes,
        close_minutes=agreed.close_minutes,
        pauses=agreed.pauses,
        ways_home=ways_home,
        shortcut=shortcut,
        home_for_all=True,
        other_way_minutes=_other_way_minutes(search_graph, walk),
    )


def _other_way_minutes(search_graph: SearchGraph, walk: Candidate) -> float | None:
    """Return the walking minutes the other way round, where that takes no longer than there is."""
    seconds = seconds_of(search_graph, turned_back(walk.moves))
    late = seconds > max(walk.seconds, search_graph.budget_s)
    return None if walk.shape == "out-and-back" or late else seconds / 60


def _with_times(reason: str, times: str) -> str:
    return f"{reason} {times[:1].upper()}{times[1:]}." if times else reason


def _lap_starts_m(search_graph: SearchGraph, walk: Candidate) -> tuple[float, ...]:
    """Return the metres walked where each lap after the first begins."""
    before = (legs_of(search_graph, walk.moves[:moves]) for moves in walk.lap_moves[1:])
    return tuple(sum(leg.length_m for leg in legs) for legs in before)


def farthest_of(search_graph: SearchGraph, moves: Sequence[Move]) -> FarthestPoint:
    """Return where the quickest way back to the start takes longest, over the search graph.

    Inside a segment that is where the ways back over its two ends take equally long.
    """
    segment = np.array([move[0] for move in moves], dtype=np.int64)
    begin, end = np.array([move[1:] for move in moves], dtype=float).T
    row = search_graph.segments[segment]
    tail, head, metres = row["tail"], row["head"], row["metres"]
    over_tail, over_head = search_graph.backward_s[segment], search_graph.forward_s[segment]
    both = np.where(over_tail + over_head > 0, over_tail + over_head, 1.0)
    level = (over_head + search_graph.back_s[head] - search_graph.back_s[tail]) / both
    level = np.clip(level, np.minimum(begin, end), np.maximum(begin, end))
    shares = np.column_stack([begin, level, end])
    by_tail = search_graph.back_s[tail, None] + shares * over_tail[:, None]
    by_head = search_graph.back_s[head, None] + (1 - shares) * over_head[:, None]
    back_s = np.minimum(by_tail, by_head)
    move, point = np.unravel_index(int(np.argmax(back_s)), back_s.shape)
    share = float(shares[move, point])
    over, rest = (
        (tail, share) if by_tail[move, point] <= by_head[move, point] else (head, 1 - share)
    )
    walked = float((np.abs(end - begin) * metres)[:move].sum())
    return FarthestPoint(
        position=_position(search_graph, int(segment[move]), share),
        distance_m=walked + abs(share - float(begin[move])) * float(metres[move]),
        back_m=float(search_graph.home_m[over[move]] + rest * metres[move]),
        back_minutes=float(back_s[move, point]) / 60,
    )


def _position(search_graph: SearchGraph, segment: int, share: float) -> LonLat:
    row = search_graph.segments[segment]
    at_m = float(row["from_m"] + share * (row["to_m"] - row["from_m"]))
    lon, lat = search_graph.of_area.network.lines[int(row["path"])].point_at(at_m)
    return (float(lon), float(lat))
