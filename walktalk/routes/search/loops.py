"""Finds loops that fill the time, in rounds: leads all over first, then leads along good loops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.calm import UNUSED
from walktalk.routes.search.chains import LoopGraph, loop_graph
from walktalk.routes.search.exact import every_loop
from walktalk.routes.search.scoring import (
    NO_ARC,
    Rows,
    Scored,
    chains_of,
    distinct,
    joined,
    justified,
    score,
)
from walktalk.routes.search.trees import Trees, between_m, grow, grow_trees, summed, ways
from walktalk.routes.search.walks import MOST_LAPS, SAFE_S, SLACK_S, longest_left_s

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.search_graph import SearchGraph

_NEAREST, _FARTHEST = 0.04, 0.48  # share of the time spent on the lead
_SECTORS, _RINGS = 16, 5  # one lead at most in each cell of this many directions and distances
_NEAR_MISS = 0.25  # share of the time by which a loop may be too short to give leads
_CUTS = (0.2, 0.4, 0.6, 0.8)  # shares of a good loop that are kept as a lead


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried.

    Attributes:
        work_nodes: leads x nodes of one round: bounds its time whatever the town's size.
        most_leads, least_leads: leads of one round.
        kept: walks of each round that are measured in full.
        per_lead: of which at most so many with one lead, so that the walks differ.
        good_loops: loops that give the next round its leads.
        rounds: rounds after the first.
    """

    work_nodes: int = 10_000
    most_leads: int = 20
    least_leads: int = 4
    kept: int = 150
    per_lead: int = 12
    good_loops: int = 8
    rounds: int = 1


USUAL = Effort()
FOR_LAPS = Effort(work_nodes=4_000, most_leads=10, kept=40, per_lead=6, rounds=0)
"""Loops that are walked several times over are short, and few of them are good."""


@dataclass(frozen=True, eq=False)
class _Leads:
    """Ways from the start: arcs in walking order, where they end, and what they take."""

    arcs: Rows
    ends: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Rings:
    """Ways round that were found.

    Attributes:
        on_time: loops and lollipops that fill the time, walked once.
        short: those that may be walked more than once, a group for each search.
    """

    on_time: Scored
    short: tuple[Scored, ...]


def every_ring(
    search_graph: SearchGraph,
    weights: CalmWeights,
    usable: NDArray[np.bool_],
    *,
    over_s: float,
    effort: Effort = USUAL,
) -> Rings:
    """Return loops and lollipops: all of a small network, else the calmest that are found.

    Args:
        search_graph: where the walk can be.
        weights: the score's weights.
        usable: which segments may be used.
        over_s: seconds by which whole laps may exceed the time.
        effort: how much is tried.
    """
    budget_s = search_graph.budget_s
    left_s = longest_left_s(budget_s)
    graph = loop_graph(search_graph, usable, budget_s)
    none = score(graph, weights, budget_s, np.full((0, 1), NO_ARC, dtype=np.int64))
    if not graph.has_loops:
        return Rings(none, ())
    rows, is_every = every_loop(graph, budget_s - SAFE_S)
    found = score(graph, weights, budget_s, distinct(graph, rows))
    if is_every:
        return Rings(_filling(found, budget_s - left_s), (found,))
    for_laps = FOR_LAPS if effort == USUAL else effort
    short = []
    for laps in range(2, MOST_LAPS + 1):
        lap_s = (budget_s + over_s) / laps
        small = loop_graph(search_graph, usable, lap_s)
        if small.has_loops:
            slack_s = (over_s + left_s) / laps
            short.append(_found_in_rounds(small, weights, lap_s, slack_s, for_laps))
    more = _found_in_rounds(graph, weights, budget_s, left_s, effort)
    rows = distinct(graph, joined(found.rows, more.rows))
    both = score(graph, weights, budget_s, rows) if len(found.rows) else more
    return Rings(_filling(both, budget_s - left_s), (found, *short))


def _filling(found: Scored, least_s: float) -> Scored:
    return found.take(np.flatnonzero(found.seconds >= least_s))


