"""Exactly the same walk again, at another time: the line stays, and all that is said is new.

The same again calms. Whether it still suits is looked at anew: its needs, its light, what is open.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.allowed import ground_for
from walktalk.routes.calm import calm_weights
from walktalk.routes.errors import NoWalkFits
from walktalk.routes.laid_again import laid_again
from walktalk.routes.legs import stem_of_m
from walktalk.routes.needs_kept import require_kept
from walktalk.routes.opening import open_edges
from walktalk.routes.proposals import proposal_of
from walktalk.routes.reading import read_request, tidied
from walktalk.routes.search.measured import candidates_of
from walktalk.routes.search.moves_over import moves_over
from walktalk.routes.search.walks import SLACK_S, Way

if TYPE_CHECKING:
    from walktalk.parks import Area
    from walktalk.routes.model import Proposal, Route, Walk, WalkRequest
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Move

_NAME = "this walk"


def plan_same_again(area: Area, request: WalkRequest, walk: Walk) -> Proposal:
    """Return a walk that was kept, on the same line, for another request.

    Args:
        area: the land as it is now.
        request: what is asked for now; most often the walk's own at another time.
        walk: the walk as it was kept, with the land it lay on.

    Raises:
        RequestError: the request makes no sense.
        NoWalkFits: its paths are no longer as they were, one of them is closed then or breaks a
            need, or it takes longer than there is; the nearest request gives other walks.
    """
    request = replace(tidied(request), variant=0, shape=None)
    reading = read_request(area, request)
    route = laid_again(area, walk.area, walk.route)
    if route is None:
        raise NoWalkFits("The paths of this walk are not as they were.", request)
    _require_open_and_kept(area, request, route)
    ground = ground_for(area, request, reading)
    moves = moves_over(ground.search_graph, route) if ground else None
    if ground is None or moves is None:
        raise NoWalkFits("This walk does not keep to all that is asked for now.", request)
    search_graph = ground.search_graph
    way = Way(moves, route.shape, _lap_moves(search_graph, moves, route))
    (found,) = candidates_of(search_graph, calm_weights(area, request.preferences), [way])
    if found.seconds > search_graph.budget_s + SLACK_S:
        raise NoWalkFits("This walk takes longer than there is time for.", request)
    return proposal_of(
        area,
        request,
        search_graph,
        replace(found, shape=route.shape),
        reason=lambda _: "The same walk again.",
        name=walk.proposal.name,
    )


def _require_open_and_kept(area: Area, request: WalkRequest, route: Route) -> None:
    """Let only a route pass that is open then and keeps every need.

    Raises:
        NoWalkFits: it is not, and the request gives other walks.
    """
    walked = {leg.path_id for leg in route.legs}
    shut = {
        path_id
        for path_id, is_open in zip(area.paths, open_edges(area, request), strict=True)
        if not is_open
    }
    if walked & shut:
        raise NoWalkFits("A path of this walk is closed then.", request)
    try:
        require_kept(area, request, walked, _NAME)
    except NoWalkFits as error:
        raise NoWalkFits(f"{error.reason[:1].upper()}{error.reason[1:]}", request) from error


def _lap_moves(search_graph: SearchGraph, moves: tuple[Move, ...], route: Route) -> tuple[int, ...]:
    """Return how many moves come before each lap."""
    first_m = stem_of_m(route) if route.shape == "laps" else 0.0
    equal = (route.length_m * lap / route.laps for lap in range(1, route.laps))
    starts_m = [first_m, *(route.lap_starts_m or equal)]
    segment = np.array([move[0] for move in moves], dtype=np.int64)
    part = np.abs(np.diff(np.array([move[1:] for move in moves], dtype=float)).ravel())
    walked_m = np.concatenate(([0.0], np.cumsum(search_graph.segments["metres"][segment] * part)))
    return tuple(int(np.argmin(np.abs(walked_m - metres))) for metres in starts_m)
