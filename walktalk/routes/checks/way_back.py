"""The way back to the start over the walk's own paths: the same for everybody who walks it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.walked import sources_of
from walktalk.routes.sentences import Metres, Minutes, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    import rustworkx as rx

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
        sources_of(walked.stretches, "geometry"),
    )


def farthest_back_m(walked: Walked) -> float:
    """Return metres back to the start from the walk's farthest point, over its own paths.

    On a stretch between two points that are ``a`` and ``b`` metres from the start, the farthest
    point is ``(a + b + length) / 2`` away: there the ways back in both directions are equal.
    """
    import rustworkx as rx

    graph: rx.PyGraph[Hashable, float] = rx.PyGraph()
    index: dict[Hashable, int] = {}

    def node(path_id: str, along_m: float) -> int:
        name = _name(walked, path_id, along_m)
        if name not in index:
            index[name] = graph.add_node(name)
        return index[name]

    first = walked.route.legs[0]
    start = node(first.path_id, first.from_m)
    for path_id, low, high in _walked_once(walked):
        graph.add_edge(node(path_id, low), node(path_id, high), high - low)
    away = {start: 0.0, **rx.dijkstra_shortest_path_lengths(graph, start, float)}
    return max(
        ((away[a] + away[b] + length) / 2 for a, b, length in graph.weighted_edge_list()),
        default=0.0,
    )


def _walked_once(walked: Walked) -> Iterator[tuple[str, float, float]]:
    """Yield what is walked of each path, cut where legs begin and end: (path, from m, to m)."""
    spans_of: dict[str, list[tuple[float, float]]] = {}
    for leg in walked.route.legs:
        low, high = sorted((leg.from_m, leg.to_m))
        spans_of.setdefault(leg.path_id, []).append((low, high))
    for path_id, spans in spans_of.items():
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
