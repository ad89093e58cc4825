"""Reads a request: refuses what makes no sense and says what is accepted instead."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from walktalk.routes.checks import NEEDS
from walktalk.routes.errors import RequestError
from walktalk.routes.model import PREFERENCES, SHAPES
from walktalk.routes.words import distance_in_words
from walktalk.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from walktalk.parks import Area, LonLat, Snap
    from walktalk.routes.model import WalkRequest

MINUTES = (20, 120)
"""Shortest and longest session, minutes: the design's range."""

PACE_M_S = (0.4, 2.0)
"""Slowest and fastest pace, metres a second. Half of the slowest named pace, and a little above
the quickest comfortable walk of Bohannon & Andrews (2011), 1.43 m/s."""

SNAP_M = 50.0
"""Metres from the network within which a walk may start: across a street or a lawn."""

SEATS_WITHIN_M = (50, 1000)
"""Shortest and longest stretch between seats that can be asked for, metres: from what Inclusive
Mobility (2021) asks where people commonly walk, to a quarter of an hour at a gentle pace."""

LESS_ARRIVING_MINUTES = 2
"""Minutes that a walk may take from those for arriving, where it says so: the design's limit."""

LEAST_WALK_S = 60.0
"""Seconds of walking below which there is no walk."""


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A request that makes sense, with what follows from it.

    Attributes:
        position: where the walk was asked to start.
        snap: the nearest point of the network to it.
        budget_s: seconds left for walking once arrival, pauses and closing are taken off.
        avoid: positions that no walk comes near.
    """

    position: LonLat
    snap: Snap
    budget_s: float
    avoid: tuple[LonLat, ...]


def tidied(request: WalkRequest) -> WalkRequest:
    """Return a request whose needs and preferences are sets and whose lists are tuples.

    Raises:
        RequestError: one of them is not a collection.
    """
    return replace(
        request,
        needs=frozenset(_words("needs", request.needs)),
        preferences=frozenset(_words("preferences", request.preferences)),
        pauses=_tuple("pauses", request.pauses, "pairs of minutes and share of the walk"),
        keep_away_from=_tuple("keep_away_from", request.keep_away_from, "place ids or positions"),
    )


SWAPPED_WITHIN_M = 5000.0
"""A position this near an area, once latitude and longitude change places, is meant there."""


def read_request(area: Area, request: WalkRequest) -> ReadRequest:
    """Check a request against an area.

    Raises:
        RequestError: an argument makes no sense; says which and what is accepted.
    """
    _known("needs", request.needs, NEEDS)
    _known("preferences", request.preferences, PREFERENCES)
    if request.unknown not in ("allow", "refuse"):
        raise RequestError("unknown", "one of allow, refuse")
    if request.shape is not None and request.shape not in SHAPES:
        raise RequestError("shape", f"one of {', '.join(SHAPES)}")
    if isinstance(request.variant, bool) or not isinstance(request.variant, int):
        raise RequestError("variant", "a whole number from 0")
    if request.variant < 0:
        raise RequestError("variant", "a whole number from 0")
    _within("pace", request.pace, PACE_M_S, "metres a second")
    if request.at is not None:
        _check_at(request)
    if request.max_minutes_from_start is not None:
        _within(
            "max_minutes_from_start", request.max_minutes_from_start, (1, MINUTES[1]), "minutes"
        )
    if request.seats_within_m is not None:
        _within("seats_within_m", request.seats_within_m, SEATS_WITHIN_M, "metres")
    if request.seated and request.shape not in (None, "out-and-back"):
        raise RequestError("shape", "out-and-back or none: a mostly seated session goes to a seat")
    budget_s = _budget_s(request)
    if request.approach is not None:
        _place(area, "approach", request.approach)
    position = position_of(area, request)
    return ReadRequest(
        position=position,
        snap=_snapped(area, position),
        budget_s=budget_s,
        avoid=tuple(_position(area, "keep_away_from", spot) for spot in request.keep_away_from),
    )


def with_less(reading: ReadRequest, request: WalkRequest) -> ReadRequest:
    """Return the reading of a request from the same start that asks for less than the one read.

    Raises:
        RequestError: its minutes leave none for walking.
    """
    avoid = reading.avoid if request.keep_away_from else ()
    return replace(reading, budget_s=_budget_s(request), avoid=avoid)


def _words(argument: str, given: object) -> tuple[str, ...]:
    accepted = "a set of words"
    words = _tuple(argument, given, accepted)
    if not all(isinstance(word, str) for word in words):
        raise RequestError(argument, accepted)
    return words


def _tuple(argument: str, given: object, accepted: str) -> tuple[Any, ...]:
    if not isinstance(given, list | tuple | set | frozenset):
        raise RequestError(argument, accepted)
    return tuple(given)


def _known(argument: str, given: frozenset[str], known: Iterable[str]) -> None:
    accepted = list(known)
    wrong = sorted(name for name in given if name not in accepted)
    if wrong:
        hints = " ".join(filter(None, (did_you_mean(name, accepted) for name in wrong)))
        listed = f"{', '.join(wrong)} is not one of {', '.join(accepted)}"
        raise RequestError(argument, f"{listed}; {hints}" if hints else listed)


def _within(argument: str, value: float, limits: tuple[float, float], unit: str) -> None:
    low, high = limits
    accepted = f"a number from {low:g} to {high:g} {unit}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RequestError(argument, accepted)
    if not low <= value <= high:  # also refuses a value that is not a number
        raise RequestError(argument, accepted)


def _check_at(request: WalkRequest) -> None:
    at = request.at
    if not isinstance(at, datetime) or at.utcoffset() is None:
        raise RequestError("at", "a date and time with its time zone")
    if at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None) != at.replace(tzinfo=None):
        raise RequestError("at", "a time that exists: the clocks go forward then")


def _budget_s(request: WalkRequest) -> float:
    _within("minutes", request.minutes, MINUTES, "minutes")
    if request.minutes != int(request.minutes):
        raise RequestError("minutes", f"a whole number from {MINUTES[0]} to {MINUTES[1]} minutes")
    longest = (0, request.minutes)
    _within("arrive_minutes", request.arrive_minutes, longest, "minutes")
    _within("close_minutes", request.close_minutes, longest, "minutes")
    paused = 0.0
    for pause in request.pauses:
        try:
            minutes, share = pause
        except (TypeError, ValueError):
            raise RequestError("pauses", "pairs of minutes and share of the walk") from None
        _within("pauses", minutes, longest, "minutes")
        _within("pauses", share, (0, 1), "as the share of the walk")
        paused += minutes
    left = request.minutes - request.arrive_minutes - request.close_minutes - paused
    if left * 60 < LEAST_WALK_S:
        raise RequestError(
            "minutes",
            "more than arrival, pauses and closing together: there is no time left to walk",
        )
    return left * 60


def over_s(request: WalkRequest) -> float:
    """Return the seconds that a walk may take from those for arriving: a minute always stays."""
    return 60.0 * min(LESS_ARRIVING_MINUTES, max(0, math.floor(request.arrive_minutes) - 1))


def position_of(area: Area, request: WalkRequest) -> LonLat:
    """Return where a walk was asked to start.

    Raises:
        RequestError: there is no such place, or none is named and the area has no meeting point.
    """
    if request.start is not None:
        return _position(area, "start", request.start)
    if not area.meeting_points:
        raise RequestError("start", "a place id or a position: this area has no meeting point")
    return area.meeting_points[0].position


def _place(area: Area, argument: str, place_id: str) -> LonLat:
    if not isinstance(place_id, str) or place_id not in area.places:
        known = ", ".join(area.places) or "none recorded"
        names = {place_id: place_id for place_id in area.places}
        names |= {place.name: place.id for place in area.places.values() if place.name}
        hint = did_you_mean(str(place_id), names)
        accepted = f"a place of {area.name}: {known}"
        raise RequestError(argument, f"{accepted}; {hint}" if hint else accepted)
    return area.places[place_id].position


def _position(area: Area, argument: str, spot: str | LonLat) -> LonLat:
    if isinstance(spot, str):
        return _place(area, argument, spot)
    accepted = "a place id, or longitude and latitude in degrees"
    try:
        lon, lat = float(spot[0]), float(spot[1])
    except (TypeError, ValueError, LookupError):
        raise RequestError(argument, accepted) from None
    on_earth = math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90  # noqa: PLR2004
    if len(spot) != 2 or not on_earth:  # noqa: PLR2004 - a position is a pair of degrees
        raise RequestError(argument, accepted)
    return (lon, lat)


def _is_swapped(area: Area, position: LonLat) -> bool:
    """Return whether a position lies in an area once its two numbers change places."""
    lat, lon = position
    if abs(lat) > 90:  # noqa: PLR2004 - a pole
        return False
    return area.network.snap((lon, lat)).distance_m <= SWAPPED_WITHIN_M


def _snapped(area: Area, position: LonLat) -> Snap:
    if not area.paths:
        raise RequestError("start", f"an area with recorded paths: {area.name} has none yet")
    snap = area.network.snap(position)
    if snap.distance_m > SNAP_M and _is_swapped(area, position):
        lon, lat = position
        raise RequestError(
            "start", f"{lon:g},{lat:g} looks like latitude first: {lat:g},{lon:g} is in {area.name}"
        )
    if snap.distance_m > SNAP_M:
        raise RequestError(
            "start",
            f"within {distance_in_words(SNAP_M)} of a path: "
            f"the nearest is {distance_in_words(snap.distance_m)} away",
        )
    return snap
