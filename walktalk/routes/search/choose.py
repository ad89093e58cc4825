"""Chooses walks that are truly different from one another, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.scoring import NO_ARC, Scored, chains_of
from walktalk.routes.search.walks import Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.routes.search.search_graph import SearchGraph

DIFFERENT = 0.3
"""Share of the ground covered, of the shorter of two walks, that only one of them covers."""


def choose(
    search_graph: SearchGraph, found: Sequence[Candidate], count: int, before: Sequence[Candidate]
) -> list[Candidate]:
    """Return up to ``count`` walks by cost, each different from those before it.

    Args:
        search_graph: where the walk can be.
        found: walks in any order.
        count: how many are wanted.
        before: walks already chosen.
    """
    chosen: list[Candidate] = []
    for walk in sorted(found, key=lambda walk: (walk.cost, walk.moves)):
        if len(chosen) >= count:
            break
        if all(_differ(search_graph, walk, other) for other in (*before, *chosen)):
            chosen.append(walk)
    return chosen


def _differ(search_graph: SearchGraph, one: Candidate, other: Candidate) -> bool:
    metres = search_graph.segments["metres"]
    shared = float(metres[np.intersect1d(one.segments, other.segments)].sum())
    shorter = min(float(metres[walk.segments].sum()) for walk in (one, other))
    return shared <= (1 - DIFFERENT) * shorter


def choose_loops(
    scored: Scored, count: int, before: Sequence[Candidate], search_graph: SearchGraph
) -> list[Candidate]:
    """Return up to ``count`` loops by cost, each different from those before it."""
    graph = scored.graph
    chains = chains_of(graph, scored.rows)
    first = np.ones(chains.shape, dtype=bool)
    first[:, 1:] = chains[:, 1:] != chains[:, :-1]
    metres = np.where(first & (chains != NO_ARC), graph.metres[chains], 0.0)
    ground = metres.sum(axis=1)
    order = np.lexsort((np.arange(len(ground)), scored.cost))
    free = np.ones(len(ground), dtype=bool)
    chosen: list[Candidate] = []
    for row in order.tolist():
        if len(chosen) >= count:
            break
        if not free[row]:
            continue
        walk = _found(scored, row)
        if all(_differ(search_graph, walk, other) for other in before):
            chosen.append(walk)
            on = np.zeros(len(graph.begin), dtype=bool)
            on[chains[row][chains[row] != NO_ARC]] = True
            shared = np.where(on[chains], metres, 0.0).sum(axis=1)
            free &= shared <= (1 - DIFFERENT) * np.minimum(ground, ground[row])
    return chosen


def _found(scored: Scored, row: int) -> Candidate:
    arcs = scored.rows[row]
    return Candidate(
        moves=scored.graph.moves(arcs[arcs != NO_ARC].tolist()),
        shape="lollipop" if scored.repeated_m[row] else "loop",
        lap_moves=(0,),
        seconds=float(scored.seconds[row]),
        cost=float(scored.cost[row]),
    )
