"""The graph that loops are searched on: no dead ends, and chains of segments as single arcs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.calm import TURN_DEG
from walktalk.routes.search.search_graph import Arcs

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.crossed import RoadsCrossed
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Move

_CALM = 0.3  # so much of the ground is calmer a second than what is counted as calm
_SHORT_S = 1e-6
_NO_TURN = float(np.cos(np.radians(TURN_DEG)))
_HASH_SEED = 2013  # any fixed number: the same walk gets the same mark in every run


@dataclass(frozen=True, eq=False)
class LoopGraph:
    """Chains of segments between junctions, each in both directions; a simple graph.

    Arcs are sorted by where they begin, then by where they end. Node 0 is the start.

    Attributes:
        begin, end: node at each arc's ends.
        row: for each node, the first of its arcs; one more entry closes the last.
        reverse: the arc over the same chain the other way.
        seconds: walking seconds.
        metres: length.
        weight: metres x path weight, and metres for roads crossed.
        beside_m: metres of each chain, a row, that run beside each other one, a column.
        swept_m2: signed area between the arc and the origin.
        turns: changes of direction inside the chain.
        leaving, arriving: direction at both ends, radians.
        leaves_by, comes_by: the path's end at both ends, as ``RoadsCrossed`` numbers them, or -1.
        crossed: where roads are crossed between two paths.
        is_bridge: whether it lies on a bridge.
        xy: metres east and north, one row a node.
        out_s, home_s: seconds of the quickest way from the start to each node, and back.
    """

    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    row: NDArray[np.int64]
    reverse: NDArray[np.int64]
    seconds: NDArray[np.float64]
    metres: NDArray[np.float64]
    weight: NDArray[np.float64]
    beside_m: csr_matrix[np.float64]
    swept_m2: NDArray[np.float64]
    turns: NDArray[np.float64]
    leaving: NDArray[np.float64]
    arriving: NDArray[np.float64]
    leaves_by: NDArray[np.int64]
    comes_by: NDArray[np.int64]
    crossed: RoadsCrossed
    is_bridge: NDArray[np.bool_]
    xy: NDArray[np.float64]
    out_s: NDArray[np.float64]
    home_s: NDArray[np.float64]
    _first: NDArray[np.int64]  # first arc over a segment
    _next: NDArray[np.int64]  # for each arc over a segment, the next in its chain or -1
    _segment: NDArray[np.int64]  # for each arc over a segment, the segment
    _is_forward: NDArray[np.bool_]

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.xy)

    @property
    def has_loops(self) -> bool:
        """Whether some chain is not a bridge."""
        return not bool(self.is_bridge.all())

    @cached_property
    def chain(self) -> NDArray[np.int64]:
        """One number for both arcs of a chain."""
        return np.minimum(np.arange(len(self.begin)), self.reverse)

    @cached_property
    def marks(self) -> NDArray[np.uint64]:
        """A random number for each arc, one for both arcs of a chain: their sum marks a walk."""
        count = len(self.begin)
        marks = np.random.default_rng(_HASH_SEED).integers(0, 2**63, count, dtype=np.uint64)
        return np.asarray(marks[self.chain])

    @cached_property
    def calm_a_second(self) -> float:
        """Metres x path weight a second of what counts as calm ground here."""
        return float(np.quantile(self.weight / np.maximum(self.seconds, _SHORT_S), _CALM))

    @cached_property
    def fastest_m_s(self) -> float:
        """The fastest pace on any chain, metres a second."""
        pace = self.metres / np.maximum(self.seconds, _SHORT_S)
        return float(pace.max(initial=_SHORT_S))

    @cached_property
    def bends(self) -> NDArray[np.float64]:
        """Turns that going over each arc is likely to take: half of one at each end from which no
        other arc leads straight on."""
        ends = _is_bend(self)
        return np.asarray((ends.astype(float) + ends[self.reverse]) / 2)

    @cached_property
    def _joints(self) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Whether one turns from each arc into each that leaves where it ends, and the road between
        the two in metres; as many places for each arc as the most that leave one node."""
        degree = np.diff(self.row)
        most = int(degree.max(initial=0))
        onward = self.row[self.end][:, None] + np.arange(most)
        one, slot = np.nonzero(np.arange(most) < degree[self.end][:, None])
        other = onward[one, slot]
        turned, crossed_m = np.zeros(onward.shape, dtype=bool), np.zeros(onward.shape)
        turned[one, slot] = np.cos(self.leaving[other] - self.arriving[one]) < _NO_TURN
        crossed_m[one, slot] = self.crossed.between_m(self.comes_by[one], self.leaves_by[other])
        return turned, crossed_m

    def between(
        self, one: NDArray[np.int64], other: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Return whether one turns between two arcs, and the metres of the road between them.

        Args:
            one: arcs, or ``NO_ARC`` for any answer.
            other: for each an arc that leaves where it ends, or ``NO_ARC`` for any answer.
        """
        turned, crossed_m = self._joints
        at = one * turned.shape[1] + self._slot.take(other)
        return turned.take(at), crossed_m.take(at)

    @cached_property
    def _slot(self) -> NDArray[np.int64]:
        """Which of the arcs that leave the same node each arc is."""
        return np.arange(len(self.begin)) - self.row[self.begin]

    def joint_m(
        self, weights: CalmWeights, one: NDArray[np.int64], other: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return the metres that the turn and the road between two arcs are worth, either way."""
        turned, crossed_m = self.between(one, other)
        return np.asarray(weights.turn_m * turned + crossed_m)

    def moves(self, arcs: list[int]) -> tuple[Move, ...]:
        """Return the moves over the search_graph segments that arcs stand for."""
        moves: list[Move] = []
        first, onward, move = self._links
        for arc in arcs:
            at = first[arc]
            while at >= 0:
                moves.append(move[at])
                at = onward[at]
        return tuple(moves)

    @cached_property
    def _links(self) -> tuple[list[int], list[int], list[Move]]:
        """The first arc over a segment, the next of each, and its move: looked up one by one."""
        over = zip(self._segment.tolist(), self._is_forward.tolist(), strict=True)
        moves = [(each, 0.0, 1.0) if ahead else (each, 1.0, 0.0) for each, ahead in over]
        return self._first.tolist(), self._next.tolist(), moves


def _is_bend(graph: LoopGraph) -> NDArray[np.bool_]:
    """Return whether no arc leads straight on where each arc ends."""
    bend = np.ones(len(graph.begin), dtype=bool)
    first, degree = graph.row[graph.end], np.diff(graph.row)[graph.end]
    for number in range(int(degree.max(initial=0))):
        there = np.flatnonzero(number < degree)
        on = first[there] + number
        change = np.cos(graph.leaving[on] - graph.arriving[there])
        straight = (change >= np.cos(np.radians(TURN_DEG))) & (on != graph.reverse[there])
        bend[there[straight]] = False
    return bend


def loop_graph(
    search_graph: SearchGraph,
    usable: NDArray[np.bool_],
    budget_s: float,
) -> LoopGraph:
    """Return the graph of the usable segments that a walk of so many seconds can go right over."""
    keep = _without_dead_ends(search_graph, usable & search_graph.in_loop_reach(budget_s))
    segments = search_graph.segments[keep]
    arcs = Arcs.of(segments, search_graph.nodes)
    junction = np.bincount(arcs.begin, minlength=search_graph.nodes) != 2  # noqa: PLR2004 - way on
    junction[0] = True
    onward = _onward(arcs, junction)
    last, _ = _to_the_end(onward, np.zeros((len(onward), 0)))
    if _promote(arcs, junction, last):
        onward = _onward(arcs, junction)
    turned = _turned(segments, arcs, onward)
    over = _arcs_over(search_graph, keep, arcs)
    leaves, comes = (each[over] for each in search_graph.path_ends)
    crossed_m = np.where(onward >= 0, search_graph.crossed.between_m(comes, leaves[onward]), 0.0)
    values = np.column_stack(
        [
            arcs.each_way(search_graph.forward_s[keep], search_graph.backward_s[keep]),
            segments["metres"][arcs.segment],
            search_graph.weighted_m[keep][arcs.segment] + crossed_m,
            arcs.each_way(segments["swept_m2"], -segments["swept_m2"]),
            turned,
        ]
    )
    last, total = _to_the_end(onward, values)
    return _contracted(
        search_graph, keep, arcs, onward, last=last, total=total, junction=junction, over=over
    )


def _arcs_over(search_graph: SearchGraph, keep: NDArray[np.bool_], arcs: Arcs) -> NDArray[np.int64]:
    """Return the search graph's own arc for each arc over the segments that are kept."""
    own, segment = search_graph.arcs, np.flatnonzero(keep)[arcs.segment]
    return np.where(arcs.is_forward, own.forward[segment], own.backward[segment])


def _summed_by_chain(
    values: csr_matrix[np.float64],
    keep: NDArray[np.bool_],
    chain: NDArray[np.int64],
    chains: int,
) -> csr_matrix[np.float64]:
    """Add up a value for each two segments that are kept to one for each two chains."""
    from scipy.sparse import csr_matrix

    chain_of = np.full(len(keep), -1, dtype=np.int64)
    chain_of[keep] = chain
    row = np.repeat(chain_of, np.diff(values.indptr))
    column = chain_of[values.indices]
    both = (row >= 0) & (column >= 0)
    return csr_matrix((values.data[both], (row[both], column[both])), shape=(chains, chains))


def _without_dead_ends(search_graph: SearchGraph, keep: NDArray[np.bool_]) -> NDArray[np.bool_]:
    tail, head = search_graph.segments["tail"], search_graph.segments["head"]
    while True:
        ends = np.concatenate([tail[keep], head[keep]])
        degree = np.bincount(ends, minlength=search_graph.nodes)
        degree[0] = 2  # the start may lie in a dead end
        kept = np.asarray(keep & (degree[tail] > 1) & (degree[head] > 1), dtype=np.bool_)
        if np.array_equal(kept, keep):
            return kept
        keep = kept


def _onward(arcs: Arcs, junction: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each arc the one that goes on where it ends, or -1 where that is a junction."""
    end = arcs.end
    inner = ~junction[end]
    first = arcs.row[end]
    # an inner node has two arcs: the one back, and the one on
    other = np.where(inner, np.minimum(first + 1, len(end) - 1), 0)
    on = np.where(first == arcs.reverse, other, first)
    return np.where(inner, on, -1)


def _to_the_end(
    onward: NDArray[np.int64], values: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the last arc of each arc's chain and the sums of values to it, doubling the stride."""
    last = np.arange(len(onward))
    total, hop = values.copy(), onward.copy()
    going = np.flatnonzero(hop >= 0)
    for _ in range(len(onward).bit_length()):
        if not len(going):
            break
        step = hop[going]
        total[going] = total[going] + total[step]
        last[going], hop[going] = last[step], hop[step]
        going = going[hop[going] >= 0]
    return last, total


def _promote(arcs: Arcs, junction: NDArray[np.bool_], last: NDArray[np.int64]) -> bool:
    """Make junctions inside chains that join the same nodes as another, or a node to itself."""
    heads = np.flatnonzero(junction[arcs.begin])
    begin, end = arcs.begin[heads], arcs.end[last[heads]]
    one_way = heads <= arcs.reverse[last[heads]]
    ring = begin == end
    key = np.minimum(begin, end) * len(junction) + np.maximum(begin, end)
    direct = last[heads] == heads
    order = np.lexsort((heads, ~direct, key))
    order = order[one_way[order]]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = key[order][1:] != key[order][:-1]
    more = order[~is_first | ring[order]]
    if not len(more):
        return False
    junction[arcs.end[heads[more]]] = True
    rings = more[ring[more]]
    junction[arcs.begin[last[heads[rings]]]] = True
    return True


def _turned(
    segments: NDArray[np.void], arcs: Arcs, onward: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return 1 for each arc from which its chain goes on in another direction."""
    leaving = arcs.each_way(segments["leaving"], segments["arriving"] + np.pi)
    arriving = arcs.each_way(segments["arriving"], segments["leaving"] + np.pi)
    change = np.cos(leaving[onward] - arriving)
    return np.where(onward >= 0, change < np.cos(np.radians(TURN_DEG)), False).astype(float)


def _contracted(
    search_graph: SearchGraph,
    keep: NDArray[np.bool_],
    arcs: Arcs,
    onward: NDArray[np.int64],
    *,
    last: NDArray[np.int64],
    total: NDArray[np.float64],
    junction: NDArray[np.bool_],
    over: NDArray[np.int64],
) -> LoopGraph:
    """Take the arcs that leave junctions, each for its whole chain."""
    segments = search_graph.segments[keep]
    used = np.zeros(search_graph.nodes, dtype=bool)
    used[arcs.begin] = used[0] = True
    used &= junction
    number = np.cumsum(used) - 1
    heads = np.flatnonzero(junction[arcs.begin])
    begin, end = number[arcs.begin[heads]], number[arcs.end[last[heads]]]
    order = np.lexsort((end, begin))
    heads = heads[order]
    place = np.full(len(arcs.begin), -1, dtype=np.int64)
    place[heads] = np.arange(len(heads))
    nodes = int(used.sum())
    leaving = arcs.each_way(segments["leaving"], segments["arriving"] + np.pi)
    arriving = arcs.each_way(segments["arriving"], segments["leaving"] + np.pi)
    seconds, metres, weight, swept, turns = total[heads].T.copy()
    reverse = place[arcs.reverse[last[heads]]]
    loop_arc = np.full(len(arcs.begin), -1, dtype=np.int64)
    loop_arc[last[heads]] = np.arange(len(heads))
    arc_of = loop_arc[last[arcs.forward]]  # -1 on a ring that no junction joins to the rest
    chain = np.append(np.minimum(np.arange(len(heads)), reverse), -1)[arc_of]
    leaves, comes = (each[over] for each in search_graph.path_ends)
    return LoopGraph(
        begin=begin[order],
        end=end[order],
        row=np.concatenate(([0], np.cumsum(np.bincount(begin, minlength=nodes)))),
        reverse=reverse,
        seconds=seconds,
        metres=metres,
        weight=weight,
        beside_m=_summed_by_chain(search_graph.beside_m, keep, chain, len(heads)),
        swept_m2=swept,
        turns=turns,
        leaving=leaving[heads],
        arriving=arriving[last[heads]],
        leaves_by=leaves[heads],
        comes_by=comes[last[heads]],
        crossed=search_graph.crossed,
        is_bridge=search_graph.is_bridge[keep][arcs.segment[heads]],
        xy=search_graph.xy[used],
        out_s=search_graph.out_s[used],
        home_s=search_graph.back_s[used],
        _first=heads,
        _next=onward,
        _segment=np.flatnonzero(keep)[arcs.segment],
        _is_forward=arcs.is_forward,
    )
