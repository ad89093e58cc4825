"""What becomes of the minutes that a walk leaves over, or needs beyond those for walking.

The session's length is the promise, and closing is never shortened. Minutes left over lengthen the
closing, or become a pause at a place that can be named; a minute or two may come from those for
arriving, and the walk says so.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from walktalk.routes.landmarks import seat_near_middle, spoken_of
from walktalk.routes.words import whole_minutes_in_words

if TYPE_CHECKING:
    from walktalk.parks import Area
    from walktalk.routes.model import Route, WalkRequest

_LONGER_CLOSING = 3
"""Whole minutes left over from which they become a pause, where there is a seat for it."""


def agreed_times(
    area: Area, request: WalkRequest, route: Route, walking_minutes: float
) -> WalkRequest:
    """Return the request with the minutes for arriving, pausing and closing of one walk.

    Args:
        area: the land.
        request: what was asked for.
        route: the walk.
        walking_minutes: how long it takes to walk.
    """
    paused = sum(minutes for minutes, _ in request.pauses)
    spent = request.arrive_minutes + paused + request.close_minutes + walking_minutes
    left = request.minutes - spent
    if left < 0:
        less = min(request.arrive_minutes, math.ceil(-left))
        return replace(request, arrive_minutes=request.arrive_minutes - less)
    whole = math.floor(left)
    if whole < 1:
        return request
    if request.seated:
        return replace(request, pauses=(*request.pauses, (float(whole), 0.5)))
    seat = None
    if whole >= _LONGER_CLOSING and not request.pauses:
        seat = seat_near_middle(area, route)
    if seat is None:
        return replace(request, close_minutes=request.close_minutes + whole)
    _, share = seat
    return replace(request, pauses=((float(whole), share),))


def changed_times_in_words(request: WalkRequest, agreed: WalkRequest, paused_at: str) -> str:
    """Return what the walk keeps otherwise than was asked for, or ``""``.

    Args:
        request: what was asked for.
        agreed: what the walk keeps.
        paused_at: what is where it pauses, in words, or ``""``.
    """
    if agreed.arrive_minutes != request.arrive_minutes:
        kept = whole_minutes_in_words(agreed.arrive_minutes)
        return f"{kept} to arrive in place of {request.arrive_minutes:g}"
    if agreed.close_minutes != request.close_minutes:
        kept = whole_minutes_in_words(agreed.close_minutes)
        return f"{kept} to close in place of {request.close_minutes:g}"
    if agreed.pauses != request.pauses:
        kept = whole_minutes_in_words(agreed.pauses[-1][0])
        where = f" at {spoken_of(paused_at)}" if paused_at else ""
        return f"{kept}{where}, to sit and talk" if request.seated else f"a pause of {kept}{where}"
    return ""
