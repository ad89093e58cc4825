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

_SHARES_OF_CALM = np.array([0.0, 0.9])
_CALM = 0.3  # so much of the ground is calmer a second than what is counted as calm
_LEAST_SHARE, _SHORT_S = 0.1, 1e-6
_FLAT_IS_LONGER = 0.995  # a line on the flat may be a little longer than on the ground

_NO_TURN = float(np.cos(np.radians(TURN_DEG)))


@dataclass(frozen=True, eq=False)
class Trees:
    """What was found for a set of leads; the first axis is the lead.

    Attributes:
        on: the last arc on the way from the lead's end to each node, or ``NO_ARC``.
        home: the last arc on the way from the start to each node, or ``NO_ARC``.
        on_weight, home_weight: metres x path weight of these ways, what runs beside the lead, and
            what turns and crossed roads are worth; infinite where none leads.
        on_seconds: walking seconds from the lead's end to each node.
        home_seconds: walking seconds from each node to the start.
        on_swept_m2, home_swept_m2: signed area between each way, as it is walked, and the origin.
    """

    on: NDArray[np.int64]
    home: NDArray[np.int64]
    on_weight: NDArray[np.float64]
    home_weight: NDArray[np.float64]
    on_seconds: NDArray[np.float64]
    home_seconds: NDArray[np.float64]
    on_swept_m2: NDArray[np.float64]
    home_swept_m2: NDArray[np.float64]


def grow_trees(
    graph: LoopGraph,
    weights: CalmWeights,
    leads: Rows,
    roots: tuple[NDArray[np.int64], NDArray[np.int64]],
    budget_s: float,
    *,
    again: bool,
) -> Trees:
    """Grow both trees of each lead, as far as one can go and still be home in time.

    Args:
        graph: the graph.
        weights: the score's weights.
        leads: a row of arcs for each lead, ``NO_ARC`` where there is none.
        roots: the node where each lead ends, and the one where its way home is to come to.
        budget_s: seconds there are for the lead, the way on and the way home.
        again: whether the trees may go over the leads' arcs, at the price of walking them twice.
    """
    ends, begins = roots
    count = len(ends)
    worth = graph.weight + weights.turn_m * graph.turns
    worth = worth + 2 * weights.beside * _beside_leads_m(graph, leads)
    lead, column = np.nonzero((leads != NO_ARC) & ~graph.is_bridge[leads])
    given = np.concatenate([leads[lead, column], graph.reverse[leads[lead, column]]])
    twice = (weights.repeated + 2 * weights.beside) * graph.metres[given]
    worth[np.tile(lead, 2), given] += twice if again else np.inf
    weight = _longing(graph, worth) + weights.turn_m * graph.bends
    weight = np.vstack([weight, weight])
    weight[~_in_time(graph, leads, roots, budget_s)] = np.inf
    reached, last = grow(graph, weight, np.concatenate([ends, begins]))
    homeward = np.repeat([False, True], count)[:, None]
    arc = np.where(last == NO_ARC, 0, last)
    before = np.take_along_axis(last, graph.begin[arc], axis=1)
    joint = np.zeros(arc.shape)
    has_joint = (before != NO_ARC) & (last != NO_ARC)
    joint[has_joint] = between_m(graph, weights, before[has_joint], arc[has_joint])
    walked = np.where(homeward, graph.reverse[arc], arc)
    worth = np.take_along_axis(np.vstack([worth, worth]), arc, axis=1) + joint
    values = np.stack([graph.seconds[walked], worth, graph.swept_m2[walked]], axis=-1)
    seconds, worth, swept = np.moveaxis(summed(graph.begin, last, values), -1, 0)
    worth = np.where(np.isfinite(reached), worth, np.inf)
    return Trees(
        on=last[:count],
        home=last[count:],
        on_weight=worth[:count],
        home_weight=worth[count:],
        on_seconds=seconds[:count],
        home_seconds=seconds[count:],
        on_swept_m2=swept[:count],
        home_swept_m2=swept[count:],
    )


