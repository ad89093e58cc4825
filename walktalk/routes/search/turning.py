"""Walks that turn round: there and back to a real turning point, as often as the time allows."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.calm import UNUSED
from walktalk.routes.landmarks import SEATS, THINGS, landmarks_of
from walktalk.routes.search.measured import candidates_of
from walktalk.routes.search.scoring import NO_ARC
from walktalk.routes.search.walks import (
    MOST_LAPS,
    SAFE_S,
    Candidate,
    Move,
    Way,
    longest_left_s,
    moves_before_laps,
    turned_back,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.forest import Forest
    from walktalk.routes.search.measured import candidates_of
from walktalk.routes.search.search_graph import SearchGraph

_TO_SEAT_LEAST_S, _TO_SEAT_MOST_S = 60.0, 20 * 60.0
"""Walking there and back of a mostly seated session: from a few steps to ten minutes each way."""

_NEAR_HOME = 0.7
"""Share of the way out that the quickest way home takes at least: whoever comes nearly round to the
start goes on there, and does not turn to go all the way back."""

_MEASURED = 16  # turning points that are measured in full, the most promising first
_ON_A_PATH = 2  # path ends that meet at a node which is no junction and no end


@dataclass(frozen=True, eq=False)
class _Out:
    """The calmest ways out: for each node how it is reached, and what that takes.

    Attributes:
        tree: the ways, by metres x path weight.
        both_s: walking seconds there and back.
    """

    tree: Forest
    both_s: NDArray[np.float64]


def out_and_backs(
    area: Area, search_graph: SearchGraph, weights: CalmWeights, usable: NDArray[np.bool_]
) -> list[Candidate]:
    """Return walks out along the calmest ways and back, up to ``MOST_LAPS`` times over.

    Every way out is a shortest way by metres x path weight. It ends at a junction, at the end of
    a path or at a thing that can be named, as near to half the time as there is one.
    """
    return to_real_turns(area, search_graph, weights, usable, longest_left_s(search_graph.budget_s))


def to_real_turns(
    area: Area,
    search_graph: SearchGraph,
    weights: CalmWeights,
    usable: NDArray[np.bool_],
    left_s: float,
) -> list[Candidate]:
    """Return walks there and back to real turning points that leave over at most so much."""
    out = _ways_out(search_graph, usable)
    arcs, share = _real_turning_points(area, search_graph, usable, out)
    away = _is_away(search_graph, out, arcs, share)
    real = arcs[away], share[away]
    found: list[Way] = []
    for laps in range(1, MOST_LAPS + 1):
        found += _walked(search_graph, out, real, laps, left_s=left_s)
    return candidates_of(search_graph, weights, found)


def until_time_is_up(
    search_graph: SearchGraph, weights: CalmWeights, usable: NDArray[np.bool_]
) -> list[Candidate]:
    """Return walks that turn where the time is up, whatever is there, as seldom as possible."""
    out, left_s = _ways_out(search_graph, usable), longest_left_s(search_graph.budget_s)
    for laps in range(1, MOST_LAPS + 1):
        most_s = (search_graph.budget_s - SAFE_S) / laps
        turns = _where_time_is_up(search_graph, usable, out, most_s)
        found = _walked(search_graph, out, turns, laps, left_s=left_s)
        if found:
            return candidates_of(search_graph, weights, found)
    return []


def to_seats(
    area: Area, search_graph: SearchGraph, weights: CalmWeights, usable: NDArray[np.bool_]
) -> list[Candidate]:
    """Return short walks to a seat and back by the calmest way: the rest of the time is for it.

    That time is asked for, so that it counts as used.
    """
    out = _ways_out(search_graph, usable)
    arcs, share = _things(area, search_graph, usable, out, SEATS)
    most_s = min(_TO_SEAT_MOST_S, search_graph.budget_s / 2)
    short = replace(search_graph, budget_s=most_s)
    ways = _walked(short, out, (arcs, share), 1, left_s=most_s - _TO_SEAT_LEAST_S)
    found = candidates_of(short, weights, ways)
    return [
        replace(walk, cost=walk.cost - UNUSED * (most_s - walk.seconds) / most_s) for walk in found
    ]


def longest_out_and_back_s(search_graph: SearchGraph, usable: NDArray[np.bool_]) -> float:
    """Return the most seconds that it takes out along the calmest ways and back.

    Any shorter time can be filled so, by turning sooner, whatever is there.
    """
    out, arcs = _ways_out(search_graph, usable), search_graph.arcs
    both_s = (search_graph.forward_s + search_graph.backward_s)[arcs.segment]
    whole = usable & (search_graph.deepest_s <= search_graph.reach_s)
    onward = whole[arcs.segment] & np.isfinite(out.tree.reached[arcs.begin])
    onward &= arcs.reverse != out.tree.last[arcs.begin]
    return float((out.both_s[arcs.begin] + both_s)[onward].max(initial=0.0))


def _walked(
    search_graph: SearchGraph,
    out: _Out,
    turns: tuple[NDArray[np.int64], NDArray[np.float64]],
    laps: int,
    *,
    left_s: float,
) -> list[Way]:
    """Return the most promising walks to turning points and back that leave at most so much."""
    arcs, share = turns
    most_s = (search_graph.budget_s - SAFE_S) / laps
    begin, segment = search_graph.arcs.begin[arcs], search_graph.arcs.segment[arcs]
    both_s = (search_graph.forward_s + search_graph.backward_s)[segment]
    seconds = out.both_s[begin] + share * both_s
    fits = (seconds <= most_s) & (seconds >= most_s - left_s / laps) & (seconds > 0)
    if math.isfinite(search_graph.reach_s):
        fits &= _depth_s(search_graph, arcs, share) <= search_graph.reach_s
    weight = out.tree.reached[begin] + share * search_graph.weighted_m[segment]
    promise = weight / np.maximum(seconds, SAFE_S) + UNUSED * (most_s - seconds) / most_s
    order = np.lexsort((share, arcs, promise))
    best = order[fits[order]][:_MEASURED]
    found = []
    for way in _ways(search_graph, out.tree, arcs[best], share[best]):
        moves = (way + turned_back(way)) * laps
        before = moves_before_laps(0, 2 * len(way), laps)
        found.append(Way(moves, "out-and-back", before))
    return found


def _ways_out(search_graph: SearchGraph, usable: NDArray[np.bool_]) -> _Out:
    """Return the calmest ways from the start over segments that may be walked from end to end."""
    arcs = search_graph.arcs
    whole = usable & (search_graph.deepest_s <= search_graph.reach_s)
    weight = np.where(whole, search_graph.weighted_m, np.inf)[arcs.segment]
    tree = arcs.grown(weight, 0)
    both_s = (search_graph.forward_s + search_graph.backward_s)[arcs.segment]
    return _Out(tree, tree.summed(both_s[tree.last[tree.led]][None, :])[0])


def _real_turning_points(
    area: Area, search_graph: SearchGraph, usable: NDArray[np.bool_], out: _Out
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the arcs on which a walk can turn, and the share of each up to that point."""
    degrees = area.network.degrees
    node = search_graph.network_node
    real = (node >= 0) & (degrees[np.maximum(node, 0)] != _ON_A_PATH) & (out.tree.last >= 0)
    at_nodes = out.tree.last[real]
    at_things, share = _things(area, search_graph, usable, out, THINGS)
    return (
        np.concatenate([at_nodes, at_things]),
        np.concatenate([np.ones(len(at_nodes)), share]),
    )


