"""The way back to the start over the walk's own paths: the same for everybody who walks it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import rustworkx as rx

from walktalk.routes.findings.subject import sources_of
from walktalk.routes.words import distance_in_words, minutes_in_words
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from walktalk.routes.findings.subject import Subject
    from walktalk.routes.model import Finding

WAY_BACK_MINUTES = 15.0
"""Minutes back from the farthest point above which a walk asks for care: a third of a session of
50 minutes. The choice is ours."""

_SAME_POINT_M = 0.1  # points of a path nearer to each other than this are one
_SHORT_SHARE = 0.25  # but of a shorter path, no more than a quarter


def way_back(subject: Subject) -> Finding:
    """Check how long the way back takes from the farthest point.

    Only the walk's own paths count, so that the answer is the same whatever was asked for: a
    shorter way may exist, but nobody has said that it suits.
    """
    back_m = farthest_back_m(subject)
    share = back_m / subject.route.length_m if subject.route.length_m else 0.0
    minutes = share * subject.clock.walking_minutes
    return subject.finding(
        "way-back",
        "pass" if minutes <= WAY_BACK_MINUTES else "caution",
        _(
            "From the farthest point it is %(minutes)s back to the start, by the walk's own paths.",
            minutes=minutes_in_words(minutes),
        ),
        _(
            "%(length)s by the quickest way.",
            length=distance_in_words(back_m),
        ),
        sources_of(subject.stretches, "geometry"),
    )


def farthest_back_m(subject: Subject) -> float:
    """Return metres back to the start from the walk's farthest point, over its own paths.

    On a stretch between two points that are ``a`` and ``b`` metres from the start, the farthest
    point is ``(a + b + length) / 2`` away: there the ways back in both directions are equal.
    """
    graph: rx.PyGraph[Hashable, float] = rx.PyGraph()
    index: dict[Hashable, int] = {}

    def node(path_id: str, along_m: float) -> int:
        name = _name(subject, path_id, along_m)
        if name not in index:
            index[name] = graph.add_node(name)
        return index[name]

    first = subject.route.legs[0]
    start = node(first.path_id, first.from_m)
    for path_id, low, high in _walked_once(subject):
        graph.add_edge(node(path_id, low), node(path_id, high), high - low)
    away = {start: 0.0, **rx.dijkstra_shortest_path_lengths(graph, start, float)}
    return max(
        ((away[a] + away[b] + length) / 2 for a, b, length in graph.weighted_edge_list()),
        default=0.0,
    )


def _walked_once(subject: Subject) -> Iterator[tuple[str, float, float]]:
    """Yield what is walked of each path, cut where legs begin and end: (path, from m, to m)."""
    walked: dict[str, list[tuple[float, float]]] = {}
    for leg in subject.route.legs:
        low, high = sorted((leg.from_m, leg.to_m))
        walked.setdefault(leg.path_id, []).append((low, high))
    for path_id, spans in walked.items():
        cuts = sorted({cut for span in spans for cut in span})
        for low, high in pairwise(cuts):
            if any(a <= low and high <= b for a, b in spans):
                yield path_id, low, high


def _name(subject: Subject, path_id: str, along_m: float) -> Hashable:
    """Name a point of a path: its junction where it is one, else its place along the path."""
    tail, head = subject.area.network.ends_of(path_id)
    whole_m = subject.area.paths[path_id].length_m
    same_m = min(_SAME_POINT_M, _SHORT_SHARE * whole_m)
    if along_m <= same_m:
        return tail
    return head if along_m >= whole_m - same_m else (path_id, round(along_m / same_m))