def _longing(graph: LoopGraph, worth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weights by which every second lead takes long calm ways, the others short ones.

    A walk is to fill a time and be calm on average: what counts is weight above the calm that can
    be had for each second, and not the weight itself. How calm that is nobody knows beforehand.
    """
    calm = np.quantile(graph.weight / np.maximum(graph.seconds, _SHORT_S), _CALM)
    share = np.resize(_SHARES_OF_CALM, len(worth))[:, None]
    return np.maximum(worth - share * calm * graph.seconds, _LEAST_SHARE * worth)


def _in_time(
    graph: LoopGraph,
    leads: Rows,
    roots: tuple[NDArray[np.int64], NDArray[np.int64]],
    budget_s: float,
) -> NDArray[np.bool_]:
    """Return which arcs a walk can go over between its given parts, and be home in time.

    The way from one node to another takes at least as much longer, out or home, as the one lies
    farther from the start; and as long as the straight line at the fastest pace. The second half
    of the rows is for the trees of the way home.
    """
    ends, begins = (nodes[:, None] for nodes in roots)
    lead_s = np.where(leads != NO_ARC, graph.seconds[leads], 0.0).sum(axis=1)
    after_s = np.maximum(graph.out_s - graph.out_s[ends], graph.home_s[ends] - graph.home_s)
    after_s = np.maximum(after_s, _straight_s(graph, roots[0])) + lead_s[:, None]
    home_s = np.maximum(graph.out_s[begins] - graph.out_s, graph.home_s - graph.home_s[begins])
    home_s = np.maximum(home_s, _straight_s(graph, roots[1]))
    left_s = budget_s - graph.seconds
    onward = after_s[:, graph.begin] + home_s[:, graph.end] <= left_s
    homeward = after_s[:, graph.end] + home_s[:, graph.begin] <= left_s[graph.reverse]
    return np.vstack([onward, homeward])


def _straight_s(graph: LoopGraph, nodes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the least seconds between some nodes, a row each, and every node."""
    fastest = (graph.metres / np.maximum(graph.seconds, _SHORT_S)).max(initial=_SHORT_S)
    each, which = np.unique(nodes, return_inverse=True)
    apart = graph.xy[each][:, None, :] - graph.xy[None, :, :]
    straight_s = np.hypot(apart[..., 0], apart[..., 1]) * _FLAT_IS_LONGER / fastest
    return np.asarray(straight_s[which])


def _beside_leads_m(graph: LoopGraph, leads: Rows) -> NDArray[np.float64]:
    """Return the metres of each arc that run beside each lead, a row for each lead."""
    lead, column = np.nonzero(leads != NO_ARC)
    on = np.zeros((len(graph.begin), len(leads)))
    on[graph.chain[leads[lead, column]], lead] = 1.0
    beside = np.minimum(np.asarray(graph.beside_m @ on), graph.metres[:, None])
    return np.asarray(beside.T[:, graph.chain])


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
    is_open = np.isfinite(weight)
    opened = np.concatenate(([0], np.cumsum(is_open)))
    rows = (graph.row[:-1] + shift * len(graph.end)).ravel()
    matrix = csr_matrix(
        (
            weight[is_open],
            np.broadcast_to(graph.end, weight.shape)[is_open].astype(np.int32)
            + np.repeat(np.arange(copies, dtype=np.int32) * nodes, is_open.sum(axis=1)),
            np.append(opened[rows], opened[-1]).astype(np.int32),
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
    reached = np.flatnonzero(last != NO_ARC)
    number = np.zeros(last.size, dtype=np.int64)  # of the nodes reached; every root is 0
    number[reached] = np.arange(1, len(reached) + 1)
    tree = reached - reached % last.shape[1]
    before = np.append(0, number[tree + begin[last.ravel()[reached]]])
    flat = values.reshape(last.size, -1)
    totals = np.zeros((flat.shape[1], len(before)))
    totals[:, 1:] = flat[reached].T
    going = np.flatnonzero(before)
    while len(going):
        step = before.take(going)
        for total in totals:
            total[going] = total.take(going) + total.take(step)
        onward = before.take(step)
        before[going] = onward
        going = going[onward != 0]
    sums = np.zeros_like(flat)
    sums[reached] = totals[:, 1:].T
    return sums.reshape(values.shape)


def ways(
    begin: NDArray[np.int64],
    last: NDArray[np.int64],
    trees: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> Rows:
    """Return the arcs of many ways from their tree's root, last arc first.

    Args:
        begin: the node that each arc leaves.
        last: the last arc on the way to each node, a row for each tree.
        trees: the tree of each way.
        ends: the node each way leads to.
    """
    flat, tree = last.ravel(), trees * last.shape[1]
    going, arc = np.arange(len(ends)), flat.take(tree + ends)
    columns: list[NDArray[np.int64]] = []
    while True:
        is_on = arc != NO_ARC
        going, arc = going[is_on], arc[is_on]
        if not len(going):
            break
        column = np.full(len(ends), NO_ARC, dtype=np.int64)
        column[going] = arc
        columns.append(column)
        arc = flat.take(tree[going] + begin.take(arc))
    if not columns:
        return np.full((len(ends), 0), NO_ARC, dtype=np.int64)
    return np.column_stack(columns)
