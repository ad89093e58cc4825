"""Room for two side by side, or a wheelchair beside a walker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.parks.barriers import openings_m
from walktalk.routes.checks.check import Check, Need, Outcome, by_facts
from walktalk.routes.checks.facts import newest
from walktalk.routes.checks.walked import metres_on
from walktalk.routes.checks.width import (
    PAST_AN_OBSTACLE_M,
    WIDTH_FACTS,
    at_least,
    unmeasured_barriers,
)
from walktalk.routes.sentences import Rounded, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.parks import Path
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Walked

TWO_ABREAST_M = 1.5
"""Width in metres for a wheelchair with a walker alongside: Sensory Trust, *Outdoor access
guidance: paths*, the forerunner of the *Outdoor Accessibility Guidance* (Paths for All and Sensory
Trust, 2023)."""

_FACTS = (*WIDTH_FACTS, "two_abreast")
_by_width = at_least(TWO_ABREAST_M)


def _verdict(path: Path) -> Verdict:
    """Judge by the newer of a width and of what somebody tried at the narrowest place.

    A barrier that was measured as too narrow breaks it, whoever fitted beside whom.
    """
    of_width = _by_width(path)
    if newest(path, *_FACTS) != "two_abreast":
        return of_width
    narrow = any(m is not None and m < PAST_AN_OBSTACLE_M for m in openings_m(path))
    fit = path.facts["two_abreast"] == "yes"
    return "met" if fit and not narrow else "broken"


NEED = Need(
    "two-abreast",
    "Room for two side by side, or a wheelchair beside a walker",
    by_facts(_verdict),
    group="body",
)


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    says = None
    if split.broken:
        says = say(
            "Too narrow for two side by side on %(length)s of this walk.",
            length=metres_on(split.broken),
        )
    elif split.met and not split.unknown:
        says = say("There is room for two side by side all the way.")
    elif split.met:
        says = say(
            "Room for two on %(length)s; not measured on the rest.", length=metres_on(split.met)
        )
    because = say(
        "%(width)s m takes a wheelchair with a walker alongside "
        "(Sensory Trust, Outdoor access guidance).",
        width=Rounded(TWO_ABREAST_M, 1),
    )
    sources = walked.sources_of(walked.stretches, *_FACTS)
    unmeasured = unmeasured_barriers(walked.stretches)
    return Outcome(split.level(broken="fail"), says, [because, *unmeasured], sources, split)


CHECK = Check(
    id="two-abreast",
    title=N_("Room for two side by side"),
    facts=_FACTS,
    find=_find,
    nothing_known=N_("Room for two side by side: not measured on any of the walk."),
    need=NEED,
)
