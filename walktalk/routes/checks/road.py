"""How much of the walk is along or across a road."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Need, Outcome
from walktalk.routes.checks.facts import is_carriageway, is_recorded
from walktalk.routes.checks.near import NearRule
from walktalk.routes.checks.walked import metres_on, names
from walktalk.routes.sentences import Several, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.walked import Split, Stretch, Walked
    from walktalk.routes.sentences import Figure, Sentence

NEAR_ROAD_M = 20.0
"""Metres from a road within which a path is not away from it: the traffic is seen, heard and a
few steps off. No published yardstick for a talk beside a road was found; the choice is ours."""

_FACTS = ("beside_road", "crosses_road", "road_m")


UP_TO_A_ROAD_M = 1.5 * NEAR_ROAD_M
"""Metres at the end of a path that are the way up to a road, slantwise too, and not along it."""

RULE = NearRule(
    "road",
    NEAR_ROAD_M,
    figure="road_m",
    named=("beside_road", "crosses_road"),
    touch_m=UP_TO_A_ROAD_M,
    everywhere=is_carriageway,
)

NEED = Need("away-from-roads", "Away from roads", RULE.verdicts, near=RULE, group="senses")


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    on_road = any(is_carriageway(stretch.path) for stretch in split.broken)
    facts = (*_FACTS, "highway") if on_road else _FACTS
    return Outcome(
        split.level(broken="caution"),
        _sentence(split),
        [say("Along a road means within %(reach)s m of it.", reach=f"{NEAR_ROAD_M:.0f}")],
        walked.sources_of(split.broken or split.met, *facts),
        split,
    )


def _sentence(split: Split) -> Sentence | None:
    beside = [stretch for stretch in split.broken if not is_recorded(stretch.path, "crosses_road")]
    if beside:
        return say(
            "%(length)s of this walk is along %(road)s.",
            length=metres_on(beside),
            road=_named(beside),
        )
    if split.broken and split.unknown:
        return say("The walk crosses a road; how near the rest is to roads is not recorded.")
    if split.broken:
        return say("The walk keeps away from roads, except where it crosses one.")
    if split.met and split.unknown:
        return say(
            "Away from roads on %(length)s; not recorded on the rest.", length=metres_on(split.met)
        )
    return say("The walk keeps away from roads all the way.") if split.met else None


def _named(beside: list[Stretch]) -> Figure:
    named = names(beside, "beside_road")[:2]
    return Several(tuple(named)) if named else say("a road")


CHECK = Check(
    id="road",
    title=N_("Roads near the path"),
    facts=("highway", *_FACTS),
    find=_find,
    nothing_known=N_("Nearness to roads: not recorded on any of the walk."),
    need=NEED,
)
