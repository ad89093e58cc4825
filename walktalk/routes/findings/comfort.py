"""What makes a walk easy to be on: light, seats and toilets."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from walktalk.routes.clock import LONDON
from walktalk.routes.daylight import light_at, session_minute, sun_times
from walktalk.routes.findings.subject import place_sources, said, sentence, sources_of
from walktalk.routes.findings.unrecorded import nothing_known
from walktalk.routes.needs import verdicts_by_path
from walktalk.routes.resting import (
    SEAT_GAP_M,
    SEAT_REACH_M,
    TOILET_KINDS,
    TOILET_REACH_M,
    seats_along,
)
from walktalk.routes.words import distance_in_words, minutes_in_words
from walktalk.wording import _, n_

if TYPE_CHECKING:
    from datetime import datetime

    from walktalk.routes.daylight import Light
    from walktalk.routes.findings.subject import Stretch, Subject
    from walktalk.routes.model import Finding, Level

_DARKEST_FIRST: tuple[Light, ...] = ("dark", "twilight", "day")


def light(subject: Subject) -> Finding:
    """Check the light: daylight from astral, lamps where they are recorded.

    A walk in daylight passes whatever the lamps; so does one that is lit all the way, whatever the
    hour. Otherwise only the stretches walked after sunset or before sunrise count.
    """
    split = subject.split("lit")
    sources = sources_of(subject.stretches, "lit")
    lamps = _lamps(subject)
    if split.met and not split.broken and not split.unknown:
        message = _("The whole walk is lit.")
        return subject.finding("light", "pass", message, sentence(_sunset(subject)), sources)
    if subject.request.at is None:
        message = _("We do not know the light until a day and time are chosen.")
        return subject.finding("light", "unknown", message, lamps, sources)
    without_sun = _without_sun(subject)
    if not without_sun:
        message = _("The whole walk is in daylight; %(sunset)s.", sunset=_sunset(subject))
        return subject.finding("light", "pass", message, lamps)
    level = _level_without_sun(subject, without_sun)
    message = {
        "pass": _("Part of this walk is after sunset, and that part is lit."),
        "caution": _("Part of this walk is in twilight on paths without lamps."),
        "fail": _("Part of this walk is in the dark on paths without lamps."),
        "unknown": _("Part of this walk is without daylight; lamps are not recorded there."),
    }[level]
    evidence = f"{sentence(_sunset(subject))} {lamps}"
    return subject.finding("light", level, message, evidence, sources)


def _lamps(subject: Subject) -> str:
    split = subject.split("lit")
    parts = []
    if split.met:
        parts.append(_("Lit on %(length)s", length=said(split.met)))
    if split.broken:
        parts.append(_("not lit on %(length)s", length=said(split.broken)))
    if split.unknown:
        parts.append(_("lamps not recorded on %(length)s", length=said(split.unknown)))
    return sentence(", ".join(parts))


def _moment(subject: Subject, minute: float = 0.0) -> datetime | None:
    at = subject.request.at
    if at is None:
        return None
    return session_minute(at if at.tzinfo else at.replace(tzinfo=LONDON), minute)


def _sunset(subject: Subject) -> str:
    start = _moment(subject)
    if start is None:
        return ""
    sun = sun_times(subject.route.coordinates[0], start.date(), start.tzinfo or LONDON)
    if sun.sunset is None:
        if sun.up_at_noon:
            return _("the sun does not set that day")
        return _("the sun stays down that day")
    return _("sunset is at %(time)s", time=f"{sun.sunset:%H:%M}")


def _without_sun(subject: Subject) -> list[tuple[Stretch, Light]]:
    """Return the stretches walked without daylight, with the least light on each."""
    position = subject.route.coordinates[0]
    last_minute = subject.clock.minute_at(subject.route.length_m)
    lights: list[Light] = []
    for minute in range(ceil(last_minute) + 1):
        moment = _moment(subject, minute)
        lights.append(light_at(position, moment) if moment else "dark")
    if set(lights) == {"day"}:
        return []
    found: list[tuple[Stretch, Light]] = []
    walked = 0.0
    for stretch in subject.stretches:
        begins = subject.clock.minute_at(walked)
        walked += stretch.length_m
        while_there = lights[floor(begins) : ceil(subject.clock.minute_at(walked)) + 1]
        darkest = min(while_there, key=_DARKEST_FIRST.index)
        if darkest != "day":
            found.append((stretch, darkest))
    return found


def _level_without_sun(subject: Subject, found: list[tuple[Stretch, Light]]) -> Level:
    lit = verdicts_by_path(subject.area, "lit")
    lamps = {(lit[stretch.path.id], here) for stretch, here in found}
    if ("broken", "dark") in lamps:
        return "fail"
    if any(outcome == "unknown" for outcome, _ in lamps):
        return "unknown"
    return "caution" if ("broken", "twilight") in lamps else "pass"


def seats(subject: Subject) -> Finding:
    """Check for recorded seats; nobody records every bench, so none recorded is unknown."""
    found = seats_along(subject.along)
    gap = distance_in_words(found.longest_gap_m)
    evidence = _(
        "Seats within %(reach)s m of the walk. Inclusive Mobility (2021): "
        "no more than %(gap)s m apart where people commonly walk.",
        reach=f"{SEAT_REACH_M:.0f}",
        gap=f"{SEAT_GAP_M:.0f}",
    )
    if not found.places:
        message = nothing_known("seats")
        return subject.finding("seats", "unknown", message, evidence)
    message = n_(
        "One seat is recorded; the longest stretch without one is %(gap)s.",
        "%(number)s seats are recorded; the longest stretch without one is %(gap)s.",
        len(found.places),
        gap=gap,
    )
    level: Level = "pass" if found.longest_gap_m <= SEAT_GAP_M else "caution"
    return subject.finding("seats", level, message, evidence, place_sources(found.places))


def toilets(subject: Subject) -> Finding:
    """Check for recorded toilets within reach; whether they are open is part of it."""
    nearest = subject.along.nearest(TOILET_KINDS)
    if not nearest.places:
        message = nothing_known("toilets")
        return subject.finding("toilets", "unknown", message)
    [place], [along_m], [off_m] = nearest.places, nearest.along_m, nearest.off_m
    sources = place_sources([place])
    minutes = minutes_in_words(subject.clock.walking_minutes_to(along_m))
    evidence = " ".join(
        part
        for part in (
            f"{place.name}." if place.name else "",
            _("Nearest after %(minutes)s of walking.", minutes=minutes),
            _("Within reach means %(reach)s m in a straight line.", reach=f"{TOILET_REACH_M:.0f}"),
        )
        if part
    )
    hours = place.facts.get("opening_hours")
    away = distance_in_words(off_m)
    if off_m > TOILET_REACH_M:
        message = _("The nearest recorded toilets are %(away)s away from the walk.", away=away)
        return subject.finding("toilets", "caution", message, evidence, sources)
    if hours is None:
        message = _(
            "Toilets are %(away)s from the walk; we do not know when they are open.", away=away
        )
        return subject.finding("toilets", "caution", message, evidence, sources)
    message = _("Toilets are %(away)s from the walk; check the opening hours first.", away=away)
    evidence += " " + _("Opening hours as recorded: %(hours)s.", hours=hours)
    return subject.finding("toilets", "pass", message, evidence, sources)
