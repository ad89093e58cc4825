"""The same walk with one part new: for whoever asks for it, because the same again calms.

The start, the finish and at least half of the way stay. "Again" without this is exactly the same
walk, which is kept with its session and needs no planning.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from walktalk.routes.allowed import ground_for
from walktalk.routes.calm import calm_weights
from walktalk.routes.errors import NoWalkFits
from walktalk.routes.laid_again import laid_again
from walktalk.routes.proposals import proposal_of
from walktalk.routes.reading import read_request, tidied
from walktalk.routes.search.anew import LEAST_KEPT, anew
from walktalk.routes.search.moves_over import moves_over
from walktalk.routes.words import distance_in_words

if TYPE_CHECKING:
    from walktalk.parks import Area
    from walktalk.routes.model import Proposal, Route, Walk, WalkRequest

__all__ = ["LEAST_KEPT", "plan_one_part_new"]


def plan_one_part_new(
    area: Area, request: WalkRequest, walk: Walk, limit: int = 3
) -> list[Proposal]:
    """Return up to ``limit`` walks that are a given one but for one part, the calmest first.

    They fill the same time from the same start, and keep ``LEAST_KEPT`` of the walk or more.

    Args:
        area: the land as it is now.
        request: what the walk was asked for.
        walk: the walk that is known, with the land it lay on.
        limit: how many walks at most.

    Raises:
        RequestError: the request makes no sense.
        NoWalkFits: the paths are no longer as they were, or no part has another way.
    """
    request = replace(tidied(request), variant=0, shape=None)
    ground = ground_for(area, request, read_request(area, request))
    route = laid_again(area, walk.area, walk.route)
    moves = moves_over(ground.search_graph, route) if ground and route else None
    if ground is None or route is None or moves is None:
        raise NoWalkFits("The paths of this walk are not as they were.", request)
    weights = calm_weights(area, request.preferences)
    for usable in ground.tiers:
        found = anew(ground.search_graph, weights, usable, moves, laps=route.laps, limit=limit)
        if found:
            return [
                proposal_of(
                    area, request, ground.search_graph, walk, reason=partial(_reason, new_m)
                )
                for walk, new_m in found
            ]
    raise NoWalkFits("No part of this walk has another way that fills the time.", request)


def _reason(new_m: float, _route: Route) -> str:
    return f"The same walk, one part new: {distance_in_words(new_m)} of it."
