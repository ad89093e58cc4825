"""Light: daylight by the sun's times, and lamps where they are recorded."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Need, Outcome, by_facts
from walktalk.routes.checks.walked import metres_on
from walktalk.routes.clock import LONDON
from walktalk.routes.daylight import light_at, session_minute, sun_times
from walktalk.routes.sentences import Begun, Several, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from datetime import datetime

    from walktalk.parks import Path
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Split, Stretch, Walked
    from walktalk.routes.daylight import Light
    from walktalk.routes.model import Level
    from walktalk.routes.sentences import Figure, Sentence

_LIT = frozenset(["yes", "24/7", "automatic", "sunset-sunrise", "dusk-dawn"])
_UNLIT = frozenset(["no", "disused"])
_DARKEST_FIRST: tuple[Light, ...] = ("dark", "twilight", "day")


def _verdict(path: Path) -> Verdict:
    lit = path.facts.get("lit")
    if lit in _LIT:
        return "met"
    return "broken" if lit in _UNLIT else "unknown"


NEED = Need("lit", "Lit paths", by_facts(_verdict))


def _find(walked: Walked) -> Outcome:
    """Look at the light on a walk.

    A walk in daylight passes whatever the lamps; so does one that is lit all the way, whatever the
    hour. Otherwise only the stretches walked after sunset or before sunrise count.
    """
    split = walked.split(NEED)
    sources = walked.sources_of(walked.stretches, "lit")
    lamps, sunset = _lamps(split), _sunset(walked)
    if split.met and not split.broken and not split.unknown:
        lit = say("The whole walk is lit.")
        says = say("The whole walk is lit; %(sunset)s.", sunset=sunset) if sunset else lit
        return Outcome("pass", says, [Begun(sunset)], sources, split)
    if walked.request.at is None:
        says = say("We do not know the light until a day and time are chosen.")
        return Outcome("unknown", says, [lamps], sources, split)
    without_sun = _without_sun(walked)
    if not without_sun:
        says = say("The whole walk is in daylight; %(sunset)s.", sunset=sunset)
        return Outcome("pass", says, [lamps], split=split)
    level = _level_without_sun(walked, without_sun)
    is_whole = len(without_sun) == len(walked.stretches)
    says = (_all_without_sun if is_whole else _partly_without_sun)(level, sunset)
    return Outcome(level, says, [Begun(sunset), lamps], sources, split)


def _all_without_sun(level: Level, sunset: Figure) -> Sentence:
    return {
        "pass": say("The whole walk has no daylight, and is lit; %(sunset)s.", sunset=sunset),
        "caution": say(
            "The whole walk has no full daylight, with paths without lamps; %(sunset)s.",
            sunset=sunset,
        ),
        "fail": say(
            "The whole walk has no daylight, with dark paths without lamps; %(sunset)s.",
            sunset=sunset,
        ),
        "unknown": say(
            "The whole walk has no full daylight; lamps are not recorded; %(sunset)s.",
            sunset=sunset,
        ),
    }[level]


def _partly_without_sun(level: Level, sunset: Figure) -> Sentence:
    return {
        "pass": say("Part of this walk has no daylight, and is lit; %(sunset)s.", sunset=sunset),
        "caution": say(
            "Part of this walk is in twilight on paths without lamps; %(sunset)s.", sunset=sunset
        ),
        "fail": say(
            "Part of this walk is in the dark on paths without lamps; %(sunset)s.", sunset=sunset
        ),
        "unknown": say(
            "Part of this walk has no daylight; lamps are not recorded there; %(sunset)s.",
            sunset=sunset,
        ),
    }[level]


def _lamps(split: Split) -> Figure:
    parts = []
    if split.met:
        parts.append(say("Lit on %(length)s", length=metres_on(split.met)))
    if split.broken:
        parts.append(say("not lit on %(length)s", length=metres_on(split.broken)))
    if split.unknown:
        parts.append(say("lamps not recorded on %(length)s", length=metres_on(split.unknown)))
    return Begun(Several(tuple(parts), ", "))


def _moment(walked: Walked, minute: float = 0.0) -> datetime | None:
    at = walked.request.at
    if at is None:
        return None
    return session_minute(at if at.tzinfo else at.replace(tzinfo=LONDON), minute)


def _sunset(walked: Walked) -> Figure:
    start = _moment(walked)
    if start is None:
        return ""
    sun = sun_times(walked.route.coordinates[0], start.date(), start.tzinfo or LONDON)
    if sun.sunset is None:
        if sun.up_at_noon:
            return say("the sun does not set that day")
        return say("the sun stays down that day")
    return say("sunset is at %(time)s", time=f"{sun.sunset:%H:%M}")


def _without_sun(walked: Walked) -> list[tuple[Stretch, Light]]:
    """Return the stretches walked without daylight, with the least light on each."""
    position = walked.route.coordinates[0]
    last_minute = walked.clock.minute_at(walked.route.length_m)
    lights: list[Light] = []
    for minute in range(ceil(last_minute) + 1):
        moment = _moment(walked, minute)
        lights.append(light_at(position, moment) if moment else "dark")
    if set(lights) == {"day"}:
        return []
    found: list[tuple[Stretch, Light]] = []
    along_m = 0.0
    for stretch in walked.stretches:
        begins = walked.clock.minute_at(along_m)
        along_m += stretch.length_m
        while_there = lights[floor(begins) : ceil(walked.clock.minute_at(along_m)) + 1]
        darkest = min(while_there, key=_DARKEST_FIRST.index)
        if darkest != "day":
            found.append((stretch, darkest))
    return found


def _level_without_sun(walked: Walked, found: list[tuple[Stretch, Light]]) -> Level:
    lit = NEED.verdicts(walked.area)
    lamps = {(lit[stretch.path.id], here) for stretch, here in found}
    if ("broken", "dark") in lamps:
        return "fail"
    if any(outcome == "unknown" for outcome, _ in lamps):
        return "unknown"
    return "caution" if ("broken", "twilight") in lamps else "pass"


CHECK = Check(id="light", title=N_("Light"), facts=("lit",), find=_find, need=NEED)
