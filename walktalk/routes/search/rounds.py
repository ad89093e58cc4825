"""Finds loops that fill the time, in two rounds: anchors all over, then anchors on good loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.loops import LoopGraph, Tree, TreeGrower, loop_graph, steps_of, ways
from walktalk.routes.search.steps import NO_STEP, Scored, joined, score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.local import Local

SLACK_S = 60.0
"""A walk may end this much before its time, never after: the design's promise of one minute."""

SAFE_S = 0.01
"""Seconds kept in hand, so that rounding never makes a walk end late."""
_NEAREST, _FARTHEST = 0.06, 0.48  # share of the time spent on the way out to an anchor
_SECTORS, _RINGS = 16, 5  # one anchor at most in each cell of this many directions and distances
_FIRST_NODES = 60_000  # trees x nodes of the first round; both rounds cost about as much
_MOST_ANCHORS, _LEAST_ANCHORS = 64, 12
_KEPT = 400  # walks of each round that are measured in full
_PER_ANCHOR = 12  # of which at most so many over one anchor, so that the walks differ
_GOOD_LOOPS = 8  # loops whose points are the second round's anchors


def find_loops(
    local: Local, weights: CalmWeights, usable: NDArray[np.bool_], budget_s: float
) -> Scored:
    """Return loops and lollipops that take ``budget_s`` seconds, up to ``SLACK_S`` less.

    Args:
        local: the ground.
        weights: the score's weights.
        usable: which segments may be used.
        budget_s: seconds of walking that a walk may fill.
    """
    graph = loop_graph(local, usable)
    nothing = np.full((0, 1), NO_STEP, dtype=np.int64)
    if not len(graph.segment) or not graph.has_loops:
        return score(local, weights, nothing)
    finder = _Finder(graph, budget_s)
    first = score(local, weights, finder.round(finder.spread_anchors()))
    best = np.argsort(first.cost, kind="stable")[:_GOOD_LOOPS]
    second = finder.round(finder.anchors_on(first.steps[best]))
    found = score(local, weights, _distinct(joined(first.steps, second)))
    in_time = (found.seconds <= budget_s - SAFE_S) & (found.seconds >= budget_s - SLACK_S)
    return found.take(np.flatnonzero(in_time))


