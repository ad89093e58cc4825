"""Finds loops that fill the time, in rounds: leads all over first, then leads along good loops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.chains import LoopGraph, loop_graph
from walktalk.routes.search.closing import Leads, Times, as_rows, closed
from walktalk.routes.search.exact import every_loop
from walktalk.routes.search.forest import grown
from walktalk.routes.search.scoring import (
    NO_ARC,
    Scored,
    chains_of,
    distinct,
    joined,
    nothing_scored,
    score,
)
from walktalk.routes.search.walks import MOST_LAPS, SAFE_S, longest_left_s

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.model import Shape
    from walktalk.routes.search.search_graph import SearchGraph

_NEAREST, _FARTHEST = 0.04, 0.48  # share of the time spent on the lead
_SECTORS, _RINGS = 16, 5  # one lead at most in each cell of this many directions and distances
_NEAR_MISS = 0.25  # share of the time by which a loop may be too short to give leads
_SECTIONS = ((0.0, 0.4), (0.2, 0.6), (0.4, 0.8), (0.6, 1.0), (0.0, 0.65), (0.35, 1.0))
"""The parts of a good loop that are left open, each in its turn: shares of its time."""
_FEW_ROUNDS = 2  # where most is known already
_LOOKED_AT, _ALIKE = 60, 0.6  # good loops that are looked through; share of chains in common


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried.

    Attributes:
        work_nodes: leads x nodes of one round: bounds its time whatever the town's size.
        most_leads, least_leads: leads of one round.
        kept: walks of each round that are measured in full.
        per_lead: of which at most so many with one lead, so that the walks differ.
        good_loops: loops that give the next round its leads.
        rounds: of leads all over first, then of leads along good loops.
        steps: arcs that are tried to go through all loops of a small network.
    """

    work_nodes: int = 15_000
    most_leads: int = 30
    least_leads: int = 4
    kept: int = 150
    per_lead: int = 12
    good_loops: int = 3
    rounds: int = 4
    steps: int = 6_000


USUAL = Effort()
FOR_LAPS = Effort(work_nodes=4_000, most_leads=10, kept=40, per_lead=6, rounds=2)
"""Loops that are walked several times over are short, and few of them are good."""

WHETHER_ANY = Effort(most_leads=10, kept=20, per_lead=4, rounds=2, steps=500)
"""To know whether there is any walk, and not which is best."""


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
    shape: Shape | None,
    over_s: float,
    effort: Effort = USUAL,
) -> Rings:
    """Return loops and lollipops: all of a small network, else the calmest that are found.

    Only what may give the shape that is wanted is looked for.

    Args:
        search_graph: where the walk can be.
        weights: the score's weights.
        usable: which segments may be used.
        shape: the only shape wanted, or ``None`` for any.
        over_s: seconds by which whole laps may exceed the time.
        effort: how much is tried.
    """
    budget_s = search_graph.budget_s
    left_s = longest_left_s(budget_s)
    graph = loop_graph(search_graph, usable, budget_s)
    if not graph.has_loops:
        return Rings(nothing_scored(graph), ())
    rows, is_every = every_loop(graph, budget_s - SAFE_S, effort.steps)
    known = score(graph, weights, (budget_s,), distinct(graph, rows))
    short, on_time = [known], nothing_scored(graph)
    if shape != "laps":
        once = Times((budget_s,), (left_s,))
        on_time = _found_in_rounds(known, weights, once, effort, is_every=is_every)
    if shape in (None, "laps"):
        short += _short_rings(
            search_graph, weights, usable, over_s=over_s, effort=effort, is_every=is_every
        )
    return Rings(_filling(on_time, budget_s - left_s), tuple(short))


def _short_rings(
    search_graph: SearchGraph,
    weights: CalmWeights,
    usable: NDArray[np.bool_],
    *,
    over_s: float,
    effort: Effort,
    is_every: bool,
) -> list[Scored]:
    """Return loops that fill the time when they are walked twice or more, if there are any."""
    budget_s = search_graph.budget_s
    left_s = longest_left_s(budget_s)
    laps = range(2, MOST_LAPS + 1)
    lap_times = Times(
        tuple((budget_s + over_s) / each for each in laps),
        tuple((over_s + left_s) / each for each in laps),
    )
    graph = loop_graph(search_graph, usable, lap_times.longest_s)
    if not graph.has_loops:
        return []
    effort = FOR_LAPS if effort == USUAL else effort
    none = nothing_scored(graph)
    return [_found_in_rounds(none, weights, lap_times, effort, is_every=is_every)]


def _filling(found: Scored, least_s: float) -> Scored:
    return found.take(np.flatnonzero(found.seconds >= least_s))


