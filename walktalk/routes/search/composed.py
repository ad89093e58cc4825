"""Walks made of a loop that is walked several times over, with the way there and home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.measured import candidates_of
from walktalk.routes.search.scoring import NO_ARC
from walktalk.routes.search.walks import (
    MOST_LAPS,
    SAFE_S,
    Candidate,
    Way,
    moves_before_laps,
    seconds_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.scoring import Scored
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Move

_TRIED = 40  # loops of one search that are composed, the most promising first

_Parts = tuple[tuple["Move", ...], tuple["Move", ...], tuple["Move", ...]]
"""The way to a ring, once round it, and the way home."""


def composed(
    search_graph: SearchGraph,
    weights: CalmWeights,
    found: Sequence[Scored],
    *,
    over_s: float,
    left_s: float,
) -> list[Candidate]:
    """Return walks of whole laps of a loop, as many as fill the time.

    What is left of the time is left; where one more lap would need a little more, both are given.

    Args:
        search_graph: where the walk can be.
        weights: the score's weights.
        found: loops of any length up to the time, of each search.
        over_s: seconds by which a walk may exceed the time, taken from those for arriving.
        left_s: seconds that a walk may leave over.
    """
    ways: list[Way] = []
    for loops in found:
        for parts in _promising(search_graph, weights, loops):
            ways += _laps(search_graph, parts, over_s, left_s)
    return candidates_of(search_graph, weights, ways)


def _promising(search_graph: SearchGraph, weights: CalmWeights, loops: Scored) -> Iterator[_Parts]:
    """Yield the loops that promise most, in their parts."""
    budget_s = search_graph.budget_s
    laps = np.clip(budget_s // np.maximum(loops.seconds, 1.0), 1, MOST_LAPS)
    again = (laps - 1) * loops.seconds / budget_s
    left = np.abs(budget_s - laps * loops.seconds) / budget_s
    promise = loops.cost + weights.repeated * again + left
    for row in np.lexsort((np.arange(len(promise)), promise))[:_TRIED].tolist():
        arcs = loops.rows[row][loops.rows[row] != NO_ARC]
        stem = _stem(loops, arcs)
        out, ring, home = (
            loops.graph.moves(part.tolist())
            for part in (arcs[:stem], arcs[stem : len(arcs) - stem], arcs[len(arcs) - stem :])
        )
        yield out, ring, home


def _stem(loops: Scored, arcs: NDArray[np.int64]) -> int:
    """Return how many arcs at the beginning are walked back over at the end."""
    same = arcs == loops.graph.reverse[arcs][::-1]
    half = len(arcs) // 2
    return half if same[:half].all() else int(np.argmin(same[:half]))


def _laps(
    search_graph: SearchGraph, parts: _Parts, over_s: float, most_left_s: float
) -> Iterator[Way]:
    """Yield the walk of as many rounds as fit, and the one of a round more where it nearly does."""
    out, ring, home = parts
    budget_s = search_graph.budget_s - SAFE_S
    stem_s, ring_s = seconds_of(search_graph, out + home), seconds_of(search_graph, ring)
    if ring_s <= 0:
        return
    most = int((budget_s + over_s - stem_s) // ring_s)
    fitting = int((budget_s - stem_s) // ring_s)
    for laps in sorted({fitting, most}):
        left_s = budget_s - stem_s - laps * ring_s
        if 1 < laps <= MOST_LAPS and left_s <= most_left_s:
            moves = (*out, *(ring * laps), *home)
            before = moves_before_laps(len(out), len(ring), laps)
            yield Way(moves, "laps", before)