def _distinct(steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Drop walks over the same segments, whatever their direction."""
    if not len(steps):
        return steps
    covered = np.sort(np.where(steps == NO_STEP, NO_STEP, steps >> 1), axis=1)
    _, first = np.unique(covered, axis=0, return_index=True)
    return np.asarray(steps[np.sort(first)])


class _Finder:
    """Evaluates the walks "start, anchor, node, start" over all nodes at once."""

    def __init__(self, graph: LoopGraph, budget_s: float) -> None:
        self._graph = graph
        self._budget_s = budget_s
        self._grower = TreeGrower(graph)
        nothing = np.zeros(0, dtype=np.int64)
        self._out = self._grower.grow(0, nothing)
        self._home = self._grower.grow(0, nothing, home=True)
        self._branch = self._branches()
        nodes = len(graph.xy)
        self._count = int(np.clip(_FIRST_NODES // nodes, _LEAST_ANCHORS, _MOST_ANCHORS))

    def _branches(self) -> NDArray[np.int64]:
        """Return for each node the first arc on its way from the start that is no bridge."""
        arc, bridge = self._out.arc, self._graph.is_bridge
        begin = self._graph.arcs.begin
        branch = np.full(len(arc), -1, dtype=np.int64)
        for node in np.argsort(self._out.weight, kind="stable"):
            if arc[node] >= 0:
                before = branch[begin[arc[node]]]
                branch[node] = arc[node] if before < 0 and not bridge[arc[node]] else before
        return branch

    def spread_anchors(self) -> NDArray[np.int64]:
        """Return nodes in many directions and distances, the calmest way out first in each."""
        share = self._out.seconds / self._budget_s
        near = (share >= _NEAREST) & (share <= _FARTHEST) & (self._branch >= 0)
        nodes = np.flatnonzero(near)
        east, north = (self._graph.xy[nodes] - self._graph.xy[0]).T
        sector = np.floor((np.arctan2(north, east) / (2 * np.pi) + 0.5) * _SECTORS)
        ring = np.floor((share[nodes] - _NEAREST) / (_FARTHEST - _NEAREST) * _RINGS)
        cell = (sector % _SECTORS) * (_RINGS + 1) + ring
        calm = self._out.weight[nodes] / self._out.seconds[nodes]
        order = np.lexsort((nodes, calm, cell))
        _, first = np.unique(cell[order], return_index=True)
        chosen = nodes[order][first]
        if len(chosen) > self._count:
            chosen = chosen[np.linspace(0, len(chosen) - 1, self._count).astype(int)]
        return np.asarray(chosen)

    def anchors_on(self, loops: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return nodes about a third, a half and two thirds of the way round the loops."""
        graph = self._graph
        local_to_graph = np.full(int(graph.segment.max()) + 1, -1, dtype=np.int64)
        local_to_graph[graph.segment] = np.arange(len(graph.segment))
        forward = np.flatnonzero(graph.arcs.is_forward)
        head = np.empty(len(graph.segment), dtype=np.int64)
        tail = np.empty(len(graph.segment), dtype=np.int64)
        head[graph.arcs.segment[forward]] = graph.arcs.end[forward]
        tail[graph.arcs.segment[forward]] = graph.arcs.begin[forward]
        chosen: list[int] = []
        for loop in loops:
            steps = loop[loop != NO_STEP]
            for share in (0.33, 0.5, 0.67):
                step = int(steps[int(share * len(steps))])
                segment = local_to_graph[step >> 1]
                chosen.append(int(tail[segment] if step & 1 else head[segment]))
        nodes = np.array(sorted(set(chosen) - {0}), dtype=np.int64)
        return nodes[: self._count]

    def round(self, anchors: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the most promising walks over the anchors as steps over local segments."""
        out, home = self._out, self._home
        found: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]] = []
        trees: list[NDArray[np.int64]] = []
        for anchor in anchors:
            tree = self._grower.grow(int(anchor), self._way_out(int(anchor)))
            nodes, promise = self._closing(int(anchor), tree)
            found.append((np.full(len(nodes), len(trees), dtype=np.int64), nodes, promise))
            trees.append(tree.arc)
        if not trees or not sum(len(nodes) for _, nodes, _ in found):
            return np.full((0, 1), NO_STEP, dtype=np.int64)
        which, nodes, promise = (np.concatenate(part) for part in zip(*found, strict=True))
        best = np.lexsort((nodes, which, promise))[:_KEPT]
        which, nodes = which[best], nodes[best]
        away = ways(
            self._graph, np.broadcast_to(out.arc, (len(best), len(out.arc))), anchors[which]
        )
        on = ways(self._graph, np.array(trees)[which], nodes)
        back = ways(self._graph, np.broadcast_to(home.arc, (len(best), len(home.arc))), nodes)
        reverse = self._graph.arcs.reverse
        back = np.where(back == NO_STEP, NO_STEP, reverse[back])
        return steps_of(self._graph, np.column_stack([away[:, ::-1], on[:, ::-1], back]))

    def _way_out(self, anchor: int) -> NDArray[np.int64]:
        """Return both directions of the arcs on the way out, without bridges."""
        arc, arcs = self._out.arc, self._graph.arcs
        way: list[int] = []
        at = anchor
        while arc[at] >= 0:
            way.append(int(arc[at]))
            at = int(arcs.begin[arc[at]])
        out = np.array(way, dtype=np.int64)
        out = out[~self._graph.is_bridge[out]]
        return np.concatenate([out, arcs.reverse[out]])

    def _closing(self, anchor: int, tree: Tree) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the nodes over which the walk comes home on time, and how costly each is."""
        seconds = self._out.seconds[anchor] + tree.seconds + self._home.seconds
        late = self._budget_s - SAFE_S - seconds
        branches = (self._branch != self._branch[anchor]) & (self._branch >= 0)
        fits = (late >= 0) & (late <= SLACK_S) & branches & np.isfinite(tree.weight)
        fits &= (tree.arc >= 0) & (tree.arc != self._home.arc)
        whole = np.isfinite(tree.weight[0]) and 0 <= late[0] <= SLACK_S
        fits[0] = whole and tree.arc[0] >= 0
        nodes = np.flatnonzero(fits)
        weight = self._out.weight[anchor] + tree.weight[nodes] + self._home.weight[nodes]
        promise = weight / seconds[nodes] + 10 * late[nodes] / self._budget_s
        best = np.lexsort((nodes, promise))[:_PER_ANCHOR]
        return nodes[best], promise[best]
