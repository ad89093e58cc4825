"""Plans walks that fit a request: on time, over paths that keep every need, the calm ones first."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.allowed import allowed_paths, ground_for
from walktalk.routes.asked import SNAP_M, Asked, read_request
from walktalk.routes.calm import calm_weights
from walktalk.routes.errors import NoWalkFits, RequestError
from walktalk.routes.model import NEEDS
from walktalk.routes.proposals import proposal_of
from walktalk.routes.search.choose import choose, choose_loops
from walktalk.routes.search.rounds import find_loops
from walktalk.routes.search.turning import out_and_backs
from walktalk.routes.search.walks import MOST_LAPS, Found

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.model import Proposal, WalkRequest
    from walktalk.routes.search.local import Local

_AT_THE_PATH_M = 5.0  # a start this near to a path is on it, as far as a reader can tell


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
    asked = read_request(area, request)
    local, walks = _search(area, request, asked, limit)
    if not walks:
        raise NoWalkFits("No walk from here fits the time and the needs.", _nearest(area, request))
    return [
        proposal_of(area, request, asked, local, walk, reason=_reason(asked, walks, i))
        for i, walk in enumerate(walks)
    ]


def _search(
    area: Area, request: WalkRequest, asked: Asked, limit: int
) -> tuple[Local, list[Found]]:
    """Return the ground and the chosen walks: those where every need is met before the others."""
    allowed = allowed_paths(area, request, asked.avoid)
    start = area.network.snap_among(asked.position, allowed.usable, SNAP_M)
    if start is None:
        raise NoWalkFits("Every path near the start breaks a need.", _nearest(area, request))
    local = ground_for(area, request, asked, allowed, start)
    weights = calm_weights(area, request.preferences)
    met = allowed.met
    path = local.segments["path"]
    tiers = [met[path]] if met[path].any() else []
    if not met[path].all():
        tiers.append(np.ones(len(path), dtype=bool))
    wanted = limit * (request.variant + 1)
    chosen: list[Found] = []
    for usable in tiers:
        if len(chosen) < wanted:
            chosen += _walks(local, weights, usable, request, (wanted - len(chosen), chosen))
    groups = max(1, math.ceil(len(chosen) / limit))
    first = limit * (request.variant % groups)
    return local, chosen[first : first + limit]


def _walks(
    local: Local,
    weights: CalmWeights,
    usable: NDArray[np.bool_],
    request: WalkRequest,
    wanted: tuple[int, list[Found]],
) -> list[Found]:
    """Return walks over the usable segments, of the shape asked for, that differ from others.

    ``wanted`` is how many, and the walks to differ from.
    """
    count, before = wanted
    found: list[Found] = []
    if request.shape in (None, "loop", "lollipop"):
        loops = find_loops(local, weights, usable, local.budget_s)
        if request.shape:
            is_loop = loops.repeated_m == 0
            loops = loops.take(np.flatnonzero(is_loop == (request.shape == "loop")))
        found = choose_loops(loops, count, before, local)
    if len(found) >= count:
        return found
    for laps in range(1, MOST_LAPS + 1):
        shape = "out-and-back" if laps == 1 else "laps"
        if request.shape == shape or (request.shape is None and not found):
            found += out_and_backs(local, weights, usable, laps)
    return choose(local, found, count, before)


def _reason(asked: Asked, walks: list[Found], i: int) -> str:
    shape = walks[i].shape
    words = {"loop": "A loop", "lollipop": "A loop with a way there and back"}.get(
        shape, "There and back"
    )
    away = asked.snap.distance_m
    start = f", from the nearest path, {away:.0f} m away" if away > _AT_THE_PATH_M else ""
    place = "the calmest that fills the time" if i == 0 else "another that fills the time"
    return f"{words}, {place}{start}."


def _nearest(area: Area, request: WalkRequest) -> WalkRequest | None:
    """Return the first request, a little easier each time, that does give a walk."""
    easier = [replace(request, unknown="allow"), replace(request, max_minutes_from_start=None)]
    easier += [replace(request, needs=request.needs - {need}) for need in NEEDS]
    easier += [replace(request, minutes=minutes) for minutes in range(request.minutes - 5, 19, -5)]
    for candidate in easier:
        if candidate != request and _works(area, candidate):
            return candidate
    return None


def _works(area: Area, request: WalkRequest) -> bool:
    try:
        asked = read_request(area, request)
        allowed = allowed_paths(area, request, asked.avoid)
        if area.network.snap_among(asked.position, allowed.usable, SNAP_M) is None:
            return False
        return bool(_search(area, request, asked, 1)[1])
    except RequestError:
        return False
