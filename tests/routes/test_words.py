"""Distances, days and times are said the way the notice board says them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from walktalk.routes import Finding
from walktalk.routes.words import (
    clock_in_words,
    distance_in_words,
    minutes_in_words,
    time_in_words,
    worst_first,
)


@pytest.mark.parametrize(
    ("metres", "words"),
    [(0, "0 m"), (849.6, "850 m"), (999.4, "999 m"), (999.6, "1.0 km"), (1340, "1.3 km")],
)
def test_distances_are_metres_under_one_kilometre_then_one_decimal(
    metres: float, words: str
) -> None:
    assert distance_in_words(metres) == words


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
