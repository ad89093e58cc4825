"""Times on the wall in Cheltenham."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walktalk.routes import RequestError
from walktalk.routes.clock import LONDON, end_of_day, local_time, parse_time

CLOCKS_FORWARD = date(2027, 3, 28)
CLOCKS_BACK = date(2026, 10, 25)


def test_a_winter_time_is_greenwich_time_and_a_summer_time_is_an_hour_ahead() -> None:
    winter = local_time(date(2026, 12, 1), time(10))
    summer = local_time(date(2026, 7, 1), time(10))
    assert winter.astimezone(UTC).hour == 10
    assert summer.astimezone(UTC).hour == 9


@pytest.mark.parametrize("at", [time(1, 0), time(1, 30), time(1, 59)])
def test_a_time_that_the_clocks_jump_over_is_refused_by_name(at: time) -> None:
    with pytest.raises(RequestError, match="does not exist") as refused:
        local_time(CLOCKS_FORWARD, at)
    assert refused.value.argument == "at"


def test_a_time_that_does_not_exist_is_refused_even_when_one_of_two_is_named() -> None:
    with pytest.raises(RequestError, match="does not exist"):
        local_time(CLOCKS_FORWARD, time(1, 30), fold=1)


def test_a_time_that_comes_twice_is_refused_until_it_is_said_which() -> None:
    with pytest.raises(RequestError, match="comes twice"):
        local_time(CLOCKS_BACK, time(1, 30))
    first = local_time(CLOCKS_BACK, time(1, 30), fold=0)
    second = local_time(CLOCKS_BACK, time(1, 30), fold=1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


def test_an_offset_says_which_of_two_equal_times_is_meant() -> None:
    first = parse_time("2026-10-25T01:30+01:00")
    second = parse_time("2026-10-25T01:30+00:00")
    assert (first.hour, second.hour) == (1, 1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "2026-12-01", "10:00", "2026-13-01T10:00", "2026-02-30T10:00", "20261201"],
)
def test_text_that_is_no_date_and_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RequestError, match="2026-12-01T10:00"):
        parse_time(text)


@pytest.mark.parametrize(
    "text",
    ["0001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"],
)
def test_a_year_that_no_calendar_plans_for_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="between 2000 and 2099"):
        parse_time(text)


@given(
    on=st.dates(date(2020, 1, 1), date(2037, 12, 31)),
    at=st.times(),
    fold=st.sampled_from([0, 1]),
)
def test_an_accepted_time_shows_on_the_clock_as_it_was_given(on: date, at: time, fold: int) -> None:
    try:
        moment = local_time(on, at, fold=fold)
    except RequestError:
        assert on.month == 3
        return
    shown = moment.astimezone(UTC).astimezone(LONDON)
    assert (shown.date(), shown.time().replace(fold=0)) == (on, at.replace(fold=0))


@given(on=st.dates(date(2020, 1, 1), date(2037, 1, 1)), at=st.times())
def test_a_day_ends_at_the_next_midnight_in_cheltenham(on: date, at: time) -> None:
    moment = datetime.combine(on, at, tzinfo=UTC)
    end = end_of_day(moment)
    assert (end.hour, end.minute, end.second) == (0, 0, 0)
    assert (end - timedelta(days=1)).date() == moment.astimezone(LONDON).date()
    assert timedelta(0) < end.astimezone(UTC) - moment <= timedelta(hours=25)
