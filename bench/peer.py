"""The field's method, to compare with: waypoints on a circle, joined by shortest ways.

As GraphHopper's, openrouteservice's and OsmAnd's round trips work, in outline: a circle through
the start whose circumference is the wished length over a detour factor, waypoints on it snapped to
the network, shortest ways between them, ways already used made dearer. Written for this benchmark.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from walktalk.routes import Leg

if TYPE_CHECKING:
    from walktalk.parks import Network

_WAYPOINTS = 3
_DETOUR = 1.3  # ways through a town are about so much longer than the crow flies
_TRIES = 6  # circles, each resized by how far the one before was off; the nearest is kept
_PENALTY = 5.0  # a way already used counts so many times


class CirclePlanner:
    """Round trips by a circle of waypoints on one network."""

    def __init__(self, network: Network) -> None:
        self._xy = network.metres(network.nodes)
        self._tree = cKDTree(self._xy)
        keep = network.tail != network.head
        tail, head = network.tail[keep], network.head[keep]
        low, high = np.minimum(tail, head), np.maximum(tail, head)
        order = np.lexsort((network.lengths_m[keep], high, low))
        first = np.ones(len(order), dtype=bool)
        first[1:] = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
        order = order[first]
        self._network = network
        pairs = zip(low[order].tolist(), high[order].tolist(), strict=True)
        self._edge = dict(zip(pairs, np.flatnonzero(keep)[order].tolist(), strict=True))
        low, high, length = low[order], high[order], network.lengths_m[keep][order]
        self._matrix = csr_matrix(
            (np.tile(length, 2), (np.r_[low, high], np.r_[high, low])),
            shape=(len(self._xy), len(self._xy)),
        )
        self._matrix.sort_indices()

    def plan(self, start: int, wished_m: float, heading: float) -> tuple[float, list[Leg]]:
        """Return the metres of the round trip and its legs.

        Args:
            start: node it starts from.
            wished_m: wished length in metres.
            heading: direction of the circle's middle, radians.
        """
        radius = wished_m / _DETOUR / (2 * math.pi)
        best: tuple[float, list[Leg]] = (0.0, [])
        for _ in range(_TRIES):
            length, legs = self._round_trip(start, radius, heading, 3 * wished_m)
            if abs(length - wished_m) < abs(best[0] - wished_m):
                best = (length, legs)
            radius *= min(2.0, max(0.5, wished_m / length)) if length else 2.0
        return best

    def _round_trip(
        self, start: int, radius: float, heading: float, limit_m: float
    ) -> tuple[float, list[Leg]]:
        middle = self._xy[start] + radius * np.array([math.cos(heading), math.sin(heading)])
        turn = np.arange(1, _WAYPOINTS + 1) * 2 * math.pi / (_WAYPOINTS + 1) + heading + math.pi
        circle = middle + radius * np.column_stack([np.cos(turn), np.sin(turn)])
        nearest = np.asarray(self._tree.query(circle)[1], dtype=np.int64)
        stops = [start, *nearest.tolist(), start]
        matrix, plain = self._matrix.copy(), self._matrix.data
        walked: list[int] = []
        for here, there in pairwise(stops):
            _, before = dijkstra(
                matrix, indices=np.array([here]), return_predecessors=True, limit=limit_m
            )
            at, way = there, []
            while at != here and before[0][at] >= 0:
                way.append(self._arc(int(before[0][at]), at))
                back = self._arc(at, int(before[0][at]))
                matrix.data[[way[-1], back]] = plain[way[-1]] * _PENALTY
                at = int(before[0][at])
            walked += way[::-1]
        return float(plain[walked].sum()) if walked else 0.0, [self._leg(arc) for arc in walked]

    def _leg(self, arc: int) -> Leg:
        begin = int(np.searchsorted(self._matrix.indptr, arc, side="right") - 1)
        end = int(self._matrix.indices[arc])
        edge = self._edge[min(begin, end), max(begin, end)]
        length = float(self._network.lengths_m[edge])
        forward = int(self._network.tail[edge]) == begin
        path_id = self._network.path_ids[edge]
        return Leg(path_id, 0.0, length) if forward else Leg(path_id, length, 0.0)

    def _arc(self, begin: int, end: int) -> int:
        first, last = self._matrix.indptr[begin], self._matrix.indptr[begin + 1]
        return int(first + np.searchsorted(self._matrix.indices[first:last], end))
