"""Chooses walks that are truly different from one another, best first."""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.nearness import joined_spans
from walktalk.routes.search.scoring import NO_ARC, chains_of
from walktalk.routes.search.walks import Candidate, shape_of_a_round

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from walktalk.routes.model import Shape
    from walktalk.routes.search.scoring import Scored
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Move

DIFFERENT = 0.3
"""Share of the ground walked, of the shorter of two walks, that only one of them walks."""

_Spans = dict[int, list[tuple[float, float]]]
"""For each segment, the parts of it that are walked, in order, none touching another."""


def truly_different(search_graph: SearchGraph, pool: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield walks in the order given, each of another shape or on other ground than those before.

    A way round, a way there and back, and laps are three walks on the same ground; the other way
    round is none.

    Args:
        search_graph: where the walk can be.
        pool: walks, best first.
    """
    chosen: list[tuple[Shape, _Spans]] = []
    for walk in pool:
        spans = spans_of(walk.moves)
        if all(
            _kind(shape) != _kind(walk.shape) or ground_differs(search_graph, spans, other)
            for shape, other in chosen
        ):
            chosen.append((walk.shape, spans))
            yield walk


def _kind(shape: Shape) -> Shape:
    """Return a shape as people tell them apart: a way round, with a way to it or without."""
    return "loop" if shape == "lollipop" else shape


def spans_of(moves: Iterable[Move]) -> _Spans:
    """Return the ground that moves cover."""
    found: _Spans = {}
    for segment, begin, end in moves:
        found.setdefault(segment, []).append((min(begin, end), max(begin, end)))
    return {segment: joined_spans(parts) for segment, parts in found.items()}


def ground_differs(search_graph: SearchGraph, one: _Spans, other: _Spans) -> bool:
    """Whether enough of the shorter walk's ground is not walked by the other."""
    shorter = min(ground_m(search_graph, spans) for spans in (one, other))
    return shared_m(search_graph, one, other) <= (1 - DIFFERENT) * shorter


def shared_m(search_graph: SearchGraph, one: _Spans, other: _Spans) -> float:
    """Return the metres of ground that two walks share."""
    metres = search_graph.metres
    return sum(
        metres[segment] * max(0.0, min(end, other_end) - max(begin, other_begin))
        for segment in one.keys() & other.keys()
        for begin, end in one[segment]
        for other_begin, other_end in other[segment]
    )


def ground_m(search_graph: SearchGraph, spans: _Spans) -> float:
    """Return the metres of ground that a walk covers."""
    metres = search_graph.metres
    return sum(
        metres[segment] * (end - begin) for segment, parts in spans.items() for begin, end in parts
    )


def best_first(loops: Scored | None, others: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield loops and other walks by cost, no loop that is much like a better one."""
    rings = _loops_best_first(loops) if loops is not None else iter(())
    return merge(rings, sorted(others, key=by_cost), key=by_cost)


def by_cost(walk: Candidate) -> tuple[float, tuple[Move, ...]]:
    """Return what walks are sorted by: their cost, and what is walked where that is the same."""
    return walk.cost, walk.moves


def _loops_best_first(scored: Scored) -> Iterator[Candidate]:
    graph = scored.graph
    chains = chains_of(graph, scored.rows)
    first = np.ones(chains.shape, dtype=bool)
    first[:, 1:] = chains[:, 1:] != chains[:, :-1]
    metres = np.where(first & (chains != NO_ARC), graph.metres[chains], 0.0)
    ground = metres.sum(axis=1)
    order = np.lexsort((np.arange(len(ground)), scored.cost))
    free = np.ones(len(ground), dtype=bool)
    for row in order.tolist():
        if free[row]:
            yield _candidate(scored, row)
            on = np.zeros(len(graph.begin), dtype=bool)
            on[chains[row][chains[row] != NO_ARC]] = True
            shared = np.where(on[chains], metres, 0.0).sum(axis=1)
            free &= shared <= (1 - DIFFERENT) * np.minimum(ground, ground[row])


def _candidate(scored: Scored, row: int) -> Candidate:
    arcs = scored.rows[row]
    return Candidate(
        moves=scored.graph.moves(arcs[arcs != NO_ARC].tolist()),
        shape=shape_of_a_round(float(scored.repeated_m[row]), float(scored.metres[row])),
        lap_moves=(0,),
        seconds=float(scored.seconds[row]),
        cost=float(scored.cost[row]),
    )
