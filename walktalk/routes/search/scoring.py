"""Many walks at once as a matrix of arcs, and the score of each.

A row of the matrix is a walk: the arcs of the loop graph in order from the left, filled up with
``NO_ARC``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from walktalk.routes.calm import UNUSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.chains import LoopGraph

NO_ARC = -1

Rows = np.ndarray[tuple[int, int], np.dtype[np.int64]]


@dataclass(frozen=True, eq=False)
class Scored:
    """Walks with their measures, one entry or row a walk.

    Attributes:
        graph: the graph they are on.
        rows: the walks.
        seconds: walking time.
        metres: metres walked.
        repeated_m: metres of every second pass.
        cost: the published score.
    """

    graph: LoopGraph
    rows: Rows
    seconds: NDArray[np.float64]
    metres: NDArray[np.float64]
    repeated_m: NDArray[np.float64]
    cost: NDArray[np.float64]

    def take(self, which: NDArray[np.int64]) -> Scored:
        """Return some of the walks."""
        return Scored(
            self.graph,
            self.rows[which],
            self.seconds[which],
            self.metres[which],
            self.repeated_m[which],
            self.cost[which],
        )

    def with_more(self, other: Scored) -> Scored:
        """Return these walks and others of the same graph after them."""
        return Scored(
            self.graph,
            joined(self.rows, other.rows),
            np.concatenate([self.seconds, other.seconds]),
            np.concatenate([self.metres, other.metres]),
            np.concatenate([self.repeated_m, other.repeated_m]),
            np.concatenate([self.cost, other.cost]),
        )


def nothing_scored(graph: LoopGraph) -> Scored:
    """Return no walks."""
    none = np.zeros(0)
    return Scored(graph, no_rows(), none, none, none, none)


def chains_of(graph: LoopGraph, rows: Rows) -> Rows:
    """Return the chains of each walk in ascending order, ``NO_ARC`` first."""
    return np.sort(np.where(rows == NO_ARC, NO_ARC, graph.chain[rows]), axis=1)


def no_rows() -> Rows:
    """Return a matrix of no walks."""
    return np.full((0, 1), NO_ARC, dtype=np.int64)


def justified(rows: Rows) -> Rows:
    """Move every row's arcs to the left, keeping their order."""
    is_arc = rows != NO_ARC
    count = is_arc.sum(axis=1)
    moved = np.full((len(rows), int(count.max(initial=0))), NO_ARC, dtype=np.int64)
    moved[np.arange(moved.shape[1]) < count[:, None]] = rows[is_arc]
    return moved


def joined(one: Rows, other: Rows) -> Rows:
    """Return the rows of both matrices as one."""
    width = max(one.shape[1], other.shape[1])
    rows = np.full((len(one) + len(other), width), NO_ARC, dtype=np.int64)
    rows[: len(one), : one.shape[1]] = one
    rows[len(one) :, : other.shape[1]] = other
    return rows


def distinct(graph: LoopGraph, rows: Rows) -> Rows:
    """Drop walks over the same chains, whatever their direction and order."""
    key = np.where(rows == NO_ARC, np.uint64(0), graph.marks[rows]).sum(axis=1, dtype=np.uint64)
    _, first = np.unique(key, return_index=True)
    return np.asarray(rows[np.sort(first)])


def score(graph: LoopGraph, weights: CalmWeights, budgets_s: Sequence[float], rows: Rows) -> Scored:
    """Measure walks as ``walktalk.routes.calm.walk_cost`` does, all at once.

    Each is to fill the one of the times that it comes nearest to.
    """
    walked = rows != NO_ARC

    def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.where(walked, values[rows], 0.0).sum(axis=1))

    metres, seconds = total(graph.metres), total(graph.seconds)
    chains = chains_of(graph, rows)
    again = (chains[:, 1:] == chains[:, :-1]) & (chains[:, 1:] != NO_ARC)
    repeated = np.where(again, graph.metres[chains[:, 1:]], 0.0).sum(axis=1)
    is_turn, crossed_m = graph.between(rows[:, :-1], rows[:, 1:])
    turns = total(graph.turns) + (walked[:, 1:] & is_turn).sum(axis=1)
    crossed_m = np.where(walked[:, 1:], crossed_m, 0.0).sum(axis=1)
    along = total(graph.weight) + weights.turn_m * turns + crossed_m
    along += (weights.repeated + weights.back) * repeated
    along += weights.beside * _beside_m(graph, chains)
    length = np.where(metres > 0, metres, 1.0)
    roundness = np.minimum(1.0, 4 * np.pi * np.abs(total(graph.swept_m2)) / length**2)
    unused = np.min([np.abs(most_s - seconds) / most_s for most_s in budgets_s], axis=0)
    cost = along / length + weights.round * (1 - roundness) + UNUSED * unused
    return Scored(graph, rows, seconds, metres, repeated, cost)


def _beside_m(graph: LoopGraph, chains: Rows) -> NDArray[np.float64]:
    """Return the metres of each walk that run beside another part of it.

    Args:
        graph: the graph.
        chains: the chains of each walk in ascending order.
    """
    walk = np.repeat(np.arange(len(chains)), (chains != NO_ARC).sum(axis=1))
    chain = chains[chains != NO_ARC]
    is_first = np.ones(len(chain), dtype=bool)
    is_first[1:] = (chain[1:] != chain[:-1]) | (walk[1:] != walk[:-1])
    first = np.flatnonzero(is_first)
    passes = np.diff(np.append(first, len(chain)))
    return beside_itself_m(
        (walk[first], chain[first]),
        passes,
        graph.beside_m,
        metres=graph.metres,
        walks=len(chains),
    )


def beside_itself_m(
    walked: tuple[NDArray[np.int64], NDArray[np.int64]],
    passes: NDArray[Any],
    beside_m: csr_matrix[np.float64],
    *,
    metres: NDArray[np.float64],
    walks: int,
) -> NDArray[np.float64]:
    """Return the metres of each walk that run beside another part of it.

    Args:
        walked: each walk with each stretch that it goes over, once, by their numbers.
        passes: how often it goes over it.
        beside_m: metres of each stretch, a row, that run beside each other one, a column.
        metres: length of each stretch; no more of it than that is beside anything.
        walks: how many walks there are.
    """
    is_on = np.zeros((walks, len(metres)), dtype=bool)
    is_on[walked] = True
    has_others = np.flatnonzero(np.diff(beside_m.indptr).take(walked[1]))
    walk, stretch = (each.take(has_others) for each in walked)
    first, others = beside_m.indptr.take(stretch), np.diff(beside_m.indptr).take(stretch)
    number = np.repeat(np.arange(len(walk)), others)
    at = np.arange(len(number)) + np.repeat(first - np.cumsum(others) + others, others)
    both = is_on.take(walk.take(number) * len(metres) + beside_m.indices.take(at))
    along = np.bincount(number, beside_m.data.take(at) * both, minlength=len(walk))
    along = np.minimum(along, metres.take(stretch)) * passes.take(has_others)
    return np.bincount(walk, along, minlength=walks).astype(float)
