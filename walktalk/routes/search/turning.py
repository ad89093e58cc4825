"""Walks that turn round: there and back with the turning point placed to the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import dijkstra

from walktalk.routes.search.fans import summed
from walktalk.routes.search.rounds import SAFE_S
from walktalk.routes.search.walks import Found, Move, found_walk, moves_before_laps, turned_back

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.model import Shape
    from walktalk.routes.search.local import Local

_MEASURED = 16  # turning points that are measured in full, the most promising first


def out_and_backs(
    local: Local, weights: CalmWeights, usable: NDArray[np.bool_], laps: int = 1
) -> list[Found]:
    """Return walks out along the calmest ways and back, each walked ``laps`` times.

    Every way out is a shortest way by metres x path weight; the turning point is where half the
    time of a lap is used up, wherever on a path that falls.
    """
    shape: Shape = "out-and-back" if laps == 1 else "laps"
    seconds = (local.budget_s - SAFE_S) / laps
    start = np.zeros(1, dtype=np.int64)
    return [
        found_walk(
            local,
            weights,
            (out + turned_back(out)) * laps,
            shape,
            moves_before_laps(0, 2 * len(out), laps),
        )
        for _, out in ways_out(local, usable, start, seconds, count=_MEASURED)
    ]


def ways_out(
    local: Local,
    usable: NDArray[np.bool_],
    roots: NDArray[np.int64],
    seconds: float,
    *,
    count: int,
) -> list[tuple[int, tuple[Move, ...]]]:
    """Return ways out whose end is half of ``seconds`` away, there and back, the calmest first.

    Args:
        local: the ground.
        usable: which segments may be used.
        roots: nodes where a way may begin; each way begins at the one that is nearest to it.
        seconds: walking seconds there and back.
        count: how many ways at most.

    Returns:
        For each way, the node where it begins and its moves.
    """
    arcs = local.arcs
    whole = usable & (local.deepest_s <= local.reach_s)  # what may be walked from end to end
    weight = np.where(whole, local.weighted_m, np.inf)[arcs.segment]
    reached, before, _ = dijkstra(
        arcs.matrix(weight), indices=roots, return_predecessors=True, min_only=True
    )
    into = np.flatnonzero(before[arcs.end] == arcs.begin)
    last = np.full(local.nodes, -1, dtype=np.int64)
    last[arcs.end[into]] = into
    both_s = (local.forward_s + local.backward_s)[arcs.segment]
    at = summed(arcs.begin, last[None, :], both_s[None, :])[0][arcs.begin]
    onward = usable[arcs.segment] & np.isfinite(reached[arcs.begin]) & (both_s > 0)
    onward &= (at <= seconds) & (at + both_s >= seconds) & (arcs.reverse != last[arcs.begin])
    chosen = np.flatnonzero(onward)
    share = (seconds - at[chosen]) / both_s[chosen]
    within = _depth_s(local, chosen, share) <= local.reach_s
    chosen, share = chosen[within], share[within]
    promise = reached[arcs.begin[chosen]] + share * local.weighted_m[arcs.segment[chosen]]
    best = np.lexsort((chosen, promise))[:count]
    ways = []
    for arc, part in zip(chosen[best].tolist(), share[best].tolist(), strict=True):
        root, way = _way(local, last, arc)
        ways.append((root, (*way, _over(local, arc, part))))
    return ways


def _depth_s(
    local: Local, arcs: NDArray[np.int64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the most seconds from the start at any point of each arc up to a share of it.

    The way back over one end grows and that over the other shrinks along the arc: where they are
    equal, the start is farthest.
    """
    both = local.arcs
    segment = both.segment[arcs]
    forward = both.is_forward[arcs]
    on = np.where(forward, local.forward_s[segment], local.backward_s[segment])
    back = np.where(forward, local.backward_s[segment], local.forward_s[segment])
    begin, end = both.begin[arcs], both.end[arcs]
    homeward = _most(local.back_s[begin], local.back_s[end], back, on, share)
    outward = _most(local.out_s[begin], local.out_s[end], on, back, share)
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


def _way(local: Local, last: NDArray[np.int64], arc: int) -> tuple[int, tuple[Move, ...]]:
    """Return the root of the tree that the arc hangs on, and the moves to where it begins."""
    arcs, way = local.arcs, []
    node = int(arcs.begin[arc])
    while last[node] >= 0:
        way.append(_over(local, int(last[node]), 1.0))
        node = int(arcs.begin[last[node]])
    return node, tuple(reversed(way))


def _over(local: Local, arc: int, share: float) -> Move:
    segment = int(local.arcs.segment[arc])
    return (segment, 0.0, share) if local.arcs.is_forward[arc] else (segment, 1.0, 1.0 - share)
