"""Plans walks that fit a request: on time, over paths that keep every need, the calm ones first."""

from __future__ import annotations

from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from walktalk.routes.allowed import ground_for
from walktalk.routes.calm import calm_weights
from walktalk.routes.checks import WALK_NEEDS, walk_verdict
from walktalk.routes.checks.seats import seats_are_within
from walktalk.routes.errors import RequestError
from walktalk.routes.proposals import proposal_of
from walktalk.routes.reading import over_s, read_request, tidied
from walktalk.routes.reasons import Reasons
from walktalk.routes.refusals import no_others, refusal
from walktalk.routes.search.choose import by_cost, truly_different
from walktalk.routes.search.loops import USUAL, WHETHER_ANY, Effort
from walktalk.routes.search.pool import every_candidate, last_resorts
from walktalk.routes.search.turning import to_seats
from walktalk.routes.search.walks import legs_of, route_over
from walktalk.routes.trial import Trial, asks_of_the_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.allowed import Ground
    from walktalk.routes.model import Proposal, Route, WalkRequest
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Candidate


_CONSIDERED = 12  # walks looked at for seats and toilets, which only a whole walk can have


def plan_walks(area: Area, request: WalkRequest, limit: int = 3) -> list[Proposal]:
    """Return up to ``limit`` walks that fit the request, truly different ones, best first.

    All variants of a request are pages of one ordered list: none repeats a walk of another.

    Args:
        area: where to walk: a park or a whole town.
        request: what the walks should be like.
        limit: how many walks at most.

    Raises:
        RequestError: the request makes no sense; names the argument and what is accepted.
        NoWalkFits: nothing fits, or the variants before this one gave every walk there is; says
            why, with the nearest request that does give a walk.
    """
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise RequestError("limit", "a whole number from 1")
    request = tidied(request)
    reading = read_request(area, request)
    trial = Trial(area, request, reading, partial(_finds_any, area))
    ground = None if trial.is_hopeless else ground_for(area, request, reading)
    walks = [] if ground is None else _search(area, request, ground, limit)
    if ground is None or not walks:
        trial.gave_none(request)
        raise refusal(request, trial.fits)
    first = limit * request.variant
    page = walks[first : first + limit]
    if not page:
        raise no_others(area, request, trial.fits)
    weights = calm_weights(area, request.preferences)
    told = Reasons(area, ground.search_graph, weights, walks[0], reading.snap.distance_m)
    return [
        proposal_of(area, request, ground.search_graph, walk, reason=partial(told.of, walk))
        for walk in page
    ]


def _finds_any(area: Area, request: WalkRequest, ground: Ground) -> bool:
    return bool(_search(area, request, ground, 1, WHETHER_ANY))


def _search(
    area: Area, request: WalkRequest, ground: Ground, limit: int, effort: Effort = USUAL
) -> list[Candidate]:
    """Return the walks up to the variant asked for, in their order."""

    def pool(usable: NDArray[np.bool_]) -> Iterator[Candidate]:
        return _pool(area, request, ground.search_graph, usable, effort)

    wanted = limit * (request.variant + 1)
    if asks_of_the_whole(request):
        wanted = max(limit, _CONSIDERED)
    every = chain.from_iterable(pool(usable) for usable in ground.tiers)
    walks = list(islice(truly_different(ground.search_graph, every), wanted))
    if not walks and effort != WHETHER_ANY:  # whatever a refusal would offer is found here too
        return _search(area, request, ground, limit, WHETHER_ANY)
    return _rested_first(area, request, ground.search_graph, walks)


def _pool(
    area: Area,
    request: WalkRequest,
    search_graph: SearchGraph,
    usable: NDArray[np.bool_],
    effort: Effort,
) -> Iterator[Candidate]:
    """Yield the walks over usable segments, the best first.

    Only where there is none does one turn at a point at which nothing is.
    """
    weights = calm_weights(area, request.preferences)
    shape = request.shape
    if request.seated:
        yield from sorted(to_seats(area, search_graph, weights, usable), key=by_cost)
        return
    walks = every_candidate(
        area,
        search_graph,
        weights,
        usable,
        shape=shape,
        over_s=over_s(request),
        effort=effort,
    )
    best = next(walks, None)
    if best is not None:
        yield from chain((best,), walks)
    elif shape in (None, "out-and-back"):
        found = last_resorts(
            area, search_graph, weights, usable, shape=shape, over_s=over_s(request)
        )
        yield from sorted(found, key=by_cost)


def _meets_the_whole(area: Area, request: WalkRequest, route: Route) -> bool:
    """Whether a walk is known to meet what is needed of it as a whole."""
    needs = request.needs & WALK_NEEDS
    if request.seats_within_m is not None:
        needs -= {"seats"}
        if not seats_are_within(area, route, request.seats_within_m):
            return False
    return all(walk_verdict(area, route, need) == "met" for need in needs)


def _rested_first(
    area: Area, request: WalkRequest, search_graph: SearchGraph, walks: list[Candidate]
) -> list[Candidate]:
    """Return walks that are known to meet the needs of a whole walk before the others."""
    if not asks_of_the_whole(request):
        return walks
    routes = [route_over(area, legs_of(search_graph, walk.moves), walk.shape) for walk in walks]
    met = [_meets_the_whole(area, request, route) for route in routes]
    known = [walk for walk, is_met in zip(walks, met, strict=True) if is_met]
    if request.unknown == "refuse":
        return known
    return known + [walk for walk, is_met in zip(walks, met, strict=True) if not is_met]
