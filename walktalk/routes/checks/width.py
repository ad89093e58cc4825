"""How wide the paths are: room to pass at all, and room to pass others."""

from __future__ import annotations

from math import floor, inf, nan
from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Need, Outcome, by_facts
from walktalk.routes.checks.facts import number
from walktalk.routes.checks.walked import metres_on, sources_of
from walktalk.routes.sentences import Rounded, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from walktalk.parks import Path
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Walked
    from walktalk.routes.model import Level
    from walktalk.routes.sentences import Figure

WIDE_M = 2.0
"""Clear width in metres of a wide path: Inclusive Mobility (Department for Transport, 2021),
section 4.2."""

ACCEPTABLE_M = 1.5
"""Least clear width in metres that Inclusive Mobility (2021) accepts for a stretch of way."""

PAST_AN_OBSTACLE_M = 1.0
"""Least clear width in metres past an obstacle: Inclusive Mobility (2021)."""

WIDTH_FACTS = ("width_m", "barrier_width_m")


def at_least(width_m: float) -> Callable[[Path], Verdict]:
    """Judge paths by whether they are so many metres wide, and can be passed at obstacles."""

    def rule(path: Path) -> Verdict:
        width = number(path, "width_m", nan)
        if width < width_m or number(path, "barrier_width_m", inf) < PAST_AN_OBSTACLE_M:
            return "broken"
        return "met" if width >= width_m else "unknown"

    return rule


NEED = Need("wide-path", "A path at least 2 m wide", by_facts(at_least(WIDE_M)))


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    narrowest = min(
        (number(each.path, name, inf) for each in walked.stretches for name in WIDTH_FACTS),
        default=inf,
    )
    level: Level = "unknown"
    says = None
    because: list[Figure] = [
        say(
            "Inclusive Mobility (2021): 2 m of clear width, 1.5 m acceptable, 1 m past an obstacle."
        )
    ]
    if split.broken:
        because.append(say("Under 2 m on %(length)s.", length=metres_on(split.broken)))
        because += split.unchecked
        level = "caution" if narrowest >= ACCEPTABLE_M else "fail"
        says = say("The path is %(width)s m wide at its narrowest.", width=Rounded(narrowest, 1))
    elif split.met and not split.unknown:
        level = "pass"
        says = say(
            "The path is at least %(width)s m wide all the way.",
            width=Rounded(floor(narrowest * 10) / 10, 1),
        )
    elif split.met:
        says = say(
            "At least 2 m wide on %(length)s; not measured on the rest.",
            length=metres_on(split.met),
        )
    return Outcome(level, says, because, sources_of(walked.stretches, *WIDTH_FACTS), split)


CHECK = Check(
    id="width",
    title=N_("Width"),
    facts=WIDTH_FACTS,
    find=_find,
    nothing_known=N_("Width: not measured on any of the walk."),
    need=NEED,
)
