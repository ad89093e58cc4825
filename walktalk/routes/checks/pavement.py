"""How much of the walk is on a main road without a recorded pavement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.parks.nearness import MAIN_ROADS
from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import is_carriageway, text
from walktalk.routes.checks.walked import metres_on, names, walked_m
from walktalk.routes.sentences import Several, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.parks import Path
    from walktalk.routes.checks.walked import Walked

LONGEST_M = 50.0
"""Metres on a main road without a recorded pavement from which it is told: what is shorter is a
crossing, or the error of a line. The choice is ours."""

_PAVEMENTS = frozenset(["both", "left", "right", "yes", "separate"])
_FACTS = ("sidewalk",)


def without_pavement(path: Path) -> bool:
    """Whether a path is a main road on which no pavement is recorded."""
    return text(path, "highway") in MAIN_ROADS and text(path, "sidewalk") not in _PAVEMENTS


def _find(walked: Walked) -> Outcome:
    on_roads = [stretch for stretch in walked.stretches if is_carriageway(stretch.path)]
    bare = [stretch for stretch in on_roads if without_pavement(stretch.path)]
    sources = walked.sources_of(on_roads, "highway", *_FACTS)
    if walked_m(bare) > LONGEST_M:
        named = names(bare, "name")[:2]
        road = Several(tuple(named)) if named else say("a road without a name")
        says = say(
            "%(length)s of this walk is on %(road)s, a main road with no pavement recorded.",
            length=metres_on(bare),
            road=road,
        )
        if len(named) > 1:
            says = say(
                "%(length)s of this walk is on %(road)s, main roads with no pavement recorded.",
                length=metres_on(bare),
                road=road,
            )
        return Outcome("caution", says, sources=sources)
    known = [text(stretch.path, "sidewalk") in _PAVEMENTS for stretch in on_roads]
    if on_roads and all(known):
        return Outcome("pass", say("There is a pavement along every road."), sources=sources)
    if not on_roads and walked.stretches:
        sources = walked.sources_of(walked.stretches, "highway")
        if len(sources) == len(walked.stretches):
            return Outcome("pass", say("The walk is on no road."), sources=sources)
    return Outcome("unknown", None, sources=sources)


CHECK = Check(
    id="pavement",
    title=N_("Pavements"),
    facts=("highway", "name", *_FACTS),
    find=_find,
    nothing_known=N_("Pavements: not recorded along the roads of this walk."),
    on_the_page="if anything is known",
)