def _found_in_rounds(
    graph: LoopGraph, weights: CalmWeights, budget_s: float, slack_s: float, effort: Effort
) -> Scored:
    """Return loops of a network that has too many to go through them all."""
    found = score(graph, weights, budget_s, np.full((0, 1), NO_ARC, dtype=np.int64))
    leads = _spread(graph, budget_s, effort)
    slack_here_s = min(SLACK_S, slack_s)
    for _ in range(1 + effort.rounds):
        rows = _close(graph, weights, leads, (budget_s, slack_here_s), effort)
        if len(rows) < effort.good_loops:  # loops that are too short still lead somewhere
            slack_here_s = max(slack_s, _NEAR_MISS * budget_s)
            rows = joined(rows, _close(graph, weights, leads, (budget_s, slack_here_s), effort))
        if not len(rows):
            break
        scored = score(graph, weights, budget_s, distinct(graph, joined(found.rows, rows)))
        found = scored.take(np.flatnonzero(_repeats_nothing(scored)))
        best = np.argsort(found.cost, kind="stable")[: effort.good_loops]
        leads = _along(graph, found.rows[best], effort)
    return found.take(np.flatnonzero(found.seconds >= budget_s - slack_s))


def _repeats_nothing(scored: Scored) -> NDArray[np.bool_]:
    """Return which walks repeat only what lies on bridges."""
    chains = chains_of(scored.graph, scored.rows)
    again = (chains[:, 1:] == chains[:, :-1]) & (chains[:, 1:] != NO_ARC)
    return np.asarray(~np.any(again & ~scored.graph.is_bridge[chains[:, 1:]], axis=1))


