"""Roads crossed where two paths meet: at a junction with a road, or at the ends of two alleys."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.checks.crossed import at_an_end, crosses_somewhere
from walktalk.routes.checks.facts import is_carriageway
from walktalk.routes.crossing_costs import crossing_cost_m
from walktalk.routes.cues import heading_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat

_SIDES = 2  # a road lies on either side, a path before it and one behind
_CIRCLE_DEG = 360.0

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
    """Return where in an area roads are crossed between two paths.

    As the check of road crossings counts them: paths on which a crossing is recorded are left out.
    """
    return area.prepared(_roads_crossed)


def _roads_crossed(area: Area) -> RoadsCrossed:
    ends = 2 * len(area.network.path_ids)
    found = sorted({*_at_junctions(area), *_between_alleys(area)})
    keys = np.array([comes * ends + leaves for comes, leaves, _ in found], dtype=np.int64)
    return RoadsCrossed(ends, keys, np.array([metres for *_, metres in found], dtype=float))


def _at_junctions(area: Area) -> Iterator[_Pair]:
    """Yield the pairs of paths that meet a road from its two sides."""
    network = area.network
    edges = len(network.path_ids)
    on_road = np.array([is_carriageway(path) for path in area.paths.values()], dtype=bool)
    known = [crosses_somewhere(path) for path in area.paths.values()]
    off_road = ~on_road & ~np.array(known, dtype=bool)
    nodes = np.concatenate((network.tail, network.head))
    roads = np.bincount(nodes, weights=np.tile(on_road, 2), minlength=len(network.nodes))
    paths = np.bincount(nodes, weights=np.tile(off_road, 2), minlength=len(network.nodes))
    for node in np.flatnonzero((roads >= _SIDES) & (paths >= _SIDES)).tolist():
        ends = [
            (network.edge_of(path_id) + at_last * edges, path_id, at_last)
            for path_id, at_last in network.ends_at(node)
        ]
        heading = {end: heading_out(area, path_id, at_last) for end, path_id, at_last in ends}
        sides = [heading[end] for end in heading if on_road[end % edges]]
        classes = [
            str(area.paths[path_id].facts.get("highway"))
            for end, path_id, _ in ends
            if on_road[end % edges]
        ]
        metres = max(crossing_cost_m(each, {}) for each in classes)
        for one, other in permutations([end for end in heading if off_road[end % edges]], 2):
            apart = (heading[other] - heading[one]) % _CIRCLE_DEG
            turned = [(side - heading[one]) % _CIRCLE_DEG < apart for side in sides]
            if any(turned) and not all(turned):
                yield one, other, metres


def _between_alleys(area: Area) -> Iterator[_Pair]:
    """Yield the pairs of paths that meet, at their ends, a road that one may not walk along."""
    network = area.network
    edges = len(network.path_ids)
    met: dict[tuple[int, LonLat], dict[int, float]] = {}
    for edge, path in enumerate(area.paths.values()):
        for crossing in path.crossings:
            end = at_an_end(path, crossing)
            if end:
                node = int(network.head[edge] if end == "last" else network.tail[edge])
                number = edge + (end == "last") * edges
                metres = crossing_cost_m(crossing.kind, crossing.facts)
                met.setdefault((node, crossing.position), {})[number] = metres
    for (node, _), ends in met.items():
        paths = [area.paths[path_id] for path_id, _ in network.ends_at(node)]
        if not any(is_carriageway(path) for path in paths):
            for one, other in permutations(ends, 2):
                if one % edges != other % edges:
                    yield one, other, ends[one]
