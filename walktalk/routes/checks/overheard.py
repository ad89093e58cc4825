"""Where others could listen or look in, as people noted it.

It is never said to fit: what people saw on one day can be otherwise on another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import text
from walktalk.routes.checks.walked import metres_on
from walktalk.routes.sentences import say, say_n
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.walked import Walked
    from walktalk.routes.model import Level
    from walktalk.routes.sentences import Figure


SITTING = frozenset(["bench", "seat", "cafe", "kiosk", "shelter", "bandstand"])

EARSHOT_M = 10.0
"""Metres within which somebody who sits beside the walk may follow a talk: the choice is ours."""


def _find(walked: Walked) -> Outcome:
    noted = [each for each in walked.stretches if text(each.path, "overheard")]
    open_to_others = [each for each in noted if text(each.path, "overheard") == "likely"]
    says = None
    if open_to_others:
        says = say(
            "Others could overhear on %(length)s of this walk.", length=metres_on(open_to_others)
        )
    elif noted:
        says = say("Few places to be overheard were noted; it can happen anywhere.")
    level: Level = "caution" if noted else "unknown"
    sources = walked.sources_of(open_to_others or noted, "overheard")
    return Outcome(level, says, _beside(walked), sources)


def _beside(walked: Walked) -> list[Figure]:
    """Return how many recorded places there are where people sit beside the walk, or nothing."""
    sitting = len(walked.along.near(SITTING, EARSHOT_M).places)
    if not sitting:
        return []
    return [
        say_n(
            "People may sit at one place within %(reach)s m, as recorded.",
            "People may sit at %(number)s places within %(reach)s m, as recorded.",
            sitting,
            reach=f"{EARSHOT_M:.0f}",
        )
    ]


CHECK = Check(
    id="overheard",
    title=N_("Being overheard"),
    facts=("overheard",),
    find=_find,
    nothing_known=N_("Being overheard: not noted on any of the walk."),
    on_the_page="if anything is known",
)
