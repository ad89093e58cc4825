"""Where a walk is when: the clock of a walk, and the few moments worth telling.

A pause, and half way, lie at a share of the walk's *distance*: half way is the point on the map
that is half the line from the start, whatever the slopes before and after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.landmarks import (
    RESTS,
    place_at,
    thing_in_words,
    turning_point_in_words,
    turning_point_m,
)
from walktalk.routes.model import Event, TimetableEntry
from walktalk.routes.stages import lap_starts_m
from walktalk.routes.timing import legs_seconds
from walktalk.wording import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.model import Pause, Route, WalkRequest

LAST_STRETCH_MINUTES = 5.0
"""Walking minutes before the finish at which the last stretch begins: time to come to an end."""

LAST_STRETCH_SHARE = 0.25
"""The last stretch of a short walk is its last quarter."""

_ORDER: tuple[Event, ...] = ("half-way", "pause", "lap", "last-stretch")
"""Which comes first when two happen at the same point: a pause is made there, before going on."""

_SAME_M = 1e-6  # points nearer to each other than this differ only by rounding


@dataclass(frozen=True, eq=False)
class Clock:
    """Distance and time along a walk, pauses included.

    Attributes:
        distances_m: metres walked at the end of each leg, from 0.
        seconds: walking seconds at the same points, pauses not counted.
        set_off_minute: minutes from the session's start to the first step.
        pauses: stops as (minutes, share of the distance), in the order they are made.
    """

    distances_m: NDArray[np.float64]
    seconds: NDArray[np.float64]
    set_off_minute: float
    pauses: tuple[Pause, ...]

    @classmethod
    def of(cls, area: Area, request: WalkRequest, route: Route) -> Clock:
        """Start the clock of a route walked as the request says."""
        seconds = legs_seconds(area, route.legs, request.pace)
        return cls(
            distances_m=route.walked_m,
            seconds=np.concatenate(([0.0], np.cumsum(seconds))),
            set_off_minute=request.arrive_minutes,
            pauses=tuple(sorted(request.pauses, key=lambda pause: pause[1])),
        )

    @property
    def length_m(self) -> float:
        """Metres of the whole walk."""
        return float(self.distances_m[-1])

    @property
    def walking_minutes(self) -> float:
        """Walking minutes of the whole walk, pauses not counted."""
        return float(self.seconds[-1]) / 60

    def walking_minutes_to(self, distance_m: float) -> float:
        """Return the walking minutes from the start to a point, pauses not counted."""
        return float(np.interp(distance_m, self.distances_m, self.seconds)) / 60

    def distance_after(self, walking_minutes: float) -> float:
        """Return the metres walked after so many walking minutes, pauses not counted."""
        return float(np.interp(walking_minutes * 60, self.seconds, self.distances_m))

    def minute_at(self, distance_m: float) -> float:
        """Return the session's minute at which a point is reached, before any pause made there."""
        paused = self._paused_before(distance_m)
        return self.set_off_minute + self.walking_minutes_to(distance_m) + paused

    def minute_on_from(self, distance_m: float) -> float:
        """Return the session's minute at which a point is left, after any pause made there."""
        paused = self._paused_before(distance_m + _SAME_M)
        return self.set_off_minute + self.walking_minutes_to(distance_m) + paused

    def paused_at(self, distance_m: float) -> float:
        """Return the metres of the last pause made at a point; the point's own where none is."""
        made = [share * self.length_m for _, share in self.pauses]
        return max((at for at in made if abs(at - distance_m) <= _SAME_M), default=distance_m)

    def _paused_before(self, distance_m: float) -> float:
        return sum(minutes for minutes, share in self.pauses if share * self.length_m < distance_m)


def timetable(area: Area, request: WalkRequest, route: Route) -> tuple[TimetableEntry, ...]:
    """Return the moments of a walk in order: minutes and metres never go back.

    Arrive (minute 0), set off, each pause (the minute it begins), each lap after the first, half
    way by distance, the last stretch (the last five minutes of walking, or the last quarter of a
    short walk) and the finish, after which the request's closing minutes follow. A walk there and
    back names where it turns, a pause at a seat names it, and a lap says which it is.
    """
    clock = Clock.of(area, request, route)
    length = clock.length_m
    last_minutes = min(LAST_STRETCH_MINUTES, LAST_STRETCH_SHARE * clock.walking_minutes)
    last_m = clock.distance_after(clock.walking_minutes - last_minutes)
    going_on: list[tuple[Event, float, str]] = [
        ("last-stretch", clock.paused_at(last_m), ""),
        *(
            ("lap", clock.paused_at(metres), _("lap %(lap)s of %(laps)s", lap=lap, laps=route.laps))
            for lap, metres in enumerate(lap_starts_m(route), start=2)
        ),
    ]
    half_way_m = clock.paused_at(length / 2)
    between = [
        TimetableEntry(
            "half-way",
            clock.minute_at(half_way_m),
            half_way_m,
            _turned_at(area, route) if half_way_m == length / 2 else "",
        ),
        *(TimetableEntry(event, clock.minute_on_from(m), m, what) for event, m, what in going_on),
        *_pauses(area, route, clock),
    ]
    between.sort(key=lambda entry: (entry.distance_m, entry.minute, _ORDER.index(entry.event)))
    return (
        TimetableEntry("arrive", 0.0, 0.0),
        TimetableEntry("set-off", clock.set_off_minute, 0.0),
        *between,
        TimetableEntry("finish", _finish_minute(clock), length),
    )


def _turned_at(area: Area, route: Route) -> str:
    """Return where a walk there and back turns half way, in words; ``""`` for other walks."""
    if turning_point_m(route) is None:
        return ""
    if route.laps % 2 == 0:
        return _("back at the start")
    place = turning_point_in_words(area, route)
    return _("the turning point, %(place)s", place=place) if place else _("the turning point")


def _pauses(area: Area, route: Route, clock: Clock) -> list[TimetableEntry]:
    if not clock.pauses:
        return []
    line = route.line
    entries, here = [], 0.0
    previous = None
    for minutes, share in clock.pauses:
        metres = share * clock.length_m
        here = here if previous == metres else clock.minute_at(metres)
        rest = place_at(area, line.point_at(metres), RESTS)
        words = thing_in_words(rest) if rest else ""
        entries.append(TimetableEntry("pause", here, metres, words))
        here, previous = here + minutes, metres
    return entries


def _finish_minute(clock: Clock) -> float:
    paused = sum(minutes for minutes, _ in clock.pauses)
    return clock.set_off_minute + clock.walking_minutes + paused
