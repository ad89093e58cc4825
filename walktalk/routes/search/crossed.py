"""Roads crossed at a junction: between two paths that meet a road from its two sides."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.checks.facts import is_carriageway, is_recorded
from walktalk.routes.cues import heading_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.parks import Area

_SIDES = 2  # a road lies on either side, a path before it and one behind
_CIRCLE_DEG = 360.0


@dataclass(frozen=True, eq=False)
class RoadsCrossed:
    """The pairs of path ends between which a road is crossed.

    A path's first end has the number of its edge, its last end that and the number of edges.

    Attributes:
        ends: how many path ends there are.
        pairs: for each pair, the end come in by x ``ends`` + the end left by, ascending.
    """

    ends: int
    pairs: NDArray[np.int64]

    def between(self, comes: NDArray[np.int64], leaves: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return whether a road is crossed between path ends come in by and left by."""
        if not len(self.pairs):
            return np.zeros(comes.shape, dtype=bool)
        key = comes * self.ends + leaves
        place = np.minimum(np.searchsorted(self.pairs, key), len(self.pairs) - 1)
        return np.asarray((self.pairs[place] == key) & (comes >= 0) & (leaves >= 0))


def roads_crossed(area: Area) -> RoadsCrossed:
    """Return where in an area roads are crossed between two paths.

    As the check of road crossings counts them: paths on which a crossing is recorded are left out.
    """
    return area.prepared(_roads_crossed)


def _roads_crossed(area: Area) -> RoadsCrossed:
    network = area.network
    edges = len(network.path_ids)
    number = {path_id: edge for edge, path_id in enumerate(network.path_ids)}
    on_road = np.array([is_carriageway(path) for path in area.paths.values()], dtype=bool)
    known = [is_recorded(path, "crosses_road") for path in area.paths.values()]
    off_road = ~on_road & ~np.array(known, dtype=bool)
    nodes = np.concatenate((network.tail, network.head))
    roads = np.bincount(nodes, weights=np.tile(on_road, 2), minlength=len(network.nodes))
    paths = np.bincount(nodes, weights=np.tile(off_road, 2), minlength=len(network.nodes))
    pairs: list[int] = []
    for node in np.flatnonzero((roads >= _SIDES) & (paths >= _SIDES)).tolist():
        ends = [
            (number[path_id] + at_last * edges, path_id, at_last)
            for path_id, at_last in network.ends_at(node)
        ]
        heading = {end: heading_out(area, path_id, at_last) for end, path_id, at_last in ends}
        sides = [heading[end] for end in heading if on_road[end % edges]]
        for one, other in permutations([end for end in heading if off_road[end % edges]], 2):
            apart = (heading[other] - heading[one]) % _CIRCLE_DEG
            turned = [(side - heading[one]) % _CIRCLE_DEG < apart for side in sides]
            if any(turned) and not all(turned):
                pairs.append(one * 2 * edges + other)
    return RoadsCrossed(2 * edges, np.sort(np.array(pairs, dtype=np.int64)))
