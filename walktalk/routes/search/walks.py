"""One walk at a time: the moves it is made of, what they measure, and the route they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks import Line
from walktalk.routes.legs import leg_line
from walktalk.routes.model import Leg, Route

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat
    from walktalk.routes.model import Shape
    from walktalk.routes.search.search_graph import SearchGraph

Move = tuple[int, float, float]
"""A segment walked from one share of its length to another: (segment, from, to), 0 to 1."""

MOST_LAPS = 4
"""A shape is walked at most so often: the design's limit."""

SAFE_S = 0.01
"""Seconds kept in hand, so that rounding never makes a walk end late."""

SLACK_S = 60.0
"""A walk may end this much before its time, never after: the design's promise of one minute."""

_MOST_LEFT_S, _MOST_LEFT_SHARE = 600.0, 0.25
"""Time that a walk may leave for a pause or a longer closing: ten minutes, and of a short walk no
more than a quarter. A longer rest is a session of its own kind, to be asked for."""

LOOP_AGAIN_SHARE = 0.03
"""Share of its length that a loop may walk a second time: a few paces at the start."""

_TOUCH_M = 1e-6  # legs of one path that meet within a thousandth of a millimetre are one


@dataclass(frozen=True)
class Way:
    """What is walked, and how it is laid out.

    Attributes:
        moves: what is walked, in order.
        shape: how it is laid out.
        lap_moves: how many moves come before each lap.
    """

    moves: tuple[Move, ...]
    shape: Shape
    lap_moves: tuple[int, ...]

    @property
    def laps(self) -> int:
        """How often its shape is walked."""
        return len(self.lap_moves)


@dataclass(frozen=True)
class Candidate(Way):
    """A walk that the search found.

    Attributes:
        seconds: walking time.
        cost: the published score.
    """

    seconds: float
    cost: float


def longest_left_s(budget_s: float) -> float:
    """Return the seconds that a walk may leave over of those there are for walking."""
    return max(SLACK_S, min(_MOST_LEFT_S, _MOST_LEFT_SHARE * budget_s))


def moves_before_laps(before: int, lap: int, laps: int) -> tuple[int, ...]:
    """Return how many moves come before each lap.

    Args:
        before: moves before the first lap.
        lap: moves in a lap.
        laps: how many there are.
    """
    return tuple(before + lap * done for done in range(laps))


def turned_back(moves: Sequence[Move]) -> tuple[Move, ...]:
    """Return the moves walked the other way round."""
    return tuple((segment, end, begin) for segment, begin, end in reversed(moves))


def seconds_of(search_graph: SearchGraph, moves: Iterable[Move]) -> float:
    """Return the walking seconds of moves."""
    forward_s, backward_s = search_graph.seconds
    total = 0.0
    for segment, begin, end in moves:
        whole_s = forward_s[segment] if end >= begin else backward_s[segment]
        total += whole_s * abs(end - begin)
    return total


def shape_of_a_round(repeated_m: float, length_m: float) -> Shape:
    """Return what a walk once round is: a loop, unless it walks some of its way twice."""
    return "loop" if repeated_m <= LOOP_AGAIN_SHARE * length_m else "lollipop"


def legs_of(search_graph: SearchGraph, moves: Iterable[Move]) -> tuple[Leg, ...]:
    """Return moves as legs over the area's paths; pieces of one path that go on are one leg."""
    listed = list(moves)
    if not listed:
        return ()
    ids = search_graph.of_area.network.path_ids
    segment = np.array([move[0] for move in listed], dtype=np.int64)
    begin, end = np.array([move[1:] for move in listed], dtype=float).T
    path, low, high = (search_graph.segments[name][segment] for name in ("path", "from_m", "to_m"))
    from_m, to_m = _along_m(low, high, begin), _along_m(low, high, end)
    forward = to_m > from_m
    goes_on = (path[1:] == path[:-1]) & (forward[1:] == forward[:-1])
    goes_on &= np.abs(to_m[:-1] - from_m[1:]) <= _TOUCH_M
    first = np.flatnonzero(np.concatenate(([True], ~goes_on)))
    last = np.flatnonzero(np.concatenate((~goes_on, [True])))
    found = zip(path[first].tolist(), from_m[first].tolist(), to_m[last].tolist(), strict=True)
    return tuple(Leg(ids[edge], leaves_m, comes_m) for edge, leaves_m, comes_m in found)


def _along_m(
    from_m: NDArray[np.float64], to_m: NDArray[np.float64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return where a share of a stretch ends, its two ends exactly: a path's points lie there."""
    return np.where(share == 1.0, to_m, from_m + share * (to_m - from_m))


def line_over(area: Area, legs: Iterable[Leg]) -> tuple[LonLat, ...]:
    """Return the line over legs, each of which begins where the one before ends."""
    line: list[LonLat] = []
    for leg in legs:
        part = leg_line(area.paths[leg.path_id], leg)
        # where paths meet, their ends are one node though they may differ by rounding
        line.extend(part[1:] if line else part)
    return tuple((float(lon), float(lat)) for lon, lat in line)


def route_over(
    area: Area, legs: tuple[Leg, ...], shape: Shape, lap_starts_m: tuple[float, ...] = ()
) -> Route:
    """Return the route over legs, each of which begins where the one before ends."""
    laps = len(lap_starts_m) + 1
    return Route.along(Line.of(line_over(area, legs)), shape, legs, laps, lap_starts_m)
