"""The course of the walk: its length in time, the way back, the ways out, the way there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.geodesy import distance_m
from walktalk.routes.cues import node_at_end
from walktalk.routes.findings.subject import fact, place_sources, said, sources_of
from walktalk.routes.words import distance_in_words, minutes_in_words
from walktalk.wording import _, n_

if TYPE_CHECKING:
    from walktalk.routes.findings.subject import Subject
    from walktalk.routes.model import Finding, Level

TOLERANCE_MINUTES = 1.0
"""The promise: everything together is the session's minutes, within one minute, never longer."""

WAYS_OUT_GAP_M = 500.0
"""Metres between two ways off the walk above which it asks for care: about eight minutes at a
gentle pace of 1 m/s. The choice is ours."""

GATE_KINDS = frozenset(["gate", "entrance"])
GATE_REACH_M = 20.0
"""Metres from the walk within which a gate is on it."""

AT_THE_START_M = 30.0
"""Metres from the start within which people come straight onto the walk: the size of a meeting
place, and of the error of a recorded point."""

_ROUNDING_MINUTES = 1e-6


def length(subject: Subject) -> Finding:
    """Check everything together against the session's minutes."""
    clock, request = subject.clock, subject.request
    paused = sum(minutes for minutes, _ in request.pauses)
    total = request.arrive_minutes + clock.walking_minutes + paused + request.close_minutes
    spare = request.minutes - total
    if spare < -_ROUNDING_MINUTES:
        level: Level = "fail"
        message = _(
            "The walk takes %(spare)s longer than the %(minutes)s minutes.",
            spare=minutes_in_words(-spare),
            minutes=request.minutes,
        )
    elif spare > TOLERANCE_MINUTES:
        level = "caution"
        message = _(
            "The walk ends %(spare)s before the %(minutes)s minutes are over.",
            spare=minutes_in_words(spare),
            minutes=request.minutes,
        )
    else:
        level = "pass"
        message = n_(
            "Everything together takes %(number)s minute.",
            "Everything together takes %(number)s minutes.",
            round(total),
        )
    guessed = [stretch for stretch in subject.stretches if fact(stretch, "surface") is None]
    evidence = [
        _(
            "%(length)s of walking in %(minutes)s, at %(pace)s m/s on the flat.",
            length=distance_in_words(subject.route.length_m),
            minutes=minutes_in_words(clock.walking_minutes),
            pace=f"{request.pace:g}",
        )
    ]
    if guessed:
        evidence.append(
            _(
                "The surface of %(length)s is not known: counted as bare ground.",
                length=said(guessed),
            )
        )
    level_ground = [s for s in subject.stretches if "climb_m" not in s.path.facts]
    if level_ground:
        evidence.append(
            _(
                "Slopes are not recorded on %(length)s: counted as flat.",
                length=said(level_ground),
            )
        )
    return subject.finding(
        "length", level, message, " ".join(evidence), sources_of(subject.stretches, "geometry")
    )


def ways_out(subject: Subject) -> Finding:
    """Check where the walk can be left: other paths that meet it, and recorded gates."""
    paths = _paths_leading_off_m(subject)
    gates = subject.along.near(GATE_KINDS, GATE_REACH_M)
    evidence = _(
        "Counted: other recorded paths that meet the walk, and recorded gates and entrances "
        "within %(reach)s m. Where each leads is not checked.",
        reach=f"{GATE_REACH_M:.0f}",
    )
    if not paths and not gates.places:
        message = _("Ways off this walk: none is recorded between its start and its end.")
        return subject.finding("ways-out", "unknown", message, evidence)
    passed = [*(at for places in paths.values() for at in places), *gates.along_m]
    stops = np.concatenate(([0.0], np.sort(passed), [subject.route.length_m]))
    gap = float(np.diff(stops).max())
    message = n_(
        "One way leads off this walk; the longest stretch without one is %(gap)s.",
        "%(number)s ways lead off this walk; the longest stretch without one is %(gap)s.",
        len(paths) + len(gates.places),
        gap=distance_in_words(gap),
    )
    return subject.finding(
        "ways-out",
        "pass" if gap <= WAYS_OUT_GAP_M else "caution",
        message,
        evidence,
        [*sources_of(subject.stretches, "geometry"), *place_sources(gates.places)],
    )


def _paths_leading_off_m(subject: Subject) -> dict[int, list[float]]:
    """Return the junctions where other paths meet the walk, with the metres of each passing."""
    network = subject.area.network
    ends = {stretch.path.id: network.ends_of(stretch.path.id) for stretch in subject.stretches}
    ways_walked = Counter(node for both in ends.values() for node in both)
    found: dict[int, list[float]] = {}
    walked = 0.0
    for stretch in subject.stretches:
        walked += stretch.length_m
        node = node_at_end(subject.area, stretch.leg)
        if node is not None and network.degrees[node] > ways_walked[node]:
            found.setdefault(node, []).append(walked)
    return found


def approach(subject: Subject) -> Finding:
    """Check the way from the chosen car park or bus stop to the start, and back afterwards."""
    place = subject.area.places.get(subject.request.approach or "")
    if place is None:
        message = _("The way from a car park or bus stop is not part of this check.")
        return subject.finding("approach", "unknown", message)
    there = distance_m(place.position, subject.route.coordinates[0])
    back = distance_m(subject.route.coordinates[-1], place.position)
    name = place.name or place.kind.replace("_", " ")
    sources = place_sources([place])
    evidence = _(
        "%(name)s: %(there)s to the start and %(back)s back, both in a straight line.",
        name=name,
        there=distance_in_words(there),
        back=distance_in_words(back),
    )
    if max(there, back) <= AT_THE_START_M:
        message = _("%(name)s is at the start.", name=name)
        return subject.finding("approach", "pass", message, evidence, sources)
    message = _(
        "%(name)s is %(away)s away; the way from there is not recorded.",
        name=name,
        away=distance_in_words(there),
    )
    return subject.finding("approach", "unknown", message, evidence, sources)
