"""The way from a car park or bus stop to the start: how far on foot, over what, across what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.parks.geodesy import distance_m, distances_m
from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.steps import has_steps
from walktalk.routes.checks.walked import place_sources
from walktalk.routes.sentences import Metres, Sentence, Several, say, say_n
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.parks import Area, Place, Source, WayIn
    from walktalk.routes.checks.walked import Walked
    from walktalk.routes.model import Level
    from walktalk.routes.sentences import Figure

AT_THE_START_M = 30.0
"""Metres from the start within which people come straight onto the walk: the size of a meeting
place, and of the error of a recorded point."""


def _find(walked: Walked) -> Outcome:
    """Look at the recorded way from the chosen place, else from the nearest bus stop."""
    area, start = walked.area, walked.route.coordinates[0]
    chosen = area.places.get(walked.request.approach or "")
    if chosen is not None and distance_m(chosen.position, start) <= AT_THE_START_M:
        name = _called(chosen)
        return Outcome("pass", say("%(name)s is at the start.", name=name), (), _said_by(chosen))
    way = way_in(walked)
    if way is not None:
        return _on_foot(area, way, walked.request.needs)
    if chosen is None:
        says = say("The way from a car park or bus stop is not part of this check.")
        return Outcome("unknown", says)
    name, sources = _called(chosen), _said_by(chosen)
    there_m = distance_m(chosen.position, start)
    because = say(
        "%(name)s: %(there)s to the start and %(back)s back, both in a straight line.",
        name=name,
        there=Metres(there_m),
        back=Metres(distance_m(walked.route.coordinates[-1], chosen.position)),
    )
    says = say(
        "%(name)s is %(away)s away; the way from there is not recorded.",
        name=name,
        away=Metres(there_m),
    )
    return Outcome("unknown", says, [because], sources)


def way_in(walked: Walked) -> WayIn | None:
    """Return the recorded way to where the walk starts: from the chosen place, else the nearest
    stop or car park; ``None`` where none is recorded."""
    area, start = walked.area, walked.route.coordinates[0]
    to = list({way.to for way in area.ways_in} & area.places.keys())
    away_m = distances_m(start, [area.places[each].position for each in to]).tolist()
    here = {each for each, metres in zip(to, away_m, strict=True) if metres <= AT_THE_START_M}
    ways = [
        way
        for way in area.ways_in
        if way.place in area.places
        and way.to in here
        and walked.request.approach in (None, way.place)
    ]
    return min(ways, key=lambda way: way.length_m, default=None)


def _on_foot(area: Area, way: WayIn, needs: frozenset[str]) -> Outcome:
    """Tell a way in, judged by the needs of the walk; of streets no need is known to be met."""
    from walktalk.routes.checks import NEEDS, PATH_NEEDS, verdict

    place = area.places[way.place]
    paths = [area.paths[each] for each in way.path_ids if each in area.paths]
    judged = {need: {verdict(area, path, need) for path in paths} for need in needs & PATH_NEEDS}
    broken = sorted(need for need, found in judged.items() if "broken" in found)
    flights = sum(map(has_steps, paths))
    because: list[Figure] = [
        say("The way there does not meet this need: %(need)s.", need=Sentence(NEEDS[need], {}))
        for need in broken
    ]
    if way.streets_m:
        along = Several(tuple(dict.fromkeys(filter(None, way.streets))))
        because.append(
            say(
                "%(length)s of it along %(streets)s; pavements are not recorded.",
                length=Metres(way.streets_m),
                streets=along if any(way.streets) else say("a street"),
            )
        )
    if way.crosses:
        roads = tuple(name or say("a road") for name in dict.fromkeys(way.crosses))
        because.append(say("It crosses %(roads)s.", roads=Several(roads)))
    if flights:
        because.append(
            say_n("There are steps in one place.", "There are steps in %(number)s places.", flights)
        )
    says = _from(place, Metres(way.length_m))
    because.append(say("It is not part of the minutes of the walk."))
    sources = [way.source, *_said_by(place)]
    if broken:
        return Outcome("fail", says, because, sources)
    unknown = way.streets_m or any(found - {"met"} for found in judged.values())
    level: Level = "caution" if flights or way.crosses else "unknown" if unknown else "pass"
    return Outcome(level, says, because, sources)


def _from(place: Place, length: Metres) -> Sentence:
    name, kind = _called(place), place.kind.replace("_", " ")
    if kind in name.lower() or kind not in ("bus stop", "car park"):
        return say("From %(name)s it is %(length)s on foot to the start.", name=name, length=length)
    if kind == "bus stop":
        return say(
            "From the bus stop %(name)s it is %(length)s on foot to the start.",
            name=name,
            length=length,
        )
    return say(
        "From the car park %(name)s it is %(length)s on foot to the start.",
        name=name,
        length=length,
    )


def _called(place: Place) -> str:
    return place.name or place.kind.replace("_", " ")


def _said_by(place: Place) -> list[Source]:
    return list(place_sources([place]))


CHECK = Check(
    id="approach",
    title=N_("The way there"),
    facts=(),
    find=_find,
    on_the_page="never",
)
