"""Roads and railways crossed where one path is left for another, for the search."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.checks.crossed import crossed_between
from walktalk.routes.checks.facts import is_carriageway
from walktalk.routes.crossing_costs import crossing_cost_m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from walktalk.parks import Area

_SIDES = 2  # a crossed road lies on either side, and there is a way in and a way out

_Pair = tuple[int, int, float]
"""The path ends come in by and left by, and what is crossed between them, in metres."""


@dataclass(frozen=True, eq=False)
class RoadsCrossed:
    """The pairs of path ends between which a road is crossed.

    A path's first end has the number of its edge, its last end that and the number of edges.

    Attributes:
        ends: how many path ends there are.
        pairs: for each pair, the end come in by x ``ends`` + the end left by, ascending.
        metres: what is crossed between each pair is worth, in metres of a plain path.
    """

    ends: int
    pairs: NDArray[np.int64]
    metres: NDArray[np.float64]

    def between_m(self, comes: NDArray[np.int64], leaves: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what is crossed between path ends come in by and left by is worth."""
        if not len(self.pairs):
            return np.zeros(comes.shape)
        key = comes * self.ends + leaves
        place = np.minimum(np.searchsorted(self.pairs, key), len(self.pairs) - 1)
        crossed = (self.pairs[place] == key) & (comes >= 0) & (leaves >= 0)
        return np.where(crossed, self.metres[place], 0.0)


def roads_crossed(area: Area) -> RoadsCrossed:
    """Return where in an area roads are crossed between two paths, as the check counts them."""
    return area.prepared(_roads_crossed)


def _roads_crossed(area: Area) -> RoadsCrossed:
    ends = 2 * len(area.network.path_ids)
    found = sorted(_pairs(area))
    keys = np.array([comes * ends + leaves for comes, leaves, _ in found], dtype=np.int64)
    return RoadsCrossed(ends, keys, np.array([metres for *_, metres in found], dtype=float))


def _pairs(area: Area) -> Iterator[_Pair]:
    network, paths = area.network, list(area.paths.values())
    edges = len(paths)
    on_road = np.array([is_carriageway(path) for path in paths], dtype=bool)
    nodes = np.concatenate((network.tail, network.head))
    roads = np.bincount(nodes, weights=np.tile(on_road, 2), minlength=len(network.nodes))
    meets = np.zeros(len(network.nodes), dtype=bool)
    with_crossings = [edge for edge, path in enumerate(paths) if path.crossings]
    meets[network.tail[with_crossings]] = meets[network.head[with_crossings]] = True
    crossable = (roads >= _SIDES) & (network.degrees >= 2 * _SIDES)
    for node in np.flatnonzero(meets | crossable).tolist():
        ends = [(network.edge_of(end[0]), end) for end in network.ends_at(node)]
        for (came, came_by), (goes, goes_by) in permutations(ends, 2):
            aside = roads[node] - on_road[came] - on_road[goes]
            if aside < _SIDES and not meets[node]:
                continue
            crossed = crossed_between(area, node, came_by, goes_by)
            if crossed:
                worth = [
                    crossing_cost_m(each.kind, each.crossing.facts if each.crossing else {})
                    for each in crossed
                ]
                yield came + came_by[1] * edges, goes + goes_by[1] * edges, sum(worth)
