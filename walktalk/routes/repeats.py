"""Rounds: what is walked several times, one after the other, and told once.

A walk may be several rounds from end to end, or come to a round on the way, walk it more than once
and go on. A way back over the same paths is told once too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from walktalk.routes.cues import Cue
from walktalk.routes.legs import stem_of_m
from walktalk.routes.model import Leg
from walktalk.routes.passed_by import SAME_PLACE_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from walktalk.parks import LonLat
    from walktalk.routes.model import Route


_BEFORE_M = -2 * SAME_PLACE_M
"""Metres along a walk that lie before its start."""


@dataclass(frozen=True, slots=True)
class Back(Cue):
    """Where a walk, or each of its rounds, turns to go back the same way."""


@dataclass(frozen=True, slots=True)
class Again(Cue):
    """Where a part of a walk was told and is walked again.

    Attributes:
        begins_m: metres along the walk where the part was begun first.
        times: how often it is walked again.
    """

    begins_m: float
    times: int


@dataclass(frozen=True, slots=True)
class _Rounds:
    """The same legs several times in a row.

    Attributes:
        begins_m: metres along the walk where the first round begins.
        length_m: metres in one round.
        times: how often it is walked.
    """

    begins_m: float
    length_m: float
    times: int

    @property
    def told_m(self) -> float:
        """Metres along the walk where the first round ends."""
        return self.begins_m + self.length_m

    @property
    def ends_m(self) -> float:
        """Metres along the walk where the last round ends."""
        return self.begins_m + self.length_m * self.times


def laps_told_once(route: Route, cues: Sequence[Cue]) -> list[Cue]:
    """Leave out what only repeats the whole walk so far: the way back, and further laps."""
    start, *inner, finish = cues
    laps = _laps(route)
    round_m = route.length_m / laps
    told_m = round_m
    again: list[Cue] = []
    if _goes_back(_first_lap(route)):
        told_m = round_m / 2
        again.append(Back("u-turn", told_m, _position(route, told_m), "turning-point"))
    if laps > 1:
        place = _position(route, round_m)
        again.append(Again("straight", round_m, place, "end", begins_m=0.0, times=laps - 1))
    if again:
        inner = [cue for cue in inner if cue.distance_m < told_m - SAME_PLACE_M]
    return [start, *inner, *again, finish]


def rounds_told_once(route: Route, cues: Sequence[Cue]) -> list[Cue]:
    """Leave out what only repeats a round on the way, where that makes the walk shorter to tell."""
    kept = list(cues)
    legs = _first_way(route)
    walked = [0.0, *accumulate(leg.length_m for leg in legs)]
    for rounds in _rounds_on_the_way(legs, walked, 0, len(legs)):
        told = _told_once(route, kept, rounds)
        if len(told) < len(kept):
            kept = told
    return kept


def _told_once(route: Route, cues: Sequence[Cue], rounds: _Rounds) -> list[Cue]:
    """Return the cues with a round told once: where it begins, where it is over, what follows."""
    begin = _cue_at(route, cues, rounds.begins_m)
    if begin.kind == "u-turn":  # told with the step before it, so that no step begins here
        return list(cues)
    return [
        *_between(cues, _BEFORE_M, rounds.begins_m),
        begin,
        *_between(cues, rounds.begins_m, rounds.told_m),
        Again(
            "straight",
            rounds.told_m,
            begin.position,
            "round-again",
            begins_m=rounds.begins_m,
            times=rounds.times - 1,
        ),
        _cue_at(route, cues, rounds.ends_m),
        *_between(cues, rounds.ends_m, route.length_m - 2 * _BEFORE_M),
    ]


def _between(cues: Sequence[Cue], from_m: float, to_m: float) -> list[Cue]:
    """Return the cues between two places, those at the places left out."""
    first_m, last_m = from_m + SAME_PLACE_M, to_m - SAME_PLACE_M
    return [cue for cue in cues if first_m < cue.distance_m < last_m]


def _cue_at(route: Route, cues: Sequence[Cue], distance_m: float) -> Cue:
    """Return the cue at a place of the walk, or one that goes straight on."""
    here = [cue for cue in cues if abs(cue.distance_m - distance_m) <= SAME_PLACE_M]
    return here[0] if here else Cue("straight", distance_m, _position(route, distance_m), "round")


def _position(route: Route, distance_m: float) -> LonLat:
    return route.line.point_at(distance_m)


def _laps(route: Route) -> int:
    """Return how often the same legs are walked, one after the other, from end to end."""
    laps = _laps_of_legs(route)
    return len(laps) if all(_are_same(lap, laps[0]) for lap in laps[1:]) else 1


def _laps_of_legs(route: Route) -> list[list[Leg]]:
    """Return the legs of each lap; the whole walk where it has none of equal legs.

    A lap may begin within a path: the leg that goes on there is cut.
    """
    count, rest = divmod(len(route.legs), route.laps)
    if not rest and route.legs == route.legs[:count] * route.laps:
        return [list(route.legs[:count])] * route.laps
    if not route.lap_starts_m or stem_of_m(route):
        return [list(route.legs)]
    laps: list[list[Leg]] = [[]]
    ends = [*route.lap_starts_m, route.length_m]
    for leg, walked in zip(route.legs, route.walked_m[1:].tolist(), strict=True):
        left_m = walked - ends[len(laps) - 1]
        if SAME_PLACE_M < left_m < leg.length_m - SAME_PLACE_M:
            cut_m = leg.to_m - left_m if leg.to_m >= leg.from_m else leg.to_m + left_m
            laps[-1].append(Leg(leg.path_id, leg.from_m, cut_m))
            laps.append([Leg(leg.path_id, cut_m, leg.to_m)])
            continue
        laps[-1].append(leg)
        if abs(left_m) <= SAME_PLACE_M and len(laps) < route.laps:
            laps.append([])
    return laps if len(laps) == route.laps else [list(route.legs)]


def _are_same(legs: Sequence[Leg], others: Sequence[Leg]) -> bool:
    """Whether the same is walked, but for rounding."""
    return len(legs) == len(others) and all(
        one.path_id == other.path_id
        and abs(one.from_m - other.from_m) <= SAME_PLACE_M
        and abs(one.to_m - other.to_m) <= SAME_PLACE_M
        for one, other in zip(legs, others, strict=True)
    )


def _first_lap(route: Route) -> Sequence[Leg]:
    return _laps_of_legs(route)[0] if _laps(route) > 1 else route.legs


def _first_way(route: Route) -> Sequence[Leg]:
    """Return the legs of the first lap without its way back."""
    legs = _first_lap(route)
    return legs[: len(legs) // 2] if _goes_back(legs) else legs


def _goes_back(legs: Sequence[Leg]) -> bool:
    """Whether the second half of the legs is the first half walked backwards."""
    there, back = legs[: len(legs) // 2], legs[len(legs) // 2 :]
    return len(there) == len(back) > 0 and all(
        (out.path_id, out.from_m, out.to_m) == (home.path_id, home.to_m, home.from_m)
        for out, home in zip(there, reversed(back), strict=True)
    )


def _rounds_on_the_way(
    legs: Sequence[Leg], walked: Sequence[float], first: int, last: int
) -> Iterator[_Rounds]:
    """Yield the rounds among some of the legs, those that say most first, none inside another.

    Args:
        legs: of the walk.
        walked: metres along the walk before each leg, and at its end.
        first: number of the first leg that is looked at.
        last: number of the leg behind the last one.
    """
    found = _most_repeated(legs, walked, first, last)
    if found is not None:
        begin, count, times = found
        yield _Rounds(walked[begin], walked[begin + count] - walked[begin], times)
        yield from _rounds_on_the_way(legs, walked, first, begin)
        yield from _rounds_on_the_way(legs, walked, begin + count * times, last)


def _most_repeated(
    legs: Sequence[Leg], walked: Sequence[float], first: int, last: int
) -> tuple[int, int, int] | None:
    """Return where the most metres are walked again: first leg, legs in a round, how often.

    The same rounds can be seen from a leg later, too: the earliest counts.
    """
    best: tuple[int, int, int] | None = None
    most_m = SAME_PLACE_M
    for count in range(1, (last - first) // 2 + 1):
        same = 0  # legs in a row that come again one round later
        for begin in range(last - count - 1, first - 1, -1):
            same = same + 1 if legs[begin] == legs[begin + count] else 0
            times = same // count + 1
            again_m = (walked[begin + count] - walked[begin]) * (times - 1)
            is_earlier = best is not None and best[1] == count and again_m > most_m - SAME_PLACE_M
            if again_m > most_m + SAME_PLACE_M or (times > 1 and is_earlier):
                best, most_m = (begin, count, times), max(again_m, most_m)
    return best
