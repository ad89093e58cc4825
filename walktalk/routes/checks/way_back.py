"""The way back to the start over the walk's own paths: the same for everybody who walks it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.over_ways import least_over
from walktalk.routes.sentences import Metres, Minutes, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from walktalk.routes.checks.walked import Walked

WAY_BACK_MINUTES = 15.0
"""Minutes back from the farthest point above which a walk asks for care: a third of a session of
50 minutes. The choice is ours."""

_SAME_POINT_M = 0.1  # points of a path nearer to each other than this are one
_SHORT_SHARE = 0.25  # but of a shorter path, no more than a quarter


def _find(walked: Walked) -> Outcome:
    """Look at how long the way back takes from the farthest point.

    Only the walk's own paths count, so that the answer is the same whatever was asked for: a
    shorter way may exist, but nobody has said that it suits.
    """
    back_m = farthest_back_m(walked)
    share = back_m / walked.route.length_m if walked.route.length_m else 0.0
    minutes = share * walked.clock.walking_minutes
    says = say(
        "From the farthest point it is %(minutes)s back to the start, by the walk's own paths.",
        minutes=Minutes(minutes),
    )
    because = say("%(length)s by the quickest way.", length=Metres(back_m))
    return Outcome(
        "pass" if minutes <= WAY_BACK_MINUTES else "caution",
        says,
        [because],
        walked.sources_of(walked.stretches, "geometry"),
    )


def farthest_back_m(walked: Walked) -> float:
    """Return metres back to the start from the walk's farthest point, over its own paths.

    On a stretch between two points that are ``a`` and ``b`` metres from the start, the farthest
    point is ``(a + b + length) / 2`` away: there the ways back in both directions are equal.
    """
    first = walked.route.legs[0]
    stretches = [
        (_name(walked, path_id, low), _name(walked, path_id, high), high - low)
        for path_id, low, high in _walked_once(walked)
    ]
    both_ways = [(a, b, length, length) for a, b, length in stretches]
    away = least_over(_name(walked, first.path_id, first.from_m), both_ways)
    return max(((away[a] + away[b] + length) / 2 for a, b, length in stretches), default=0.0)


def _walked_once(walked: Walked) -> Iterator[tuple[str, float, float]]:
    """Yield what is walked of each path, cut where legs begin and end: (path, from m, to m)."""
    spans_of: dict[str, set[tuple[float, float]]] = {}
    for leg in walked.route.legs:
        span = (leg.from_m, leg.to_m) if leg.to_m >= leg.from_m else (leg.to_m, leg.from_m)
        spans_of.setdefault(leg.path_id, set()).add(span)
    for path_id, spans in spans_of.items():
        if len(spans) == 1:
            [(low, high)] = spans
            if high > low:
                yield path_id, low, high
            continue
        cuts = sorted({cut for span in spans for cut in span})
        for low, high in pairwise(cuts):
            if any(a <= low and high <= b for a, b in spans):
                yield path_id, low, high


def _name(walked: Walked, path_id: str, along_m: float) -> Hashable:
    """Name a point of a path: its junction where it is one, else its place along the path."""
    tail, head = walked.area.network.ends_of(path_id)
    whole_m = walked.area.paths[path_id].length_m
    same_m = min(_SAME_POINT_M, _SHORT_SHARE * whole_m)
    if along_m <= same_m:
        return tail
    return head if along_m >= whole_m - same_m else (path_id, round(along_m / same_m))


CHECK = Check(id="way-back", title=N_("The way back"), facts=(), find=_find)
