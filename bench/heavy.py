"""Much heavier searches on the planner's own cost, to know how near the planner comes to it.

One is the planner's own with more of everything; it has the planner's blind spots. The other shares
nothing with it but the graph and the score (``bench.roaming``).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from bench.roaming import Roaming
from walktalk.routes.allowed import allowed_paths, search_graph_for
from walktalk.routes.calm import calm_weights
from walktalk.routes.reading import over_s, read_request
from walktalk.routes.search.loops import Effort
from walktalk.routes.search.pool import every_candidate

if TYPE_CHECKING:
    from walktalk.parks import Area
    from walktalk.routes import WalkRequest

HEAVY = Effort(
    work_nodes=400_000,
    most_leads=200,
    least_leads=40,
    kept=3000,
    per_lead=40,
    good_loops=40,
    rounds=6,
    steps=12_000,
)


def heavy_costs(area: Area, request: WalkRequest) -> tuple[float, float]:
    """Return the cost of the best walk and of the best loop that heavier searches find."""
    reading = read_request(area, request)
    allowed = allowed_paths(area, request, reading.avoid)
    search_graph = search_graph_for(area, request, reading, allowed, reading.snap)
    weights = calm_weights(area, request.preferences)
    usable = np.ones(len(search_graph.segments), dtype=bool)
    roamed = Roaming(search_graph, weights).best(over_s(request)) if request.shape is None else None
    best = loop = math.inf
    if roamed is not None:
        best = roamed.cost
        loop = roamed.cost if roamed.shape == "loop" else math.inf
    for walk in every_candidate(
        area,
        search_graph,
        weights,
        usable,
        shape=request.shape,
        over_s=over_s(request),
        effort=HEAVY,
    ):
        best = min(best, walk.cost)
        if walk.shape == "loop":
            loop = min(loop, walk.cost)
            break
    return best, loop
