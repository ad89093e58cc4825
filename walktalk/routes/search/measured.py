"""Measures and scores ways, many at once."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from walktalk.routes.calm import TURN_DEG, WalkMeasures, walk_cost
from walktalk.routes.search.scoring import beside_itself_m
from walktalk.routes.search.walks import Candidate, shape_of_a_round

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Move, Way


_SAME_SHARE = 1e-9


def candidates_of(
    search_graph: SearchGraph, weights: CalmWeights, ways: Sequence[Way]
) -> list[Candidate]:
    """Measure and score ways.

    A walk once round is a loop or a lollipop by what of it is walked twice, whatever it was called.
    """
    if not ways:
        return []
    flat = np.array(list(chain.from_iterable(way.moves for way in ways)), dtype=float)
    count = np.array([len(way.moves) for way in ways])
    walk = np.repeat(np.arange(len(ways)), count)
    segment, begin, end = flat[:, 0].astype(np.int64), flat[:, 1], flat[:, 2]
    part, forward = np.abs(end - begin), end >= begin

    def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(walk, weights=values, minlength=len(ways)).astype(float)

    metres = search_graph.segments["metres"][segment] * part
    length = total(metres)
    seconds = total(
        part * np.where(forward, search_graph.forward_s[segment], search_graph.backward_s[segment])
    )
    turns, crossed_m = _between_moves(search_graph, walk, segment, forward)
    spans = _spans(walk, segment, flat[:, 1:])
    beside = beside_itself_m(
        (spans.walk, spans.segment),
        spans.walked,
        search_graph.beside_m,
        metres=search_graph.segments["metres"],
        walks=len(ways),
    )
    enclosed = total(search_graph.segments["swept_m2"][segment] * (end - begin))
    weighted = total(search_graph.weighted_m[segment] * part)
    again = _repeated_m(search_graph, spans, ways)
    found = []
    for i, way in enumerate(ways):
        once = way.shape in ("loop", "lollipop")
        measures = WalkMeasures(
            weighted_m=float(weighted[i]),
            crossed_m=float(crossed_m[i]),
            turns=float(turns[i]),
            repeated_m=again[i],
            back_m=again[i] if once else 0.0,
            beside_m=float(beside[i]),
            enclosed_m2=float(enclosed[i]),
            length_m=float(length[i]),
            unused=abs(search_graph.budget_s - float(seconds[i])) / search_graph.budget_s,
        )
        shape = shape_of_a_round(again[i], measures.length_m) if once else way.shape
        cost = walk_cost(weights, measures)
        found.append(Candidate(way.moves, shape, way.lap_moves, float(seconds[i]), cost))
    return found


def _between_moves(
    search_graph: SearchGraph,
    walk: NDArray[np.int64],
    segment: NDArray[np.int64],
    forward: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how often each walk turns by more than ``TURN_DEG``, and what it crosses in metres."""
    leaving = search_graph.segments["leaving"][segment]
    arriving = search_graph.segments["arriving"][segment]
    leaves = np.where(forward, leaving, arriving + np.pi)
    comes = np.where(forward, arriving, leaving + np.pi)
    goes_on = walk[1:] == walk[:-1]
    turned = goes_on & (np.cos(leaves[1:] - comes[:-1]) < np.cos(np.radians(TURN_DEG)))
    arcs = search_graph.arcs
    arc = np.where(forward, arcs.forward[segment], arcs.backward[segment])
    leaves_by, comes_by = search_graph.path_ends
    crossed_m = search_graph.crossed.between_m(comes_by[arc[:-1]], leaves_by[arc[1:]])
    walks = int(walk[-1]) + 1
    return (
        np.bincount(walk[1:], weights=turned, minlength=walks).astype(float),
        np.bincount(walk[1:], weights=goes_on * crossed_m, minlength=walks).astype(float),
    )


def turns_of(search_graph: SearchGraph, moves: Sequence[Move]) -> float:
    """Return how often the way changes direction by more than ``TURN_DEG``."""
    segment = np.array([move[0] for move in moves], dtype=np.int64)
    forward = np.array([move[2] >= move[1] for move in moves])
    turns, _ = _between_moves(search_graph, np.zeros_like(segment), segment, forward)
    return float(turns[0])


class _Spans(NamedTuple):
    """Each walk with each segment of which it walks some, once, in order.

    ``walked`` are the lengths of all passes together, as shares of the segment; ``longest`` is the
    longest pass, ``hull`` what lies between the ends of all.
    """

    walk: NDArray[np.int64]
    segment: NDArray[np.int64]
    walked: NDArray[np.float64]
    longest: NDArray[np.float64]
    hull: NDArray[np.float64]


def _spans(
    walk: NDArray[np.int64], segment: NDArray[np.int64], ends: NDArray[np.float64]
) -> _Spans:
    low, high = np.minimum(*ends.T), np.maximum(*ends.T)
    order = np.lexsort((segment, walk))
    order = order[(high > low)[order]]
    walk, segment, low, high = walk[order], segment[order], low[order], high[order]
    is_first = np.ones(len(walk), dtype=bool)
    is_first[1:] = (walk[1:] != walk[:-1]) | (segment[1:] != segment[:-1])
    first = np.flatnonzero(is_first)
    return _Spans(
        walk=walk[first],
        segment=segment[first],
        walked=np.add.reduceat(high - low, first),
        longest=np.maximum.reduceat(high - low, first),
        hull=np.maximum.reduceat(high, first) - np.minimum.reduceat(low, first),
    )


def _repeated_m(search_graph: SearchGraph, spans: _Spans, ways: Sequence[Way]) -> list[float]:
    """Return the metres of every second pass of each walk.

    Where the parts of a segment that are walked lie within the longest of them, that is the ground.
    """
    again_m = (spans.walked - spans.longest) * search_graph.segments["metres"][spans.segment]
    found = np.bincount(spans.walk, weights=again_m, minlength=len(ways)).tolist()
    is_odd = spans.hull > spans.longest + _SAME_SHARE
    for odd in np.unique(spans.walk[is_odd]).tolist():
        passes = passes_m(search_graph, ways[odd].moves).values()
        found[odd] = sum(walked - ground for walked, ground, _ in passes)
    return [float(each) for each in found]


def passes_m(
    search_graph: SearchGraph, moves: Iterable[Move]
) -> dict[int, tuple[float, float, float]]:
    """Return for each segment the metres walked, on the ground, and of every second pass."""
    lengths = search_graph.metres
    spans: dict[int, list[tuple[float, float]]] = {}
    for segment, begin, end in moves:
        spans.setdefault(segment, []).append((min(begin, end), max(begin, end)))
    found = {}
    for segment, parts in spans.items():
        metres = lengths[segment]
        first = parts[0]
        if parts.count(first) == len(parts):
            once = (first[1] - first[0]) * metres
            found[segment] = (once * len(parts), once, once * (len(parts) // 2))
            continue
        edges = sorted({edge for part in parts for edge in part})
        middle = [(a, b, (a + b) / 2) for a, b in pairwise(edges)]
        counts = [(b - a, sum(lo < at < hi for lo, hi in parts)) for a, b, at in middle]
        found[segment] = (
            metres * sum(share * count for share, count in counts),
            metres * sum(share for share, count in counts if count),
            metres * sum(share * (count // 2) for share, count in counts),
        )
    return found
