"""Every loop of a small network, so that the best of them is the best there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.forest import grown
from walktalk.routes.search.scoring import NO_ARC, justified

if TYPE_CHECKING:
    import rustworkx
    from numpy.typing import NDArray

    from walktalk.routes.search.chains import LoopGraph
    from walktalk.routes.search.scoring import Rows

MOST_CHAINS = 40
"""Networks with more chains are not tried: they have too many loops to go through them all."""


_LEAST_S = 1e-9  # a chain of no length still counts as a step


def every_loop(graph: LoopGraph, budget_s: float, most_steps: int) -> tuple[Rows, bool]:
    """Return every loop from the start within the time, as far as there is time to find them.

    A loop repeats nothing but bridges and comes to no junction twice, except the start and the
    single points at which the network hangs together. Both directions are returned where both fit.

    Args:
        graph: the graph.
        budget_s: seconds of walking at most.

    Returns:
        The walks as rows of arcs, and whether they are all there are.
    """
    if len(graph.begin) > 2 * MOST_CHAINS:
        return np.full((0, 1), NO_ARC, dtype=np.int64), False
    rows, is_every = _one_way_round(graph, budget_s, most_steps)
    back = np.where(rows == NO_ARC, NO_ARC, graph.reverse[rows])[:, ::-1]
    both = np.vstack([rows, justified(back)]) if len(rows) else rows
    seconds = np.where(both == NO_ARC, 0.0, graph.seconds[both]).sum(axis=1)
    return both[seconds <= budget_s], is_every


def _one_way_round(graph: LoopGraph, budget_s: float, most_steps: int) -> tuple[Rows, bool]:
    """Return every loop in one of its directions: it comes home by a later arc than it left.

    Each arc takes the shorter of its two times here, so that no direction is missed.
    """
    quicker = np.minimum(graph.seconds, graph.seconds[graph.reverse])
    home = _seconds_home(graph, quicker)
    seconds, end = quicker.tolist(), graph.end.tolist()
    chain, reverse = graph.chain.tolist(), graph.reverse.tolist()
    is_bridge = graph.is_bridge.tolist()
    arcs_from = [
        range(int(graph.row[node]), int(graph.row[node + 1])) for node in range(graph.nodes)
    ]
    may_return = _may_return(graph)
    visited = [False] * graph.nodes
    found: list[list[int]] = []
    walk: list[int] = []
    used: set[int] = set()
    waiting = [(iter(arcs_from[0]), 0.0)]
    steps = 0
    while waiting:
        arcs, spent = waiting[-1]
        arc = next(arcs, None)
        if arc is None:
            waiting.pop()
            if walk:
                last = walk.pop()
                used.discard(last if is_bridge[last] else chain[last])
                visited[end[last]] = False
            continue
        mark = arc if is_bridge[arc] else chain[arc]
        back = walk[-1] == reverse[arc] if walk else False
        after = spent + seconds[arc]
        taken = visited[end[arc]] and not may_return[end[arc]]
        earlier = end[arc] == 0 and bool(walk) and reverse[arc] < walk[0]
        if earlier or taken or mark in used or back or after + home[end[arc]] > budget_s:
            continue
        steps += 1
        if steps > most_steps:
            return _rows(found), False
        walk.append(arc)
        used.add(mark)
        visited[end[arc]] = True
        if end[arc] == 0:
            found.append(walk.copy())
        waiting.append((iter(arcs_from[end[arc]]), after))
    return _rows(found), True


def _may_return(graph: LoopGraph) -> list[bool]:
    """Return which nodes a loop may come to twice."""
    import rustworkx

    undirected: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    undirected.add_nodes_from(range(graph.nodes))
    pairs = zip(graph.begin.tolist(), graph.end.tolist(), strict=True)
    undirected.add_edges_from([(begin, end, None) for begin, end in pairs])
    joints = rustworkx.articulation_points(undirected)
    return [node == 0 or node in joints for node in range(graph.nodes)]


def _seconds_home(graph: LoopGraph, seconds_of: NDArray[np.float64]) -> list[float]:
    backward, start = seconds_of[graph.reverse], np.zeros(1, dtype=np.int64)
    weight = np.maximum(backward, _LEAST_S)
    tree = grown(graph.begin, graph.end, weight, start, nodes=graph.nodes)
    seconds = tree.summed(backward[tree.last[tree.led]][None, :])[0]
    return [float(value) for value in np.where(np.isfinite(tree.reached), seconds, np.inf)]


def _rows(walks: list[list[int]]) -> Rows:
    width = max((len(walk) for walk in walks), default=1)
    rows = np.full((len(walks), width), NO_ARC, dtype=np.int64)
    for i, walk in enumerate(walks):
        rows[i, : len(walk)] = walk
    return rows
