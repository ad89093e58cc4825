"""Dogs off the lead, as people noted them.

It is never said to fit: what people saw on one day can be otherwise on another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import text
from walktalk.routes.checks.walked import metres_on, place_sources
from walktalk.routes.sentences import Metres, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.walked import Walked
    from walktalk.routes.model import Level


DOG_PARKS = frozenset(["dog_area"])

DOG_PARK_M = 50.0
"""Metres from the middle of a dog park within which its dogs are met: the choice is ours."""


def _find(walked: Walked) -> Outcome:
    noted = [each for each in walked.stretches if text(each.path, "dogs")]
    loose = [each for each in noted if text(each.path, "dogs") == "off-lead"]
    parks = walked.along.near(DOG_PARKS, DOG_PARK_M)
    says = None
    if loose:
        says = say("Dogs run off the lead on %(length)s of this walk.", length=metres_on(loose))
    elif noted:
        says = say("Few dogs off the lead were noted; it can change any day.")
    beside = [
        say("A place for dogs off the lead is %(away)s from the walk.", away=Metres(off_m))
        for off_m in sorted(parks.off_m)[:1]
    ]
    level: Level = "caution" if noted or beside else "unknown"
    because = beside if says else []
    says = says or next(iter(beside), None)
    sources = [*walked.sources_of(loose or noted, "dogs"), *place_sources(parks.places)]
    return Outcome(level, says, because, sources)


CHECK = Check(
    id="dogs",
    title=N_("Dogs"),
    facts=("dogs",),
    find=_find,
    nothing_known=N_("Dogs off the lead: not noted on any of the walk."),
    on_the_page="if anything is known",
)
