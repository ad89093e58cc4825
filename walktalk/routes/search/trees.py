"""Loops out along a way already chosen, on to any node, and home: thousands at a time.

A *lead* is a way from the start to some node ``a``. Without its segments, one shortest-path tree
grows from ``a`` and one from the start. Every arc ``x -> y`` then closes a walk: the lead, on to
``x``, over the arc, and home from ``y``. Neither tree uses the lead, and where the arc is the last
one on the way to ``y`` but not the first on the way home, the two ways share nothing else: both
are shortest ways in one graph, so a segment shared further off would be shared at ``y`` too. What
other arcs close is measured. Bridges stay in the graph: whoever is led over one comes back over it.

Ways are shortest by metres x path weight: the calm way is the short way. All leads are searched in
one call, as separate copies of the graph in one matrix.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.scoring import NO_ARC

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.search.chains import LoopGraph
    from walktalk.routes.search.scoring import Rows


@dataclass(frozen=True, eq=False)
class Trees:
    """What was found for a set of leads; the first axis is the lead.

    Attributes:
        on: the last arc on the way from the lead's end to each node, or ``NO_ARC``.
        home: the last arc on the way from the start to each node, or ``NO_ARC``.
        on_weight, home_weight: metres x path weight of these ways; infinite where none leads.
        on_seconds: walking seconds from the lead's end to each node.
        home_seconds: walking seconds from each node to the start.
    """

    on: NDArray[np.int64]
    home: NDArray[np.int64]
    on_weight: NDArray[np.float64]
    home_weight: NDArray[np.float64]
    on_seconds: NDArray[np.float64]
    home_seconds: NDArray[np.float64]


def grow_trees(graph: LoopGraph, leads: Rows, ends: NDArray[np.int64]) -> Trees:
    """Grow both trees of each lead.

    Args:
        graph: the graph.
        leads: a row of arcs for each lead, ``NO_ARC`` where there is none.
        ends: the node where each lead ends.
    """
    count = len(ends)
    weight = np.tile(graph.weight, (count, 1))
    rows, columns = np.nonzero((leads != NO_ARC) & ~graph.is_bridge[leads])
    taken = leads[rows, columns]
    weight[rows, taken] = np.inf
    weight[rows, graph.reverse[taken]] = np.inf
    roots = np.concatenate([ends, np.zeros(count, dtype=np.int64)])
    reached, last = grow(graph, np.vstack([weight, weight]), roots)
    outward = np.broadcast_to(graph.seconds, (count, len(graph.seconds)))
    seconds = summed(graph.begin, last, np.vstack([outward, outward[:, graph.reverse]]))
    return Trees(
        on=last[:count],
        home=last[count:],
        on_weight=reached[:count],
        home_weight=reached[count:],
        on_seconds=seconds[:count],
        home_seconds=seconds[count:],
    )


def grow(
    graph: LoopGraph, weight: NDArray[np.float64], roots: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Grow a shortest-path tree in each of several copies of the graph.

    Args:
        graph: the graph.
        weight: a row of arc weights for each copy; an infinite one closes the arc.
        roots: the root in each copy.

    Returns:
        How far each node is from the root of its copy, and the last arc on the way there.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    copies, nodes = len(roots), graph.nodes
    shift = np.arange(copies, dtype=np.int64)[:, None]
    count = len(graph.end)
    row = (graph.row[:-1] + shift * count).ravel()
    matrix = csr_matrix(
        (
            weight.ravel(),
            (graph.end + shift * nodes).ravel().astype(np.int32),
            np.append(row, copies * count).astype(np.int32),
        ),
        shape=(copies * nodes, copies * nodes),
    )
    reached, before, _ = dijkstra(
        matrix,
        indices=roots + shift[:, 0] * nodes,
        return_predecessors=True,
        min_only=True,
    )
    before = before.reshape(copies, nodes) - shift * nodes
    last = np.full((copies, nodes), NO_ARC, dtype=np.int64)
    copy, into = np.nonzero(before[:, graph.end] == graph.begin)
    last[copy, graph.end[into]] = into
    return reached.reshape(copies, nodes), last


def summed(
    begin: NDArray[np.int64], last: NDArray[np.int64], values: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Add up a value of the arcs along each way from the root, by doubling the stride.

    Args:
        begin: the node that each arc leaves.
        last: the last arc on the way to each node, a row for each tree.
        values: a value for each arc, a row for each tree.
    """
    trees, nodes = last.shape
    shift = np.arange(trees)[:, None] * nodes
    has = last != NO_ARC
    total = np.where(has, np.take_along_axis(values, last, axis=1), 0.0).ravel()
    itself = np.arange(trees * nodes)
    before = np.where(has, begin[last] + shift, itself.reshape(trees, nodes)).ravel()
    going = np.flatnonzero(before != itself)
    while len(going):
        step = before[going]
        total[going] = total[going] + total[step]
        before[going] = before[step]
        going = going[before[going] != step]
    return total.reshape(trees, nodes)


def ways(
    graph: LoopGraph, last: NDArray[np.int64], trees: NDArray[np.int64], ends: NDArray[np.int64]
) -> Rows:
    """Return the arcs of many ways from their tree's root, last arc first.

    Args:
        graph: the graph.
        last: the last arc on the way to each node, a row for each tree.
        trees: the tree of each way.
        ends: the node each way leads to.
    """
    at = ends.copy()
    columns: list[NDArray[np.int64]] = []
    while True:
        arc = last[trees, at]
        if not np.any(arc != NO_ARC):
            break
        columns.append(arc)
        at = np.where(arc != NO_ARC, graph.begin[arc], at)
    if not columns:
        return np.full((len(ends), 0), NO_ARC, dtype=np.int64)
    return np.column_stack(columns)
