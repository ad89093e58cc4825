"""Loops by three calm ways: out to an anchor, on to a node, and home.

One shortest-path tree from the start, and one from each anchor ``a`` on the graph without the way
out to ``a``. Every node ``v`` then gives the walk "start, a, v, start", and two comparisons tell
which of these many thousand walks use no segment twice:

* the way out to ``a`` and the way home from ``v`` lie in one tree, so they share nothing when they
  leave the start (or the stem of bridges from it) by different branches;
* the way from ``a`` to ``v`` and the way home from ``v`` are both shortest ways, so they share a
  segment only if they share the one at ``v`` (else the shared piece could be left out).

Ways are shortest by metres x path weight: the calm way is the short way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.local import Arcs, shortest_ways
from walktalk.routes.search.steps import NO_STEP, Steps, justified

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.search.local import Local

_NO_ARC = -1


@dataclass(frozen=True, eq=False)
class LoopGraph:
    """The part of the ground that loops can use: no dead ends, everything within reach.

    Attributes:
        arcs: both directions of each segment; node 0 is the start.
        segment: for each of the graph's segments, its number in the local ground.
        seconds: walking seconds of each arc.
        weight: metres x path weight of each arc.
        is_bridge: whether each arc lies on a bridge.
        xy: metres east and north, one row a node.
    """

    arcs: Arcs
    segment: NDArray[np.int64]
    seconds: NDArray[np.float64]
    weight: NDArray[np.float64]
    is_bridge: NDArray[np.bool_]
    xy: NDArray[np.float64]

    @property
    def has_loops(self) -> bool:
        """Whether some segment is not a bridge."""
        return not bool(self.is_bridge.all())


def loop_graph(local: Local, usable: NDArray[np.bool_]) -> LoopGraph:
    """Return the graph of the usable segments without dead ends."""
    keep = usable & local.in_loop_reach
    keep = _without_dead_ends(local, keep)
    number = np.full(local.nodes, -1, dtype=np.int64)
    used = np.zeros(local.nodes, dtype=bool)
    tail, head = local.segments["tail"][keep], local.segments["head"][keep]
    used[tail] = used[head] = used[0] = True
    number[used] = np.arange(int(used.sum()))
    segments = local.segments[keep]
    segments["tail"], segments["head"] = number[tail], number[head]
    arcs = Arcs.of(segments, int(used.sum()))
    return LoopGraph(
        arcs=arcs,
        segment=np.flatnonzero(keep),
        seconds=arcs.each_way(local.forward_s[keep], local.backward_s[keep]),
        weight=local.weighted_m[keep][arcs.segment],
        is_bridge=local.is_bridge[keep][arcs.segment],
        xy=local.xy[used],
    )


def _without_dead_ends(local: Local, keep: NDArray[np.bool_]) -> NDArray[np.bool_]:
    tail, head = local.segments["tail"], local.segments["head"]
    while True:
        ends = np.concatenate([tail[keep], head[keep]])
        degree = np.bincount(ends, minlength=local.nodes)
        degree[0] = 2  # the start may lie in a dead end
        kept = np.asarray(keep & (degree[tail] > 1) & (degree[head] > 1), dtype=np.bool_)
        if np.array_equal(kept, keep):
            return kept
        keep = kept


@dataclass(frozen=True, eq=False)
class Tree:
    """Shortest ways from a root to every node.

    Attributes:
        arc: the last arc on the way to each node, ``-1`` at the root and where no way leads.
        weight: metres x path weight of the way; infinite where no way leads.
        seconds: walking seconds from the root to each node.
    """

    arc: NDArray[np.int64]
    weight: NDArray[np.float64]
    seconds: NDArray[np.float64]


class TreeGrower:
    """Grows shortest-path trees on one graph, each without some of its arcs."""

    def __init__(self, graph: LoopGraph) -> None:
        self._graph = graph
        self._matrix = graph.arcs.matrix(graph.weight.copy())

    def grow(self, root: int, without: NDArray[np.int64], home: bool = False) -> Tree:
        """Return the tree from ``root`` that uses none of the arcs ``without``.

        With ``home`` the seconds are those of the ways back to the root.
        """
        graph, data = self._graph, self._matrix.data
        data[without] = np.inf
        weight, before = shortest_ways(self._matrix, root)
        data[without] = graph.weight[without]
        arc = np.full(len(weight), _NO_ARC, dtype=np.int64)
        into = np.flatnonzero(before[graph.arcs.end] == graph.arcs.begin)
        arc[graph.arcs.end[into]] = into
        seconds = graph.seconds[graph.arcs.reverse] if home else graph.seconds
        return Tree(arc, weight, _summed(graph.arcs, arc, seconds))


def _summed(arcs: Arcs, arc: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up a value of the arcs along each way from the root, by doubling the stride."""
    has = arc != _NO_ARC
    total = np.where(has, values[arc], 0.0)
    before = np.where(has, arcs.begin[arc], np.arange(len(arc)))
    while True:
        farther = before[before]
        total += np.where(before != np.arange(len(arc)), total[before], 0.0)
        if np.array_equal(farther, before):
            return total
        before = farther


def ways(graph: LoopGraph, trees: NDArray[np.int64], ends: NDArray[np.int64]) -> Steps:
    """Return the arcs of many ways at once, last arc first.

    Args:
        graph: the graph.
        trees: a row for each way: the ``arc`` of its tree.
        ends: the node each way leads to.
    """
    rows = np.arange(len(ends))
    at = ends.copy()
    columns: list[NDArray[np.int64]] = []
    while True:
        arc = trees[rows, at]
        if not np.any(arc != _NO_ARC):
            break
        columns.append(arc)
        at = np.where(arc != _NO_ARC, graph.arcs.begin[arc], at)
    if not columns:
        return np.full((len(ends), 0), NO_STEP, dtype=np.int64)
    return np.column_stack(columns)


def steps_of(graph: LoopGraph, arcs: Steps) -> Steps:
    """Return arcs of the graph as steps over the local segments."""
    segment = graph.segment[graph.arcs.segment[arcs]]
    step = 2 * segment + ~graph.arcs.is_forward[arcs]
    return justified(np.where(arcs == _NO_ARC, NO_STEP, step))
