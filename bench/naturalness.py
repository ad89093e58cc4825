"""What a walk feels like, from its line and its paths alone: the same for every planner."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from walktalk.parks.geodesy import distance_m
from walktalk.routes.checks.facts import is_carriageway, is_recorded
from walktalk.routes.cues import heading_out, node_at_end
from walktalk.routes.legs import leg_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes import Leg

_EVERY_M = 5.0
_SAME_M = 0.01
_BESIDE_M = 25.0  # within which another part of a walk is beside it
_APART_M = 60.0  # metres along the walk from which it is another part
_PARALLEL_DEG = 30.0
_TURN_DEG = 45.0
_LOOK_M = 10.0
_AT_THE_START_M = 1.0
_AT_A_PLACE_M = 20.0
_ON_A_PATH = 2  # path ends that meet where a path only goes on
_MAIN = {f"{road}{link}" for road in ("trunk", "primary", "secondary") for link in ("", "_link")}


@dataclass(frozen=True, slots=True)
class Felt:
    """What one walk feels like.

    Attributes:
        twice: share of its length that is walked again.
        beside: share of it that runs beside another part of it, or along the same ground.
        turns, crossings: a kilometre.
        calm: share of it on paths without motor traffic and without a road beside them.
        main_road: share of it on or beside a main road.
        compact: 4 pi area over length squared.
        turned_nowhere: how often it turns round where there is no junction, end of a path or place.
        stubs: how often it turns round although it is no way there and back.
    """

    twice: float
    beside: float
    turns: float
    crossings: float
    calm: float
    main_road: float
    compact: float
    turned_nowhere: int
    stubs: int


def felt(area: Area, legs: Sequence[Leg]) -> Felt:
    """Measure a walk over some legs."""
    paths = [area.paths[leg.path_id] for leg in legs]
    metres = np.array([leg.length_m for leg in legs])
    length = float(metres.sum())
    line = [point for leg, path in zip(legs, paths, strict=True) for point in leg_line(path, leg)]
    xy = area.network.metres(line)
    keep = np.concatenate(([True], np.hypot(*np.diff(xy, axis=0).T) > _SAME_M))
    xy = xy[keep]
    road = np.array([is_carriageway(path) for path in paths])
    beside_road = np.array([is_recorded(path, "beside_road") for path in paths])
    classes = [
        str(path.facts.get("highway" if on else "road_class"))
        for path, on in zip(paths, road, strict=True)
    ]
    main = np.array([each in _MAIN for each in classes])
    round_at = _turned_round(area, legs)
    enclosed = float(np.sum(xy[:, 0] * np.roll(xy[:, 1], -1) - np.roll(xy[:, 0], -1) * xy[:, 1]))
    return Felt(
        twice=_again_m(legs) / length,
        beside=_beside(xy),
        turns=1000 * _turns(area, legs) / length,
        crossings=1000 * _crossings(area, legs, road) / length,
        calm=float(metres[~road & ~beside_road].sum()) / length,
        main_road=float(metres[main & (road | beside_road)].sum()) / length,
        compact=min(1.0, 2 * np.pi * abs(enclosed) / length**2),
        turned_nowhere=sum(_is_nowhere(area, leg) for leg in round_at),
        stubs=0 if _is_there_and_back(legs) else len(round_at),
    )


def _again_m(legs: Sequence[Leg]) -> float:
    """Return the metres of every second pass, to the nearest metre of each path."""
    passes: dict[tuple[str, int], int] = {}
    for leg in legs:
        low, high = sorted((leg.from_m, leg.to_m))
        for metre in range(round(low), round(high)):
            passes[leg.path_id, metre] = passes.get((leg.path_id, metre), 0) + 1
    return float(sum(count - 1 for count in passes.values()))


def _turned_round(area: Area, legs: Sequence[Leg]) -> list[Leg]:
    """Return the legs at whose end a walk turns to go back the way it came, not at its start."""
    start = leg_line(area.paths[legs[0].path_id], legs[0])[0]
    return [
        leg
        for leg, following in pairwise(legs)
        if leg.path_id == following.path_id
        and (leg.to_m - leg.from_m) * (following.to_m - following.from_m) < 0
        and distance_m(leg_line(area.paths[leg.path_id], leg)[-1], start) > _AT_THE_START_M
    ]


def _is_nowhere(area: Area, leg: Leg) -> bool:
    """Whether a leg ends where there is no junction, no end of a path and no place."""
    node = node_at_end(area, leg)
    if node is not None and area.network.degrees[node] != _ON_A_PATH:
        return False
    here = leg_line(area.paths[leg.path_id], leg)[-1]
    return all(distance_m(here, each.position) > _AT_A_PLACE_M for each in area.places.values())


def _is_there_and_back(legs: Sequence[Leg]) -> bool:
    back = [(leg.path_id, leg.to_m, leg.from_m) for leg in reversed(legs)]
    return [(leg.path_id, leg.from_m, leg.to_m) for leg in legs] == back


def _beside(xy: NDArray[np.float64]) -> float:
    at = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
    along = np.arange(_EVERY_M / 2, at[-1], _EVERY_M)
    points = np.column_stack([np.interp(along, at, each) for each in xy.T])
    ahead = np.column_stack([np.interp(along + _LOOK_M / 2, at, each) for each in xy.T])
    back = np.column_stack([np.interp(along - _LOOK_M / 2, at, each) for each in xy.T])
    heading = np.arctan2(*(ahead - back).T)
    pairs = cKDTree(points).query_pairs(_BESIDE_M, output_type="ndarray")
    if not len(pairs):
        return 0.0
    one, other = pairs.T
    apart = np.abs(along[one] - along[other])
    apart = np.minimum(apart, at[-1] - apart)  # a walk ends where it began
    parallel = np.abs(np.cos(heading[one] - heading[other])) >= np.cos(np.radians(_PARALLEL_DEG))
    near = (apart > _APART_M) & parallel
    return len(np.unique(np.concatenate([one[near], other[near]]))) / len(along)


def _turns(area: Area, legs: Sequence[Leg]) -> float:
    """Return how often the way changes direction where one path is left for another."""
    found = 0
    for leg, following in pairwise(legs):
        here = area.network.metres(leg_line(area.paths[leg.path_id], leg))
        there = area.network.metres(leg_line(area.paths[following.path_id], following))
        before, after = here[-1] - _point(here[::-1]), _point(there) - there[0]
        change = np.arctan2(*before) - np.arctan2(*after)
        found += bool(np.cos(change) < np.cos(np.radians(_TURN_DEG)))
    return found


def _point(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the point of a line a few steps from its beginning."""
    at = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
    return np.array([np.interp(_LOOK_M, at, each) for each in xy.T])


def _crossings(area: Area, legs: Sequence[Leg], road: NDArray[np.bool_]) -> int:
    """Return how often a road is crossed: where one is recorded, or leads off to both sides.

    Whoever walks along a road is on neither of its sides, and passes drives.
    """
    recorded = [is_recorded(area.paths[leg.path_id], "crosses_road") for leg in legs]
    found = sum(recorded)
    for number, (leg, following) in enumerate(pairwise(legs)):
        node = node_at_end(area, leg)
        if node is None or recorded[number] or recorded[number + 1]:
            continue
        along = road[number] or road[number + 1]
        came = (leg.path_id, leg.to_m > leg.from_m)
        goes = (following.path_id, following.to_m < following.from_m)
        others = [end for end in area.network.ends_at(node) if end not in (came, goes)]
        turned = {
            end: (heading_out(area, *end) - heading_out(area, *came)) % 360
            for end in (*others, goes)
        }
        roads = [
            turned[path_id, at_last] < turned[goes]
            for path_id, at_last in others
            if is_carriageway(area.paths[path_id])
            and not (along and area.paths[path_id].facts.get("highway") == "service")
        ]
        found += len(set(roads)) > 1
    return found
