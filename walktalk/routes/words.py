"""How levels, distances, days and times are said, the same in pages, files and the terminal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from walktalk.parks.geodesy import bearing_deg, compass_point
from walktalk.routes.legs import stem_of_m
from walktalk.wording import METRIC, N_, Table, _, decimal, distances, month, n_, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from walktalk.parks import LonLat
    from walktalk.routes.model import Event, Finding, Level, Route, Shape, TimetableEntry

WORTH_TELLING_M = 15.0
"""A few paces out and home are part of the meeting place."""

LEVEL_WORDS: Table[Level] = Table(
    {
        "pass": N_("Fits"),
        "caution": N_("Take care"),
        "fail": N_("Does not fit"),
        "unknown": N_("Nobody has checked"),
    }
)

SHAPE_WORDS: Table[Shape] = Table(
    {
        "loop": N_("A loop"),
        "out-and-back": N_("There and back"),
        "lollipop": N_("Out, round a loop, and back"),
        "laps": N_("Laps"),
    }
)

EVENT_WORDS: Table[Event] = Table(
    {
        "arrive": N_("Meet"),
        "set-off": N_("Set off"),
        "pause": N_("Pause"),
        "lap": N_("Another lap"),
        "half-way": N_("Half way"),
        "last-stretch": N_("Last stretch"),
        "finish": N_("Finish"),
    }
)

_SURFACES: Table[str] = Table(
    {
        "asphalt": N_("asphalt"),
        "chipseal": N_("chipseal"),
        "compacted": N_("compacted"),
        "concrete": N_("concrete"),
        "dirt": N_("dirt"),
        "earth": N_("earth"),
        "fine_gravel": N_("fine gravel"),
        "grass": N_("grass"),
        "gravel": N_("gravel"),
        "ground": N_("ground"),
        "metal": N_("metal"),
        "mud": N_("mud"),
        "paved": N_("paved"),
        "paving_stones": N_("paving stones"),
        "pebblestone": N_("pebblestone"),
        "sand": N_("sand"),
        "sett": N_("sett"),
        "unpaved": N_("unpaved"),
        "wood": N_("wood"),
        "woodchips": N_("woodchips"),
    }
)
"""OpenStreetMap's commonest surfaces of ways on foot; any other by its own word."""

_WORST_FIRST: tuple[Level, ...] = ("fail", "unknown", "caution", "pass")
_TENS = 10
_FIVE = 5
_FIVE_MINUTES = timedelta(minutes=_FIVE)
_HALF_A_MINUTE = timedelta(seconds=30)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with the worst levels first, each level in the order of the checks."""
    return sorted(findings, key=lambda finding: _WORST_FIRST.index(finding.level))


def distance_in_words(metres: float) -> str:
    """Return metres under 1 km, then kilometres with one decimal: "850 m", "1.3 km".

    Where miles are wanted, yards under half a mile, then miles: "850 yards", "1.3 miles".
    """
    return _distance(metres, round(metres / distances().short_m))


def about_distance_in_words(metres: float) -> str:
    """Return a distance that nobody paces out, to the nearest ten and never none: "80 m"."""
    tens = round(metres / distances().short_m / _TENS)
    return _distance(metres, max(1, tens) * _TENS)


def _distance(metres: float, short: int) -> str:
    """Return a distance that is ``short`` of the short unit, in whichever unit it is said."""
    units = distances()
    if short < units.long_from:
        if units is METRIC:
            return _("%(number)s m", number=short)
        return n_("%(number)s yard", "%(number)s yards", short)
    long = decimal(max(metres, units.long_from * units.short_m) / units.long_m, 1)
    if units is METRIC:
        return _("%(number)s km", number=long)
    return _("%(number)s miles", number=long)


def compass_in_words(here: LonLat, there: LonLat) -> str:
    """Return which way somewhere lies, by the nearest of eight: "north-east"."""
    return _(compass_point(bearing_deg(here, there)))


def surface_in_words(surface: str) -> str:
    """Return a recorded surface as words: "paving stones"; ``concrete:plates`` is "concrete"."""
    value = surface.split(":", maxsplit=1)[0]
    return _SURFACES.get(value) or value.replace("_", " ")


def shape_in_words(route: Route) -> str:
    """Return how a route is laid out: "There and back", "3 laps", "2 times there and back"."""
    if route.shape == "laps":
        return n_("%(number)s lap", "%(number)s laps", route.laps)
    if route.shape == "lollipop" and stem_of_m(route) < WORTH_TELLING_M:
        return _("A loop, part of it walked twice")
    if route.laps > 1:
        return n_("%(number)s time there and back", "%(number)s times there and back", route.laps)
    return SHAPE_WORDS[route.shape]


def event_in_words(entry: TimetableEntry) -> str:
    """Return what happens at a moment of a walk, and where, if that has a name."""
    words = EVENT_WORDS[entry.event]
    if not entry.place:
        return words
    return _("%(event)s: %(place)s", event=words, place=entry.place)


def minutes_in_words(minutes: float) -> str:
    """Return minutes to the nearest whole one: "about 6 minutes"."""
    return n_("about %(number)s minute", "about %(number)s minutes", _whole(minutes))


def whole_minutes_in_words(minutes: float) -> str:
    """Return minutes without "about", where they are exact to the minute: "50 minutes"."""
    return n_("%(number)s minute", "%(number)s minutes", _whole(minutes))


def _whole(minutes: float) -> int:
    return max(1, round(minutes))


def first_name(names: str) -> str:
    """Return the first of a way's names, where several are recorded with ";" between them."""
    return names.split(";", maxsplit=1)[0].strip()


def within_a_sentence(name: str) -> str:
    """Return a name as it stands within a sentence: "the Pump Room" for "The Pump Room"."""
    return f"the {name[4:]}" if name.startswith("The ") else name


def listed(items: Sequence[str]) -> str:
    """Return items as a list in words: "a, b and c"."""
    if len(items) < 2:  # noqa: PLR2004 - one item needs no "and"
        return "".join(items)
    return _("%(items)s and %(last)s", items=", ".join(items[:-1]), last=items[-1])


def day_in_words(moment: date) -> str:
    """Return the day without the year: "Tuesday 1 December"."""
    return _(
        "%(weekday)s %(day)s %(month)s",
        weekday=weekday(moment),
        day=moment.day,
        month=month(moment),
    )


def date_in_words(day: date) -> str:
    """Return a date without the name of its day: "15 September 2026"."""
    return _("%(day)s %(month)s %(year)s", day=day.day, month=month(day), year=day.year)


def month_in_words(day: date) -> str:
    """Return the month of a day: "September 2026"."""
    return _("%(month)s %(year)s", month=month(day), year=day.year)


def time_in_words(moment: datetime) -> str:
    """Return day and time: "Tuesday 1 December, 10:00"."""
    return on_day_at_time(day_in_words(moment), clock_in_words(moment))


def on_day_at_time(day: str, clock: str) -> str:
    """Return a day and a time of day, both in words, as one."""
    return _("%(day)s, %(clock)s", day=day, clock=clock)


def clock_in_words(moment: datetime) -> str:
    """Return the time of day to the nearest minute: "10:45" for 15 seconds before it."""
    return f"{moment + _HALF_A_MINUTE:%H:%M}"


def about_clock_in_words(moment: datetime) -> str:
    """Return the time of day to five minutes, as a walk's own times are told: "10:45"."""
    past = timedelta(minutes=moment.minute % _FIVE, seconds=moment.second)
    return clock_in_words(moment - past + round(past / _FIVE_MINUTES) * _FIVE_MINUTES)
