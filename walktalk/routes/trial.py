"""Whether a request gives any walk at all: most is known without looking for the best one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.allowed import allowed_paths, ground_on
from walktalk.routes.checks import WALK_NEEDS
from walktalk.routes.errors import RequestError
from walktalk.routes.reading import SNAP_M, read_request, with_less
from walktalk.routes.search.turning import longest_out_and_back_s
from walktalk.routes.search.walks import LOOP_AGAIN_SHARE, MOST_LAPS, longest_left_s
from walktalk.routes.timing import edge_flat_metres

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.allowed import Allowed, Ground
    from walktalk.routes.model import WalkRequest
    from walktalk.routes.reading import ReadRequest

_MOST_PASSES = 2 * MOST_LAPS  # there and back, as often as a shape is walked


@dataclass(frozen=True, slots=True)
class _Lengths:
    """What walks on some ground take, in seconds.

    Attributes:
        surely_s: any time up to this can be filled by a walk there and back.
        loop_s: no loop takes longer.
        most_s: no walk takes longer.
    """

    surely_s: float
    loop_s: float
    most_s: float


@dataclass(frozen=True, eq=False)
class Trial:
    """Tells whether requests that ask for less than a given one give any walk.

    Attributes:
        area: the land.
        first: the request that is given.
        reading: what follows from it.
        finds_any: whether the planner finds a walk on the ground of a request.
    """

    area: Area
    first: WalkRequest
    reading: ReadRequest
    finds_any: Callable[[WalkRequest, Ground], bool]
    _lengths: dict[Hashable, _Lengths] = field(default_factory=dict)
    _fits: dict[Hashable, bool] = field(default_factory=dict)

    def fits(self, request: WalkRequest) -> bool:
        """Whether a request gives any walk: known by its length, or looked for.

        What is needed of a walk as a whole rules walks out only where nothing may be unknown, and
        is then asked of all walks there are.
        """
        request = _deciding(request)
        try:
            reading = self._read(request)
        except RequestError:
            return False
        allowed = allowed_paths(self.area, request, reading.avoid)
        asked = _asked(request, allowed)
        if asked not in self._fits:
            self._fits[asked] = self._tried(request, reading, allowed)
        return self._fits[asked]

    def gave_none(self, request: WalkRequest) -> None:
        """Take note that a request gave no walk: others on the same ground give none either."""
        request = _deciding(request)
        reading = self._read(request)
        self._fits[_asked(request, allowed_paths(self.area, request, reading.avoid))] = False

    def _tried(self, request: WalkRequest, reading: ReadRequest, allowed: Allowed) -> bool:
        if not request.seated:
            lengths = self._lengths_for(request, reading, allowed)
            most_s = lengths.loop_s if request.shape == "loop" else lengths.most_s
            if _least_s(reading) > most_s:
                return False
            turns = request.shape in (None, "out-and-back") and not asks_of_the_whole(request)
            if turns and reading.budget_s <= lengths.surely_s:
                return True
        ground = ground_on(self.area, request, reading, allowed)
        return ground is not None and self.finds_any(request, ground)

    @property
    def is_hopeless(self) -> bool:
        """Whether all paths that hang together near the start are too short for the request."""
        near = self.area.network.edges_near(self.reading.position, SNAP_M)
        metres = self.area.prepared(_hanging_together_m)[near]
        most_s = _MOST_PASSES * float(metres.max(initial=0.0)) / self.first.pace
        return not self.first.seated and _least_s(self.reading) > most_s

    def _read(self, request: WalkRequest) -> ReadRequest:
        if request.start == self.first.start:
            return with_less(self.reading, request)
        return read_request(self.area, request)

    def _lengths_for(
        self, request: WalkRequest, reading: ReadRequest, allowed: Allowed
    ) -> _Lengths:
        """Return what walks on the ground of a request take, whatever its minutes.

        It is worked out once, within the reach of the request that is given.
        """
        key = (request.start, request.max_minutes_from_start, allowed.usable.tobytes())
        if key not in self._lengths:
            whole = replace(reading, budget_s=max(reading.budget_s, self.reading.budget_s))
            ground = ground_on(self.area, request, whole, allowed)
            self._lengths[key] = _lengths_on(ground) if ground else _Lengths(0.0, 0.0, 0.0)
        return self._lengths[key]


def _deciding(request: WalkRequest) -> WalkRequest:
    """Return a request without what only puts walks in order."""
    if request.unknown == "refuse":
        return request
    return replace(request, needs=request.needs - WALK_NEEDS, seats_within_m=None)


def _asked(request: WalkRequest, allowed: Allowed) -> Hashable:
    """Return all of a request that decides whether there is a walk."""
    of_paths = allowed.usable.tobytes()
    bare = replace(request, needs=request.needs & WALK_NEEDS, keep_away_from=(), variant=0)
    return bare, of_paths


def asks_of_the_whole(request: WalkRequest) -> bool:
    """Whether anything is needed that only a whole walk can have."""
    return bool(request.needs & WALK_NEEDS) or request.seats_within_m is not None


def _least_s(reading: ReadRequest) -> float:
    """Return the seconds of the shortest walk that fills the time."""
    return reading.budget_s - longest_left_s(reading.budget_s)


def _lengths_on(ground: Ground) -> _Lengths:
    """Return what walks take at least and at most on some ground.

    One there and back goes by the calmest ways; one round goes over nothing more than twice.
    """
    graph, usable = ground.search_graph, ground.tiers[-1]
    there_s = MOST_LAPS * longest_out_and_back_s(graph, usable)
    once_s = float(np.maximum(graph.forward_s, graph.backward_s)[usable].sum())
    if graph.is_bridge[usable].all() and not isfinite(graph.reach_s):
        return _Lengths(there_s, 0.0, there_s)
    return _Lengths(there_s, once_s / (1 - LOOP_AGAIN_SHARE), _MOST_PASSES * once_s)


def _hanging_together_m(area: Area) -> NDArray[np.float64]:
    """Return for each edge the metres of flat asphalt that all paths joined to it take."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    network = area.network
    nodes = len(network.nodes)
    joined = csr_matrix((np.ones(len(network.tail)), (network.tail, network.head)), (nodes, nodes))
    _, piece = connected_components(joined, directed=False)
    of_edge = piece[network.tail]
    in_piece = np.bincount(of_edge, weights=np.maximum(*edge_flat_metres(area)))
    return np.asarray(in_piece[of_edge], dtype=float)
