"""Steps, stiles and raised kerbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.parks.access import WALKABLE_SAC_SCALES
from walktalk.parks.barriers import barrier_name, barrier_step_free, is_climbed
from walktalk.routes.checks.check import Check, Need, Outcome, by_facts
from walktalk.routes.checks.facts import is_ford, number, text
from walktalk.routes.checks.walked import metres_on
from walktalk.routes.sentences import Several, from_land, say, say_n
from walktalk.wording import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.parks import Path, Source
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Stretch, Walked
    from walktalk.routes.sentences import Figure, Sentence

_FACTS = ("steps", "step_count", "wheelchair", "kerb", "ford", "sac_scale")
_HIGH_KERBS = frozenset(["raised", "regular"])


def has_steps(path: Path) -> bool:
    """Whether steps, a stile or a raised kerb are recorded on the path."""
    facts = path.facts
    return (
        facts.get("highway") == "steps"
        or facts.get("steps") == "yes"
        or number(path, "step_count", 0.0) > 0
        or any(is_climbed(barrier) for barrier in path.barriers)
        or facts.get("kerb") in _HIGH_KERBS
    )


def _verdict(path: Path) -> Verdict:
    passed = {barrier_step_free(barrier) for barrier in path.barriers}
    if has_steps(path) or path.facts.get("wheelchair") == "no" or "broken" in passed:
        return "broken"
    if is_ford(path) or path.facts.get("sac_scale", "hiking") not in WALKABLE_SAC_SCALES:
        return "broken"
    if "unknown" in passed:
        return "unknown"
    recorded = path.facts.get("steps") == "no" or path.facts.get("step_count") == 0
    return "met" if recorded or path.facts.get("wheelchair") in ("yes", "designated") else "unknown"


NEED = Need("step-free", "No steps", by_facts(_verdict), group="body")


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    flights = _flights(split.broken)
    says = None
    stopped = _stopped_by(split.broken)
    if flights:
        says = _steps_in(flights, _places(walked, flights))
    elif stopped:
        says = say("The walk passes %(barriers)s.", barriers=Several(stopped))
    elif any(is_ford(stretch.path) for stretch in split.broken):
        says = say("The walk goes through water at a ford.")
    elif any(text(stretch.path, "wheelchair") != "no" for stretch in split.broken):
        says = say("%(length)s of this walk is a mountain path.", length=metres_on(split.broken))
    elif split.broken:
        says = say(
            "%(length)s of this walk is recorded as not for wheelchairs.",
            length=metres_on(split.broken),
        )
    elif split.met and split.unknown:
        says = say(
            "No steps on %(length)s; not recorded on the other %(rest)s.",
            length=metres_on(split.met),
            rest=metres_on(split.unknown),
        )
    elif split.met:
        says = say("There are no steps on this walk.")
    count = _counted(flights)
    counted = [say_n("%(number)s step counted.", "%(number)s steps counted.", count)]
    facts = (*_FACTS, "highway") if flights else _FACTS
    named = [say("It passes %(barriers)s.", barriers=Several(stopped))] if stopped else []
    doubtful = _in_doubt(split.unknown)
    doubt = say("Not everybody can pass %(barriers)s.", barriers=Several(doubtful))
    return Outcome(
        split.level(broken="fail"),
        says,
        [
            *(counted if count else ()),
            *(named if flights else ()),
            *((doubt,) if doubtful else ()),
            *(split.unchecked if split.broken else ()),
        ],
        [*walked.sources_of(split.broken or split.met, *facts), *_barrier_sources(split.broken)],
        split,
    )


def _stopped_by(stretches: Sequence[Stretch]) -> tuple[Figure, ...]:
    """Return what breaks the need beside steps, each kind once: barriers by name, fords."""
    barriers = (barrier for stretch in stretches for barrier in stretch.path.barriers)
    names = [barrier_name(each) for each in barriers if barrier_step_free(each) == "broken"]
    return tuple(from_land(name) for name in dict.fromkeys(names))


def _in_doubt(stretches: Sequence[Stretch]) -> tuple[Figure, ...]:
    barriers = (barrier for stretch in stretches for barrier in stretch.path.barriers)
    names = [barrier_name(each) for each in barriers if barrier_step_free(each) == "unknown"]
    return tuple(from_land(name) for name in dict.fromkeys(names))


def _barrier_sources(stretches: Sequence[Stretch]) -> list[Source]:
    return [barrier.source for stretch in stretches for barrier in stretch.path.barriers]


def _flights(stretches: Sequence[Stretch]) -> list[Path]:
    """Return the paths with steps, each once however often it is walked."""
    paths = {stretch.path.id: stretch.path for stretch in stretches}
    return [path for path in paths.values() if has_steps(path)]


def _counted(flights: Sequence[Path]) -> int:
    """Return how many steps are recorded; pieces cut from one way have the count of all of it."""
    by_way = {flight.id.partition("-n")[0]: number(flight, "step_count", 0) for flight in flights}
    return round(sum(by_way.values()))


def _places(walked: Walked, flights: Sequence[Path]) -> int:
    """Return in how many places the steps are: flights that meet are one, drawn in pieces."""
    places: list[set[int]] = []
    for flight in flights:
        ends = set(walked.area.network.ends_of(flight.id))
        met = [place for place in places if not place.isdisjoint(ends)]
        places = [place for place in places if place not in met] + [ends.union(*met)]
    return len(places)


def _steps_in(flights: Sequence[Path], places: int) -> Sentence:
    if all(text(flight, "highway") == "steps" for flight in flights):
        return say_n(
            "There are steps in one place on this walk.",
            "There are steps in %(number)s places on this walk.",
            places,
        )
    return say_n(
        "There are steps, a stile or a raised kerb in one place on this walk.",
        "There are steps, a stile or a raised kerb in %(number)s places on this walk.",
        places,
    )


CHECK = Check(
    id="steps",
    title=N_("Steps"),
    facts=("highway", *_FACTS),
    find=_find,
    nothing_known=N_("Steps: not recorded on any of the walk."),
    need=NEED,
)
