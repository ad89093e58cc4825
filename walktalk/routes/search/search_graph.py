"""The graph of one request: the segments that can be walked within the time, start included."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.beside import beside_each_other
from walktalk.routes.search.crossed import RoadsCrossed, roads_crossed
from walktalk.routes.search.forest import grown
from walktalk.routes.search.segments import AreaSegments, Segments, area_segments, split

if TYPE_CHECKING:
    import rustworkx
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from walktalk.parks import Area, Line, Network, Snap
    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.forest import Forest

AT_NODE_M = 0.05
"""A start nearer than this to a path's end is at that end: far below any GPS or map error."""

_CROW_MARGIN = 1.001  # the flat projection is true to about 1 in 100,000; this is ample
_LEAST_WEIGHT = 1e-6  # a path of no length still counts as a step, so that the trees are unique


@dataclass(frozen=True, eq=False)
class SearchGraph:
    """A simple graph of the segments within reach of the start.

    Attributes:
        of_area: the area's segments that these were taken from.
        segments: rows of ``SEGMENT`` with nodes numbered anew; node 0 is the start.
        xy: metres east and north of the network's middle, one row a node.
        network_node: each node's number in the network, -1 for one that only the search knows.
        forward_s, backward_s: walking seconds of each segment.
        weighted_m: metres x path weight of each segment, and the metres for a road it crosses.
        beside_m: metres of each segment, a row, that run beside each other one, a column.
        crossed: where roads are crossed between two paths.
        out_s: seconds of the quickest way from the start to each node.
        back_s: seconds of the quickest way from each node to the start.
        budget_s: seconds of walking that the request leaves.
        reach_s: seconds from the start within which the whole walk stays.
    """

    of_area: AreaSegments
    segments: Segments
    xy: NDArray[np.float64]
    network_node: NDArray[np.int64]
    forward_s: NDArray[np.float64]
    backward_s: NDArray[np.float64]
    weighted_m: NDArray[np.float64]
    beside_m: csr_matrix[np.float64]
    crossed: RoadsCrossed
    out_s: NDArray[np.float64]
    back_s: NDArray[np.float64]
    budget_s: float
    reach_s: float

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.xy)

    @cached_property
    def arcs(self) -> Arcs:
        """Both directions of every segment."""
        return Arcs.of(self.segments, self.nodes)

    @cached_property
    def path_ends(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The end of a path that each arc leaves by and the one it comes to, -1 for none."""
        segments, edges = self.segments, len(self.of_area.network.path_ids)
        path = segments["path"]
        whole_m = self.of_area.network.lengths_m[path]
        first = np.where(segments["from_m"] <= AT_NODE_M, path, -1)
        last = np.where(segments["to_m"] >= whole_m - AT_NODE_M, path + edges, -1)
        forward, segment = self.arcs.is_forward, self.arcs.segment
        leaves = np.where(forward, first[segment], last[segment])
        comes = np.where(forward, last[segment], first[segment])
        return leaves, comes

    @cached_property
    def metres(self) -> list[float]:
        """Length of each segment."""
        lengths: list[float] = self.segments["metres"].tolist()
        return lengths

    @cached_property
    def seconds(self) -> tuple[list[float], list[float]]:
        """Walking seconds of each segment, forwards and backwards."""
        return self.forward_s.tolist(), self.backward_s.tolist()

    def in_loop_reach(self, budget_s: float) -> NDArray[np.bool_]:
        """Return the segments that a walk can go right over and be back in so many seconds."""
        tail, head = self.segments["tail"], self.segments["head"]
        forward = self.out_s[tail] + self.forward_s + self.back_s[head]
        backward = self.out_s[head] + self.backward_s + self.back_s[tail]
        in_time = np.minimum(forward, backward) <= budget_s
        return np.asarray(in_time & (self.deepest_s <= self.reach_s))

    @cached_property
    def deepest_s(self) -> NDArray[np.float64]:
        """Seconds back to the start from the point of each segment that is farthest from it.

        From a point the way leads over one end or the other; where both take equally long, the
        way back is longest. The way out counts too where it takes longer than the way back.
        """
        tail, head = self.segments["tail"], self.segments["head"]
        homeward = _longest(self.back_s[tail], self.back_s[head], self.backward_s, self.forward_s)
        outward = _longest(self.out_s[tail], self.out_s[head], self.forward_s, self.backward_s)
        return np.maximum(homeward, outward)

    @cached_property
    def way_home(self) -> Forest:
        """The ways to each node that are, walked back, the quickest to the start."""
        arcs = self.arcs
        return arcs.grown(arcs.each_way(self.backward_s, self.forward_s), 0)

    @cached_property
    def home_m(self) -> NDArray[np.float64]:
        """Metres of the quickest way from each node to the start."""
        tree = self.way_home
        metres = self.segments["metres"][self.arcs.segment[tree.last[tree.led]]]
        return np.asarray(tree.summed(metres[None, :])[0])

    @cached_property
    def is_bridge(self) -> NDArray[np.bool_]:
        """Segments that every walk of this length which crosses them has to cross twice."""
        import rustworkx

        graph: rustworkx.PyGraph[int, int] = rustworkx.PyGraph()
        graph.add_nodes_from(range(self.nodes))
        usable = np.flatnonzero(self.in_loop_reach(self.budget_s))
        tail, head = self.segments["tail"][usable], self.segments["head"][usable]
        graph.add_edges_from(list(zip(tail.tolist(), head.tolist(), usable.tolist(), strict=True)))
        bridges = np.array([sorted(pair) for pair in rustworkx.bridges(graph)], dtype=np.int64)
        keys = np.minimum(tail, head) * self.nodes + np.maximum(tail, head)
        pairs = bridges.reshape(-1, 2)
        found = np.ones(len(self.segments), dtype=bool)  # what is out of reach joins nothing
        found[usable] = np.isin(keys, pairs[:, 0] * self.nodes + pairs[:, 1])
        return found


@dataclass(frozen=True, eq=False)
class Arcs:
    """Every segment in both directions, sorted by where they begin (a CSR matrix's order).

    Attributes:
        begin: node each arc leaves.
        end: node each arc reaches.
        segment: segment it goes over.
        is_forward: whether along the segment's direction.
        reverse: the arc that goes the other way.
        forward, backward: for each segment, the arc along its direction and the one against it.
        row: for each node, the first of its arcs; one more entry closes the last.
    """

    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    segment: NDArray[np.int64]
    is_forward: NDArray[np.bool_]
    reverse: NDArray[np.int64]
    forward: NDArray[np.int64]
    backward: NDArray[np.int64]
    row: NDArray[np.int64]

    @classmethod
    def of(cls, segments: Segments, nodes: int) -> Arcs:
        """Sort both directions of the segments."""
        count = len(segments)
        tail, head = segments["tail"], segments["head"]
        begin, end = np.concatenate([tail, head]), np.concatenate([head, tail])
        order = np.argsort(begin * nodes + end, kind="stable")
        place = np.empty_like(order)
        place[order] = np.arange(2 * count)
        row = np.concatenate(([0], np.cumsum(np.bincount(begin, minlength=nodes))))
        return cls(
            begin=begin[order],
            end=end[order],
            segment=order % count if count else order,
            is_forward=order < count,
            forward=place[:count],
            backward=place[count:],
            reverse=place[(order + count) % (2 * count)] if count else order,
            row=row,
        )

    def grown(self, weight: NDArray[np.float64], root: int) -> Forest:
        """Return the shortest ways from a root, with a weight for each arc."""
        roots = np.array([root], dtype=np.int64)
        return grown(self.begin, self.end, weight, roots, nodes=len(self.row) - 1)

    def each_way(
        self, forward: NDArray[np.float64], backward: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return a value for each arc from values for the segments' two directions."""
        return np.where(self.is_forward, forward[self.segment], backward[self.segment])


def search_graph_near(
    area: Area,
    weights: CalmWeights,
    allowed: NDArray[np.bool_],
    *,
    start: Snap,
    pace: float,
    budget_s: float,
    reach_s: float,
) -> SearchGraph:
    """Return the segments within reach of the start.

    Args:
        area: where the walk is.
        weights: the score's weights.
        allowed: which edges of the network may be walked.
        start: where the walk starts; on an allowed edge.
        pace: metres a second on the flat.
        budget_s: seconds of walking.
        reach_s: no point from which the way from or to the start takes longer is used.
    """
    of_area = area_segments(area)
    segments, node_of, xy, origin = _near(
        of_area, allowed, start, pace * min(budget_s / 2, reach_s)
    )
    lengths = np.where(area.network.lengths_m > 0, area.network.lengths_m, 1.0)
    share = segments["metres"] / lengths[segments["path"]]
    weighted = weights.path[segments["path"]] * segments["metres"]
    weighted += weights.crossing_m[segments["path"]] * share
    forward, backward = segments["flat_forward"] / pace, segments["flat_backward"] / pace
    arcs = Arcs.of(segments, len(xy))
    seconds = arcs.each_way(forward, backward)
    out = arcs.grown(seconds, origin).reached
    back = out
    if not np.array_equal(forward, backward):
        back = arcs.grown(seconds[arcs.reverse], origin).reached
    tail, head = segments["tail"], segments["head"]
    round_trip = np.minimum(out[tail] + back[tail], out[head] + back[head])
    nearest = np.minimum(np.maximum(out[tail], back[tail]), np.maximum(out[head], back[head]))
    keep = (round_trip < budget_s) & (nearest < reach_s)
    used = np.zeros(len(xy), dtype=bool)
    used[tail[keep]] = used[head[keep]] = used[origin] = True
    number = _numbered(used, origin)
    segments = segments[keep]
    segments["tail"], segments["head"] = number[segments["tail"]], number[segments["head"]]
    where = np.empty(int(used.sum()), dtype=np.int64)
    where[number[used]] = np.flatnonzero(used)
    kept = segments["number"]
    of_whole = segments["metres"] / np.maximum(of_area.segments["metres"][kept], _LEAST_WEIGHT)
    beside_m = beside_each_other(area)[kept][:, kept]
    beside_m.data *= np.repeat(of_whole, np.diff(beside_m.indptr))
    return SearchGraph(
        of_area=of_area,
        segments=segments,
        xy=xy[where],
        network_node=node_of[where],
        forward_s=forward[keep],
        backward_s=backward[keep],
        weighted_m=np.maximum(weighted[keep], _LEAST_WEIGHT),
        beside_m=beside_m,
        crossed=roads_crossed(area),
        out_s=out[where],
        back_s=back[where],
        budget_s=budget_s,
        reach_s=reach_s,
    )


def _longest(
    at_tail: NDArray[np.float64],
    at_head: NDArray[np.float64],
    over_tail: NDArray[np.float64],
    over_head: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the longest of the quicker ways from any point of a segment over its two ends.

    Args:
        at_tail, at_head: seconds from the ends on.
        over_tail, over_head: seconds over the whole segment towards each end.
    """
    both = np.where(over_tail + over_head > 0, over_tail + over_head, 1.0)
    with np.errstate(invalid="ignore"):
        share = np.clip((over_head + at_head - at_tail) / both, 0.0, 1.0)
        return np.asarray(at_tail + share * over_tail)


def _numbered(used: NDArray[np.bool_], origin: int) -> NDArray[np.int64]:
    """Number the used nodes from 0, the start first."""
    number = np.full(len(used), -1, dtype=np.int64)
    number[used] = np.arange(int(used.sum()))
    first = int(np.flatnonzero(used)[0])
    number[first], number[origin] = number[origin], number[first]
    return number


def _near(
    of_area: AreaSegments, allowed: NDArray[np.bool_], start: Snap, radius_m: float
) -> _Numbered:
    """Return the allowed segments near the start as the crow flies, cut at the start."""
    network = of_area.network
    here = network.metres([start.position])[0]
    node_near = np.hypot(*(of_area.xy - here).T) <= radius_m * _CROW_MARGIN + AT_NODE_M
    edge = network.path_ids.index(start.path_id)
    segments = of_area.segments
    along_m = _at_point(network.lines[edge], start.along_m)
    on_start = np.flatnonzero(
        (segments["path"] == edge) & (segments["from_m"] <= along_m) & (along_m <= segments["to_m"])
    )
    cut_one = int(on_start[0])
    keep = allowed[segments["path"]] & (segments["tail"] != segments["head"])
    keep &= node_near[segments["tail"]] | node_near[segments["head"]]
    one = segments[cut_one]
    before, after = along_m - one["from_m"], one["to_m"] - along_m
    if min(before, after) <= AT_NODE_M:
        origin = int(one["tail"] if before <= after else one["head"])
        return _renumbered(network, segments[keep], of_area.xy, origin)
    keep[cut_one] = False
    pieces = split(network, one, [len(of_area.xy)], [along_m])
    segments = np.concatenate([segments[keep], pieces])
    return _renumbered(network, segments, np.vstack([of_area.xy, here]), len(of_area.xy))


def _at_point(line: Line, along_m: float) -> float:
    """Return the metres of the line's own point where one is at the start, so that it is once."""
    nearest = float(line.at_m[int(np.argmin(np.abs(line.at_m - along_m)))])
    return nearest if abs(nearest - along_m) <= AT_NODE_M else along_m


_Numbered = tuple[Segments, "NDArray[np.int64]", "NDArray[np.float64]", int]
"""Segments, their nodes' numbers in the network or -1, their nodes' metres, and the start."""


def _renumbered(
    network: Network, segments: Segments, xy: NDArray[np.float64], origin: int
) -> _Numbered:
    """Drop the nodes that no segment uses."""
    used = np.zeros(len(xy), dtype=bool)
    used[segments["tail"]] = used[segments["head"]] = used[origin] = True
    number = np.cumsum(used) - 1
    segments["tail"], segments["head"] = number[segments["tail"]], number[segments["head"]]
    node_of = np.flatnonzero(used)
    node_of[node_of >= len(network.nodes)] = -1
    return segments, node_of, xy[used], int(number[origin])
