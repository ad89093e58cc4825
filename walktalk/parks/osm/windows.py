"""Pieces of what was read, around one park after the other, found by their boxes."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from walktalk.parks.geodesy import LonLat
from walktalk.parks.osm.data import OsmData
from walktalk.parks.osm.selection import Bounds


class Windows:
    """Cuts an extract into windows without going through all of it each time."""

    def __init__(self, data: OsmData) -> None:
        self._data = data
        self._ways = [way for way in data.ways.values() if way.line]
        self._nodes = list(data.nodes.values())
        self._way_boxes = np.array([_box(way.line) for way in self._ways]).reshape(-1, 4)
        self._positions = np.array([node.position for node in self._nodes]).reshape(-1, 2)
        self._relations_of: dict[int, list[int]] = {}
        for relation in data.relations.values():
            for ref, _ in relation.members:
                self._relations_of.setdefault(ref, []).append(relation.id)

    def around(self, bounds: Bounds) -> OsmData:
        """Return what touches a box, areas made of several ways whole, with its own warnings."""
        west, south, east, north = bounds
        box = self._way_boxes
        touching = (
            (box[:, 0] <= east) & (box[:, 2] >= west) & (box[:, 1] <= north) & (box[:, 3] >= south)
        )
        ways = {self._ways[i].id: self._ways[i] for i in _chosen(touching)}
        lon, lat = self._positions.T
        inside = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        relations = {
            relation: self._data.relations[relation]
            for way in ways
            for relation in self._relations_of.get(way, ())
        }
        for relation in relations.values():
            for ref, _ in relation.members:
                if ref not in ways and ref in self._data.ways:
                    ways[ref] = self._data.ways[ref]
        return OsmData(
            nodes={self._nodes[i].id: self._nodes[i] for i in _chosen(inside)},
            ways=ways,
            relations=relations,
            as_of=self._data.as_of,
            warnings=Counter(),
        )


def _chosen(mask: NDArray[np.bool_]) -> list[int]:
    return [int(i) for i in np.flatnonzero(mask)]


def _box(line: tuple[LonLat, ...]) -> Bounds:
    lon, lat = zip(*line, strict=True)
    return min(lon), min(lat), max(lon), max(lat)
