"""What a walk passes without being told to turn: junctions of the network, and its own start."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from walktalk.parks.geodesy import segment_lengths_m
from walktalk.routes.cues import CHOICE, node_at_end

if TYPE_CHECKING:
    from walktalk.parks import Area
    from walktalk.routes.model import Route

SAME_PLACE_M = 0.5
"""Metres within which two points of a walk are the same place on the ground."""


def junctions_passed_m(area: Area, route: Route) -> list[float]:
    """Return the metres walked at each junction of the walk, both ends left out."""
    found: list[float] = []
    walked = 0.0
    for leg, _ in pairwise([leg for leg in route.legs if leg.length_m]):
        walked += leg.length_m
        node = node_at_end(area, leg)
        if node is not None and area.network.degrees[node] >= CHOICE:
            found.append(walked)
    return found


def start_passed_m(area: Area, route: Route) -> list[float]:
    """Return the metres walked each time the walk comes by its start, both ends left out."""
    if route.length_m <= SAME_PLACE_M:
        return []
    flat = area.network.metres(route.coordinates)
    lengths = segment_lengths_m(route.coordinates)
    walked = np.concatenate(([0.0], np.cumsum(lengths)))
    segments = np.asarray(shapely.linestrings(np.stack((flat[:-1], flat[1:]), axis=1)))
    start = shapely.Point(flat[0])
    near = np.flatnonzero(shapely.distance(segments, start) <= SAME_PLACE_M)
    along = shapely.line_locate_point(segments[near], start)
    found: list[float] = []
    for metres in sorted((walked[near] + along).tolist()):
        apart = metres - (found[-1] if found else 0.0)
        if apart > 2 * SAME_PLACE_M and walked[-1] - metres > 2 * SAME_PLACE_M:
            found.append(metres)
    return found
