"""Plans walks that fit a request: on time, over paths that keep every need, the calm ones first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.allowed import allowed_paths, search_graph_for
from walktalk.routes.calm import calm_weights
from walktalk.routes.checks import WALK_NEEDS, walk_verdict
from walktalk.routes.errors import RequestError
from walktalk.routes.proposals import proposal_of
from walktalk.routes.reading import SNAP_M, ReadRequest, read_request, tidied
from walktalk.routes.reasons import reasons
from walktalk.routes.refusals import refusal
from walktalk.routes.search.choose import choose, choose_loops
from walktalk.routes.search.composed import composed
from walktalk.routes.search.loops import find_loops
from walktalk.routes.search.turning import out_and_backs
from walktalk.routes.search.walks import MOST_LAPS, Candidate, legs_of, route_over

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.model import Proposal, WalkRequest
    from walktalk.routes.search.search_graph import SearchGraph


_CONSIDERED = 12  # walks looked at for seats and toilets, which only a whole walk can have


def plan_walks(area: Area, request: WalkRequest, limit: int = 3) -> list[Proposal]:
    """Return up to ``limit`` walks that fit the request, truly different ones, best first.

    Args:
        area: where to walk: a park or a whole town.
        request: what the walks should be like.
        limit: how many walks at most.

    Raises:
        RequestError: the request makes no sense; names the argument and what is accepted.
        NoWalkFits: nothing fits; says why, with the nearest request that does give a walk.
    """
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise RequestError("limit", "a whole number from 1")
    request = tidied(request)
    reading = read_request(area, request)
    search_graph, walks = _search(area, request, reading, limit)
    if search_graph is None or not walks:
        raise refusal(request, lambda easier: _fits(area, easier))
    weights = calm_weights(area, request.preferences)
    sentences = reasons(search_graph, weights, walks, reading.snap.distance_m)
    return [
        proposal_of(area, request, reading, search_graph, walk, reason=sentence)
        for walk, sentence in zip(walks, sentences, strict=True)
    ]


def _fits(area: Area, request: WalkRequest) -> bool:
    """Whether a request gives any walk."""
    try:
        return bool(_search(area, request, read_request(area, request), 1)[1])
    except RequestError:
        return False


def _search(
    area: Area, request: WalkRequest, reading: ReadRequest, limit: int
) -> tuple[SearchGraph | None, list[Candidate]]:
    """Return the search graph and the chosen walks, those first where every need is met.

    There is no graph where no usable path is near the start.
    """
    allowed = allowed_paths(area, request, reading.avoid)
    start = area.network.snap_among(reading.position, allowed.usable, SNAP_M)
    if start is None:
        return None, []
    search_graph = search_graph_for(area, request, reading, allowed, start)
    weights = calm_weights(area, request.preferences)
    met = allowed.met
    path = search_graph.segments["path"]
    tiers = [met[path]] if met[path].any() else []
    if not met[path].all():
        tiers.append(np.ones(len(path), dtype=bool))
    wanted = limit * (request.variant + 1)
    if request.needs & WALK_NEEDS:
        wanted = max(wanted, _CONSIDERED)
    chosen: list[Candidate] = []
    for usable in tiers:
        if len(chosen) < wanted:
            chosen += _walks(search_graph, weights, usable, request, (wanted - len(chosen), chosen))
    chosen = _rested_first(area, request, search_graph, chosen)
    groups = max(1, math.ceil(len(chosen) / limit))
    first = limit * (request.variant % groups)
    return search_graph, chosen[first : first + limit]


def _rested_first(
    area: Area, request: WalkRequest, search_graph: SearchGraph, walks: list[Candidate]
) -> list[Candidate]:
    """Return walks that are known to meet the needs of a whole walk before the others."""
    needs = request.needs & WALK_NEEDS
    if not needs:
        return walks
    routes = [route_over(area, legs_of(search_graph, walk.moves), walk.shape) for walk in walks]
    met = [all(walk_verdict(area, route, need) == "met" for need in needs) for route in routes]
    known = [walk for walk, is_met in zip(walks, met, strict=True) if is_met]
    if request.unknown == "refuse":
        return known
    return known + [walk for walk, is_met in zip(walks, met, strict=True) if not is_met]


def _walks(
    search_graph: SearchGraph,
    weights: CalmWeights,
    usable: NDArray[np.bool_],
    request: WalkRequest,
    wanted: tuple[int, list[Candidate]],
) -> list[Candidate]:
    """Return walks over the usable segments, of the shape asked for, that differ from others.

    ``wanted`` is how many, and the walks to differ from.
    """
    count, before = wanted
    shape = request.shape
    found: list[Candidate] = []
    if shape in (None, "loop", "lollipop"):
        loops = find_loops(search_graph, weights, usable, search_graph.budget_s)
        if shape:
            loops = loops.take(np.flatnonzero((loops.repeated_m == 0) == (shape == "loop")))
        found = choose_loops(loops, count, before, search_graph)
    if len(found) >= count or shape == "loop":
        return found
    if shape != "out-and-back":
        least_laps = 2 if shape == "laps" else 1
        budget_s = search_graph.budget_s / least_laps
        short = find_loops(search_graph, weights, usable, budget_s, slack_s=budget_s)
        more = composed(search_graph, weights, usable, short, least_laps=least_laps)
        found = _chosen(search_graph, request, [*found, *more], wanted)
    for laps in range(1, MOST_LAPS + 1):
        if len(found) < count and shape in (None, "out-and-back" if laps == 1 else "laps"):
            more = out_and_backs(search_graph, weights, usable, laps)
            found = _chosen(search_graph, request, [*found, *more], wanted)
    return found


def _chosen(
    search_graph: SearchGraph,
    request: WalkRequest,
    found: list[Candidate],
    wanted: tuple[int, list[Candidate]],
) -> list[Candidate]:
    """Return the walks of the shape asked for that are to be proposed."""
    fitting = [walk for walk in found if request.shape in (None, walk.shape)]
    return choose(search_graph, fitting, *wanted)
