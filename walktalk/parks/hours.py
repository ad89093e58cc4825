"""When something is open: opening hours, conditional access, seasons.

The values are OpenStreetMap's (https://wiki.openstreetmap.org/wiki/Key:opening_hours,
.../Conditional_restrictions, .../Key:seasonal). Hours that name the sun hold at a position; the
library finds its time zone and its public holidays from there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from walktalk.parks.access import Said, access_of, invites
from walktalk.parks.closures import CLOSED, closure_of
from walktalk.parks.geodesy import LonLat
from walktalk.wording import N_

if TYPE_CHECKING:
    from opening_hours import OpeningHours

Openness = Literal["open", "unknown", "closed"]

HOURS_FACTS = (
    "opening_hours",
    "ground_hours",
    "foot_conditional",
    "access_conditional",
    "locked_conditional",
    "seasonal",
    CLOSED,
)
"""Facts that say when something is open."""

_LOCAL_DEGREES = 1  # decimals: the sun sets within half a minute everywhere in 0.1 degrees
_CLAUSE = re.compile(r"\s*([a-z_]+)\s*@\s*(\((?:[^()]|\([^()]*\))*\)|[^;()]+)\s*(?:;|$)", re.I)
_UNSURE = re.compile(r"\bSH\b|\d\+")  # school holidays differ by school; an open end is no end
_MONTHS_OF: Mapping[str, frozenset[int]] = {
    "spring": frozenset({3, 4, 5}),
    "summer": frozenset({6, 7, 8}),
    "autumn": frozenset({9, 10, 11}),
    "fall": frozenset({9, 10, 11}),
    "winter": frozenset({12, 1, 2}),
}
"""Meteorological seasons of the northern half of the earth; the southern has them turned round."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something has to be open; both carry their time zone."""

    start: datetime
    end: datetime


def has_hours(facts: Mapping[str, object]) -> bool:
    """Return whether something is recorded about when this is open, and it is not always."""
    return any(_counts(name, facts.get(name)) for name in HOURS_FACTS)


def openness(facts: Mapping[str, object], position: LonLat, span: Span | None) -> Openness:
    """Return whether something is open all through a span.

    Args:
        facts: of a path, a barrier or a park.
        position: where it is, as (longitude, latitude).
        span: ``None`` where no time is chosen: then what has hours is unknown.

    Returns:
        ``closed`` when it is closed at any moment of the span, else ``unknown`` when a rule cannot
        be read or depends on something else than time, else ``open``.
    """
    closure = closure_of(facts)
    if closure is not None and span is not None:
        if closure.covers(span.start, span.end):
            return "closed"
        facts = {name: value for name, value in facts.items() if name != CLOSED}
    if not has_hours(facts):
        return "closed" if _is_shut(facts) else "open"
    if span is None:
        return "closed" if _is_shut(facts) and not _may_open(facts) else "unknown"
    found = {_at(facts, position, moment) for moment in _moments(facts, position, span)}
    return "closed" if "closed" in found else "unknown" if "unknown" in found else "open"


def hours_said(facts: Mapping[str, object]) -> tuple[Said, ...]:
    """Return the recorded hours as a person reads them: "open Monday to Friday 08:00-18:00"."""
    said: list[Said] = []
    for name in HOURS_FACTS:
        value = str(facts.get(name, ""))
        if not _counts(name, facts.get(name)):
            continue
        if name == CLOSED:
            closure = closure_of(facts)
            said += [] if closure is None else [Said(_CLOSED, closure.in_words)]
        elif name.endswith("hours"):
            said.append(Said(_OPEN, _spoken(value)))
        elif name == "seasonal":
            some = Said(N_("open in some seasons only"))
            said.append(some if value == "yes" else Said(N_("open in %(value)s"), value))
        else:
            states = _LOCKED if name == "locked_conditional" else _STATES
            said += [
                Said(states.get(state, N_("of a kind of its own %(value)s")), _spoken(when))
                for state, when in _clauses(value)
            ] or [Said(N_("open by a rule that we cannot read (%(value)s)"), value)]
    return tuple(said)


_OPEN = N_("open %(value)s")
_CLOSED = N_("closed %(value)s")
_STATES = {
    **dict.fromkeys(("no", "private"), _CLOSED),
    **dict.fromkeys(("yes", "permissive", "designated", "public"), _OPEN),
    "customers": N_("for customers only %(value)s"),
}
_LOCKED = {"yes": N_("locked %(value)s"), "no": N_("unlocked %(value)s")}


def _counts(name: str, value: object) -> bool:
    if value is None:
        return False
    if name == "seasonal":
        return value != "no"
    return not (name.endswith("hours") and str(value).strip() in ("24/7", "Mo-Su 00:00-24:00"))


def _is_shut(facts: Mapping[str, object]) -> bool:
    """Return whether something is shut but for the times that its rules name."""
    return access_of(facts).standing == "closed" or _is_locked(facts)


def _is_locked(facts: Mapping[str, object]) -> bool:
    """Return whether something is locked to whoever walks; ``foot=yes`` tells of a way past."""
    return facts.get("locked") == "yes" and not invites(facts)


def _may_open(facts: Mapping[str, object]) -> bool:
    locked = _is_locked(facts) and access_of(facts).standing != "closed"
    if locked and ("opening_hours" in facts or "locked_conditional" in facts):
        return True
    return "foot_conditional" in facts or "access_conditional" in facts


