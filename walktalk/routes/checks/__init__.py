"""The checks of a walk: always the same ones, in the same order, whatever needs were asked for.

A check is one subject, and all that is known of it stands in its own file: its id, the need it
answers, the facts it reads, its rule, its words, its finding. It counts as soon as it stands in
the list here: forms, the planner, findings, the command line and the README's table read from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np

from walktalk.routes.checks import (
    approach,
    bikes,
    crowds,
    dogs,
    gradient,
    length,
    light,
    opening,
    overheard,
    pavement,
    playground,
    road,
    road_crossings,
    seats,
    steps,
    surface,
    toilets,
    two_abreast,
    underpass,
    water,
    way_back,
    ways_out,
    who_may_walk,
    width,
)
from walktalk.routes.checks.check import NeedGroup
from walktalk.routes.checks.walked import Walked
from walktalk.routes.model import Leg
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from walktalk.parks import Area, Path
    from walktalk.routes.checks.check import Check, Need, Verdict
    from walktalk.routes.model import Finding, Route, TimetableEntry, WalkRequest

CHECKS: tuple[Check, ...] = (
    length.CHECK,
    steps.CHECK,
    surface.CHECK,
    gradient.CHECK,
    width.CHECK,
    two_abreast.CHECK,
    light.CHECK,
    seats.CHECK,
    toilets.CHECK,
    way_back.CHECK,
    who_may_walk.CHECK,
    opening.CHECK,
    road.CHECK,
    road_crossings.CHECK,
    pavement.CHECK,
    bikes.CHECK,
    water.CHECK,
    underpass.CHECK,
    playground.CHECK,
    dogs.CHECK,
    crowds.CHECK,
    overheard.CHECK,
    ways_out.CHECK,
    approach.CHECK,
)
"""Every check, in the order of the findings and of the needs in the forms."""

CHECK_BY_ID: Mapping[str, Check] = {check.id: check for check in CHECKS}
"""The same by their ids."""

CHECK_BY_NEED: Mapping[str, Check] = {check.need.id: check for check in CHECKS if check.need}
"""The check that speaks of each need.

A need that is unknown on a walk never has a ``pass`` there, with one exception: in daylight the
light passes without lamps. Ask ``walk_verdict`` whether a need is met.
"""

_NEEDS: Mapping[str, Need] = {check.need.id: check.need for check in CHECKS if check.need}

NEEDS: Mapping[str, str] = {need.id: need.words for need in _NEEDS.values()}
"""Every need by its id, with how it is worded. Hard: a walk that breaks one is never proposed."""

NEED_GROUPS: Mapping[NeedGroup, tuple[str, ...]] = {
    group: tuple(need.id for need in _NEEDS.values() if need.group == group)
    for group in get_args(NeedGroup)
}
"""The needs' ids by what they are for; every need stands in one group."""

PATH_NEEDS = frozenset(need.id for need in _NEEDS.values() if need.of_paths)
"""Needs that every path of a walk has to meet."""

WALK_NEEDS = frozenset(need.id for need in _NEEDS.values() if need.of_walk)
"""Needs that the walk as a whole meets; no path breaks them."""


def check_walk(
    area: Area,
    request: WalkRequest,
    route: Route,
    timetable: tuple[TimetableEntry, ...],
) -> tuple[Finding, ...]:
    """Check a walk and return one finding for each of ``CHECKS``, in that order.

    The findings depend on the ground, the times and the pace, never on the request's needs or
    preferences: everybody is told the same facts.

    Args:
        area: the land.
        request: when and how fast it is walked.
        route: the walk.
        timetable: where it is when, from ``walktalk.routes.timetable``.
    """
    walked = Walked(area, request, route, timetable)
    return tuple(check.finding(walked) for check in CHECKS)


def title_of(check_id: str) -> str:
    """Return what a check is about in a word or two; a kept walk may name one that has gone."""
    check = CHECK_BY_ID.get(check_id)
    return _(check.title) if check else check_id.replace("-", " ").capitalize()


def verdict(area: Area, path: Path, need: str) -> Verdict:
    """Return whether one path of the area meets a need.

    Raises:
        KeyError: ``need`` is not one that a single path can meet (``PATH_NEEDS``).
    """
    return _NEEDS[need].of_leg(area, Leg(path.id, 0.0, path.length_m))


def walk_verdict(area: Area, route: Route, need: str) -> Verdict:
    """Return whether a whole walk meets a need: broken before unknown before met."""
    return _NEEDS[need].verdict(area, route)


def path_verdicts(area: Area, needs: Iterable[str]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return which edges may be walked, and how many needs are unknown on each.

    Args:
        area: the area.
        needs: ids of needs; those of the whole walk (``WALK_NEEDS``) exclude no path.

    Returns:
        In the network's edge order: whether no need is broken; how many are unknown.
    """
    allowed = np.ones(len(area.paths), dtype=bool)
    unknown = np.zeros(len(area.paths), dtype=np.int64)
    for need in sorted(set(needs) - WALK_NEEDS):
        unbroken, not_known = area.prepared(_masks, need)
        allowed &= unbroken
        unknown += not_known
    return allowed, unknown


def _masks(area: Area, need: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    of_path = _NEEDS[need].verdicts(area)
    verdicts = np.array([of_path[path_id] for path_id in area.paths], dtype="U7")
    return verdicts != "broken", verdicts == "unknown"
