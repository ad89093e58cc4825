"""Turn cues: the points of a walk at which a walker needs to be told something.

A cue is given where other paths meet the walk and going on is not the plain thing to do, where the
way bends sharply, where it turns round, and at both ends. A mere curve gets none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from walktalk.routes.model import Leg

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat
    from walktalk.routes.model import Route, Side

CueKind = Literal[
    "start", "left", "right", "slight-left", "slight-right", "straight", "u-turn", "finish"
]
CuePlace = Literal["end", "junction", "bend", "turning-point", "round", "round-again"]

LOOK_M = 10.0
"""Metres before and after a junction over which the direction of a path is taken: far enough to
leave the drawing of the junction itself, near enough to be what a walker sees."""

BEND_LOOK_M = 5.0
"""Metres before and after a bend over which it counts: a turn drawn out longer is a curve."""

STRAIGHT_DEG = 30.0
"""Degrees of turn below which a walker has gone straight on."""

SIDEWARD_DEG = 60.0
"""Degrees of turn from which it is a left or a right, and a bend is sharp; less is slight."""

CHOICE = 3
"""Path ends that make a junction: the one walked in by, and two to choose from."""

AT_END_M = 0.05
"""Metres before a path's end within which a leg reaches it, but never more than a quarter of the
path: far below any error of a map."""

_SHORT_SHARE = 0.25
_SAME_POINT_M = 0.5  # two points of a walk nearer than this are one
_FULL_CIRCLE = 360.0
_HALF_CIRCLE = 180.0


@dataclass(frozen=True, slots=True)
class Cue:
    """A point at which a walker needs to be told something.

    Attributes:
        kind: what to do there.
        distance_m: metres along the walk.
        position: (longitude, latitude), on the walk's line.
        place: whether it is an end of the walk, a junction, a bend, the turning point, where a
            round begins or is left, or where it is begun again.
    """

    kind: CueKind
    distance_m: float
    position: LonLat
    place: CuePlace


def turn_cues(area: Area, route: Route) -> tuple[Cue, ...]:
    """Return the cues of a walk in walking order, from its start to its finish."""
    line = _WalkedLine(area, route)
    cues = [*_cues_between_legs(area, route)]
    cues += _bends(line, [cue.distance_m for cue in cues])
    cues.sort(key=lambda cue: cue.distance_m)
    return (
        Cue("start", 0.0, route.coordinates[0], "end"),
        *cues,
        Cue("finish", route.length_m, route.coordinates[-1], "end"),
    )


@dataclass(frozen=True, eq=False)
class _WalkedLine:
    """The walk's line with flat coordinates, to see how it turns."""

    area: Area
    route: Route

    @cached_property
    def flat(self) -> NDArray[np.float64]:
        return self.area.network.metres(self.route.coordinates)

    def flat_at(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.route.line.values_at(metres, self.flat)

    def turn_at(self, metres: NDArray[np.float64], look_m: float) -> NDArray[np.float64]:
        """Return the degrees turned at points of the line, to the right positive."""
        here = self.flat_at(metres)
        before = _heading(here - self.flat_at(metres - look_m))
        after = _heading(self.flat_at(metres + look_m) - here)
        return _turn(before, after)


def _heading(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the compass heading of flat vectors in degrees."""
    return np.degrees(np.arctan2(vectors[..., 0], vectors[..., 1]))


def _turn(before: NDArray[np.float64], after: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the degrees from one heading to another, -180 to 180, to the right positive."""
    return (after - before + _HALF_CIRCLE) % _FULL_CIRCLE - _HALF_CIRCLE


def _cues_between_legs(area: Area, route: Route) -> list[Cue]:
    cues: list[Cue] = []
    legs = [
        (leg, walked)
        for leg, walked in zip(route.legs, route.walked_m[1:].tolist(), strict=True)
        if leg.length_m
    ]
    for (leg, walked), (following, _) in pairwise(legs):
        position = route.line.point_at(walked)
        if _turns_round(leg, following):
            cues.append(Cue("u-turn", walked, position, "turning-point"))
            continue
        node = node_at_end(area, leg)
        if node is None or area.network.degrees[node] < CHOICE:
            continue
        kind = _kind_at_junction(area, node, leg, following)
        if kind:
            cues.append(Cue(kind, walked, position, "junction"))
    return cues


def _turns_round(leg: Leg, following: Leg) -> bool:
    forward, then_forward = leg.to_m > leg.from_m, following.to_m > following.from_m
    return leg.path_id == following.path_id and forward != then_forward


def node_at_end(area: Area, leg: Leg) -> int | None:
    """Return the node a leg leads to, or ``None`` when it ends within its path."""
    tail, head = area.network.ends_of(leg.path_id)
    whole_m = area.paths[leg.path_id].length_m
    near_m = min(AT_END_M, _SHORT_SHARE * whole_m)
    if leg.to_m >= leg.from_m:
        return head if leg.to_m >= whole_m - near_m else None
    return tail if leg.to_m <= near_m else None


def _kind_at_junction(area: Area, node: int, leg: Leg, following: Leg) -> CueKind | None:
    """Return what to do at a junction, or ``None`` where going on is the plain thing to do."""
    came_by = (leg.path_id, leg.to_m > leg.from_m)
    goes_by = (following.path_id, following.to_m < following.from_m)
    coming = (heading_out(area, *came_by) + _HALF_CIRCLE) % _FULL_CIRCLE
    turns = {
        end: float(_turn(np.array(coming), np.array(heading_out(area, *end))))
        for end in area.network.ends_at(node)
        if end != came_by
    }
    turn = turns.pop(goes_by)
    if abs(turn) >= SIDEWARD_DEG:
        return _kind_of(turn)
    ahead_deg = max(SIDEWARD_DEG, abs(turn) + STRAIGHT_DEG)
    if all(abs(other) >= ahead_deg for other in turns.values()):
        return None
    return "straight" if abs(turn) < STRAIGHT_DEG else _kind_of(turn)


def side_of_junction(area: Area, route: Route, distance_m: float, way: Leg) -> Side:
    """Return to which side of a walk another way leaves it at a junction.

    Args:
        area: the land.
        route: the walk.
        distance_m: metres walked at the junction.
        way: the first leg of the other way, from the junction on.

    Returns:
        The side, or ``""`` where the walk is at no junction then.
    """
    for leg, walked in zip(route.legs, route.walked_m[1:].tolist(), strict=True):
        begins_at_end = node_at_end(area, Leg(way.path_id, way.to_m, way.from_m))
        if abs(walked - distance_m) > _SAME_POINT_M or begins_at_end is None:
            continue
        if node_at_end(area, leg) == begins_at_end:
            coming = heading_out(area, leg.path_id, leg.to_m > leg.from_m) + _HALF_CIRCLE
            going = heading_out(area, way.path_id, way.to_m < way.from_m)
            turn = float(_turn(np.array(coming), np.array(going)))
            if abs(turn) < STRAIGHT_DEG:
                return "straight"
            return "right" if turn > 0 else "left"
    return ""


def heading_out(area: Area, path_id: str, at_last: bool) -> float:
    """Return the compass heading of a path as seen from its last or its first point, in degrees."""
    return area.prepared(_heading_out, path_id, at_last)


def _heading_out(area: Area, path_id: str, at_last: bool) -> float:
    line = area.paths[path_id].line
    seen_m = [line.length_m, line.length_m - LOOK_M] if at_last else [0.0, LOOK_M]
    here, there = area.network.metres(line.points_at(seen_m))
    return float(_heading(there - here))


def _kind_of(turn_deg: float) -> CueKind:
    if abs(turn_deg) >= SIDEWARD_DEG:
        return "right" if turn_deg > 0 else "left"
    return "slight-right" if turn_deg > 0 else "slight-left"


def _bends(line: _WalkedLine, told_m: list[float]) -> list[Cue]:
    """Return cues for sharp bends that no other cue has told of within a few steps."""
    at_m = line.route.line.at_m
    inner = np.flatnonzero((at_m > BEND_LOOK_M) & (at_m < at_m[-1] - BEND_LOOK_M))
    turns = line.turn_at(at_m[inner], BEND_LOOK_M)
    sharp = [
        (float(at_m[vertex]), float(turn))
        for vertex, turn in zip(inner, turns, strict=True)
        if abs(turn) >= SIDEWARD_DEG
    ]
    cues: list[Cue] = []
    told = list(told_m)
    for metres, turn in sorted(sharp, key=lambda bend: -abs(bend[1])):  # the sharpest speaks
        if all(abs(metres - other) > LOOK_M for other in told):
            cues.append(Cue(_kind_of(turn), metres, line.route.line.point_at(metres), "bend"))
            told.append(metres)
    return cues
