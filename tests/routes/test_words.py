"""Distances, days and times are said the way the notice board says them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from walktalk.routes import Finding
from walktalk.routes.words import (
    about_distance_in_words,
    clock_in_words,
    distance_in_words,
    minutes_in_words,
    time_in_words,
    worst_first,
)
from walktalk.wording import DISTANCES, MILES, measured


@pytest.mark.parametrize(
    ("metres", "words"),
    [(0, "0 m"), (849.6, "850 m"), (999.4, "999 m"), (999.6, "1.0 km"), (1340, "1.3 km")],
)
def test_distances_are_metres_under_one_kilometre_then_one_decimal(
    metres: float, words: str
) -> None:
    assert distance_in_words(metres) == words


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "0 yards"),
        (0.9144, "1 yard"),
        (402.336, "440 yards"),
        (804.2, "879 yards"),
        (804.672, "0.5 miles"),
        (1609.344, "1.0 miles"),
        (2500, "1.6 miles"),
    ],
)
def test_where_miles_are_wanted_distances_are_yards_under_half_a_mile_then_miles(
    metres: float, words: str
) -> None:
    with measured(MILES):
        assert distance_in_words(metres) == words


def test_distances_that_nobody_paces_out_are_said_in_tens_and_never_as_none() -> None:
    assert [about_distance_in_words(metres) for metres in (0, 84, 996)] == [
        "10 m",
        "80 m",
        "1.0 km",
    ]
    with measured(MILES):
        said = [about_distance_in_words(metres) for metres in (0, 84, 802)]
    assert said == ["10 yards", "90 yards", "0.5 miles"]
    assert distance_in_words(84) == "84 m"


def said_m(words: str) -> float:
    """Return the metres that words speak of, by units written down here a second time."""
    number, unit = words.split()
    return float(number) * {"m": 1, "km": 1000, "yard": 0.9144, "yards": 0.9144}.get(unit, 1609.344)


def rounded_by_m(words: str, tens: bool) -> float:
    """Return the most metres by which rounding may have changed a distance said in words."""
    unit = words.split()[1]
    short_m = {"m": 1.0, "yard": 0.9144, "yards": 0.9144}.get(unit)
    if short_m is None:
        return 50.0 if unit == "km" else 80.4672
    return short_m * (5 if tens else 0.5)


@given(
    units=st.sampled_from(sorted(DISTANCES)),
    metres=st.lists(st.floats(0, 30_000), min_size=2, max_size=2).map(sorted),
    tens=st.booleans(),
)
@example(units="miles", metres=[804.2, 804.3], tens=False)
@example(units="metric", metres=[999.4, 999.6], tens=False)
def test_a_longer_distance_is_never_said_shorter_and_none_is_off_by_more_than_rounding(
    units: str, metres: list[float], tens: bool
) -> None:
    said = about_distance_in_words if tens else distance_in_words
    with measured(DISTANCES[units]):
        words = [said(each) for each in metres]
    assert said_m(words[0]) <= said_m(words[1])
    for each, heard in zip(metres, words, strict=True):
        least = 10 * (1 if units == "metric" else 0.9144) if tens else 0
        assert abs(said_m(heard) - max(each, least)) <= rounded_by_m(heard, tens) + 1e-6


def test_a_moment_is_said_with_its_day() -> None:
    moment = datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    assert time_in_words(moment) == "Tuesday 1 December, 10:00"


def test_minutes_are_never_said_to_be_none() -> None:
    assert minutes_in_words(0.2) == "about 1 minute"
    assert minutes_in_words(5.6) == "about 6 minutes"


def test_the_worst_finding_comes_first_and_ties_keep_the_order_of_the_checks() -> None:
    findings = [
        Finding("a", "pass", ""),
        Finding("b", "unknown", ""),
        Finding("c", "fail", ""),
        Finding("d", "unknown", ""),
        Finding("e", "caution", ""),
    ]
    assert [finding.check for finding in worst_first(findings)] == ["c", "b", "d", "e", "a"]


@pytest.mark.parametrize(
    ("minute", "words"), [(44.9998, "10:45"), (44.51, "10:45"), (44.4, "10:44"), (59.9, "11:00")]
)
def test_a_time_is_said_to_the_nearest_minute(minute: float, words: str) -> None:
    ten = datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    assert clock_in_words(ten + timedelta(minutes=minute)) == words
