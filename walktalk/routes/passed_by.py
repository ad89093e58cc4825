"""What a walk passes without being told to turn: junctions of the network, and its own start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.cues import CHOICE, node_at_end

if TYPE_CHECKING:
    from walktalk.parks import Area
    from walktalk.routes.model import Route

SAME_PLACE_M = 0.5
"""Metres within which two points of a walk are the same place on the ground."""


def junctions_passed_m(area: Area, route: Route) -> list[float]:
    """Return the metres walked at each junction of the walk, both ends left out."""
    found: list[float] = []
    for leg, walked in zip(route.legs, route.walked_m[1:].tolist(), strict=True):
        if not leg.length_m or walked >= route.walked_m[-1]:
            continue
        node = node_at_end(area, leg)
        if node is not None and area.network.degrees[node] >= CHOICE:
            found.append(walked)
    return found


def start_passed_m(route: Route) -> list[float]:
    """Return the metres walked each time the walk comes by its start, both ends left out."""
    if route.length_m <= SAME_PLACE_M:
        return []
    along_m, off_m = route.line.feet(route.coordinates[0])
    found: list[float] = []
    for metres in np.sort(along_m[off_m <= SAME_PLACE_M]).tolist():
        apart = metres - (found[-1] if found else 0.0)
        if apart > 2 * SAME_PLACE_M and route.line.length_m - metres > 2 * SAME_PLACE_M:
            found.append(metres)
    return found