def _found_in_rounds(
    known: Scored, weights: CalmWeights, times: Times, effort: Effort, *, is_every: bool
) -> Scored:
    """Return loops on time: those that are known, and the calmest that are found.

    In the last round what a loop already has may be walked again, at its price: a few paces there
    and back often join the calmest ways. Where every loop that repeats nothing is known already,
    it may from the first round on.
    """
    graph, found = known.graph, known
    also_short = times.allowing(_NEAR_MISS)
    leads = _spread(graph, times.longest_s, effort)
    rounds = min(_FEW_ROUNDS, effort.rounds) if is_every else effort.rounds
    tried: set[bytes] = set()
    for number in range(rounds):
        again = is_every or number == rounds - 1
        if number:
            leads = _around(graph, found, effort, set() if again else tried) or leads
        more = closed(
            graph,
            weights,
            leads,
            also_short,
            per_lead=effort.per_lead,
            kept=effort.kept,
            again=again,
        )
        new = distinct(graph, joined(found.rows, more))[len(found.rows) :]
        found = found.with_more(score(graph, weights, times.most_s, new))
    return found.take(np.flatnonzero(np.isfinite(times.left_over(found.seconds))))


def _repeats_nothing(scored: Scored) -> NDArray[np.bool_]:
    """Return which walks repeat only what lies on bridges."""
    chains = chains_of(scored.graph, scored.rows)
    again = (chains[:, 1:] == chains[:, :-1]) & (chains[:, 1:] != NO_ARC)
    return np.asarray(~np.any(again & ~scored.graph.is_bridge[chains[:, 1:]], axis=1))


def _most(graph: LoopGraph, effort: Effort) -> int:
    return int(np.clip(effort.work_nodes // graph.nodes, effort.least_leads, effort.most_leads))


def _spread(graph: LoopGraph, budget_s: float, effort: Effort) -> Leads:
    """Return leads in many directions and distances, the calmest in each."""
    start = np.zeros(1, dtype=np.int64)
    tree = grown(graph.begin, graph.end, graph.weight, start, nodes=graph.nodes)
    seconds = tree.summed(graph.seconds[tree.last[tree.led]][None, :])[0]
    share = seconds / budget_s
    near = (share >= _NEAREST) & (share <= _FARTHEST) & (tree.last != NO_ARC)
    nodes = np.flatnonzero(near)
    east, north = (graph.xy[nodes] - graph.xy[0]).T
    sector = np.floor((np.arctan2(north, east) / (2 * np.pi) + 0.5) * _SECTORS) % _SECTORS
    ring = np.floor((share[nodes] - _NEAREST) / (_FARTHEST - _NEAREST) * _RINGS)
    cell = sector * (_RINGS + 1) + ring
    calm = tree.reached[nodes] / seconds[nodes]
    order = np.lexsort((nodes, calm, cell))
    _, first = np.unique(cell[order], return_index=True)
    chosen = nodes[order][first]
    if len(chosen) > _most(graph, effort):
        chosen = chosen[np.linspace(0, len(chosen) - 1, _most(graph, effort)).astype(int)]
    none = np.full((len(chosen), 0), NO_ARC, dtype=np.int64)
    return Leads(tree.ways(chosen)[:, ::-1], chosen, none, np.zeros(len(chosen), dtype=np.int64))


def _around(graph: LoopGraph, found: Scored, effort: Effort, tried: set[bytes]) -> Leads | None:
    """Return good loops that differ, each with a section left open, for many sections.

    Loops that were tried before are left out: they would give the same walks again.
    """
    loops = _differing(graph, found, effort.good_loops)
    if not loops:
        return None
    given: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for loop in (each for each in loops if each.tobytes() not in tried):
        spent = np.cumsum(graph.seconds[loop])
        for begin, end in _SECTIONS:
            first, last = np.searchsorted(spent, (begin * spent[-1], end * spent[-1])).tolist()
            given.append((loop[:first], loop[last + 1 :]))
    tried.update(loop.tobytes() for loop in loops)
    return Leads(
        arcs=as_rows([lead for lead, _ in given]),
        ends=np.array([graph.end[lead[-1]] if len(lead) else 0 for lead, _ in given], dtype=int),
        tails=as_rows([tail for _, tail in given]),
        begins=np.array([graph.begin[tail[0]] if len(tail) else 0 for _, tail in given], dtype=int),
    )


def _differing(graph: LoopGraph, found: Scored, most: int) -> list[NDArray[np.int64]]:
    """Return the best loops that repeat only bridges, none of them much like a better one."""
    found = found.take(np.flatnonzero(_repeats_nothing(found)))
    loops: list[NDArray[np.int64]] = []
    taken: list[set[int]] = []
    for row in np.argsort(found.cost, kind="stable")[:_LOOKED_AT].tolist():
        loop = found.rows[row][found.rows[row] != NO_ARC]
        chains = set(graph.chain[loop].tolist())
        if all(len(chains & other) <= _ALIKE * len(chains) for other in taken):
            loops.append(loop)
            taken.append(chains)
            if len(loops) == most:
                break
    return loops
