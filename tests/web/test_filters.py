from datetime import UTC, datetime

import pytest

from walktalk.routes import TimetableEntry
from walktalk.web.filters import (
    as_of,
    calm_clock_of,
    clock,
    last_moment,
    moment,
    more_than,
    place_in,
)


def test_a_moment_is_said_on_londons_clock() -> None:
    assert moment(datetime(2026, 7, 1, 9, 0, tzinfo=UTC)) == "Wednesday 1 July, 10:00"
    assert clock(datetime(2026, 12, 1, 9, 0, tzinfo=UTC)) == "09:00"


def test_a_link_opens_until_the_last_minute_of_its_day() -> None:
    midnight = datetime(2026, 12, 2, 0, 0, tzinfo=UTC)
    assert last_moment(midnight) == "Tuesday 1 December, 23:59"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-09-15", "15 September 2026"),
        ("2026-09", "September 2026"),
        ("2021/2023", "2021 to 2023"),
        ("", ""),
    ],
)
def test_a_sources_date_is_said_in_words(text: str, words: str) -> None:
    assert as_of(text) == words


def test_a_place_does_not_say_its_park_twice() -> None:
    assert place_in("The Boat House Pittville Park", "Pittville Park") == (
        "The Boat House Pittville Park"
    )
    assert place_in("East end of the lake", "Pittville Park") == (
        "East end of the lake, Pittville Park"
    )
    assert place_in("", "Pittville Park") == "Pittville Park"


def test_how_to_find_a_place_does_not_say_its_name_again() -> None:
    name = "The Boat House Pittville Park"
    far = "At the Boat House Pittville Park, 10 m from the asphalt path."
    assert more_than(far, name) == "10 m from the asphalt path."
    assert more_than("At the Boat House Pittville Park.", name) == ""
    assert more_than("At the toilets beside the lake.", name) == "At the toilets beside the lake."


@pytest.mark.parametrize(
    ("event", "minute", "said"),
    [
        ("arrive", 0, "10:00"),
        ("set-off", 3, "about 10:05"),
        ("set-off", 2, "about 10:00"),
        ("half-way", 22.4, "about 10:20"),
        ("last-stretch", 43, "about 10:40"),
        ("finish", 44, "10:44"),
    ],
)
def test_times_on_the_way_are_said_to_five_minutes_and_lie_between_meeting_and_finish(
    event: str, minute: float, said: str
) -> None:
    entry = TimetableEntry(event, minute, 0.0)  # type: ignore[arg-type]
    times = (TimetableEntry("arrive", 0, 0), TimetableEntry("finish", 44, 0))
    assert calm_clock_of(entry, datetime(2026, 12, 1, 10, tzinfo=UTC), times) == said
