"""What templates call to say dates, distances and levels."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from walktalk.routes import TimetableEntry, words
from walktalk.routes.checks.asked_first import alike, asked_first
from walktalk.routes.clock import LONDON
from walktalk.routes.daylight import session_minute
from walktalk.routes.light_on_the_way import light_in_words
from walktalk.routes.turning_back import turning_back
from walktalk.wording import _


def moment(at: datetime, now: datetime | None = None) -> str:
    """Return day and time on London's clock: "Tuesday 1 December, 10:00".

    The year stands with the day where ``now`` is given and lies in another year.
    """
    return words.on_day_at_time(day(at, now), clock(at))


def day(at: datetime, now: datetime | None = None) -> str:
    """Return the day on London's clock: "Tuesday 1 December"; its year as ``moment`` does."""
    local = at.astimezone(LONDON)
    said = words.day_in_words(local)
    is_this_year = now is None or local.year == now.astimezone(LONDON).year
    return said if is_this_year else _("%(day)s %(year)s", day=said, year=local.year)


def clock(at: datetime) -> str:
    """Return the time of day on London's clock, to the nearest minute: "10:00"."""
    return words.clock_in_words(at.astimezone(LONDON))


def whole_minutes(minutes: float) -> str:
    """Return minutes without "about", where they are exact to the minute: "50 minutes"."""
    return words.whole_minutes_in_words(minutes)


def clock_of(entry: TimetableEntry, starts_at: datetime) -> str:
    """Return the time of day of a timetable's entry."""
    return clock(session_minute(starts_at, entry.minute))


CALM_MINUTES = 5
"""A walk's own times are said so finely: nobody keeps time to the minute on the way."""


def calm_clock_of(
    entry: TimetableEntry, starts_at: datetime, timetable: Sequence[TimetableEntry]
) -> str:
    """Return an entry's time of day to five minutes; meeting and finish to the minute.

    What is rounded stays between the two.
    """
    at = session_minute(starts_at, entry.minute)
    if entry.event in ("arrive", "finish"):
        return clock(at)
    past = at.minute % CALM_MINUTES + at.second / 60
    between = [
        minutes
        for minutes in (-past, CALM_MINUTES - past)
        if 0 <= entry.minute + minutes <= timetable[-1].minute
    ]
    shift = min(between, key=abs, default=0.0)
    return _("about %(time)s", time=clock(at + timedelta(minutes=shift)))


def place_in(name: str, area_name: str) -> str:
    """Return a place with its park, said once: "The Boat House Pittville Park"."""
    if not name or name.casefold().endswith(area_name.casefold()):
        return name or area_name
    return _("%(place)s, %(area)s", place=name, area=area_name)


_FROM_A_PATH = re.compile(r"\b\d+ (?:m|yards) from the (?:[a-z]+ ){0,2}path\.", re.IGNORECASE)

_STOPS = re.compile(r"\s*(?:Bus stop|Car park): .*?, \d[^,]*? on foot\.")


def more_than(how_to_find: str, name: str) -> str:
    """Return how a place is found without "At" and its name in front: "10 m from the path."."""
    bare = re.escape(re.sub(r"^the ", "", name, flags=re.IGNORECASE))
    rest = re.sub(rf"^at (the )?{bare}[.,]\s*", "", how_to_find, flags=re.IGNORECASE)
    return f"{rest[:1].upper()}{rest[1:]}"


def found_by(how_to_find: str, name: str) -> str:
    """Return the same with nothing but the place itself.

    How far it is from a path that has no name finds nothing, and how people come there from a stop
    or a car park is told apart.
    """
    return _STOPS.sub("", _FROM_A_PATH.sub("", more_than(how_to_find, name))).strip()


def as_of(text: str) -> str:
    """Return a source's date in words: "15 September 2026", "September 2026", "2021 to 2023"."""
    first, *last = [_date_in_words(part) for part in text.split("/")]
    return _("%(first)s to %(last)s", first=first, last=last[-1]) if last else first


def _date_in_words(text: str) -> str:
    for form, said in (("%Y-%m-%d", words.date_in_words), ("%Y-%m", words.month_in_words)):
        try:
            return said(datetime.strptime(text, form))  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    return text


def last_moment(end: datetime, now: datetime | None = None) -> str:
    """Return the last minute before ``end``: "Tuesday 1 December, 23:59"."""
    return moment(end - timedelta(minutes=1), now)


def dated_filters(now: Callable[[], datetime]) -> dict[str, Callable[[datetime], str]]:
    """Return the filters that show the year where it is not this one."""
    return {
        "moment": lambda at: moment(at, now()),
        "day": lambda at: day(at, now()),
        "last_moment": lambda at: last_moment(at, now()),
    }


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "clock": clock,
        "clock_of": clock_of,
        "calm_clock_of": calm_clock_of,
        "light": light_in_words,
        "event": words.event_in_words,
        "shape": words.shape_in_words,
        "as_of": as_of,
        "place_in": place_in,
        "more_than": more_than,
        "found_by": found_by,
        "distance": words.distance_in_words,
        "about_distance": words.about_distance_in_words,
        "about": words.minutes_in_words,
        "minutes": whole_minutes,
        "alike": alike,
        "asked_first": asked_first,
        "turning_back": turning_back,
        "worst_first": words.worst_first,
    }
)
