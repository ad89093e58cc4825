"""Walks that turn round: there and back with the turning point placed to the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import dijkstra

from walktalk.routes.search.loops import SAFE_S
from walktalk.routes.search.trees import summed
from walktalk.routes.search.walks import (
    Candidate,
    Move,
    candidate_of,
    moves_before_laps,
    turned_back,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.model import Shape
    from walktalk.routes.search.search_graph import SearchGraph

_MEASURED = 16  # turning points that are measured in full, the most promising first


def out_and_backs(
    search_graph: SearchGraph, weights: CalmWeights, usable: NDArray[np.bool_], laps: int = 1
) -> list[Candidate]:
    """Return walks out along the calmest ways and back, each walked ``laps`` times.

    Every way out is a shortest way by metres x path weight; the turning point is where half the
    time of a lap is used up, wherever on a path that falls.
    """
    shape: Shape = "out-and-back" if laps == 1 else "laps"
    seconds = (search_graph.budget_s - SAFE_S) / laps
    start = np.zeros(1, dtype=np.int64)
    return [
        candidate_of(
            search_graph,
            weights,
            (out + turned_back(out)) * laps,
            shape,
            moves_before_laps(0, 2 * len(out), laps),
        )
        for _, out in ways_out(search_graph, usable, start, seconds, count=_MEASURED)
    ]


def ways_out(
    search_graph: SearchGraph,
    usable: NDArray[np.bool_],
    roots: NDArray[np.int64],
    seconds: float,
    *,
    count: int,
) -> list[tuple[int, tuple[Move, ...]]]:
    """Return ways out whose end is half of ``seconds`` away, there and back, the calmest first.

    Args:
        search_graph: where the walk can be.
        usable: which segments may be used.
        roots: nodes where a way may begin; each way begins at the one that is nearest to it.
        seconds: walking seconds there and back.
        count: how many ways at most.

    Returns:
        For each way, the node where it begins and its moves.
    """
    arcs = search_graph.arcs
    whole = usable & (
        search_graph.deepest_s <= search_graph.reach_s
    )  # what may be walked from end to end
    weight = np.where(whole, search_graph.weighted_m, np.inf)[arcs.segment]
    reached, before, _ = dijkstra(
        arcs.matrix(weight), indices=roots, return_predecessors=True, min_only=True
    )
    into = np.flatnonzero(before[arcs.end] == arcs.begin)
    last = np.full(search_graph.nodes, -1, dtype=np.int64)
    last[arcs.end[into]] = into
    both_s = (search_graph.forward_s + search_graph.backward_s)[arcs.segment]
    at = summed(arcs.begin, last[None, :], both_s[None, :])[0][arcs.begin]
    onward = usable[arcs.segment] & np.isfinite(reached[arcs.begin]) & (both_s > 0)
    onward &= (at <= seconds) & (at + both_s >= seconds) & (arcs.reverse != last[arcs.begin])
    chosen = np.flatnonzero(onward)
    share = (seconds - at[chosen]) / both_s[chosen]
    within = _depth_s(search_graph, chosen, share) <= search_graph.reach_s
    chosen, share = chosen[within], share[within]
    promise = reached[arcs.begin[chosen]] + share * search_graph.weighted_m[arcs.segment[chosen]]
    best = np.lexsort((chosen, promise))[:count]
    ways = []
    for arc, part in zip(chosen[best].tolist(), share[best].tolist(), strict=True):
        root, way = _way(search_graph, last, arc)
        ways.append((root, (*way, _over(search_graph, arc, part))))
    return ways


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


def _way(
    search_graph: SearchGraph, last: NDArray[np.int64], arc: int
) -> tuple[int, tuple[Move, ...]]:
    """Return the root of the tree that the arc hangs on, and the moves to where it begins."""
    arcs, way = search_graph.arcs, []
    node = int(arcs.begin[arc])
    while last[node] >= 0:
        way.append(_over(search_graph, int(last[node]), 1.0))
        node = int(arcs.begin[last[node]])
    return node, tuple(reversed(way))


def _over(search_graph: SearchGraph, arc: int, share: float) -> Move:
    segment = int(search_graph.arcs.segment[arc])
    return (
        (segment, 0.0, share) if search_graph.arcs.is_forward[arc] else (segment, 1.0, 1.0 - share)
    )
