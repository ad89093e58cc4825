"""Many shortest-path trees at once: against Dijkstra's own on each copy, one at a time."""

import heapq

import numpy as np
import pytest
from numpy.typing import NDArray

from walktalk.routes.search.forest import grown
from walktalk.routes.search.scoring import NO_ARC

NODES, COPIES = 30, 4


def _arcs(rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return both directions of random joins, in the order of where they begin."""
    joined = np.triu(rng.random((NODES, NODES)) < 0.1, 1)
    begin, end = np.nonzero(joined | joined.T)
    return begin, end


def _shortest(arcs: list[tuple[int, int, float]], root: int) -> list[float]:
    reached = [float("inf")] * NODES
    waiting = [(0.0, root)]
    while waiting:
        so_far, node = heapq.heappop(waiting)
        if so_far < reached[node]:
            reached[node] = so_far
            for begin, end, weight in arcs:
                if begin == node:
                    heapq.heappush(waiting, (so_far + weight, end))
    return reached


@pytest.mark.parametrize("seed", range(5))
def test_every_tree_is_the_shortest_over_its_own_open_arcs_and_its_sums_are_those_of_its_ways(
    seed: int,
) -> None:
    rng = np.random.default_rng(seed)
    begin, end = _arcs(rng)
    copy, arc = np.nonzero(rng.random((COPIES, len(begin))) < 0.8)
    weight = rng.random(len(arc)) + 0.1
    roots = rng.integers(0, NODES, COPIES)
    forest = grown(begin, end, weight, roots, nodes=NODES, open_arcs=(copy, arc))
    of = {(int(c), int(a)): float(w) for c, a, w in zip(copy, arc, weight, strict=True)}
    led = forest.led.tolist()
    values = np.array([of[place // NODES, int(forest.last[place])] for place in led])
    sums = forest.summed(np.stack([values, np.ones(len(led))]))
    for number, root in enumerate(roots.tolist()):
        places = np.arange(number * NODES, (number + 1) * NODES)
        own = [(int(begin[a]), int(end[a]), w) for (c, a), w in of.items() if c == number]
        np.testing.assert_allclose(forest.reached[places], _shortest(own, root))
        for place, way in zip(places.tolist(), forest.ways(places).tolist(), strict=True):
            node = place % NODES
            steps = [each for each in way if each != NO_ARC]
            for step in steps:
                assert end[step] == node
                node = int(begin[step])
            assert node == root or not steps
            assert sums[1, place] == len(steps)
            assert sums[0, place] == pytest.approx(sum(of[number, step] for step in steps))
            is_led = np.isfinite(forest.reached[place])
            assert sums[0, place] == pytest.approx(forest.reached[place] if is_led else 0.0)
