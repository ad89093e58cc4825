"""Whether the paths and gates are open all through the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.parks.barriers import barrier_name
from walktalk.parks.hours import HOURS_FACTS, hours_said
from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import surveyed
from walktalk.routes.opening import held_on, openness_of, session_span
from walktalk.routes.sentences import Several, from_land, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.parks import Path, Source
    from walktalk.routes.checks.walked import Walked
    from walktalk.routes.opening import Held
    from walktalk.routes.sentences import Sentence


_FACTS = tuple(fact for fact in HOURS_FACTS if fact != "locked_conditional")
"""What a path can have; a lock is a barrier's."""


def _find(walked: Walked) -> Outcome:
    """Look at whatever has hours on the walk, from arriving to the session's end."""
    span = session_span(walked.request)
    paths = {stretch.path.id: stretch.path for stretch in walked.stretches}
    on_every = walked.area.by_path(_held_on)
    on_path = {path_id: on_every[path_id] for path_id in paths}
    held = [each for of_path in on_path.values() for each in of_path]
    sources = [
        source
        for path in paths.values()
        for each in on_path[path.id]
        for source in ([each.barrier.source] if each.barrier else _sources(path))
    ]
    by = [(each, openness_of(each, span)) for each in held]
    shut = [each for each, state in by if state == "closed"]
    unsure = [each for each, state in by if state == "unknown"]
    if shut:
        says = say("Closed at some time of this walk: %(things)s.", things=_listed(shut))
        return Outcome("fail", says, sources=sources)
    if unsure:
        says = say("Look at the hours before you go: %(things)s.", things=_listed(unsure))
        return Outcome("caution", says, sources=sources)
    if held:
        says = say("Open all the time: %(things)s.", things=_listed(held))
        return Outcome("pass", says, sources=sources)
    return Outcome("unknown", None)


def _sources(path: Path) -> list[Source]:
    """Return who says when a path is open: of each of its rules, else of its line."""
    said = [path.sources[fact] for fact in _FACTS if fact in path.facts and fact in path.sources]
    return said or [path.sources["geometry"]] if "geometry" in path.sources else said


def _held_on(path: Path) -> tuple[Held, ...]:
    return tuple(held_on(surveyed(path)))


def _listed(held: list[Held]) -> Several:
    words = [_in_words(each) for each in held]
    return Several(tuple(one for number, one in enumerate(words) if one not in words[:number]))


def _in_words(held: Held) -> Sentence:
    """Return a gate or path with its hours: "a gate, open 08:00-18:00"."""
    thing = from_land(barrier_name(held.barrier)) if held.barrier else say("the path")
    hours = Several(tuple(map(from_land, hours_said(held.facts))), ", ")
    if not hours.items:
        return say("%(thing)s, shut", thing=thing)
    return say("%(thing)s, %(hours)s", thing=thing, hours=hours)


CHECK = Check(
    id="opening",
    title=N_("Opening hours"),
    facts=_FACTS,
    find=_find,
    nothing_known=N_("Opening hours: none are recorded for these paths and gates."),
    on_the_page="if anything is known",
)