def may_be_open(facts: Mapping[str, object]) -> bool:
    """Return whether there is a time at which one may pass, by what is recorded."""
    return not _is_shut(facts) or _may_open(facts)


def _at(facts: Mapping[str, object], position: LonLat, moment: datetime) -> Openness:
    """Return whether something is open at one moment, by all of its rules."""
    found: list[Openness] = []
    locked = _is_locked(facts)
    for name in ("opening_hours", "ground_hours"):
        if _counts(name, facts.get(name)):
            found.append(_by_hours(str(facts[name]), position, moment))
            locked = locked and name != "opening_hours"
    found.append(_by_access(facts, position, moment))
    if "locked_conditional" in facts:
        held, sure = _holds(str(facts["locked_conditional"]), position, moment)
        locked = held == "yes" if held is not None else locked
        found += [] if sure else ["unknown"]
    found += ["closed"] if locked else []
    if _counts("seasonal", facts.get("seasonal")):
        found.append(_by_season(str(facts["seasonal"]), position, moment))
    return "closed" if "closed" in found else "unknown" if "unknown" in found else "open"


def _by_access(facts: Mapping[str, object], position: LonLat, moment: datetime) -> Openness:
    """Return what access is at a moment: a rule that holds stands in for the plain value."""
    now = dict(facts)
    sure = True
    for name in ("access", "foot"):
        rule = facts.get(f"{name}_conditional")
        if rule is None:
            continue
        held, known = _holds(str(rule), position, moment)
        sure = sure and known
        if held is not None:
            now[name] = held
    if access_of(now).standing == "closed":
        return "closed"
    return "open" if sure else "unknown"


def _holds(rule: str, position: LonLat, moment: datetime) -> tuple[str | None, bool]:
    """Return the value that a conditional rule gives at a moment, and whether that is sure.

    The last clause that holds wins (https://wiki.openstreetmap.org/wiki/Conditional_restrictions).
    """
    clauses = list(_clauses(rule))
    held: str | None = None
    sure = bool(clauses)
    for value, when in clauses:
        parts = [
            _by_hours(part, position, moment)
            for part in re.split(r"\s+AND\s+", when, flags=re.IGNORECASE)
        ]
        if "closed" in parts:
            continue
        if "unknown" in parts:
            sure = False
        else:
            held = value
    return held, sure


def _clauses(rule: str) -> Iterator[tuple[str, str]]:
    """Return value and condition of each part of "no @ (22:00-06:00); yes @ (Su)"."""
    at = 0
    while found := _CLAUSE.match(rule, at):
        condition = found[2].strip()
        yield found[1].lower(), condition[1:-1].strip() if condition[0] == "(" else condition
        at = found.end()


def _by_hours(hours: str, position: LonLat, moment: datetime) -> Openness:
    parsed = None if _UNSURE.search(hours) else _parsed(hours, _local(position))
    if parsed is None:
        return "unknown"
    if parsed.is_open(moment):
        return "open"
    return "closed" if parsed.is_closed(moment) else "unknown"


def _by_season(seasons: str, position: LonLat, moment: datetime) -> Openness:
    month = moment.month if position[1] >= 0 else (moment.month + 5) % 12 + 1
    known = [_MONTHS_OF.get(season.strip().lower()) for season in seasons.split(";")]
    if any(months is not None and month in months for months in known):
        return "open"
    return "unknown" if None in known else "closed"


def _moments(facts: Mapping[str, object], position: LonLat, span: Span) -> Iterator[datetime]:
    """Return the start of a span and every moment in it at which some rule may change."""
    yield span.start
    for name in HOURS_FACTS:
        value = str(facts.get(name, ""))
        conditions = [value] if name.endswith("hours") else [when for _, when in _clauses(value)]
        for hours in conditions:
            for part in re.split(r"\s+AND\s+", hours, flags=re.IGNORECASE):
                parsed = _parsed(part, _local(position))
                if parsed is not None:
                    yield from (start for start, *_ in parsed.intervals(span.start, span.end))
    yield span.end - timedelta(seconds=1)


def _local(position: LonLat) -> LonLat:
    return round(position[0], _LOCAL_DEGREES), round(position[1], _LOCAL_DEGREES)


@lru_cache(maxsize=512)
def _parsed(hours: str, position: LonLat) -> "OpeningHours | None":
    """Return hours that the library can read, ``None`` for others."""
    # its tables of time zones and holidays take a tenth of a second to load, and few ways have
    # hours
    from opening_hours import OpeningHours, validate

    return OpeningHours(hours, coords=(position[1], position[0])) if validate(hours) else None


_WORDS: Mapping[str, str] = {
    "Mo": "Monday",
    "Tu": "Tuesday",
    "We": "Wednesday",
    "Th": "Thursday",
    "Fr": "Friday",
    "Sa": "Saturday",
    "Su": "Sunday",
    "PH": "on public holidays",
    "SH": "in school holidays",
    "off": "closed",
}
_CODES = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su|PH|SH|off)\b")
_DAYS_TO_DAYS = re.compile(r"(day)-(?=[A-Z])")


def _spoken(hours: str) -> str:
    """Return hours with the days' names written out."""
    named = _CODES.sub(lambda found: _WORDS[found[1]], hours)
    return _DAYS_TO_DAYS.sub(r"\1 to ", named).strip()
