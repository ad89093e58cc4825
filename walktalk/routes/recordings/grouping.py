"""From positions matched to paths to a line and the stretches of path it follows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from walktalk.parks import LonLat, Network
from walktalk.routes.model import Leg

OFF = -1
"""Stands for "on no path" where others have the number of an edge."""

_TURNED_ROUND_M = 25.0
"""Going back this far along a path is turning round; less is the receiver's wandering."""

_NEAR_END_M = 10.0
"""Nearer to a path's end than a receiver can tell."""

Lines = NDArray[np.object_]
Points = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Samples one after another on the same edge, or on none."""

    edge: int
    samples: tuple[int, ...]


def lay_out(
    network: Network,
    edges: Lines,
    samples: Points,
    positions: list[LonLat],
    stretches: list[Stretch],
) -> tuple[tuple[Leg, ...], tuple[LonLat, ...]]:
    """Return the legs, empty where the paths do not join up or one is missing, and the line.

    Args:
        network: the area's paths.
        edges: their lines in flat metres.
        samples: the positions in flat metres.
        positions: the same as (longitude, latitude).
        stretches: which samples lie on which edge.
    """
    legs: list[Leg] = []
    line: list[LonLat] = []
    joined = all(stretch.edge != OFF for stretch in stretches)
    for before, here, after in zip(
        [None, *stretches[:-1]], stretches, [*stretches[1:], None], strict=True
    ):
        if here.edge == OFF:
            _extend(line, [positions[i] for i in here.samples])
            continue
        along = _along_m(network, edges, samples, here)
        first = _shared_end_m(network, before, here, along[0])
        last = _shared_end_m(network, after, here, along[-1])
        joined &= (before is None or first is not None) and (after is None or last is not None)
        stops = [along[0] if first is None else first, *_turning_points(along)]
        stops.append(along[-1] if last is None else last)
        stops = [_to_the_end(metres, float(network.lengths_m[here.edge])) for metres in stops]
        for from_m, to_m in pairwise(stops):
            if from_m != to_m:
                legs.append(Leg(network.path_ids[here.edge], from_m, to_m))
                _extend(line, network.lines[here.edge].cut(from_m, to_m))
    return (tuple(legs) if joined else ()), tuple(line)


def _along_m(network: Network, edges: Lines, samples: Points, stretch: Stretch) -> list[float]:
    shares = shapely.line_locate_point(
        edges[stretch.edge], samples[list(stretch.samples)], normalized=True
    )
    length = float(network.lengths_m[stretch.edge])
    return [float(share) * length for share in np.atleast_1d(shares)]


def _shared_end_m(
    network: Network, other: Stretch | None, here: Stretch, near_m: float
) -> float | None:
    """Return where on its path a stretch meets the next one: 0, the path's length, or nowhere."""
    if other is None or other.edge == OFF:
        return None
    theirs = {int(network.tail[other.edge]), int(network.head[other.edge])}
    length = float(network.lengths_m[here.edge])
    ends = ((0.0, int(network.tail[here.edge])), (length, int(network.head[here.edge])))
    shared = [metres for metres, node in ends if node in theirs]
    return min(shared, key=lambda metres: abs(metres - near_m), default=None)


def _to_the_end(metres: float, length_m: float) -> float:
    """Return the end of the path for a point close to it: that is where people turn round."""
    if metres < min(_NEAR_END_M, length_m / 2):
        return 0.0
    return length_m if length_m - metres < min(_NEAR_END_M, length_m / 2) else metres


def _turning_points(along: list[float]) -> list[float]:
    """Return the distances along the path at which the walker turned round."""
    turns: list[float] = []
    rising: bool | None = None
    extreme = along[0]
    for metres in along:
        if rising is None:
            if abs(metres - along[0]) > _TURNED_ROUND_M:
                rising, extreme = metres > along[0], metres
        elif (metres > extreme) == rising:
            extreme = metres
        elif abs(metres - extreme) > _TURNED_ROUND_M:
            turns.append(extreme)
            rising, extreme = not rising, metres
    return turns


def _extend(line: list[LonLat], part: list[LonLat] | tuple[LonLat, ...]) -> None:
    for position in part:
        if not line or line[-1] != position:
            line.append(position)
