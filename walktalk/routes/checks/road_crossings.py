"""How often the walk crosses a road or railway, at a crossing or where paths meet one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.parks.nearness import MAIN_ROADS
from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.crossed import (
    RAILS,
    RAILWAYS,
    TRAMWAYS,
    crossed_somewhere,
    crossings_walked,
)
from walktalk.routes.checks.facts import is_carriageway, text
from walktalk.routes.checks.walked import any_recorded, names
from walktalk.routes.sentences import Several, say, times
from walktalk.routes.words import first_name
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.crossed import Crossed
    from walktalk.routes.checks.walked import Walked
    from walktalk.routes.sentences import Figure, Sentence


def _find(walked: Walked) -> Outcome:
    """Look at the roads crossed.

    A walk along a road passes no judgement on the side roads it may cross: that stays unknown.
    """
    passed = crossings_walked(walked)
    crossed = [one for stretch in passed for some in stretch for one in some]
    recorded = crossed_somewhere(walked, passed)
    sources = walked.sources_of(recorded or walked.stretches, "crosses_road")
    if crossed or recorded:
        busiest_first = [_in_words(each) for each in sorted(crossed, key=_is_quiet)]
        only_told = [next(iter(names([each], "crosses_road")), _A_ROAD) for each in recorded]
        has_rails = any(each.kind in RAILS for each in crossed)
        says = _said([*busiest_first, *only_told], has_rails=has_rails)
        sources = sources or walked.sources_of(walked.stretches, "geometry")
        return Outcome("caution", says, _how(crossed), sources)
    looked = all(text(stretch.path, "crosses_road") == "no" for stretch in walked.stretches)
    searched = walked.area.searched.get("road")
    along_none = not any(is_carriageway(stretch.path) for stretch in walked.stretches)
    if looked or (searched and along_none):
        says = say("The walk crosses no road that is on the map.")
        return Outcome("pass", says, sources=sources or ([searched] if searched else []))
    if any_recorded(walked.stretches, "crosses_road"):
        says = say("Road crossings: not recorded on part of the walk.")
        return Outcome("unknown", says, sources=sources)
    return Outcome("unknown", None, sources=sources)


_A_ROAD = say("a road")
_NAMED = 2  # a sentence with more is not read


def _said(crossed: list[Figure], *, has_rails: bool) -> Sentence:
    """Return what is crossed how often; which of several how often is not told."""
    each_once = _each_once(crossed)
    often = times(len(crossed))
    if len(each_once) == 1:
        return say("The walk crosses %(road)s %(times)s.", road=each_once[0], times=often)
    named = tuple(one for one in each_once if one != _A_ROAD)[:_NAMED]
    if len(named) == len(crossed):
        return say("The walk crosses %(road)s.", road=Several(named))
    others = (say("others"),) if len(each_once) > len(named) else ()
    road = Several((*named, *others))
    if has_rails:
        return say("The walk crosses roads and rails %(times)s: %(road)s.", road=road, times=often)
    return say("The walk crosses roads %(times)s: %(road)s.", road=road, times=often)


def _is_quiet(crossed: Crossed) -> bool:
    return crossed.kind not in MAIN_ROADS | RAILS


def _in_words(crossed: Crossed) -> Figure:
    if crossed.kind in TRAMWAYS:
        return say("a tramway")
    if crossed.kind in RAILWAYS:
        return say("a railway")
    if crossed.name:
        return first_name(crossed.name)
    return say("a main road") if crossed.kind in MAIN_ROADS else _A_ROAD


def _each_once(figures: list[Figure]) -> tuple[Figure, ...]:
    return tuple(one for number, one in enumerate(figures) if one not in figures[:number])


def _how(crossed: list[Crossed]) -> list[Figure]:
    """Return what is known of the crossings: their classes, lights, islands, and what has none."""
    mains = [each for each in crossed if each.kind in MAIN_ROADS]
    rails = [each for each in crossed if each.kind in RAILS]
    known = [(each, each.crossing.facts) for each in crossed if each.crossing is not None]
    with_lights = [each for each, facts in known if facts.get("signals") == "yes"]
    with_island = [each for each, facts in known if facts.get("island") == "yes"]
    busy = [
        _in_words(each)
        for each, facts in known
        if each.kind in MAIN_ROADS and facts.get("signals") != "yes"
    ]
    said: list[Figure] = []
    if mains and len(crossed) > len(mains):
        said.append(say("A main road is crossed %(times)s.", times=times(len(mains))))
    if rails and len(crossed) > len(rails):
        said.append(say("Rails are crossed %(times)s.", times=times(len(rails))))
    if with_lights:
        said.append(say("There are lights %(times)s.", times=times(len(with_lights))))
    if with_island:
        said.append(say("There is an island %(times)s.", times=times(len(with_island))))
    if busy:
        said.append(say("No lights are recorded at %(road)s.", road=Several(_each_once(busy))))
    return said


CHECK = Check(
    id="road-crossings",
    title=N_("Road crossings"),
    facts=("highway", "name", "crosses_road"),
    find=_find,
    nothing_known=N_("Road crossings: not recorded on any of the walk."),
)
