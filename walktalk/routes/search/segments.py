"""An area's paths as segments in arrays: what every search starts from, built once an area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.cues import LOOK_M
from walktalk.routes.timing import edge_flat_metres

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat, Network

SEGMENT = np.dtype(
    [
        ("number", "i8"),  # among the area's segments, or that of the one it is a piece of
        ("path", "i8"),  # edge of the network it is part of
        ("from_m", "f8"),  # where on the path it begins, metres from its first point
        ("to_m", "f8"),  # where on the path it ends
        ("tail", "i8"),  # node at its beginning
        ("head", "i8"),  # node at its end
        ("metres", "f8"),
        ("flat_forward", "f8"),  # metres of flat asphalt that take as long
        ("flat_backward", "f8"),
        ("swept_m2", "f8"),  # signed area between the segment and the origin
        ("leaving", "f8"),  # direction at its beginning, radians
        ("arriving", "f8"),  # direction at its end, radians
    ]
)
"""A stretch of one path between two nodes of the search."""

Segments = np.ndarray[tuple[int], np.dtype[np.void]]


@dataclass(frozen=True, eq=False)
class AreaSegments:
    """An area's network as a simple graph: no two segments join the same nodes.

    Paths that would be parallel to another, or begin where they end, are cut in two or three.

    Attributes:
        segments: an array of ``SEGMENT``; the first of each path is at the path's edge index.
        xy: metres east and north of the network's middle, one row a node.
    """

    network: Network
    segments: Segments
    xy: NDArray[np.float64]


def area_segments(area: Area) -> AreaSegments:
    """Return the area's segments."""
    return area.prepared(_build)


def split(
    network: Network, segment: np.void, nodes: Sequence[int], at_m: Sequence[float]
) -> Segments:
    """Cut one segment in pieces.

    Args:
        network: the network the segment belongs to.
        segment: one row of ``SEGMENT``.
        nodes: the nodes at the cuts, in the segment's direction.
        at_m: where the cuts are, metres from the path's first point.
    """
    pieces = np.repeat(np.array([segment], dtype=SEGMENT), len(nodes) + 1)
    pieces["head"][:-1] = nodes
    pieces["tail"][1:] = nodes
    pieces["to_m"][:-1] = at_m
    pieces["from_m"][1:] = at_m
    whole = float(segment["metres"])
    line = network.lines[int(segment["path"])]
    for piece in pieces:
        share = float(piece["to_m"] - piece["from_m"]) / whole if whole else 0.0
        part = network.metres(line.cut(float(piece["from_m"]), float(piece["to_m"])))
        shape = _shapes(part, np.array([0, len(part)]))
        for name in ("swept_m2", "leaving", "arriving"):
            piece[name] = shape[name][0]
        for name in ("metres", "flat_forward", "flat_backward"):
            piece[name] = share * segment[name]
    return pieces


def _shapes(xy: NDArray[np.float64], begins: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """Return area swept and directions of lines laid end to end, each from ``begins[i]`` on.

    A direction is that of the first or last ``LOOK_M``, as a walker sees it at a junction.
    """
    step = np.diff(xy, axis=0, append=xy[-1:])
    swept = (xy[:, 0] * step[:, 1] - xy[:, 1] * step[:, 0]) / 2
    first, last = begins[:-1], begins[1:] - 1
    swept[last] = 0.0  # the step from one line to the next
    along = np.hypot(*step.T)
    along[last] = 1.0  # so that no two lines touch
    at = np.concatenate(([0.0], np.cumsum(along)[:-1]))

    def seen(metres: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([np.interp(metres, at, each) for each in xy.T])

    look = np.minimum(LOOK_M, at[last] - at[first])
    out, back = seen(at[first] + look) - xy[first], xy[last] - seen(at[last] - look)
    return {
        "swept_m2": np.add.reduceat(swept, first),
        "leaving": np.arctan2(out[:, 1], out[:, 0]),
        "arriving": np.arctan2(back[:, 1], back[:, 0]),
    }


def _build(area: Area) -> AreaSegments:
    network = area.network
    count = len(network.path_ids)
    segments = np.zeros(count, dtype=SEGMENT)
    if not count:
        return AreaSegments(network, segments, np.zeros((0, 2)))
    forward, backward = edge_flat_metres(area)
    begins = np.concatenate(([0], np.cumsum([len(line.at_m) for line in network.lines])))
    points: list[LonLat] = [point for line in network.lines for point in line.positions]
    segments["path"] = np.arange(count)
    segments["to_m"] = segments["metres"] = network.lengths_m
    segments["tail"], segments["head"] = network.tail, network.head
    segments["flat_forward"], segments["flat_backward"] = forward, backward
    for name, values in _shapes(network.metres(points), begins).items():
        segments[name] = values
    return _without_parallels(network, segments, network.metres(network.nodes))


def _without_parallels(
    network: Network, segments: Segments, xy: NDArray[np.float64]
) -> AreaSegments:
    """Cut parallel paths in two and paths from a node to itself in three."""
    low = np.minimum(segments["tail"], segments["head"])
    high = np.maximum(segments["tail"], segments["head"])
    _, first = np.unique(low * len(xy) + high, return_index=True)
    is_first = np.zeros(len(segments), dtype=bool)
    is_first[first] = True
    ring = (low == high) & (segments["metres"] > 0)
    parallel = ~is_first & (low != high)
    extra: list[Segments] = []
    nodes: list[LonLat] = []
    for edge in np.flatnonzero(ring | parallel):
        cuts = 2 if ring[edge] else 1
        at_m = [float(segments["metres"][edge]) * (i + 1) / (cuts + 1) for i in range(cuts)]
        new = [len(xy) + len(nodes) + i for i in range(cuts)]
        nodes += network.lines[edge].points_at(at_m)
        pieces = split(network, segments[edge], new, at_m)
        segments[edge] = pieces[0]
        extra.append(pieces[1:])
    segments = np.concatenate([segments, *extra])
    segments["number"] = np.arange(len(segments))
    return AreaSegments(network, segments, np.vstack([xy, network.metres(nodes)]))
