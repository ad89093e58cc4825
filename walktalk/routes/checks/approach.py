"""The way from the chosen car park or bus stop to the start, and back afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.parks.geodesy import distance_m
from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.walked import place_sources
from walktalk.routes.sentences import Metres, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.walked import Walked

AT_THE_START_M = 30.0
"""Metres from the start within which people come straight onto the walk: the size of a meeting
place, and of the error of a recorded point."""


def _find(walked: Walked) -> Outcome:
    place = walked.area.places.get(walked.request.approach or "")
    if place is None:
        says = say("The way from a car park or bus stop is not part of this check.")
        return Outcome("unknown", says)
    there_m = distance_m(place.position, walked.route.coordinates[0])
    back_m = distance_m(walked.route.coordinates[-1], place.position)
    name = place.name or place.kind.replace("_", " ")
    sources = place_sources([place])
    because = say(
        "%(name)s: %(there)s to the start and %(back)s back, both in a straight line.",
        name=name,
        there=Metres(there_m),
        back=Metres(back_m),
    )
    if max(there_m, back_m) <= AT_THE_START_M:
        return Outcome("pass", say("%(name)s is at the start.", name=name), [because], sources)
    says = say(
        "%(name)s is %(away)s away; the way from there is not recorded.",
        name=name,
        away=Metres(there_m),
    )
    return Outcome("unknown", says, [because], sources)


CHECK = Check(
    id="approach", title=N_("The way there"), facts=(), find=_find, on_the_page="unless unknown"
)
