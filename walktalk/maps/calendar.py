"""A calendar entry for a walk that says no more than "A walk"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from walktalk.maps.summary import title, where_words
from walktalk.routes import Walk

_PRODID = "-//A walk//EN"


def calendar_file(
    walk: Walk,
    *,
    uid: str,
    written_at: datetime,
    sequence: int = 0,
    cancelled: bool = False,
    url: str = "",
) -> bytes:
    """Return an iCalendar file (RFC 5545) with the walk as its one event.

    Times are in UTC, so that every calendar shows them in the reader's own zone, and no zone
    rules have to travel along.

    Args:
        walk: the walk; its request says when.
        uid: stays the same for the life of a session, and is no secret: never a link's token.
        written_at: when this version was made, with its time zone.
        sequence: grows by one with every change of the session.
        cancelled: whether the walk is off.
        url: address of the walk's page, or ``""`` to leave it out.

    Raises:
        ValueError: the walk has no date, or ``written_at`` no time zone.
    """
    from icalendar import Calendar, Event

    start = walk.request.at
    if start is None:
        raise ValueError("the walk has no date; a calendar entry needs one")
    if written_at.tzinfo is None:
        raise ValueError("written_at has no time zone; one is needed")
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("dtstart", start.astimezone(UTC))
    event.add("dtend", start.astimezone(UTC) + timedelta(minutes=walk.request.minutes))
    event.add("sequence", sequence)
    event.add("summary", title())
    event.add("location", _location(walk))
    lon, lat = walk.route.coordinates[0]
    event.add("geo", (round(lat, 6), round(lon, 6)))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if url:
        event.add("url", url)
    place = walk.meeting_place
    if place is not None and place.how_to_find:
        event.add("description", place.how_to_find)
    calendar = Calendar()
    calendar.add("prodid", _PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _location(walk: Walk) -> str:
    where = where_words(walk)
    park = walk.area.name
    says_both = walk.meeting_place is None or where.casefold().endswith(park.casefold())
    return where if says_both else f"{where}, {park}"
