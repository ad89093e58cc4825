"""When something is open: at the session's day and time, where it lies."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from walktalk.parks.hours import Span, hours_said, openness

CHELTENHAM = (-2.07, 51.9)
LONDON = ZoneInfo("Europe/London")


def span(start: str, end: str, zone: str = "Europe/London") -> Span:
    times = (datetime.fromisoformat(each).replace(tzinfo=ZoneInfo(zone)) for each in (start, end))
    return Span(*times)


EVENING = span("2026-12-01T19:00", "2026-12-01T19:50")
NOON = span("2026-12-01T12:00", "2026-12-01T12:50")
ACROSS = span("2026-12-01T17:30", "2026-12-01T18:20")


@pytest.mark.parametrize(
    ("facts", "noon", "across", "evening"),
    [
        ({}, "open", "open", "open"),
        ({"opening_hours": "24/7"}, "open", "open", "open"),
        ({"opening_hours": "08:00-18:00"}, "open", "closed", "closed"),
        ({"opening_hours": "08:00-dusk"}, "open", "closed", "closed"),
        ({"opening_hours": "Mo 08:00-20:00"}, "closed", "closed", "closed"),
        ({"opening_hours": "when the keeper comes"}, "unknown", "unknown", "unknown"),
        ({"opening_hours": "SH off"}, "unknown", "unknown", "unknown"),
        ({"ground_hours": "08:00-18:00"}, "open", "closed", "closed"),
        ({"access_conditional": "no @ (18:00-06:00)"}, "open", "closed", "closed"),
        ({"foot_conditional": "no @ 18:00-06:00"}, "open", "closed", "closed"),
        ({"access_conditional": "no @ (18:00-06:00); yes @ (Tu)"}, "open", "open", "open"),
        ({"access_conditional": "no @ (Tu AND 18:00-20:00)"}, "open", "closed", "closed"),
        ({"access_conditional": "no @ (wet)"}, "unknown", "unknown", "unknown"),
        ({"access_conditional": "nonsense"}, "unknown", "unknown", "unknown"),
        ({"access_conditional": "no @ (18:00-06:00)", "foot": "yes"}, "open", "open", "open"),
        ({"foot": "no", "foot_conditional": "yes @ (08:00-18:00)"}, "open", "closed", "closed"),
        ({"access": "no"}, "closed", "closed", "closed"),
        ({"locked": "yes"}, "closed", "closed", "closed"),
        ({"locked": "yes", "opening_hours": "08:00-18:00"}, "open", "closed", "closed"),
        ({"locked_conditional": "yes @ (18:00-08:00)"}, "open", "closed", "closed"),
        ({"locked": "yes", "locked_conditional": "no @ (08:00-18:00)"}, "open", "closed", "closed"),
        ({"seasonal": "summer"}, "closed", "closed", "closed"),
        ({"seasonal": "winter;spring"}, "open", "open", "open"),
        ({"seasonal": "yes"}, "unknown", "unknown", "unknown"),
        ({"seasonal": "no"}, "open", "open", "open"),
    ],
)
def test_a_rule_is_read_for_the_whole_of_the_session(
    facts: dict[str, str], noon: str, across: str, evening: str
) -> None:
    found = [openness(facts, CHELTENHAM, when) for when in (NOON, ACROSS, EVENING)]
    assert found == [noon, across, evening]


def test_the_sun_sets_where_the_path_is_and_by_its_own_clock() -> None:
    dusk = {"opening_hours": "sunrise-sunset"}
    at_17 = span("2026-06-21T20:00", "2026-06-21T21:00")
    assert openness(dusk, CHELTENHAM, at_17) == "open"
    in_the_east = span("2026-06-21T20:00", "2026-06-21T21:00", "UTC")
    assert openness(dusk, CHELTENHAM, in_the_east) == "closed"  # 21:00 to 22:00 in England


@pytest.mark.parametrize("facts", [{"opening_hours": "08:00-18:00"}, {"seasonal": "summer"}])
def test_without_a_time_what_has_hours_is_unknown(facts: dict[str, str]) -> None:
    assert openness(facts, CHELTENHAM, None) == "unknown"
    assert openness({}, CHELTENHAM, None) == "open"
    assert openness({"locked": "yes"}, CHELTENHAM, None) == "closed"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"opening_hours": "Mo-Fr 08:00-18:00"}, "open Monday to Friday 08:00-18:00"),
        ({"access_conditional": "no @ (22:00-06:00)"}, "closed 22:00-06:00"),
        ({"locked_conditional": "yes @ (dusk-dawn)"}, "locked dusk-dawn"),
        ({"seasonal": "summer"}, "open in summer"),
        ({"opening_hours": "24/7"}, ""),
    ],
)
def test_hours_are_told_in_words(facts: dict[str, str], words: str) -> None:
    assert "; ".join(map(str, hours_said(facts))) == words
