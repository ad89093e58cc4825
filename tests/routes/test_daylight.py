from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from walktalk.routes.clock import LONDON
from walktalk.routes.daylight import light_at, session_minute, sun_times

CHELTENHAM = (-2.075, 51.91)
NORTH_CAPE = (25.8, 71.2)


def test_sunset_in_cheltenham_in_winter_is_in_greenwich_time() -> None:
    sunset = sun_times(CHELTENHAM, date(2026, 12, 1)).sunset
    assert sunset is not None
    assert abs(sunset - datetime(2026, 12, 1, 15, 58, tzinfo=LONDON)) < timedelta(minutes=3)
    assert sunset.utcoffset() == timedelta(0)


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_clock_change_moves_sunset_by_an_hour_and_the_day_by_minutes(change: date) -> None:
    before = sun_times(CHELTENHAM, change - timedelta(days=1)).sunset
    after = sun_times(CHELTENHAM, change).sunset
    assert before is not None
    assert after is not None
    moved_s = after.timestamp() - before.timestamp() - 24 * 3600
    assert abs(moved_s) < 4 * 60
    on_the_wall = after.replace(tzinfo=None) - before.replace(tzinfo=None) - timedelta(days=1)
    assert timedelta(minutes=55) < abs(on_the_wall) < timedelta(minutes=65)


def test_an_hour_walked_over_the_clock_change_is_still_sixty_minutes() -> None:
    start = datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)
    end = session_minute(start, 90)
    assert end.timestamp() - start.timestamp() == 90 * 60
    assert end.strftime("%H:%M") == "01:00"


def test_light_fades_from_day_through_twilight_to_dark() -> None:
    sunset = sun_times(CHELTENHAM, date(2026, 12, 1)).sunset
    assert sunset is not None
    lights = [light_at(CHELTENHAM, sunset + timedelta(minutes=m)) for m in (-5, 10, 60)]
    assert lights == ["day", "twilight", "dark"]


def test_a_day_without_night_and_a_day_without_light_have_no_sunset() -> None:
    summer = sun_times(NORTH_CAPE, date(2026, 6, 21))
    winter = sun_times(NORTH_CAPE, date(2026, 12, 21))
    assert (summer.sunset, summer.up_at_noon) == (None, True)
    assert (winter.sunset, winter.up_at_noon) == (None, False)
    assert light_at(NORTH_CAPE, datetime(2026, 6, 21, 23, 30, tzinfo=ZoneInfo("UTC"))) == "day"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        light_at(CHELTENHAM, datetime(2026, 6, 21, 12, 0))  # noqa: DTZ001
