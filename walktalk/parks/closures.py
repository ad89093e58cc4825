"""Closures with their days: a stretch that is shut from one day to another, as somebody noted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

CLOSED = "closed"
"""The fact that says so."""

LONGEST = timedelta(days=3 * 365)
"""What is shut for longer is no closure: then the path has gone."""

PATTERN = r"^\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}$"


@dataclass(frozen=True, slots=True)
class Closure:
    """Something that is shut on all days from the first to the last."""

    first: date
    last: date

    @property
    def value(self) -> str:
        """The closure as a fact: ISO 8601 interval of days."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @property
    def in_words(self) -> str:
        """The days as a person reads them: "from 26 November 2026 until 14 March 2027"."""
        return f"from {_day(self.first)} until {_day(self.last)}"

    def covers(self, start: datetime, end: datetime) -> bool:
        """Return whether it is shut on any day from a moment to another, by their own clock."""
        return self.first <= end.date() and start.date() <= self.last


def closure_of(facts: Mapping[str, object]) -> Closure | None:
    """Return the closure among facts, ``None`` where there is none."""
    value = facts.get(CLOSED)
    return None if value is None else read_closure(str(value))


def read_closure(value: str) -> Closure | None:
    """Return a closure from its value, ``None`` where it names no days in their order."""
    if not re.match(PATTERN, value):
        return None
    try:
        first, last = (date.fromisoformat(day) for day in value.split("/"))
    except ValueError:
        return None
    return Closure(first, last) if first <= last else None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
