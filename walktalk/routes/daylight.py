"""Sunrise, sunset and dusk where a walk is, from ``astral``.

Sunset is when the sun's upper edge goes below the horizon; after it, civil dusk (the sun 6 degrees
below) ends the time in which one still sees the ground without a lamp.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from astral import Observer
from astral.sun import elevation, noon, sunrise, sunset

from walktalk.routes.clock import LONDON

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from walktalk.parks import LonLat

Light = Literal["day", "twilight", "dark"]

_SUN_EDGE_DEG = -0.833
"""Height of the sun's middle at sunset: its radius and the bending of light at the horizon (US
Naval Observatory, "Rise, Set, and Twilight Definitions")."""

_CIVIL_DUSK_DEG = -6.0


@dataclass(frozen=True, slots=True)
class SunTimes:
    """When the sun rises and sets on one day, ``None`` when it does not.

    Attributes:
        sunrise: local time.
        sunset: local time.
        up_at_noon: whether the sun is above the horizon at midday: without a sunset, whether the
            day has no night or no light.
    """

    sunrise: datetime | None
    sunset: datetime | None
    up_at_noon: bool


@lru_cache(maxsize=256)
def sun_times(position: LonLat, day: date, zone: tzinfo = LONDON) -> SunTimes:
    """Return when the sun rises and sets at a position on a day, in the zone's local time."""
    observer = _observer(position)
    midday = noon(observer, day, tzinfo=zone)
    return SunTimes(
        sunrise=_or_never(lambda: sunrise(observer, day, tzinfo=zone)),
        sunset=_or_never(lambda: sunset(observer, day, tzinfo=zone)),
        up_at_noon=elevation(observer, midday) > _SUN_EDGE_DEG,
    )


@lru_cache(maxsize=1024)
def light_at(position: LonLat, moment: datetime) -> Light:
    """Return how light it is at a position and moment: day, (civil) twilight or dark.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment needs a time zone, such as Europe/London")
    height = elevation(_observer(position), moment.astimezone(UTC), with_refraction=False)
    if height > _SUN_EDGE_DEG:
        return "day"
    return "twilight" if height > _CIVIL_DUSK_DEG else "dark"


def session_minute(at: datetime, minute: float) -> datetime:
    """Return the moment so many minutes after ``at``, in its own zone, clock changes included."""
    return (at.astimezone(UTC) + timedelta(minutes=minute)).astimezone(at.tzinfo)


def _observer(position: LonLat) -> Observer:
    return Observer(latitude=position[1], longitude=position[0])


def _or_never(time_of: Callable[[], datetime]) -> datetime | None:
    try:
        return time_of()
    except ValueError:  # astral's answer where the sun does not cross the horizon that day
        return None
