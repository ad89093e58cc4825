"""Finds another way for one part of a walk that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.chains import loop_graph
from walktalk.routes.search.choose import ground_m, shared_m, spans_of
from walktalk.routes.search.closing import Leads, Times, as_rows, closed
from walktalk.routes.search.measured import candidates_of
from walktalk.routes.search.scoring import NO_ARC
from walktalk.routes.search.walks import Candidate, Way, longest_left_s, moves_before_laps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.chains import LoopGraph
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Move

LEAST_KEPT = 0.5
"""Share of a walk that stays where one part of it is new."""

_LEAST_NEW = 0.1  # less is not a part that somebody would call new
_PARTS = 10  # a part is left open from each tenth of the way to each later one
_PER_PART, _KEPT = 12, 300


def anew(
    search_graph: SearchGraph,
    weights: CalmWeights,
    usable: NDArray[np.bool_],
    moves: tuple[Move, ...],
    *,
    laps: int,
    limit: int,
) -> list[tuple[Candidate, float]]:
    """Return walks that are a known one but for one part, best first, with the metres that are new.

    Where it is walked in laps, the part is new in each of them.

    Args:
        search_graph: where the walk can be.
        weights: the score's weights.
        usable: which segments may be used.
        moves: the walk that is known.
        laps: how often its shape is walked.
        limit: how many walks at most; each of them has another part that is new.
    """
    budget_s = search_graph.budget_s
    graph = loop_graph(search_graph, usable, budget_s / laps)
    once = moves[: len(moves) // laps]
    arcs = _arcs_of(graph, once) if once * laps == moves else None
    if arcs is None:
        return []
    leads = _with_a_part_open(graph, arcs)
    times = Times((budget_s / laps,), (longest_left_s(budget_s) / laps,))
    rows = closed(graph, weights, leads, times, per_lead=_PER_PART, kept=_KEPT, again=False)
    lap_moves = [graph.moves(row[row != NO_ARC].tolist()) for row in rows]
    ways = [
        Way(lap * laps, "laps" if laps > 1 else "loop", moves_before_laps(0, len(lap), laps))
        for lap in lap_moves
    ]
    known = spans_of(once)
    known_m = ground_m(search_graph, known)
    chosen: list[tuple[Candidate, float]] = []
    found = candidates_of(search_graph, weights, ways)
    for walk in sorted(found, key=lambda each: (each.cost, each.moves)):
        spans = spans_of(walk.moves)
        kept_m = shared_m(search_graph, spans, known)
        new_m = ground_m(search_graph, spans) - kept_m
        differs = all(
            shared_m(search_graph, spans, spans_of(other.moves)) - kept_m < new_m / 2
            for other, _ in chosen
        )
        if kept_m >= LEAST_KEPT * known_m and new_m >= _LEAST_NEW * known_m and differs:
            chosen.append((walk, new_m))
            if len(chosen) == limit:
                break
    return chosen


def _arcs_of(graph: LoopGraph, moves: tuple[Move, ...]) -> NDArray[np.int64] | None:
    """Return the arcs that moves go over, ``None`` where they are not whole arcs."""
    beginning = {graph.moves([arc])[0]: arc for arc in range(len(graph.begin))}
    arcs: list[int] = []
    at = 0
    while at < len(moves):
        arc = beginning.get(moves[at])
        over = () if arc is None else graph.moves([arc])
        if arc is None or moves[at : at + len(over)] != over:
            return None
        arcs.append(arc)
        at += len(over)
    return np.array(arcs, dtype=np.int64)


def _with_a_part_open(graph: LoopGraph, arcs: NDArray[np.int64]) -> Leads:
    """Return the walk with a part of it left open, for many parts of up to half of it."""
    spent = np.concatenate(([0.0], np.cumsum(graph.seconds[arcs])))
    given = [(arcs[:first], arcs[last:]) for first, last in _parts(spent)]
    return Leads(
        arcs=as_rows([lead for lead, _ in given]),
        ends=np.array([graph.end[lead[-1]] if len(lead) else 0 for lead, _ in given], dtype=int),
        tails=as_rows([tail for _, tail in given]),
        begins=np.array([graph.begin[tail[0]] if len(tail) else 0 for _, tail in given], dtype=int),
    )


def _parts(spent: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """Yield the first arc of each part and the one after its last."""
    marks = np.unique(np.searchsorted(spent, spent[-1] * np.arange(_PARTS + 1) / _PARTS))
    for number, first in enumerate(marks.tolist()):
        for last in marks[number + 1 :].tolist():
            if spent[last] - spent[first] <= (1 - LEAST_KEPT) * spent[-1]:
                yield first, last
