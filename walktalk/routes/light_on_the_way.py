"""The light of a walk that ends near sunset or later: when the sun sets, and stretch by stretch.

Told from the walk's own timetable and the recorded lamps of its paths, so that every page says the
same. What is not recorded is said to be so, and counts as no lamp.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from walktalk.routes.checks.light import NEED
from walktalk.routes.clock import LONDON
from walktalk.routes.daylight import light_at, session_minute, sun_times
from walktalk.routes.told_times import ToldTimes
from walktalk.routes.words import about_clock_in_words, clock_in_words, distance_in_words
from walktalk.wording import N_, Table, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.model import Walk

NEAR_SUNSET = timedelta(hours=1)
"""A walk that ends less than this before sunset is told when the sun sets: it may run late."""

MOST_STRETCHES = 5
"""More stretches than these are told together by their light: nobody remembers a longer list."""

_LIGHT: Table[str] = Table(
    {
        "lit": N_("lit"),
        "not recorded": N_("lamps not recorded"),
        "dusk": N_("no lamps, and getting dark"),
        "dark": N_("dark, no lamps"),
    }
)
_LEAST_FIRST = ("dark", "dusk", "not recorded", "lit", "day")


@dataclass(frozen=True, slots=True)
class LightStretch:
    """Some minutes of a walk in one light.

    Attributes:
        light: ``"day"``, ``"lit"``, ``"not recorded"``, ``"dusk"`` or ``"dark"``.
        begins, ends: minutes of the session.
        length_m: metres walked meanwhile.
    """

    light: str
    begins: float
    ends: float
    length_m: float


def light_in_words(walk: Walk) -> tuple[str, ...]:
    """Return when the sun sets or rises, and the light stretch by stretch, in sentences.

    Nothing for a walk without a date, or one that is over an hour before sunset.
    """
    at = walk.request.at
    if at is None:
        return ()
    dark = [each for each in light_stretches(walk, at) if each.light != "day"]
    told = _told_together(dark) if len(dark) > MOST_STRETCHES else dark
    return (*_sun(walk, at), *(_in_words(each, at) for each in told))


def light_stretches(walk: Walk, at: datetime) -> list[LightStretch]:
    """Return the light of a walk that begins at ``at``, stretch by stretch in walking order.

    A minute that has several lights counts as the least of them.
    """
    times = ToldTimes.of(walk)
    lamps = list(_lamps(walk))
    minutes = range(ceil(times.minutes[-1]))
    lights = [_light_of(walk, at, times, lamps, minute) for minute in minutes]
    found: list[LightStretch] = []
    for light, group in groupby(minutes, key=lights.__getitem__):
        first, *rest = group
        last = (rest or [first])[-1] + 1
        length_m = times.metres_at(last) - times.metres_at(first)
        found.append(LightStretch(light, first, min(last, times.minutes[-1]), length_m))
    return found


def sunset_in_words(walk: Walk, ends_at: datetime) -> str:
    """Return when the sun sets where a session ends less than an hour before it, or later."""
    ends = ends_at.astimezone(LONDON)
    sunset = sun_times(walk.route.coordinates[0], ends.date()).sunset
    if sunset is None or ends <= sunset - NEAR_SUNSET:
        return ""
    time = clock_in_words(sunset.astimezone(LONDON))
    return _("Sunset is at %(time)s.", time=time)


def _sun(walk: Walk, at: datetime) -> Iterator[str]:
    start = at.astimezone(LONDON)
    sunrise = sun_times(walk.route.coordinates[0], start.date()).sunrise
    if sunrise is not None and start < sunrise:
        yield _("Sunrise is at %(time)s.", time=clock_in_words(sunrise.astimezone(LONDON)))
    if said := sunset_in_words(walk, session_minute(at, walk.request.minutes)):
        yield said


def _lamps(walk: Walk) -> Iterator[tuple[float, float, Verdict]]:
    """Give where each part of the walk begins and ends, in metres walked, and its lamps."""
    lit = NEED.verdicts(walk.area)
    walked = walk.route.walked_m.tolist()
    for leg, begin, end in zip(walk.route.legs, walked, walked[1:], strict=False):
        yield begin, end, lit[leg.path_id]


def _light_of(
    walk: Walk,
    at: datetime,
    times: ToldTimes,
    lamps: Iterable[tuple[float, float, Verdict]],
    minute: int,
) -> str:
    position = walk.route.coordinates[0]
    sky = {light_at(position, session_minute(at, each)) for each in (minute, minute + 1)}
    if sky == {"day"}:
        return "day"
    first_m, last_m = times.metres_at(minute), times.metres_at(minute + 1)
    here = [lit for begin, end, lit in lamps if begin <= last_m and end >= first_m]
    no_lamp = "dark" if "dark" in sky else "dusk"
    lights = {"met": "lit", "unknown": "not recorded", "broken": no_lamp}
    return min((lights[lit] for lit in here), key=_LEAST_FIRST.index, default="not recorded")


def _told_together(stretches: Iterable[LightStretch]) -> list[LightStretch]:
    """Return one stretch for each light, from the first to the last of its minutes."""
    by_light: dict[str, list[LightStretch]] = {}
    for each in stretches:
        by_light.setdefault(each.light, []).append(each)
    return [
        LightStretch(light, same[0].begins, same[-1].ends, sum(each.length_m for each in same))
        for light, same in by_light.items()
    ]


def _in_words(stretch: LightStretch, at: datetime) -> str:
    return _(
        "About %(begins)s to %(ends)s, %(length)s: %(light)s.",
        begins=about_clock_in_words(session_minute(at, stretch.begins).astimezone(LONDON)),
        ends=about_clock_in_words(session_minute(at, stretch.ends).astimezone(LONDON)),
        length=distance_in_words(stretch.length_m),
        light=_LIGHT[stretch.light],
    )
