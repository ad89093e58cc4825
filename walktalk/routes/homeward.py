"""The way home from where a walk chooses its way, and one planned shortcut near half way.

Only paths count that are no worse than the walk's own on any need, so that what is told is the
same whatever was asked for: it suits whoever the walk suits, and belongs on everybody's pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from walktalk.routes.cues import CHOICE, side_of_junction
from walktalk.routes.landmarks import place_in_words_at
from walktalk.routes.model import Shortcut, WayHome
from walktalk.routes.no_worse import are_no_worse, edges_of, worst_on
from walktalk.routes.over_ways import least_over
from walktalk.routes.search.walks import legs_of, line_over

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.model import Route
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Candidate, Move

NEAR_HALF_WAY = (0.35, 0.65)
"""Shares of a walk between which a shortcut is planned: late enough to have talked, early enough
for it to save something."""

LEAST_SAVED_MINUTES = 2.0
"""Minutes that a shortcut saves at least, against the quickest way home over the walk's own paths:
less is not worth finding another way for. The choice is ours."""


def homeward(
    area: Area, search_graph: SearchGraph, walk: Candidate, route: Route
) -> tuple[tuple[WayHome, ...], Shortcut | None]:
    """Return the way home from every junction of a walk, and its shortcut, if it has one.

    Each junction is told where it is reached first.
    """
    passed = _passed(search_graph, walk)
    home = _home_over_paths_no_worse(area, search_graph, route, {each.node for each in passed})
    number = search_graph.network_node[[each.node for each in passed]]
    is_junction = (number >= 0) & (area.network.degrees[number] >= CHOICE)
    ways: dict[int, WayHome] = {}
    for each, chooses in zip(passed, is_junction.tolist(), strict=True):
        if chooses and each.node and each.node not in ways:
            metres, seconds = home.of(each.node)
            ways[each.node] = WayHome(each.walked_m, metres, seconds / 60)
    return tuple(ways.values()), _shortcut(
        area, search_graph, walk, route, passed=passed, home=home
    )


class _Passed(NamedTuple):
    """A node that a walk comes to, with the metres and seconds walked by then."""

    walked_m: float
    seconds: float
    node: int


@dataclass(frozen=True, eq=False)
class _Home:
    """Quickest ways to the start.

    Attributes:
        search_graph: where they lead.
        last: for each node, the last arc of the way from the start to it; -1 where there is none.
    """

    search_graph: SearchGraph
    last: NDArray[np.int64]
    _known: dict[int, tuple[float, float]] = field(default_factory=lambda: {0: (0.0, 0.0)})

    def of(self, node: int) -> tuple[float, float]:
        """Return the metres and the seconds of the way home from a node."""
        graph, arcs = self.search_graph, self.search_graph.arcs
        trail: list[tuple[int, int]] = []
        while node not in self._known:
            arc = int(self.last[node])
            trail.append((node, arc))
            node = int(arcs.begin[arc])
        metres, seconds = self._known[node]
        for begins, arc in reversed(trail):
            segment = int(arcs.segment[arc])
            back_s = graph.backward_s if arcs.is_forward[arc] else graph.forward_s
            metres += graph.metres[segment]
            seconds += float(back_s[segment])
            self._known[begins] = metres, seconds
        return metres, seconds

    def moves(self, node: int) -> tuple[Move, ...]:
        """Return the moves of the way home from a node."""
        arcs, moves = self.search_graph.arcs, []
        while node:
            arc = int(self.last[node])  # from the start outwards
            segment = int(arcs.segment[arc])
            moves.append((segment, 1.0, 0.0) if arcs.is_forward[arc] else (segment, 0.0, 1.0))
            node = int(arcs.begin[arc])
        return tuple(moves)

    def segments(self, nodes: Iterable[int]) -> set[int]:
        """Return the segments of the ways home from some nodes."""
        arcs, seen, found = self.search_graph.arcs, {0}, set()
        for each in nodes:
            node = each
            while node not in seen:
                seen.add(node)
                arc = int(self.last[node])
                found.add(int(arcs.segment[arc]))
                node = int(arcs.begin[arc])
        return found


def _passed(search_graph: SearchGraph, walk: Candidate) -> list[_Passed]:
    """Return the nodes that the walk comes to, in walking order."""
    segment = np.array([move[0] for move in walk.moves], dtype=np.int64)
    begin, end = np.array([move[1:] for move in walk.moves], dtype=float).T
    rows, forward = search_graph.segments[segment], end > begin
    whole_s = np.where(forward, search_graph.forward_s[segment], search_graph.backward_s[segment])
    part = np.abs(end - begin)
    metres, seconds = np.cumsum(rows["metres"] * part), np.cumsum(whole_s * part)
    node = np.where(forward, rows["head"], rows["tail"])
    at_node = np.flatnonzero((end == 0.0) | (end == 1.0))
    found = (each[at_node].tolist() for each in (metres, seconds, node))
    return [_Passed(*each) for each in zip(*found, strict=True)]


def _home_over_paths_no_worse(
    area: Area, search_graph: SearchGraph, route: Route, nodes: set[int]
) -> _Home:
    """Return the quickest ways home from some nodes over paths that are no worse than a walk's.

    Most often the quickest of all are of that kind; only else are others looked for.
    """
    quickest = _Home(search_graph, search_graph.way_home.last)
    path = search_graph.segments["path"]
    worst = worst_on(area, edges_of(area, (leg.path_id for leg in route.legs)))
    if are_no_worse(area, path[sorted(quickest.segments(nodes))], worst).all():
        return quickest
    return _home_over(search_graph, are_no_worse(area, path, worst))


def _home_over(search_graph: SearchGraph, usable: NDArray[np.bool_]) -> _Home:
    """Return the quickest ways home over some segments."""
    arcs = search_graph.arcs
    seconds = arcs.each_way(search_graph.backward_s, search_graph.forward_s)
    usable_s = np.where(usable[arcs.segment], seconds, np.inf)
    return _Home(search_graph, arcs.grown(usable_s, 0).last)


def _seconds_over_own(search_graph: SearchGraph, walk: Candidate) -> dict[int, float]:
    """Return the seconds of the quickest ways home over the segments of a walk, node by node."""
    own = list(dict.fromkeys(segment for segment, _, _ in walk.moves))
    rows = search_graph.segments[own]
    # home from the far end is back over the segment
    homeward_s = (search_graph.backward_s[own], search_graph.forward_s[own])
    columns = [each.tolist() for each in (rows["tail"], rows["head"], *homeward_s)]
    return least_over(0, list(zip(*columns, strict=True)))


def _shortcut(
    area: Area,
    search_graph: SearchGraph,
    walk: Candidate,
    route: Route,
    *,
    passed: list[_Passed],
    home: _Home,
) -> Shortcut | None:
    """Return the shortcut near half way that saves most, or ``None`` where none saves enough.

    What it saves is against the quickest way home over the walk's own paths, so that turning round
    is none; it leaves the walk where its first path is not the walk's.
    """
    own = {segment for segment, _, _ in walk.moves}
    own_s = _seconds_over_own(search_graph, walk)
    low, high = (share * route.length_m for share in NEAR_HALF_WAY)
    best: tuple[float, _Passed] | None = None
    for each in passed:
        if not (each.node and low <= each.walked_m <= high):
            continue
        if int(search_graph.arcs.segment[home.last[each.node]]) in own:
            continue
        saved_s = own_s[each.node] - home.of(each.node)[1]
        if best is None or saved_s > best[0]:
            best = (saved_s, each)
    if best is None or best[0] < LEAST_SAVED_MINUTES * 60:
        return None
    at = best[1]
    legs = legs_of(search_graph, home.moves(at.node))
    seconds = home.of(at.node)[1]
    return Shortcut(
        distance_m=at.walked_m,
        minutes=seconds / 60,
        saved_minutes=(walk.seconds - at.seconds - seconds) / 60,
        place=place_in_words_at(area, route, at.walked_m),
        coordinates=line_over(area, legs),
        legs=legs,
        side=side_of_junction(area, route, at.walked_m, legs[0]),
    )
