"""Many walks at once as a matrix of arcs, and the score of each.

A row of the matrix is a walk: the arcs of the loop graph in order from the left, filled up with
``NO_ARC``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    # the same ground again is beside itself both times
    beside = weights.beside * (_beside_m(graph, rows) + 2 * repeated)
    along = total(graph.weight) + weights.turn_m * turns + weights.repeated * repeated
    along += crossed_m + beside
    length = np.where(metres > 0, metres, 1.0)
    roundness = np.minimum(1.0, 4 * np.pi * np.abs(total(graph.swept_m2)) / length**2)
    unused = np.min([np.abs(most_s - seconds) / most_s for most_s in budgets_s], axis=0)
    cost = along / length + weights.round * (1 - roundness) + UNUSED * unused
    return Scored(graph, rows, seconds, metres, repeated, cost)


def _beside_m(graph: LoopGraph, rows: Rows) -> NDArray[np.float64]:
    """Return the metres of each walk that run beside another part of it."""
    walk, column = np.nonzero(rows != NO_ARC)
    passes = np.zeros((len(graph.begin), len(rows)))
    np.add.at(passes, (graph.chain[rows[walk, column]], walk), 1.0)
    return beside_itself_m(passes, graph.beside_m, graph.metres)


def beside_itself_m(
    passes: NDArray[np.float64],
    beside_m: csr_matrix[np.float64],
    metres: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the metres of each walk that run beside another part of it.

    Args:
        passes: how often each walk, a column, goes over each stretch, a row.
        beside_m: metres of each stretch, a row, that run beside each other one, a column.
        metres: length of each stretch; no more of it than that is beside anything.
    """
    walked = np.flatnonzero(passes.any(axis=1) & (np.diff(beside_m.indptr) > 0))
    beside = beside_m[walked] @ (passes > 0).astype(float)
    beside = np.minimum(beside, metres[walked, None])
    return np.asarray((beside * passes[walked]).sum(axis=0))
