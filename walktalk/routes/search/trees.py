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

from walktalk.routes.calm import TURN_DEG
from walktalk.routes.search.scoring import NO_ARC

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.chains import LoopGraph
    from walktalk.routes.search.scoring import Rows


_NO_TURN = float(np.cos(np.radians(TURN_DEG)))


@dataclass(frozen=True, eq=False)
class Trees:
    """What was found for a set of leads; the first axis is the lead.

    Attributes:
        on: the last arc on the way from the lead's end to each node, or ``NO_ARC``.
        home: the last arc on the way from the start to each node, or ``NO_ARC``.
        on_weight, home_weight: metres x path weight of these ways, and what runs beside the lead;
            infinite where none leads.
        on_seconds: walking seconds from the lead's end to each node.
        home_seconds: walking seconds from each node to the start.
        on_turned_m, home_turned_m: what the turns and the roads crossed on these ways are worth.
        on_swept_m2, home_swept_m2: signed area between each way, as it is walked, and the origin.
    """

    on: NDArray[np.int64]
    home: NDArray[np.int64]
    on_weight: NDArray[np.float64]
    home_weight: NDArray[np.float64]
    on_seconds: NDArray[np.float64]
    home_seconds: NDArray[np.float64]
    on_turned_m: NDArray[np.float64]
    home_turned_m: NDArray[np.float64]
    on_swept_m2: NDArray[np.float64]
    home_swept_m2: NDArray[np.float64]


def grow_trees(
    graph: LoopGraph, weights: CalmWeights, leads: Rows, ends: NDArray[np.int64]
) -> Trees:
    """Grow both trees of each lead.

    Args:
        graph: the graph.
        weights: the score's weights.
        leads: a row of arcs for each lead, ``NO_ARC`` where there is none.
        ends: the node where each lead ends.
    """
    count = len(ends)
    weight = graph.weight + 2 * weights.beside * _beside_leads_m(graph, leads)
    rows, columns = np.nonzero((leads != NO_ARC) & ~graph.is_bridge[leads])
    taken = leads[rows, columns]
    weight[rows, taken] = np.inf
    weight[rows, graph.reverse[taken]] = np.inf
    roots = np.concatenate([ends, np.zeros(count, dtype=np.int64)])
    reached, last = grow(graph, np.vstack([weight, weight]), roots)
    homeward = np.repeat([False, True], count)[:, None]
    arc = np.where(last == NO_ARC, 0, last)
    before = np.take_along_axis(last, graph.begin[arc], axis=1)
    joint = np.where(before == NO_ARC, 0.0, between_m(graph, weights, before, arc))
    walked = np.where(homeward, graph.reverse[arc], arc)
    turned = weights.turn_m * graph.turns[arc] + joint
    values = np.stack([graph.seconds[walked], turned, graph.swept_m2[walked]], axis=-1)
    seconds, turned, swept = np.moveaxis(summed(graph.begin, last, values), -1, 0)
    return Trees(
        on=last[:count],
        home=last[count:],
        on_weight=reached[:count],
        home_weight=reached[count:],
        on_seconds=seconds[:count],
        home_seconds=seconds[count:],
        on_turned_m=turned[:count],
        home_turned_m=turned[count:],
        on_swept_m2=swept[:count],
        home_swept_m2=swept[count:],
    )


def _beside_leads_m(graph: LoopGraph, leads: Rows) -> NDArray[np.float64]:
    """Return the metres of each arc that run beside each lead, a row for each lead."""
    from scipy.sparse import csr_matrix

    lead, column = np.nonzero(leads != NO_ARC)
    chain = graph.chain[leads[lead, column]]
    shape = (len(leads), len(graph.begin))
    on = csr_matrix((np.ones(len(lead)), (lead, chain)), shape=shape)
    beside = np.minimum((on @ graph.beside_m).toarray(), graph.metres)
    return np.asarray(beside[:, graph.chain])


def between_m(
    graph: LoopGraph, weights: CalmWeights, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the metres that the turn and the road between two arcs are worth, either way."""
    turned = np.cos(graph.leaving[other] - graph.arriving[one]) < _NO_TURN
    crossed_m = graph.crossed.between_m(graph.comes_by[one], graph.leaves_by[other])
    return np.asarray(weights.turn_m * turned + crossed_m)


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
    """Add up values of the arcs along each way from the root, by doubling the stride.

    Args:
        begin: the node that each arc leaves.
        last: the last arc on the way to each node, a row for each tree.
        values: what the last arc on the way to each node adds, shape (trees, nodes) or (trees,
            nodes, values).

    Returns:
        The sums, shaped as the values.
    """
    trees, nodes = last.shape
    shift = np.arange(trees)[:, None] * nodes
    has = last != NO_ARC
    total = values.reshape(trees * nodes, -1).copy()
    total[~has.ravel()] = 0.0
    itself = np.arange(trees * nodes)
    before = np.where(has, begin[last] + shift, itself.reshape(trees, nodes)).ravel()
    going = np.flatnonzero(before != itself)
    while len(going):
        step = before[going]
        total[going] = total[going] + total[step]
        before[going] = before[step]
        going = going[before[going] != step]
    return total.reshape(values.shape)


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
