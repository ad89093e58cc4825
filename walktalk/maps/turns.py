"""Turns by place: what to do where, for files that show places and not the order of a walk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from walktalk.maps.course_points import CourseKind, CoursePoint, turn_points
from walktalk.parks import Line
from walktalk.parks.geodesy import bearing_deg
from walktalk.routes import Walk
from walktalk.routes.cues import BEND_LOOK_M, LOOK_M, SIDEWARD_DEG
from walktalk.wording import N_, _

_ONE_PLACE_M = 1.0
"""Metres within which two passes are at one place: both are the same point of the paths."""

_SHORT: dict[CourseKind, str] = {
    "left": N_("left"),
    "right": N_("right"),
    "slight-left": N_("keep left"),
    "slight-right": N_("keep right"),
    "straight": N_("straight on"),
    "u-turn": N_("turn round"),
}
"""What to do on one of several passes, as it stands inside a sentence."""

_SAID_ONE_BY_ONE = 2
"""Passes in a row that ask the same and are each said: "left, left"; more are counted."""


@dataclass(frozen=True, slots=True)
class _Pass:
    at_m: float
    kind: CourseKind


def turning_places(walk: Walk) -> tuple[CoursePoint, ...]:
    """Return every place with a turn once, in the order in which a walk first turns there.

    Where a walk comes by several times, the name says what to do each time, in order: "Left, left,
    then right". A pass that needs no telling elsewhere is told here, for the count to be right.
    """
    line = walk.route.line
    corners = walk.area.network.metres(line.positions)
    places: list[tuple[CoursePoint, NDArray[np.float64], list[_Pass]]] = []
    for turn in turn_points(walk):
        (spot,) = walk.area.network.metres([turn.position])
        known = next((p for p in places if np.hypot(*(p[1] - spot)) <= _ONE_PLACE_M), None)
        if known is None:
            known = (turn, spot, [])
            places.append(known)
        known[2].append(_Pass(turn.distance_m, turn.kind))
    named = []
    for first, spot, told in places:
        near = np.hypot(*(corners - spot).T) <= _ONE_PLACE_M
        passes = _with_silent_ones(line, line.at_m[near], told)
        named.append(replace(first, name=_in_order(first, passes)))
    return tuple(named)


def _with_silent_ones(line: Line, passed_m: NDArray[np.float64], told: list[_Pass]) -> list[_Pass]:
    """Return all passes of one place in walking order, but for the walk's start and finish."""
    passes = list(told)
    for at_m in passed_m:
        within = LOOK_M < at_m < line.length_m - LOOK_M
        if within and all(abs(at_m - other.at_m) > LOOK_M for other in passes):
            passes.append(_Pass(float(at_m), _kind_at(line, float(at_m))))
    return sorted(passes, key=lambda each: each.at_m)


def _kind_at(line: Line, at_m: float) -> CourseKind:
    before, here, after = (line.point_at(at_m + add) for add in (-BEND_LOOK_M, 0, BEND_LOOK_M))
    turned = (bearing_deg(here, after) - bearing_deg(before, here) + 180) % 360 - 180
    if abs(turned) < SIDEWARD_DEG:
        return "straight"
    return "right" if turned > 0 else "left"


def _in_order(first: CoursePoint, passes: list[_Pass]) -> str:
    kinds = [each.kind for each in passes]
    if len(set(kinds)) == 1:
        return first.name
    period = next(n for n in range(1, len(kinds) + 1) if kinds == kinds[:n] * (len(kinds) // n))
    runs = ((kind, len([*run])) for kind, run in groupby(kinds[:period]))
    *before, last = (word for kind, number in runs for word in _said(kind, number))
    said = _("%(first)s, then %(last)s", first=", ".join(before), last=last)
    if period < len(kinds):
        said = _("%(what)s, %(number)s times", what=said, number=len(kinds) // period)
    return said[:1].upper() + said[1:]


def _said(kind: CourseKind, number: int) -> list[str]:
    word = _(_SHORT[kind])
    if number <= _SAID_ONE_BY_ONE:
        return [word] * number
    return [_("%(what)s %(number)s times", what=word, number=number)]
