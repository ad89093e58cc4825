"""How much of the walk is beside water."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Need, Outcome
from walktalk.routes.checks.facts import fords_at, is_ford_all_along
from walktalk.routes.checks.near import NearRule
from walktalk.routes.checks.walked import metres_on, names
from walktalk.routes.sentences import Several, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.walked import Walked

NEAR_WATER_M = 10.0
"""Metres from water within which a path is not away from it: a few steps. The choice is ours."""

_FACTS = ("beside_water", "water_m", "ford")


RULE = NearRule(
    "water",
    NEAR_WATER_M,
    figure="water_m",
    named=("beside_water",),
    everywhere=is_ford_all_along,
    spots=fords_at,
)

NEED = Need("away-from-water", "Away from water", RULE.verdicts, near=RULE, group="senses")


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    says = None
    if split.broken:
        named = names(split.broken, "beside_water")[:2]
        says = say(
            "%(length)s of this walk is beside %(water)s.",
            length=metres_on(split.broken),
            water=Several(tuple(named)) if named else say("water"),
        )
    elif split.met and split.unknown:
        says = say(
            "Away from water on %(length)s; not recorded on the rest.", length=metres_on(split.met)
        )
    elif split.met:
        says = say("The walk keeps away from water all the way.")
    return Outcome(
        split.level(broken="caution"),
        says,
        [say("Beside water means within %(reach)s m of it.", reach=f"{NEAR_WATER_M:.0f}")],
        walked.sources_of(split.broken or split.met, *_FACTS),
        split,
    )


CHECK = Check(
    id="water",
    title=N_("Water near the path"),
    facts=_FACTS,
    find=_find,
    nothing_known=N_("Nearness to water: not recorded on any of the walk."),
    need=NEED,
)
