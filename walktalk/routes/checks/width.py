"""How wide the paths are: room to pass at all, and room to pass others."""

from __future__ import annotations

from math import floor, inf, nan
from typing import TYPE_CHECKING

from walktalk.parks.barriers import barrier_name, narrows, opening_m, openings_m
from walktalk.routes.checks.check import Check, Need, Outcome, by_facts
from walktalk.routes.checks.facts import number, text
from walktalk.routes.checks.walked import metres_on
from walktalk.routes.sentences import Rounded, Several, from_land, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from walktalk.parks import Path
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Stretch, Walked
    from walktalk.routes.model import Level
    from walktalk.routes.sentences import Figure

WIDE_M = 2.0
"""Clear width in metres of a wide path: Inclusive Mobility (Department for Transport, 2021),
section 4.2."""

ACCEPTABLE_M = 1.5
"""Least clear width in metres that Inclusive Mobility (2021) accepts for a stretch of way."""

PAST_AN_OBSTACLE_M = 1.0
"""Least clear width in metres past an obstacle: Inclusive Mobility (2021)."""

WIDTH_FACTS = ("width_m",)
_FACTS = (*WIDTH_FACTS, "narrowed_by_plants")


def at_least(width_m: float) -> Callable[[Path], Verdict]:
    """Judge paths by whether they are so many metres wide, and can be passed at obstacles."""

    def rule(path: Path) -> Verdict:
        width = number(path, "width_m", nan)
        openings = openings_m(path)
        if width < width_m or any(m is not None and m < PAST_AN_OBSTACLE_M for m in openings):
            return "broken"
        return "met" if width >= width_m and None not in openings else "unknown"

    return rule


NEED = Need("wide-path", "A path at least 2 m wide", by_facts(at_least(WIDE_M)), group="body")


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    narrowest = min(
        (
            width
            for each in walked.stretches
            for width in (number(each.path, "width_m", inf), *openings_m(each.path))
            if width is not None
        ),
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
    because += unmeasured_barriers(walked.stretches)
    grown = [each for each in walked.stretches if text(each.path, "narrowed_by_plants") == "yes"]
    if grown:
        because.append(say("Plants narrow it on %(length)s.", length=metres_on(grown)))
        level = "caution" if level == "pass" else level
        says = says or say("Plants narrow the path on %(length)s.", length=metres_on(grown))
    return Outcome(level, says, because, walked.sources_of(walked.stretches, *_FACTS), split)


def unmeasured_barriers(stretches: Sequence[Stretch]) -> list[Figure]:
    """Return a sentence that names the barriers whose opening nobody has measured, or none."""
    barriers = (barrier for stretch in stretches for barrier in stretch.path.barriers)
    open_m = [barrier_name(each) for each in barriers if narrows(each) and opening_m(each) is None]
    if not open_m:
        return []
    names = Several(tuple(from_land(name) for name in dict.fromkeys(open_m)))
    return [say("Not measured at %(barriers)s.", barriers=names)]


CHECK = Check(
    id="width",
    title=N_("Width"),
    facts=_FACTS,
    find=_find,
    nothing_known=N_("Width: not measured on any of the walk."),
    need=NEED,
)
