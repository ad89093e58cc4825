"""Walks made of a loop that is too short: several laps, and a way out and back for what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.loops import SAFE_S, SLACK_S
from walktalk.routes.search.scoring import NO_ARC
from walktalk.routes.search.turning import ways_out
from walktalk.routes.search.walks import (
    MOST_LAPS,
    Candidate,
    candidate_of,
    moves_before_laps,
    seconds_of,
    turned_back,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.model import Shape
    from walktalk.routes.search.scoring import Scored
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Move

_TRIED = 24  # loops that are composed, the most promising first


def composed(
    search_graph: SearchGraph,
    weights: CalmWeights,
    usable: NDArray[np.bool_],
    loops: Scored,
    *,
    least_laps: int = 1,
) -> list[Candidate]:
    """Return walks that fill the time with laps of a loop, and a way out and back if need be.

    Args:
        search_graph: where the walk can be.
        weights: the score's weights.
        usable: which segments may be used.
        loops: loops of any length up to the time.
        least_laps: how often a loop is walked at least.
    """
    budget_s = search_graph.budget_s
    laps = np.clip(budget_s // np.maximum(loops.seconds, 1.0), 1, MOST_LAPS)
    left = np.maximum(budget_s - laps * loops.seconds, 0.0)
    again = (laps - 1) * loops.seconds + left / 2
    promise = loops.cost + weights.repeated * again / budget_s
    found = []
    for row in np.lexsort((np.arange(len(promise)), promise))[:_TRIED].tolist():
        arcs = loops.rows[row][loops.rows[row] != NO_ARC]
        stem = _stem(loops, arcs)
        out, ring, home = (
            loops.graph.moves(part.tolist())
            for part in (arcs[:stem], arcs[stem : len(arcs) - stem], arcs[len(arcs) - stem :])
        )
        walk = _fill(search_graph, weights, usable, (out, ring, home))
        if walk is not None and walk.laps >= least_laps:
            found.append(walk)
    return found


def _stem(loops: Scored, arcs: NDArray[np.int64]) -> int:
    """Return how many arcs at the beginning are walked back over at the end."""
    same = arcs == loops.graph.reverse[arcs][::-1]
    half = len(arcs) // 2
    return half if same[:half].all() else int(np.argmin(same[:half]))


def _fill(
    search_graph: SearchGraph,
    weights: CalmWeights,
    usable: NDArray[np.bool_],
    parts: tuple[tuple[Move, ...], tuple[Move, ...], tuple[Move, ...]],
) -> Candidate | None:
    """Return laps of the ring between the way there and the way home, and a tail that fills up."""
    out, ring, home = parts
    budget_s = search_graph.budget_s - SAFE_S
    stem_s, ring_s = seconds_of(search_graph, out + home), seconds_of(search_graph, ring)
    if ring_s <= 0 or stem_s + ring_s > budget_s:
        return None
    laps = min(MOST_LAPS, int((budget_s - stem_s) // ring_s))
    moves = (*out, *(ring * laps), *home)
    left_s = budget_s - seconds_of(search_graph, moves)
    shape: Shape = "laps" if laps > 1 else "lollipop" if out or left_s > SLACK_S else "loop"
    if left_s > SLACK_S:
        longer = _with_tail(search_graph, usable, moves, left_s)
        if longer is None:
            return None
        moves = longer
    return candidate_of(
        search_graph, weights, moves, shape, moves_before_laps(len(out), len(ring), laps)
    )


def _with_tail(
    search_graph: SearchGraph, usable: NDArray[np.bool_], moves: tuple[Move, ...], left_s: float
) -> tuple[Move, ...] | None:
    """Return the moves with a way out and back from one of their nodes, over new ground if any.

    It is walked where they come by that node last, so that no lap before the last is longer.
    """
    nodes = [0, *(_end(search_graph, move) for move in moves)]
    new = usable.copy()
    new[[segment for segment, _, _ in moves]] = False
    tails = ways_out(search_graph, new, np.unique(nodes), left_s, count=1)
    if not tails:
        tails = ways_out(search_graph, usable, np.zeros(1, dtype=np.int64), left_s, count=1)
    if not tails:
        return None
    root, out = tails[0]
    at = len(nodes) - 1 - nodes[::-1].index(root)
    return (*moves[:at], *out, *turned_back(out), *moves[at:])


def _end(search_graph: SearchGraph, move: Move) -> int:
    segment, begin, end = move
    return int(search_graph.segments["head" if end > begin else "tail"][segment])
