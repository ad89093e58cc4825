"""Toilets within reach of the walk, and whether it is known when they are open.

The need is never broken: toilets that are not recorded may still be there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.beside_walk import Along
from walktalk.routes.checks.check import Check, Need, Outcome
from walktalk.routes.checks.facts import text
from walktalk.routes.checks.walked import place_sources
from walktalk.routes.sentences import Metres, Minutes, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from walktalk.parks import Area, Source
    from walktalk.parks.model import FactValue
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Walked
    from walktalk.routes.model import Route
    from walktalk.routes.sentences import Figure

TOILET_KINDS = frozenset(["toilets"])

TOILET_REACH_M = 300.0
"""Metres in a straight line within which toilets are in reach: five minutes at a gentle pace of
1 m/s. No published yardstick for parks was found; the choice is ours."""


def _verdict(area: Area, route: Route) -> Verdict:
    return "met" if Along(area, route).near(TOILET_KINDS, TOILET_REACH_M).places else "unknown"


NEED = Need("toilets", "Toilets within reach", of_walk=_verdict)


def _find(walked: Walked) -> Outcome:
    nearest = walked.along.nearest(TOILET_KINDS)
    seen, tried = _tried(walked)
    if not nearest.places:
        return Outcome("caution", tried[0], sources=seen) if tried else Outcome("unknown", None)
    [place], [along_m], [off_m] = nearest.places, nearest.along_m, nearest.off_m
    hours, away = place.facts.get("opening_hours"), Metres(off_m)
    because: list[Figure] = [f"{place.name}."] if place.name else []
    because += _for_whom(place.facts)
    because += [
        say(
            "Nearest after %(minutes)s of walking.",
            minutes=Minutes(walked.clock.walking_minutes_to(along_m)),
        ),
        say("Within reach means %(reach)s m in a straight line.", reach=f"{TOILET_REACH_M:.0f}"),
    ]
    because += tried
    sources = [*place_sources([place]), *seen]
    if off_m > TOILET_REACH_M:
        says = say("The nearest recorded toilets are %(away)s away from the walk.", away=away)
        return Outcome("caution", says, because, sources)
    if hours is None:
        says = say(
            "Toilets are %(away)s from the walk; we do not know when they are open.", away=away
        )
        return Outcome("caution", says, because, sources)
    says = say("Toilets are %(away)s from the walk; check the opening hours first.", away=away)
    because.append(say("Opening hours as recorded: %(hours)s.", hours=str(hours)))
    return Outcome("pass", says, because, sources)


def _tried(walked: Walked) -> tuple[list[Source], list[Figure]]:
    """Return what somebody who tried the door beside the walk says, and who says so."""
    tried = [each for each in walked.stretches if text(each.path, "toilets_open")]
    if not tried:
        return [], []
    shut = any(text(each.path, "toilets_open") == "no" for each in tried)
    locked = say("Toilets beside the walk were locked.")
    return walked.sources_of(tried, "toilets_open"), [
        locked if shut else say("Toilets beside the walk were open.")
    ]


def _for_whom(facts: Mapping[str, FactValue]) -> list[Figure]:
    """Return who can use the toilets and what they cost, as far as it is recorded."""
    said: list[Figure] = []
    match facts.get("wheelchair"):
        case "yes":
            said.append(say("Recorded as accessible."))
        case "no":
            said.append(say("Recorded as not accessible."))
        case _:
            said.append(say("Whether they are accessible is not recorded."))
    if facts.get("radar_key") == "yes":
        said.append(say("A RADAR key opens them."))
    match facts.get("fee"):
        case True:
            said.append(say("There is a fee."))
        case str() as fee if fee not in ("yes", "no"):
            said.append(say("There is a fee: %(fee)s.", fee=fee))
    if note := facts.get("note"):
        said.append(say("Noted there: %(note)s.", note=str(note).rstrip(".")))
    return said


CHECK = Check(
    id="toilets",
    title=N_("Toilets"),
    facts=("toilets_open",),
    find=_find,
    nothing_known=N_("Toilets: not recorded anywhere near this walk."),
    need=NEED,
)
