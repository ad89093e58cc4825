"""The graph of an area's paths: nodes where path ends meet, one edge a path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from walktalk.parks.geodesy import LonLat, distance_m
from walktalk.parks.plane import middle_of, projection

if TYPE_CHECKING:
    from pyproj import Transformer

    from walktalk.parks.line import Line
    from walktalk.parks.model import Path

_SAME_POINT_DECIMALS = 7  # about 1 cm: what OpenStreetMap stores


@dataclass(frozen=True, slots=True)
class Snap:
    """The nearest point of the network to a position.

    Attributes:
        path_id: the path it lies on.
        position: (longitude, latitude) on that path.
        along_m: metres from the path's first point.
        distance_m: metres from the position asked for.
    """

    path_id: str
    position: LonLat
    along_m: float
    distance_m: float


@dataclass(frozen=True, eq=False)
class Network:
    """Nodes and edges as arrays, so that searches run in compiled libraries.

    Attributes:
        nodes: (longitude, latitude) of each node, indexed from 0.
        path_ids: the path of each edge, in the area's order.
        tail, head: node index at each path's first and last point, shape (edges,).
        lengths_m: geodesic length of each edge, shape (edges,).
        lines: the path lines, measured, in edge order.
    """

    nodes: tuple[LonLat, ...]
    path_ids: tuple[str, ...]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    lengths_m: NDArray[np.float64]
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, paths: Mapping[str, Path]) -> Network:
        """Build the network of ``paths``: ends at the same position (1 cm) are one node."""
        index: dict[LonLat, int] = {}
        nodes: list[LonLat] = []

        def node(position: LonLat) -> int:
            key = (
                round(position[0], _SAME_POINT_DECIMALS),
                round(position[1], _SAME_POINT_DECIMALS),
            )
            if key not in index:
                index[key] = len(nodes)
                nodes.append(position)
            return index[key]

        tail = [node(path.coordinates[0]) for path in paths.values()]
        head = [node(path.coordinates[-1]) for path in paths.values()]
        return cls(
            nodes=tuple(nodes),
            path_ids=tuple(paths),
            tail=np.array(tail, dtype=np.int64),
            head=np.array(head, dtype=np.int64),
            lengths_m=np.array([path.length_m for path in paths.values()], dtype=float),
            lines=tuple(path.line for path in paths.values()),
        )

    def edge_of(self, path_id: str) -> int:
        """Return the index of a path's edge."""
        return self._edge_of[path_id]

    def ends_of(self, path_id: str) -> tuple[int, int]:
        """Return the nodes at a path's first and last point."""
        return self._ends_of[path_id]

    def ends_at(self, node: int) -> list[tuple[str, bool]]:
        """Return the path ends that meet at a node: (path id, whether it is the path's last)."""
        ends, order = self._ends_by_node
        first, last = np.searchsorted(ends, (node, node + 1))
        edges = len(self.path_ids)
        return [(self.path_ids[end % edges], bool(end >= edges)) for end in order[first:last]]

    @cached_property
    def _ends_by_node(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The node of each path end in ascending order, and which end that is."""
        ends = np.concatenate((self.tail, self.head))
        order = np.argsort(ends, kind="stable")
        return ends[order], order

    @cached_property
    def degrees(self) -> NDArray[np.int64]:
        """How many path ends meet at each node; a path that ends where it starts counts twice."""
        ends = np.concatenate((self.tail, self.head))
        return np.bincount(ends, minlength=len(self.nodes))

    @cached_property
    def _ends_of(self) -> dict[str, tuple[int, int]]:
        ends = zip(self.tail.tolist(), self.head.tolist(), strict=True)
        return dict(zip(self.path_ids, ends, strict=True))

    @cached_property
    def _edge_of(self) -> dict[str, int]:
        return {path_id: edge for edge, path_id in enumerate(self.path_ids)}

    def snap(self, position: LonLat) -> Snap:
        """Return the nearest point of any path to ``position``.

        Raises:
            ValueError: the network has no paths.
        """
        if not self.path_ids:
            raise ValueError("the network has no paths")
        point = shapely.Point(self._to_metres.transform(*position))
        return self._snap_to(int(self._tree.nearest(point)), position)

    def snap_among(
        self, position: LonLat, allowed: NDArray[np.bool_], within_m: float
    ) -> Snap | None:
        """Return the nearest point of the allowed paths, or ``None`` when none is that near.

        Args:
            position: (longitude, latitude).
            allowed: which edges count, in edge order.
            within_m: metres on the flat projection; farther paths do not count.
        """
        near = self.edges_near(position, within_m)
        near = near[allowed[near]]
        if not len(near):
            return None
        point = shapely.Point(self._to_metres.transform(*position))
        distances = shapely.distance(self.flat_lines[near], point)
        return self._snap_to(int(near[int(np.argmin(distances))]), position)

    def edges_near(self, position: LonLat, within_m: float) -> NDArray[np.int64]:
        """Return the edges that come so near to a position, in ascending order.

        Args:
            position: (longitude, latitude).
            within_m: metres on the flat projection.
        """
        if not self.path_ids:
            return np.zeros(0, dtype=np.int64)
        point = shapely.Point(self._to_metres.transform(*position))
        return np.sort(self._tree.query(point, predicate="dwithin", distance=within_m))

    def _snap_to(self, edge: int, position: LonLat) -> Snap:
        foot = self.lines[edge].nearest(position)
        return Snap(
            path_id=self.path_ids[edge],
            position=foot.position,
            along_m=foot.along_m,
            distance_m=distance_m(position, foot.position),
        )

    def metres(self, positions: Sequence[LonLat] | NDArray[np.float64]) -> NDArray[np.float64]:
        """Return positions as (x, y) metres on the network's flat projection, shape (n, 2)."""
        lon, lat = np.array(positions, dtype=float).reshape(-1, 2).T
        return np.column_stack(self._to_metres.transform(lon, lat))

    def distances_m(self, positions: Sequence[LonLat]) -> NDArray[np.float64]:
        """Return the metres from each edge to the nearest of ``positions``, in edge order.

        Measured on the flat projection; infinite everywhere when there are no positions.
        """
        if not positions or not self.path_ids:
            return np.full(len(self.path_ids), np.inf)
        points = shapely.MultiPoint(self.metres(positions))
        return np.asarray(shapely.distance(self.flat_lines, points), dtype=float)

    @cached_property
    def _to_metres(self) -> Transformer:
        """The flat projection centred on the network."""
        return projection(middle_of(self.nodes))

    @cached_property
    def flat_lines(self) -> NDArray[np.object_]:
        """The lines as shapely geometries in metres on the flat projection, in edge order."""
        xy = self.metres([point for line in self.lines for point in line.positions])
        which = np.repeat(np.arange(len(self.lines)), [len(line.at_m) for line in self.lines])
        return np.asarray(shapely.linestrings(xy, indices=which))

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.flat_lines)