def _most(graph: LoopGraph, effort: Effort) -> int:
    return int(np.clip(effort.work_nodes // graph.nodes, effort.least_leads, effort.most_leads))


def _spread(graph: LoopGraph, budget_s: float, effort: Effort) -> _Leads:
    """Return leads in many directions and distances, the calmest in each."""
    reached, last = grow(graph, graph.weight[None, :], np.zeros(1, dtype=np.int64))
    seconds = summed(graph.begin, last, graph.seconds[np.maximum(last, 0)])[0]
    share = seconds / budget_s
    near = (share >= _NEAREST) & (share <= _FARTHEST) & (last[0] != NO_ARC)
    nodes = np.flatnonzero(near)
    east, north = (graph.xy[nodes] - graph.xy[0]).T
    sector = np.floor((np.arctan2(north, east) / (2 * np.pi) + 0.5) * _SECTORS) % _SECTORS
    ring = np.floor((share[nodes] - _NEAREST) / (_FARTHEST - _NEAREST) * _RINGS)
    cell = sector * (_RINGS + 1) + ring
    calm = reached[0, nodes] / seconds[nodes]
    order = np.lexsort((nodes, calm, cell))
    _, first = np.unique(cell[order], return_index=True)
    chosen = nodes[order][first]
    if len(chosen) > _most(graph, effort):
        chosen = chosen[np.linspace(0, len(chosen) - 1, _most(graph, effort)).astype(int)]
    arcs = ways(graph, last, np.zeros(len(chosen), dtype=np.int64), chosen)
    return _Leads(arcs[:, ::-1], chosen)


def _along(graph: LoopGraph, loops: Rows, effort: Effort) -> _Leads:
    """Return the beginnings of loops, walked either way round, as leads."""
    rows: list[NDArray[np.int64]] = []
    for loop in loops:
        arcs = loop[loop != NO_ARC]
        for way in (arcs, graph.reverse[arcs][::-1]):
            rows += [way[: int(cut * len(way))] for cut in _CUTS]
    rows = [row for row in rows if len(row)][: _most(graph, effort)]
    width = max((len(row) for row in rows), default=1)
    leads = np.full((len(rows), width), NO_ARC, dtype=np.int64)
    for i, row in enumerate(rows):
        leads[i, : len(row)] = row
    ends = np.array([graph.end[row[-1]] for row in rows], dtype=np.int64)
    return _Leads(leads, ends)


def _close(
    graph: LoopGraph,
    weights: CalmWeights,
    leads: _Leads,
    times: tuple[float, float],
    effort: Effort,
) -> Rows:
    """Return the most promising walks on from the leads and home, on time.

    ``times`` are the seconds there are, and those that a walk may leave over.
    """
    budget_s, slack_s = times
    if not len(leads.ends):
        return np.full((0, 1), NO_ARC, dtype=np.int64)
    trees = grow_trees(graph, weights, leads.arcs, leads.ends)
    walked = leads.arcs != NO_ARC
    lead_s = np.where(walked, graph.seconds[leads.arcs], 0.0).sum(axis=1)
    lead_weight = np.where(walked, graph.weight[leads.arcs], 0.0).sum(axis=1)
    seconds = lead_s[:, None] + trees.on_seconds[:, graph.begin] + trees.home_seconds[:, graph.end]
    seconds += graph.seconds
    late = budget_s - SAFE_S - seconds
    fits = (late >= 0) & (late <= slack_s)
    lead, arc = np.nonzero(fits)
    begin, end = graph.begin[arc], graph.end[arc]
    open_ends = np.isfinite(trees.on_weight[lead, begin]) & np.isfinite(
        trees.home_weight[lead, end]
    )
    back = graph.reverse[arc]
    # neither straight back the way it came, nor home over the same arc
    open_ends &= (trees.on[lead, begin] != back) & (trees.home[lead, end] != arc)
    used = np.zeros(fits.shape, dtype=bool)
    rows, columns = np.nonzero(walked & ~graph.is_bridge[leads.arcs])
    taken = leads.arcs[rows, columns]
    used[rows, taken] = used[rows, graph.reverse[taken]] = True
    open_ends &= ~used[lead, arc]
    lead, arc = lead[open_ends], arc[open_ends]
    begin, end = graph.begin[arc], graph.end[arc]
    along = lead_weight[lead] + trees.on_weight[lead, begin] + graph.weight[arc]
    along += trees.home_weight[lead, end] + trees.on_turned_m[lead, begin]
    along += trees.home_turned_m[lead, end] + _joints_m(graph, weights, trees, lead, arc)
    lead_swept = np.where(walked, graph.swept_m2[leads.arcs], 0.0).sum(axis=1)
    swept = lead_swept[lead] + trees.on_swept_m2[lead, begin] + graph.swept_m2[arc]
    swept += trees.home_swept_m2[lead, end]
    # the score but for what only the whole walk shows, a second standing for a metre
    length = seconds[lead, arc]
    promise = along / length + UNUSED * late[lead, arc] / budget_s
    promise -= weights.round * np.minimum(1.0, 4 * np.pi * np.abs(swept) / length**2)
    best = _best_of_each(lead, arc, promise, effort)
    lead, arc = lead[best], arc[best]
    on = ways(graph, trees.on, lead, graph.begin[arc])
    home = ways(graph, trees.home, lead, graph.end[arc])
    home = np.where(home == NO_ARC, NO_ARC, graph.reverse[home])
    return justified(np.column_stack([leads.arcs[lead], on[:, ::-1], arc, home]))


def _joints_m(
    graph: LoopGraph,
    weights: CalmWeights,
    trees: Trees,
    lead: NDArray[np.int64],
    arc: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return what the turns and the roads at both ends of the closing arcs are worth."""
    on, home = trees.on[lead, graph.begin[arc]], trees.home[lead, graph.end[arc]]
    before = np.where(on == NO_ARC, 0.0, between_m(graph, weights, on, arc))
    after = between_m(graph, weights, arc, graph.reverse[home])
    return before + np.where(home == NO_ARC, 0.0, after)


def _best_of_each(
    lead: NDArray[np.int64],
    arc: NDArray[np.int64],
    promise: NDArray[np.float64],
    effort: Effort,
) -> NDArray[np.int64]:
    """Return the most promising walks, not too many with one lead."""
    order = np.lexsort((arc, promise, lead))
    begins = np.searchsorted(lead[order], lead[order])
    rank = np.arange(len(order)) - begins
    order = order[rank < effort.per_lead]
    return np.asarray(order[np.lexsort((arc[order], lead[order], promise[order]))][: effort.kept])
