"""Turns a walk that was found into a proposal: its route, times, findings and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.findings import check_walk
from walktalk.routes.model import Proposal
from walktalk.routes.search.farthest import farthest_of
from walktalk.routes.search.walks import legs_of, passes_m, route_over
from walktalk.routes.timetable import timetable

if TYPE_CHECKING:
    from walktalk.parks import Area
    from walktalk.routes.asked import Asked
    from walktalk.routes.model import WalkRequest
    from walktalk.routes.search.local import Local
    from walktalk.routes.search.walks import Found


def proposal_of(
    area: Area,
    request: WalkRequest,
    asked: Asked,
    local: Local,
    walk: Found,
    *,
    reason: str,
    name: str = "",
) -> Proposal:
    """Return the proposal for a walk that was found.

    ``forced_repeated_m`` counts every second pass over a bridge of the network: whoever crosses it
    has to come back over it. Where the shape was asked for, it forces all of it.
    """
    legs = legs_of(local, walk.moves)
    route = route_over(area, legs, walk.shape, _lap_starts_m(local, walk))
    passes = passes_m(local, walk.moves)
    repeated_m = sum(metres - ground for metres, ground, _ in passes.values())
    bridged_m = sum(back for segment, (_, _, back) in passes.items() if local.is_bridge[segment])
    times = timetable(area, request, route)
    farthest = farthest_of(local, walk.moves)
    return Proposal(
        route=route,
        walking_minutes=walk.seconds / 60,
        total_minutes=request.minutes - (asked.budget_s - walk.seconds) / 60,
        repeated_m=repeated_m,
        forced_repeated_m=repeated_m if request.shape == walk.shape else min(bridged_m, repeated_m),
        cost=walk.cost,
        findings=check_walk(area, request, route, times),
        timetable=times,
        reason=reason,
        farthest=farthest,
        name=name,
    )


def _lap_starts_m(local: Local, walk: Found) -> tuple[float, ...]:
    """Return the metres walked where each lap after the first begins."""
    before = (legs_of(local, walk.moves[:moves]) for moves in walk.lap_moves[1:])
    return tuple(sum(leg.length_m for leg in legs) for legs in before)
