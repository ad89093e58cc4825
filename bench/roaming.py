"""A slow search of another kind for the calmest round: it wanders, and mends what it has.

It shares the graph and the published score with the planner and nothing of how walks are found:
random triangles over noisy weights give first rounds; then a random part of a round is taken out
and closed again another way, and kept if it is calmer or, ever more rarely, a little worse
(simulated annealing; Kirkpatrick, Gelatt and Vecchi, Science 220, 1983, over the neighbourhoods of
Shaw, CP 1998).
"""

from __future__ import annotations

import math
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.measured import candidates_of
from walktalk.routes.search.walks import (
    MOST_LAPS,
    SAFE_S,
    Move,
    Way,
    longest_left_s,
    moves_before_laps,
)

if TYPE_CHECKING:
    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Candidate

Step = tuple[int, int, float, float, Move]  # from, to, seconds, weight, move

FIRST_ROUNDS, MENDED = 60, 250  # tries from nothing, and tries to mend, for each number of laps
_AGAIN = 4.0  # what a segment is worth that the round already has, times its weight
_TURN_M = 20.0  # added for each segment, as a turn may be
_WARM, _COLD = 0.15, 0.005  # cost by which a worse round is still taken, at first and at last
_SEED = 1  # any fixed number: the same figures in every run
_LATE = 30.0  # added for the share of time by which a round is too long


class Roaming:
    """Rounds from the start of one search graph, found by wandering."""

    def __init__(self, graph: SearchGraph, weights: CalmWeights) -> None:
        self._graph, self._weights = graph, weights
        self._rng = np.random.default_rng(_SEED)
        self._from: list[list[Step]] = [[] for _ in range(graph.nodes)]
        rows = zip(
            graph.segments["tail"].tolist(),
            graph.segments["head"].tolist(),
            graph.forward_s.tolist(),
            graph.backward_s.tolist(),
            (graph.weighted_m + _TURN_M).tolist(),
            strict=True,
        )
        for segment, (tail, head, there_s, back_s, weight) in enumerate(rows):
            self._from[tail].append((tail, head, there_s, weight, (segment, 0.0, 1.0)))
            self._from[head].append((head, tail, back_s, weight, (segment, 1.0, 0.0)))

    def best(self, over_s: float) -> Candidate | None:
        """Return the calmest round found, walked once or in laps, ``None`` if there is none."""
        found = [self._round(laps, over_s if laps > 1 else 0.0) for laps in range(1, MOST_LAPS + 1)]
        return min(filter(None, found), key=lambda each: each.cost, default=None)

    def _round(self, laps: int, over_s: float) -> Candidate | None:
        budget_s = (self._graph.budget_s + over_s) / laps
        best: Candidate | None = None
        now, now_cost = None, math.inf
        for _ in range(FIRST_ROUNDS):
            steps = self._triangle(budget_s)
            cost, candidate = self._cost(steps, laps, over_s)
            if cost < now_cost:
                now, now_cost = steps, cost
            if candidate and (best is None or candidate.cost < best.cost):
                best = candidate
        if now is None:
            return None
        for tried in range(MENDED):
            steps = self._mended(now)
            cost, candidate = self._cost(steps, laps, over_s)
            if candidate and (best is None or candidate.cost < best.cost):
                best = candidate
            heat = _WARM * (_COLD / _WARM) ** (tried / MENDED)
            if cost < now_cost or self._rng.random() < math.exp((now_cost - cost) / heat):
                now, now_cost = steps, cost
        return best

    def _triangle(self, budget_s: float) -> list[Step]:
        out_s, back_s = self._graph.out_s, self._graph.back_s
        near = np.flatnonzero(out_s + back_s <= budget_s)
        steps: list[Step] = []
        for corner in [*self._rng.choice(near, size=self._rng.integers(1, 4)).tolist(), 0]:
            steps += self._way(steps[-1][1] if steps else 0, corner, steps)
        return steps

    def _mended(self, steps: list[Step]) -> list[Step]:
        if not steps:
            return steps
        size = max(1, int(len(steps) * self._rng.uniform(0.1, 0.7)))
        first = int(self._rng.integers(0, len(steps) - size + 1))
        lead, tail = steps[:first], steps[first + size :]
        goal = tail[0][0] if tail else 0
        at = lead[-1][1] if lead else 0
        given = lead + tail
        middle: list[Step] = []
        if self._rng.random() < 0.5:  # noqa: PLR2004 - every other time
            by = steps[int(self._rng.integers(len(steps)))][0]
            reach = np.hypot(*(self._graph.xy - self._graph.xy[by]).T)
            close = np.argsort(reach)[:60]
            middle = self._way(at, int(self._rng.choice(close)), given)
            at = middle[-1][1] if middle else at
        return lead + middle + self._way(at, goal, given + middle) + tail

    def _way(self, begin: int, end: int, given: list[Step]) -> list[Step]:
        """Return the calmest way under a noise of its own, dear where the round has been."""
        noise = np.exp(self._rng.normal(0.0, 0.4, len(self._graph.segments))).tolist()
        for step in given:
            noise[step[4][0]] *= _AGAIN
        reached: dict[int, float] = {begin: 0.0}
        into: dict[int, Step] = {}
        heap = [(0.0, begin)]
        while heap:
            far, node = heappop(heap)
            if node == end:
                break
            if far > reached[node]:
                continue
            for step in self._from[node]:
                there = far + step[3] * noise[step[4][0]]
                if there < reached.get(step[1], math.inf):
                    reached[step[1]] = there
                    into[step[1]] = step
                    heappush(heap, (there, step[1]))
        way: list[Step] = []
        node = end
        while node != begin:
            if node not in into:
                return []
            way.append(into[node])
            node = into[node][0]
        return way[::-1]

    def _cost(self, steps: list[Step], laps: int, over_s: float) -> tuple[float, Candidate | None]:
        """Return what to compare a round by, and the walk if it is one that may be proposed."""
        steps = _without_stubs(steps)
        if not steps or steps[0][0] or steps[-1][1]:
            return math.inf, None
        moves = tuple(step[4] for step in steps)
        stem = _stem(moves) if laps > 1 else 0
        out, ring, home = moves[:stem], moves[stem : len(moves) - stem], moves[len(moves) - stem :]
        if not ring:
            return math.inf, None
        once, walk = candidates_of(
            self._graph,
            self._weights,
            [
                Way(ring, "loop", (0,)),
                Way(
                    out + ring * laps + home,
                    "loop" if laps == 1 else "laps",
                    moves_before_laps(stem, len(ring), laps),
                ),
            ],
        )
        if laps > 1 and once.shape != "loop":
            return math.inf, None
        budget_s = self._graph.budget_s + over_s
        late = max(0.0, walk.seconds - budget_s + SAFE_S) / budget_s
        left = self._graph.budget_s - walk.seconds
        proposable = not late and left <= longest_left_s(self._graph.budget_s)
        return walk.cost + _LATE * late, walk if proposable else None


def _stem(moves: tuple[Move, ...]) -> int:
    """Return how many moves at the beginning are walked back over at the end."""
    half = len(moves) // 2
    pairs = zip(moves[:half], reversed(moves), strict=False)
    same = [there == (back[0], back[2], back[1]) for there, back in pairs]
    return same.index(False) if False in same else half


def _without_stubs(steps: list[Step]) -> list[Step]:
    kept: list[Step] = []
    for step in steps:
        if kept and kept[-1][4][0] == step[4][0]:
            kept.pop()
        else:
            kept.append(step)
    return kept
