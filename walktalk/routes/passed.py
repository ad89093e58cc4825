"""Where somebody is on a walk, told by what was passed last: "about 200 m past the boathouse"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.beside_walk import Along
from walktalk.routes.landmarks import AT_M, SEATS, THINGS, thing_in_words
from walktalk.routes.passed_by import start_passed_m
from walktalk.routes.words import about_distance_in_words
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.parks import Area
    from walktalk.routes.model import Route

Passed = tuple[float, str]
"""Metres walked when a thing is passed, and what it is called."""

SEEN_AGAIN_M = 20.0
"""Metres within which somebody still is at what was passed."""

LONG_AGO_M = 500.0
"""Metres after which what was passed says little: it may be out of sight and out of mind."""


def things_passed(area: Area, route: Route) -> tuple[Passed, ...]:
    """Return what a walk passes that can be named, each time, in the order of walking.

    The start is among them; seats are not, for one is like another.
    """
    passed = [
        (metres, thing_in_words(place))
        for metres, place in Along(area, route).near(THINGS - SEATS, AT_M).passes
        if not place.is_meeting_point and (place.name or place.kind != "attraction")
    ]
    starts = [(metres, _("the start")) for metres in (0.0, *start_passed_m(route))]
    return tuple(sorted(passed + starts))


def whereabouts(passed: Sequence[Passed], metre: float) -> str:
    """Return where somebody is after so many metres: past what, or how far along the walk."""
    before = [each for each in passed if metre - LONG_AGO_M <= each[0] <= metre]
    if not before:
        return _("You are about %(far)s along the walk.", far=about_distance_in_words(metre))
    at_m, name = before[-1]
    if metre - at_m <= SEEN_AGAIN_M:
        return _("You are at %(place)s.", place=name)
    far = about_distance_in_words(metre - at_m)
    return _("You are about %(far)s past %(place)s.", far=far, place=name)
