"""When nothing fits: what rules every walk out, and the nearest request that does give one."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from walktalk.routes.checks import NEEDS
from walktalk.routes.errors import NoWalkFits
from walktalk.routes.reading import MINUTES
from walktalk.routes.search.walks import MOST_LAPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from walktalk.routes.model import WalkRequest

_COARSE_MINUTES = 10  # shorter sessions are tried in such steps, then minute by minute


def refusal(request: WalkRequest, fits: Callable[[WalkRequest], bool]) -> NoWalkFits:
    """Return the error that says why no walk fits, with the nearest request that does.

    Args:
        request: the request that gave no walk.
        fits: whether a request gives a walk; each nearest request is tried before it is named.
    """
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


def _one_thing_less(request: WalkRequest) -> Iterator[tuple[str, WalkRequest]]:
    """Yield requests that ask for one thing less, with the sentence that this one rules all out."""
    names = ", ".join(words for need, words in NEEDS.items() if need in request.needs)
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
    )


def _shorter(request: WalkRequest, fits: Callable[[WalkRequest], bool]) -> WalkRequest | None:
    """Return the longest shorter session that fits, to the minute from the first ten that does."""
    most = math.ceil(request.minutes) - 1
    for low in range(most, MINUTES[0] - _COARSE_MINUTES, -_COARSE_MINUTES):
        minutes = max(low, MINUTES[0])
        if not fits(replace(request, minutes=minutes)):
            continue
        for longer in range(min(most, minutes + _COARSE_MINUTES - 1), minutes, -1):
            if fits(replace(request, minutes=longer)):
                return replace(request, minutes=longer)
        return replace(request, minutes=minutes)
    return None
