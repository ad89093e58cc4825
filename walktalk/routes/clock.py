"""The clock on the wall in Cheltenham: Europe/London, its two clock changes, and its days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from walktalk.routes.errors import RequestError

LONDON = ZoneInfo("Europe/London")
FIRST_YEAR, LAST_YEAR = 2000, 2099  # well inside what dates, time zones and sun tables can hold


def local_time(on: date, at: time, *, fold: int | None = None) -> datetime:
    """Return the moment when London's clocks show ``at`` on the day ``on``.

    Args:
        on: the day.
        at: the time of day, without a time zone.
        fold: which of two equal times is meant when clocks go back: 0 the first (summer time),
            1 the second; ``None`` refuses such a time.

    Raises:
        RequestError: the time does not exist that day (clocks go forward), or it comes twice
            (clocks go back) and ``fold`` does not say which is meant; or the year is out of range.
    """
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise RequestError("at", f"a date between {FIRST_YEAR} and {LAST_YEAR}")
    plain = datetime.combine(on, at.replace(tzinfo=None, fold=0))
    first = plain.replace(tzinfo=LONDON)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    day = f"{on.day} {on:%B %Y}"
    exists = first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == plain
    if not exists:
        raise RequestError(
            "at",
            f"clocks go forward on {day}, so {at:%H:%M} does not exist that day; "
            "choose a time before 01:00 or from 02:00",
        )
    if fold is None:
        raise RequestError(
            "at",
            f"clocks go back on {day}, so {at:%H:%M} comes twice; say which is meant, "
            f"{first:%H:%M%z} or {second:%H:%M%z}, or choose a time before 01:00 or from 02:00",
        )
    return second if fold else first


def parse_time(text: str) -> datetime:
    """Return the moment that ``text`` names, in London's time zone.

    Args:
        text: ISO 8601, as ``2026-12-01T10:00``; with an offset, as ``2026-10-25T01:30+01:00``,
            it names one of two equal times.

    Raises:
        RequestError: it is no date and time, does not exist, or comes twice.
    """
    try:
        given = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise RequestError("at", _ACCEPTED) from error
    if "T" not in text.upper() and " " not in text.strip():
        raise RequestError("at", _ACCEPTED)
    if given.tzinfo is None:
        return local_time(given.date(), given.time())
    if not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise RequestError("at", f"a date between {FIRST_YEAR} and {LAST_YEAR}")
    return given.astimezone(LONDON)


def end_of_day(moment: datetime, extra_days: int = 0) -> datetime:
    """Return the midnight in London that ends the day of ``moment``, or some days after it."""
    day = moment.astimezone(LONDON).date() + timedelta(days=1 + extra_days)
    return datetime.combine(day, time.min, tzinfo=LONDON)


_ACCEPTED = "a date and time such as 2026-12-01T10:00, in Cheltenham's local time"
