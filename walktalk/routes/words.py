"""How levels, distances, days and times are said, the same in pages, files and the terminal."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from walktalk.routes.model import Event, Finding, Level, Route, Shape

LEVEL_WORDS: dict[Level, str] = {
    "pass": "Fits",
    "caution": "Take care",
    "fail": "Does not fit",
    "unknown": "Nobody has checked",
}

SHAPE_WORDS: dict[Shape, str] = {
    "loop": "A loop",
    "out-and-back": "There and back",
    "lollipop": "Out, round a loop, and back",
    "laps": "Laps",
}

EVENT_WORDS: dict[Event, str] = {
    "arrive": "Meet",
    "set-off": "Set off",
    "pause": "Pause",
    "lap": "Start another lap",
    "half-way": "Half way",
    "last-stretch": "Last stretch",
    "finish": "Finish",
}

_WORST_FIRST: tuple[Level, ...] = ("fail", "unknown", "caution", "pass")
_METRES_IN_KILOMETRE = 1000
_HALF_A_MINUTE = timedelta(seconds=30)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with the worst levels first, each level in the order of the checks."""
    return sorted(findings, key=lambda finding: _WORST_FIRST.index(finding.level))


def distance_in_words(metres: float) -> str:
    """Return metres under 1 km, then kilometres with one decimal: "850 m", "1.3 km"."""
    whole = round(metres)
    return f"{whole} m" if whole < _METRES_IN_KILOMETRE else f"{metres / 1000:.1f} km"


def shape_in_words(route: Route) -> str:
    """Return how a route is laid out: "There and back", "3 laps"."""
    return f"{route.laps} laps" if route.shape == "laps" else SHAPE_WORDS[route.shape]


def minutes_in_words(minutes: float) -> str:
    """Return minutes to the nearest whole one: "about 6 minutes"."""
    whole = max(1, round(minutes))
    return f"about {whole} minute{'' if whole == 1 else 's'}"


def listed(items: Sequence[str]) -> str:
    """Return items as a list in words: "a, b and c"."""
    if len(items) < 2:  # noqa: PLR2004 - one item needs no "and"
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def day_in_words(moment: datetime) -> str:
    """Return the day without the year: "Tuesday 1 December"."""
    return f"{moment:%A} {moment.day} {moment:%B}"


def time_in_words(moment: datetime) -> str:
    """Return day and time: "Tuesday 1 December, 10:00"."""
    return f"{day_in_words(moment)}, {clock_in_words(moment)}"


def clock_in_words(moment: datetime) -> str:
    """Return the time of day to the nearest minute: "10:45" for 15 seconds before it."""
    return f"{moment + _HALF_A_MINUTE:%H:%M}"
