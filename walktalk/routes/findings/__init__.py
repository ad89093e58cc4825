"""The checks of a walk: always the same ones, in the same order, whatever needs were asked for.

Their sentences are made once, when a walk is planned, and kept with it: they stay in the language
in which it was planned, because what people were told never changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.findings import comfort, course, ground, nearby, way_back
from walktalk.routes.findings.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from walktalk.parks import Area
    from walktalk.routes.model import (
        Finding,
        Route,
        TimetableEntry,
        WalkRequest,
    )

_CHECKS: Mapping[str, Callable[[Subject], Finding]] = {
    "length": course.length,
    "steps": ground.steps,
    "surface": ground.surface,
    "gradient": ground.gradient,
    "width": ground.width,
    "light": comfort.light,
    "seats": comfort.seats,
    "toilets": comfort.toilets,
    "way-back": way_back.way_back,
    "road": nearby.road,
    "road-crossings": nearby.road_crossings,
    "bikes": nearby.bikes,
    "water": nearby.water,
    "underpass": nearby.underpass,
    "two-abreast": ground.two_abreast,
    "playground": nearby.playground,
    "ways-out": course.ways_out,
    "approach": course.approach,
}

CHECKS: tuple[str, ...] = tuple(_CHECKS)
"""The id of every check, in the order of the findings."""

CHECK_OF_NEED: Mapping[str, str] = {
    "step-free": "steps",
    "firm-surface": "surface",
    "gentle-slope": "gradient",
    "wide-path": "width",
    "two-abreast": "two-abreast",
    "seats": "seats",
    "toilets": "toilets",
    "lit": "light",
    "away-from-roads": "road",
    "away-from-playgrounds": "playground",
    "away-from-water": "water",
    "no-bikes": "bikes",
}
"""The check that speaks of each need.

A need that is unknown on a walk never has a ``pass`` there, with one exception: in daylight the
light passes without lamps. Ask ``walktalk.routes.needs.walk_verdict`` whether a need is met.
"""


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
    subject = Subject(area, request, route, timetable)
    return tuple(check(subject) for check in _CHECKS.values())


__all__ = ["CHECKS", "CHECK_OF_NEED", "check_walk"]
