from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests.maps.meadow import walk_round
from walktalk.maps import calendar_file
from walktalk.routes import Walk

WRITTEN = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def _event(walk: Walk, **more: object) -> dict[str, object]:
    text = calendar_file(walk, uid="42@walk", written_at=WRITTEN, **more)  # type: ignore[arg-type]
    return Calendar.from_ical(text).walk("VEVENT")[0]


def test_an_entry_lasts_as_long_as_the_session() -> None:
    event = _event(walk_round(minutes=50))
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=50)  # type: ignore


def test_a_summer_walk_at_ten_in_cheltenham_is_at_nine_universal_time() -> None:
    at = datetime(2026, 7, 1, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    event = _event(walk_round(at=at))
    assert event["dtstart"].dt == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)  # type: ignore


def test_an_entry_says_a_walk_and_where_to_meet() -> None:
    event = _event(walk_round())
    assert event["summary"] == "A walk"
    assert event["location"] == "West gate, Test Meadow"
    assert event["description"] == "At the end of Mill Lane."


def test_a_change_keeps_the_entry_and_counts_up() -> None:
    event = _event(walk_round(), sequence=3)
    assert event["uid"] == "42@walk"
    assert event["sequence"] == 3


def test_a_walk_that_is_off_cancels_its_entry() -> None:
    text = calendar_file(walk_round(), uid="42@walk", written_at=WRITTEN, cancelled=True).decode()
    assert "STATUS:CANCELLED" in text
    assert "METHOD:CANCEL" in text


def test_a_walk_without_a_date_has_no_entry() -> None:
    with pytest.raises(ValueError, match="no date"):
        calendar_file(walk_round(at=None), uid="42@walk", written_at=WRITTEN)