def _things(
    area: Area,
    search_graph: SearchGraph,
    usable: NDArray[np.bool_],
    out: _Out,
    kinds: frozenset[str],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the arcs that lead on to a thing at a path, and the share of each up to it."""
    known, arcs = landmarks_of(area), search_graph.arcs
    segments = search_graph.segments
    wanted = np.array([place.kind in kinds for place in known.places], dtype=bool)
    edge, along_m = known.edge[wanted], known.along_m[wanted]
    near = np.flatnonzero(np.isin(segments["path"], edge))
    things, rows = np.nonzero(
        (segments["path"][near] == edge[:, None])
        & (segments["from_m"][near] <= along_m[:, None])
        & (segments["to_m"][near] >= along_m[:, None])
    )
    rows = near[rows]
    from_m, to_m = segments["from_m"][rows], segments["to_m"][rows]
    along = (along_m[things] - from_m) / np.where(to_m > from_m, to_m - from_m, 1.0)
    both = np.concatenate([arcs.forward[rows], arcs.backward[rows]])
    share = np.concatenate([along, 1 - along])
    leads = usable[arcs.segment[both]] & np.isfinite(out.tree.reached[arcs.begin[both]])
    leads &= (arcs.reverse[both] != out.tree.last[arcs.begin[both]]) & (share > 0)
    return both[leads], share[leads]


def _is_away(
    search_graph: SearchGraph, out: _Out, arcs: NDArray[np.int64], share: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return whether the way out has not come back near the start where it is to turn."""
    both = search_graph.arcs
    segment, forward = both.segment[arcs], both.is_forward[arcs]
    on = np.where(forward, search_graph.forward_s[segment], search_graph.backward_s[segment])
    back = np.where(forward, search_graph.backward_s[segment], search_graph.forward_s[segment])
    home_s = np.minimum(
        search_graph.back_s[both.begin[arcs]] + share * back,
        search_graph.back_s[both.end[arcs]] + (1 - share) * on,
    )
    both_s = out.both_s[both.begin[arcs]] + share * (on + back)
    return np.asarray(home_s >= _NEAR_HOME * both_s / 2)


def _where_time_is_up(
    search_graph: SearchGraph, usable: NDArray[np.bool_], out: _Out, seconds: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the arcs on which half of the time is used up, and the share of each up to there."""
    arcs = search_graph.arcs
    both_s = (search_graph.forward_s + search_graph.backward_s)[arcs.segment]
    at = out.both_s[arcs.begin]
    onward = usable[arcs.segment] & np.isfinite(out.tree.reached[arcs.begin]) & (both_s > 0)
    onward &= (at <= seconds) & (at + both_s >= seconds)
    chosen = np.flatnonzero(onward & (arcs.reverse != out.tree.last[arcs.begin]))
    return chosen, (seconds - at[chosen]) / both_s[chosen]


def _depth_s(
    search_graph: SearchGraph, arcs: NDArray[np.int64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the most seconds from the start at any point of each arc up to a share of it.

    The way back over one end grows and that over the other shrinks along the arc: where they are
    equal, the start is farthest.
    """
    both = search_graph.arcs
    segment = both.segment[arcs]
    forward = both.is_forward[arcs]
    on = np.where(forward, search_graph.forward_s[segment], search_graph.backward_s[segment])
    back = np.where(forward, search_graph.backward_s[segment], search_graph.forward_s[segment])
    begin, end = both.begin[arcs], both.end[arcs]
    homeward = _most(search_graph.back_s[begin], search_graph.back_s[end], back, on, share)
    outward = _most(search_graph.out_s[begin], search_graph.out_s[end], on, back, share)
    return np.maximum(homeward, outward)


def _most(
    near: NDArray[np.float64],
    far: NDArray[np.float64],
    rising: NDArray[np.float64],
    falling: NDArray[np.float64],
    share: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the most of min(near + s x rising, far + (1 - s) x falling) for s from 0 to share."""
    both = np.maximum(rising + falling, SAFE_S)
    level = np.clip((far + falling - near) / both, 0, share)
    return np.minimum(near + level * rising, far + (1 - level) * falling)


def _ways(
    search_graph: SearchGraph,
    tree: Forest,
    to: NDArray[np.int64],
    share: NDArray[np.float64],
) -> Iterator[tuple[Move, ...]]:
    """Yield the moves from the start over the calmest way to each arc, and over a share of it."""
    arcs = search_graph.arcs
    rows = np.column_stack([tree.ways(arcs.begin[to])[:, ::-1], to])
    segment, forward = arcs.segment[rows].tolist(), arcs.is_forward[rows].tolist()
    for number, part in enumerate(share.tolist()):
        way = [
            (over, 0.0, 1.0) if ahead else (over, 1.0, 0.0)
            for arc, over, ahead in zip(
                rows[number].tolist(), segment[number], forward[number], strict=True
            )
            if arc != NO_ARC
        ]
        over, begin, end = way.pop()
        way.append((over, begin, part if end else 1.0 - part))
        yield tuple(way)
