"""Loops out along a way already chosen, on to any node, and home: thousands at a time.

A *lead* is a way from the start to some node ``a``. Without its segments, one shortest-path tree
grows from ``a`` and one from the start. Every arc ``x -> y`` then closes a walk: the lead, on to
``x``, over the arc, and home from ``y``. Neither tree uses the lead, or only at the price of
walking it twice. Where the arc is the last one on the way to ``y`` but not the first on the way
home, the two ways share nothing else: both are shortest ways in one graph, so a segment shared
further off would be shared at ``y`` too. What other arcs close is measured. Bridges stay in the
graph: whoever is led over one comes back over it.

Ways are shortest by metres x path weight: the calm way is the short way. All leads are searched in
one call, as separate copies of the graph in one matrix.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.forest import Forest, grown
from walktalk.routes.search.scoring import NO_ARC

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.chains import LoopGraph
    from walktalk.routes.search.scoring import Rows

_SHARES_OF_CALM = np.array([0.0, 0.9])
_LEAST_SHARE = 0.1
_FLAT_IS_LONGER = 0.995  # a line on the flat may be a little longer than on the ground


@dataclass(frozen=True, eq=False)
class Trees:
    """What was found for a set of leads, an entry for each place of the forest.

    The first half of the copies are the trees on from the leads' ends, one for each lead; the
    second half are those home, which are walked from each node to the root.

    Attributes:
        forest: the trees.
        weight: metres x path weight of each way, what runs beside the lead, and what turns and
            crossed roads are worth; infinite where none leads.
        seconds: walking seconds.
        swept_m2: signed area between each way, as it is walked, and the origin.
    """

    forest: Forest
    weight: NDArray[np.float64]
    seconds: NDArray[np.float64]
    swept_m2: NDArray[np.float64]


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
    count, arcs = len(leads), len(graph.begin)
    worth = _worth(graph, weights, leads)
    weight = _longing(graph, worth) + weights.turn_m * graph.bends
    is_open = _open(graph, leads, roots, budget_s, again=again)
    copy = np.repeat(np.arange(2 * count), is_open.sum(axis=1))
    forest = grown(
        graph.begin,
        graph.end,
        np.vstack([weight, weight])[is_open],
        np.concatenate(roots),
        nodes=graph.nodes,
        open_arcs=(copy, np.flatnonzero(is_open) - copy * arcs),
    )
    copy, arc = forest.led // graph.nodes, forest.last.take(forest.led)
    homeward = copy >= count
    walked = np.where(homeward, graph.reverse.take(arc), arc)
    worth = worth.take((copy - count * homeward) * arcs + arc)
    before = forest.last.take(forest.before.take(forest.led))
    worth += np.where(before != NO_ARC, graph.joint_m(weights, before, arc), 0.0)
    seconds, weight, swept_m2 = forest.summed(
        np.stack([graph.seconds.take(walked), worth, graph.swept_m2.take(walked)])
    )
    weight[~np.isfinite(forest.reached)] = np.inf
    return Trees(forest, weight, seconds, swept_m2)


def _worth(graph: LoopGraph, weights: CalmWeights, leads: Rows) -> NDArray[np.float64]:
    """Return metres x path weight of each arc where each lead is walked, a row for each lead.

    What runs beside the lead costs more, and most what the lead goes over itself.
    """
    plain = graph.weight + weights.turn_m * graph.turns
    worth = np.broadcast_to(plain, (len(leads), len(plain))).copy()
    lead, column = np.nonzero(leads != NO_ARC)
    on = np.zeros((len(plain), len(leads)))
    on[graph.chain[leads[lead, column]], lead] = 1.0
    beside_m = np.minimum(np.asarray(graph.beside_m @ on), graph.metres[:, None])
    chain, lead = np.nonzero(beside_m)
    added = 2 * weights.beside * beside_m[chain, lead]
    worth[lead, chain] += added
    worth[lead, graph.reverse[chain]] += added
    lead, arc = _given(graph, leads)
    worth[lead, arc] += (weights.repeated + weights.back) * graph.metres[arc]
    return worth


def _given(graph: LoopGraph, leads: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each lead with each of its arcs that is no bridge, in either direction."""
    lead, column = np.nonzero((leads != NO_ARC) & ~graph.is_bridge[leads])
    arc = leads[lead, column]
    return np.tile(lead, 2), np.concatenate([arc, graph.reverse[arc]])


def _longing(graph: LoopGraph, worth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weights by which every second lead takes long calm ways, the others short ones.

    A walk is to fill a time and be calm on average: what counts is weight above the calm that can
    be had for each second, and not the weight itself. How calm that is nobody knows beforehand.
    """
    share = np.resize(_SHARES_OF_CALM, len(worth))[:, None]
    calm = share * graph.calm_a_second * graph.seconds
    return np.maximum(worth - calm, _LEAST_SHARE * worth)


def _open(
    graph: LoopGraph,
    leads: Rows,
    roots: tuple[NDArray[np.int64], NDArray[np.int64]],
    budget_s: float,
    *,
    again: bool,
) -> NDArray[np.bool_]:
    """Return which arcs a walk can go over between its given parts, and be home in time.

    The way from one node to another takes at least as much longer, out or home, as the one lies
    farther from the start; and as long as the straight line at the fastest pace. The second half
    of the rows is for the trees of the way home: their arcs are walked the other way.
    """
    ends, begins = (nodes[:, None] for nodes in roots)
    lead_s = np.where(leads != NO_ARC, graph.seconds[leads], 0.0).sum(axis=1)
    after_s = np.maximum(graph.out_s - graph.out_s[ends], graph.home_s[ends] - graph.home_s)
    after_s = np.maximum(after_s, _straight_s(graph, roots[0])) + lead_s[:, None]
    home_s = np.maximum(graph.out_s[begins] - graph.out_s, graph.home_s - graph.home_s[begins])
    home_s = np.maximum(home_s, _straight_s(graph, roots[1]))
    on_s = after_s.take(graph.begin, axis=1) + home_s.take(graph.end, axis=1)
    onward = on_s <= budget_s - graph.seconds
    if not again:
        onward[_given(graph, leads)] = False
    return np.vstack([onward, onward.take(graph.reverse, axis=1)])


def _straight_s(graph: LoopGraph, nodes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the least seconds between some nodes, a row each, and every node."""
    each, which = np.unique(nodes, return_inverse=True)
    (east, north), at = graph.xy.T, graph.xy[each][:, :, None]
    straight_m = np.sqrt((at[:, 0] - east) ** 2 + (at[:, 1] - north) ** 2)
    return np.asarray((straight_m * (_FLAT_IS_LONGER / graph.fastest_m_s))[which])
