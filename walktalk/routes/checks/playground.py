"""How near the walk comes to a playground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.beside_walk import PLAYGROUND
from walktalk.routes.checks.check import Check, Need, Outcome
from walktalk.routes.checks.near import NearRule
from walktalk.routes.checks.walked import place_sources
from walktalk.routes.sentences import Metres, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.near import NearRule
from walktalk.routes.checks.walked import Walked

NEAR_PLAYGROUND_M = 50.0
"""Metres from a playground, where its outline is drawn, within which a path is near it; else from
its middle. Fields in Trust asks for 30 m between a neighbourhood play area and the nearest home;
half the width of such an area is about 20 m more."""

_KINDS = frozenset([PLAYGROUND])


RULE = NearRule(
    "playground",
    NEAR_PLAYGROUND_M,
    figure="playground_m",
    looked_for=PLAYGROUND,
)

NEED = Need(
    "away-from-playgrounds", "Away from playgrounds", RULE.verdicts, near=RULE, group="senses"
)


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    sources = walked.sources_of(walked.stretches, "playground_m")
    says = None
    if split.broken:
        near = {stretch.leg for stretch in split.broken}
        nearest_m = min(RULE.nearest_m(walked.area, leg) for leg in near)
        says = say("The walk passes a playground at about %(away)s.", away=Metres(nearest_m))
        sources = sources or place_sources(walked.along.nearest(_KINDS).places)
    elif split.met and not split.unknown:
        says = say("No playground that is on the map is near this walk.")
        searched = walked.area.searched.get(PLAYGROUND)
        sources = [searched] if searched else sources
    elif split.met:
        says = say("Nearness to playgrounds: not recorded on part of the walk.")
    because = say(
        "Near means within %(reach)s m of it, or of its middle where no outline is drawn.",
        reach=f"{NEAR_PLAYGROUND_M:.0f}",
    )
    return Outcome(split.level(broken="caution"), says, [because], sources, split)


CHECK = Check(
    id="playground",
    title=N_("Playgrounds near the path"),
    facts=("playground_m",),
    find=_find,
    nothing_known=N_("Nearness to playgrounds: not recorded on any of the walk."),
    need=NEED,
)
