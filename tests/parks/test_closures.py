"""Closures with their days: shut on each of them, open before and after."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walktalk.parks.closures import Closure, closure_of, read_closure
from walktalk.parks.hours import Span, hours_said, openness
from walktalk.routes.clock import LONDON

MARCH = Closure(date(2027, 3, 1), date(2027, 3, 14))
FACTS = {"closed": MARCH.value}
HERE = (-2.07, 51.9)


def span(day: date, hour: int = 10, minutes: int = 50) -> Span:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)
    return Span(start, start + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (date(2027, 2, 28), 10, "open"),
        (date(2027, 2, 28), 23, "open"),
        (date(2027, 3, 1), 0, "closed"),
        (date(2027, 3, 14), 23, "closed"),
        (date(2027, 3, 15), 0, "open"),
    ],
)
def test_it_is_shut_on_its_days_and_on_no_other(day: date, hour: int, expected: str) -> None:
    assert openness(FACTS, HERE, span(day, hour)) == expected


def test_a_session_that_runs_into_the_first_day_meets_it() -> None:
    assert openness(FACTS, HERE, span(date(2027, 2, 28), 23, 90)) == "closed"


def test_without_a_time_it_is_named_and_counts_neither_way() -> None:
    assert openness(FACTS, HERE, None) == "unknown"
    (said,) = hours_said(FACTS)
    assert str(said) == "closed from 1 March 2027 until 14 March 2027"


def test_other_hours_hold_on_the_days_beside_it() -> None:
    facts = FACTS | {"opening_hours": "08:00-18:00"}
    assert openness(facts, HERE, span(date(2027, 4, 1))) == "open"
    assert openness(facts, HERE, span(date(2027, 4, 1), 20)) == "closed"
    assert openness(facts, HERE, span(date(2027, 3, 2))) == "closed"


@given(first=st.dates(), days=st.integers(0, 900))
def test_what_is_noted_is_read_back(first: date, days: int) -> None:
    if first < date(9000, 1, 1):
        closure = Closure(first, first + timedelta(days))
        assert closure_of({"closed": closure.value}) == closure


@pytest.mark.parametrize(
    "value", ["", "2027-03-01", "2027-03-14/2027-03-01", "2027-02-30/2027-03-01", "yes"]
)
def test_what_names_no_days_is_no_closure(value: str) -> None:
    assert read_closure(value) is None
