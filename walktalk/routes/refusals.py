"""When nothing fits: what rules every walk out, and the nearest request that does give one."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from walktalk.parks.geodesy import distance_m
from walktalk.routes.checks import NEEDS
from walktalk.routes.errors import NoWalkFits
from walktalk.routes.reading import MINUTES, position_of
from walktalk.routes.search.walks import MOST_LAPS
from walktalk.routes.words import within_a_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from walktalk.parks import Area, Place
    from walktalk.routes.model import WalkRequest

AT_THE_START_M, NEAR_START_M = 30.0, 500.0
"""Metres within which a meeting point is at the start, and within which it is near: a walk of
eight minutes at a gentle pace."""

_STEP_MINUTES = 5
"""Shorter sessions are offered in such steps: nobody agrees on 58 minutes."""


def refusal(request: WalkRequest, fits: Callable[[WalkRequest], bool]) -> NoWalkFits:
    """Return the error that says why no walk fits, with the nearest request that does.

    Args:
        request: the request that gave no walk.
        fits: whether a request gives a walk; each nearest request is tried before it is named.
    """
    request = replace(request, variant=0)
    for reason, easier in _one_thing_less(request):
        if easier != request and fits(easier):
            return NoWalkFits(reason, easier)
    too_short = (
        f"The paths within reach of this start are too short for {request.minutes:g} minutes, "
        f"even walked {MOST_LAPS} times over."
    )
    shorter = _shorter(request, fits)
    if shorter is not None:
        return NoWalkFits(too_short, shorter)
    bare = _without_wishes(request)
    if bare != request:
        together = "What is asked for, taken together, rules out every walk from this start."
        if fits(bare):
            return NoWalkFits(together, bare)
        shorter = _shorter(bare, fits)
        if shorter is not None:
            return NoWalkFits(together, shorter)
    return NoWalkFits("The paths that can be reached from this start are too short for any walk.")


def no_others(area: Area, request: WalkRequest, fits: Callable[[WalkRequest], bool]) -> NoWalkFits:
    """Return the error for a variant beyond the last, with a request that gives other walks.

    Args:
        area: the land.
        request: the request, whose earlier variants gave every walk there is.
        fits: whether a request gives a walk.
    """
    first = replace(request, variant=0)
    if request.shape is not None:
        return NoWalkFits(
            f"There are no others of the shape {request.shape}.", replace(first, shape=None)
        )
    for place in _near_starts(area, request):
        other = replace(first, start=place.id)
        if fits(other):
            there = within_a_sentence(place.name)
            return NoWalkFits(f"There are no others from this start, but from {there}.", other)
    return NoWalkFits("There are no others.", first)


def _near_starts(area: Area, request: WalkRequest) -> list[Place]:
    """Return the area's other meeting points within a short walk of the start, nearest first."""
    here = position_of(area, request)
    away = [(distance_m(here, place.position), place) for place in area.meeting_points]
    near = [(metres, place) for metres, place in away if AT_THE_START_M < metres <= NEAR_START_M]
    return [place for _, place in sorted(near, key=lambda found: (found[0], found[1].id))]


def _one_thing_less(request: WalkRequest) -> Iterator[tuple[str, WalkRequest]]:
    """Yield requests that ask for one thing less, with the sentence that this one rules all out."""
    names = ", ".join(words for need, words in NEEDS.items() if need in request.needs)
    if request.seats_within_m is not None:
        yield (
            "No walk is known to have seats as near to each other as that.",
            replace(request, seats_within_m=None),
        )
    if request.unknown == "refuse":
        yield (
            f"Nobody has checked enough paths here for what is needed: {names}.",
            replace(request, unknown="allow"),
        )
    cap = request.max_minutes_from_start
    if cap is not None:
        reason = f"No walk fills the time within {cap:g} minutes of the start."
        for minutes in (math.ceil(cap * 1.5), math.ceil(cap * 2), None):
            yield reason, replace(request, max_minutes_from_start=minutes)
    if request.keep_away_from:
        yield (
            "The places to keep away from rule out every walk from this start.",
            replace(request, keep_away_from=()),
        )
    for need, words in NEEDS.items():
        if need in request.needs:
            yield (
                f"No walk that fills the time from this start keeps to this need: {words}.",
                replace(request, needs=request.needs - {need}),
            )
    if request.seated:
        yield "No seat is recorded near this start.", replace(request, seated=False)
    if request.shape is not None:
        yield (
            f"No walk of the shape {request.shape} fills the time from this start.",
            replace(request, shape=None),
        )


def _without_wishes(request: WalkRequest) -> WalkRequest:
    return replace(
        request,
        needs=frozenset(),
        unknown="allow",
        keep_away_from=(),
        max_minutes_from_start=None,
        shape=None,
        seats_within_m=None,
        seated=False,
    )


def _shorter(request: WalkRequest, fits: Callable[[WalkRequest], bool]) -> WalkRequest | None:
    """Return a shorter session that fits: the longest that halving finds of whole five minutes.

    Where the shortest session does not fit, others are tried in steps of ten minutes.
    """

    def of(minutes: int) -> WalkRequest:
        return replace(request, minutes=minutes)

    lengths = range(MINUTES[0], math.ceil(request.minutes), _STEP_MINUTES)
    shortest = lengths[:1] if lengths and fits(of(lengths[0])) else lengths[2::2]
    low = next((minutes for minutes in shortest if fits(of(minutes))), None)
    if low is None:
        return None
    longer = lengths[lengths.index(low) :]
    first, last = 0, len(longer)
    while last - first > 1:
        middle = (first + last) // 2
        first, last = (middle, last) if fits(of(longer[middle])) else (first, middle)
    return of(longer[first])
