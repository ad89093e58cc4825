"""Which paths are no worse than a walk, whatever may be needed: for what is told to everybody.

A walk that keeps a need goes over no path that breaks it. A path that breaks no need but those
which the walk breaks too suits whoever the walk suits, and shows nobody what was asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.checks import PATH_NEEDS, verdict
from walktalk.routes.opening import open_edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.model import Walk

_BITS: Mapping[Verdict, int] = {"met": 0b00, "unknown": 0b01, "broken": 0b11}
_NOT_JUDGED = -1


def worst_on(area: Area, edges: NDArray[np.int64]) -> int:
    """Return the worst that some paths have on each need of paths, two bits a need.

    Args:
        area: the land.
        edges: the paths, by their numbers in the network.
    """
    return int(np.bitwise_or.reduce(_judged(area, edges), initial=0))


def are_no_worse(area: Area, edges: NDArray[np.int64], than: int) -> NDArray[np.bool_]:
    """Return which paths are no worse on any need than ``worst_on`` says."""
    return np.asarray(_judged(area, edges) & ~than == 0)


def _judged(area: Area, edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the verdicts of paths on all needs of paths: each path is judged once."""
    known = area.prepared(_not_judged)
    ids, needs = area.network.path_ids, sorted(PATH_NEEDS)
    for edge in np.unique(edges[known[edges] == _NOT_JUDGED]).tolist():
        path = area.paths[ids[edge]]
        known[edge] = sum(
            _BITS[verdict(area, path, need)] << 2 * number for number, need in enumerate(needs)
        )
    return known[edges]


def _not_judged(area: Area) -> NDArray[np.int64]:
    return np.full(len(area.paths), _NOT_JUDGED, dtype=np.int64)


def edges_of(area: Area, path_ids: Iterable[str]) -> NDArray[np.int64]:
    """Return the numbers of paths in the network."""
    return np.array([area.network.edge_of(each) for each in path_ids], dtype=np.int64)


def with_shortcut_that_suits(walk: Walk) -> Walk:
    """Return a walk without its shortcut where that is closed then, or known to be worse by now."""
    shortcut, area = walk.proposal.shortcut, walk.area
    if shortcut is None:
        return walk
    worst = worst_on(area, edges_of(area, (leg.path_id for leg in walk.route.legs)))
    edges = edges_of(area, (leg.path_id for leg in shortcut.legs))
    if open_edges(area, walk.request)[edges].all() and are_no_worse(area, edges, worst).all():
        return walk
    return replace(walk, proposal=replace(walk.proposal, shortcut=None))
