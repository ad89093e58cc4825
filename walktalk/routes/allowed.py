"""Which paths a request may use: open ones that break no need, none near what it avoids."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.calm import calm_weights
from walktalk.routes.checks import path_verdicts
from walktalk.routes.opening import open_edges
from walktalk.routes.reading import SNAP_M
from walktalk.routes.search.search_graph import SearchGraph, search_graph_near

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat, Snap
    from walktalk.routes.model import WalkRequest
    from walktalk.routes.reading import ReadRequest

KEEP_AWAY_M = 50.0
"""Metres that a walk keeps from a place to keep away from: out of earshot of a quiet talk; the
same as the need "away-from-playgrounds"."""


@dataclass(frozen=True, eq=False)
class Allowed:
    """What may be walked, in the network's edge order.

    Attributes:
        usable: may be walked under the request's rule for unknown.
        unknown: how many of the needs are unknown there; the others are known to be met.
    """

    usable: NDArray[np.bool_]
    unknown: NDArray[np.int64]


def allowed_paths(area: Area, request: WalkRequest, avoid: tuple[LonLat, ...]) -> Allowed:
    """Return which edges a request may use: open to walkers all the time, no need broken.

    Args:
        area: the area.
        request: the request.
        avoid: positions to keep ``KEEP_AWAY_M`` away from.
    """
    usable, unknown = path_verdicts(area, request.needs)
    usable = usable & open_edges(area, request)
    if avoid:
        usable = usable & (area.network.distances_m(avoid) >= KEEP_AWAY_M)
    if request.unknown == "refuse":
        usable = usable & (unknown == 0)
    return Allowed(usable, unknown)


def search_graph_for(
    area: Area, request: WalkRequest, reading: ReadRequest, allowed: Allowed, start: Snap
) -> SearchGraph:
    """Return the segments within reach of a start that the request may use."""
    reach = request.max_minutes_from_start
    return search_graph_near(
        area,
        calm_weights(area, request.preferences),
        allowed.usable,
        start=start,
        pace=request.pace,
        budget_s=reading.budget_s,
        reach_s=math.inf if reach is None else reach * 60,
    )


@dataclass(frozen=True, eq=False)
class Ground:
    """What of the land a request may use.

    Attributes:
        search_graph: the segments within reach of its start.
        tiers: which of them may be used: where all needs are known, then one fewer each time.
    """

    search_graph: SearchGraph
    tiers: list[NDArray[np.bool_]]


def ground_for(area: Area, request: WalkRequest, reading: ReadRequest) -> Ground | None:
    """Return what of the land a request may use; ``None`` where no such path is near the start."""
    return ground_on(area, request, reading, allowed_paths(area, request, reading.avoid))


def ground_on(
    area: Area, request: WalkRequest, reading: ReadRequest, allowed: Allowed
) -> Ground | None:
    """Return ``ground_for`` a request whose paths are known."""
    start = area.network.snap_among(reading.position, allowed.usable, SNAP_M)
    if start is None:
        return None
    search_graph = search_graph_for(area, request, reading, allowed, start)
    if not len(search_graph.segments):
        return None
    return Ground(search_graph, _most_known_first(allowed, search_graph))


def _most_known_first(allowed: Allowed, search_graph: SearchGraph) -> list[NDArray[np.bool_]]:
    """Return which segments may be used, where most is known first.

    What nobody has recorded anywhere is no reason to lose what is known of the other needs.
    """
    unknown = allowed.unknown[search_graph.segments["path"]]
    return [unknown <= most for most in np.unique(unknown)]
