"""Shortest-path trees, many at once, with sums and ways along them.

Each tree grows in a copy of the graph of its own. All copies are one matrix, so that one call of
SciPy's Dijkstra grows them all. A *place* is a node of one copy: copy x nodes + node.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.scoring import NO_ARC

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.search.scoring import Rows


@dataclass(frozen=True, eq=False)
class Forest:
    """Shortest-path trees; every array has an entry for each place.

    Attributes:
        reached: how far each place is from its tree's root; infinite where no way leads.
        last: the last arc on the way there; ``NO_ARC`` at a root and where no way leads.
        before: the place before it on the way; the place itself where there is none.
    """

    reached: NDArray[np.float64]
    last: NDArray[np.int64]
    before: NDArray[np.int64]

    @cached_property
    def led(self) -> NDArray[np.int64]:
        """The places that an arc leads to."""
        return np.flatnonzero(self.last != NO_ARC)

    def summed(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up values along each way from the root, by doubling the stride.

        Args:
            values: what the last arc on the way to each of ``led`` adds, a row for each kind.

        Returns:
            The sums at every place, a row for each kind; 0 where no arc leads.
        """
        number = np.zeros(len(self.last), dtype=np.int64)  # of those led to; every root is 0
        number[self.led] = np.arange(1, len(self.led) + 1)
        before = np.append(0, number.take(self.before.take(self.led)))
        totals = np.zeros((len(values), len(before)))
        totals[:, 1:] = values
        going = np.flatnonzero(before)
        while len(going):
            step = before.take(going)
            for total in totals:
                total[going] = total.take(going) + total.take(step)
            onward = before.take(step)
            before[going] = onward
            going = going[onward != 0]
        sums = np.zeros((len(values), len(self.last)))
        sums[:, self.led] = totals[:, 1:]
        return sums

    def ways(self, places: NDArray[np.int64]) -> Rows:
        """Return the arcs of the way to each of some places from its root, last arc first."""
        columns: list[NDArray[np.int64]] = []
        while len(places):
            arc = self.last.take(places)
            if arc.max() == NO_ARC:
                break
            columns.append(arc)
            places = self.before.take(places)
        if not columns:
            return np.full((len(places), 0), NO_ARC, dtype=np.int64)
        return np.column_stack(columns)


def grown(
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    weight: NDArray[np.float64],
    roots: NDArray[np.int64],
    *,
    nodes: int,
    open_arcs: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> Forest:
    """Grow a shortest-path tree in each of several copies of a simple graph.

    Args:
        begin, end: node at each arc's ends, the arcs in the order of where they begin.
        weight: what each open arc weighs.
        roots: the root in each copy.
        nodes: how many nodes the graph has.
        open_arcs: the copy and the arc of everything that can be gone over, in this order; without
            it, every arc of the only copy.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    arc = None
    if open_arcs is not None:
        copy, arc = open_arcs
        begin, end = copy * nodes + begin.take(arc), copy * nodes + end.take(arc)
    places = len(roots) * nodes
    row = np.zeros(places + 1, dtype=np.int32)
    np.cumsum(np.bincount(begin, minlength=places), out=row[1:])
    reached, before, _ = dijkstra(
        csr_matrix((weight, end.astype(np.int32), row), shape=(places, places)),
        indices=np.arange(len(roots)) * nodes + roots,
        return_predecessors=True,
        min_only=True,
    )
    before = before.astype(np.int64)
    into = np.flatnonzero(before.take(end) == begin)
    last = np.full(places, NO_ARC, dtype=np.int64)
    last[end.take(into)] = into if arc is None else arc.take(into)
    return Forest(reached, last, np.where(before < 0, np.arange(places), before))
