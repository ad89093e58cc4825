from dataclasses import replace
from datetime import UTC, datetime

import fitdecode
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.maps.meadow import MEADOW, PLACES, walk_round
from tests.maps.readers import garmin_messages
from walktalk.maps.fit import NAME_BYTES, fit_file, short_name
from walktalk.parks import Place
from walktalk.routes.timetable import Clock


def _order(data: bytes) -> list[str]:
    with fitdecode.FitReader(data) as reader:
        return [frame.name for frame in reader if frame.frame_type == fitdecode.FIT_FRAME_DATA]


def test_messages_come_in_the_order_devices_read_them() -> None:
    order = _order(fit_file(walk_round()))
    runs = [kind for number, kind in enumerate(order) if order[number - 1 : number] != [kind]]
    assert runs == ["file_id", "course", "lap", "event", "record", "event", "course_point"]


def test_a_watch_is_told_the_turns_in_walking_order() -> None:
    points = garmin_messages(fit_file(walk_round()))["course_point_mesgs"]
    told = [(point["type"], point["name"]) for point in points]
    assert told[0] == ("generic", "Start")
    assert told[-1] == ("generic", "Finish")
    assert [kind for kind, _ in told if kind != "generic"] == ["left", "left", "left"]


def test_a_silent_file_has_nothing_to_give_notice_of() -> None:
    messages = garmin_messages(fit_file(walk_round(), silent=True))
    assert "course_point_mesgs" not in messages
    assert len(messages["record_mesgs"]) == len(walk_round().route.coordinates)


def test_points_have_the_times_of_the_planned_pace_from_midnight_on() -> None:
    walk = walk_round(at=datetime(2026, 12, 8, 10, 30, tzinfo=UTC))
    messages = garmin_messages(fit_file(walk))
    records = messages["record_mesgs"]
    times = [record["timestamp"] for record in records]
    assert times[0] == datetime(2026, 12, 8, tzinfo=UTC)
    assert times == sorted(times)
    walked_s = 60 * Clock.of(walk.area, walk.request, walk.route).walking_minutes
    assert (times[-1] - times[0]).total_seconds() == pytest.approx(walked_s, abs=1)
    points = [point["timestamp"] for point in messages["course_point_mesgs"]]
    assert (points[0], points[-1]) == (times[0], times[-1])
    assert points == sorted(points)


def test_the_timer_starts_and_stops_and_the_lap_says_how_long_it_takes() -> None:
    messages = garmin_messages(fit_file(walk_round()))
    events = [(each["event"], each["event_type"]) for each in messages["event_mesgs"]]
    assert events == [("timer", "start"), ("timer", "stop_all")]
    (lap,) = messages["lap_mesgs"]
    took_s = (lap["timestamp"] - lap["start_time"]).total_seconds()
    assert lap["total_timer_time"] == pytest.approx(took_s, abs=1)
    assert lap["total_elapsed_time"] == lap["total_timer_time"]


def test_records_say_how_far_along_they_are() -> None:
    walk = walk_round()
    records = garmin_messages(fit_file(walk))["record_mesgs"]
    distances = [record["distance"] for record in records]
    assert distances[0] == 0
    assert distances == sorted(distances)
    assert distances[-1] == pytest.approx(walk.route.length_m, abs=0.1)


def test_devices_can_tell_two_walks_and_two_days_apart() -> None:
    other_day = datetime(2026, 12, 8, 10, 0, tzinfo=UTC)
    files = [
        fit_file(walk_round()),
        fit_file(walk_round(finish_elsewhere=True)),
        fit_file(walk_round(at=other_day)),
        fit_file(walk_round(at=None)),
    ]
    ids = [tuple(sorted(garmin_messages(each)["file_id_mesgs"][0].items())) for each in files]
    assert len(set(map(str, ids))) == len(files)


@given(st.text(max_size=40))
def test_names_fit_the_field_and_are_never_cut_inside_a_letter(name: str) -> None:
    short = short_name(name)
    assert len(short.encode()) <= NAME_BYTES
    assert name.startswith(short)


def test_long_names_end_at_a_word() -> None:
    assert short_name("Turn left past the boathouse") == "Turn left past"
    assert short_name("Boathouse by the lake") == "Boathouse by"


def test_a_place_with_a_name_too_long_for_a_watch_goes_by_its_kind() -> None:
    play = Place("play", "playground", "Pittville Play Area And Aviaries", (-2.0799, 51.9015))
    area = replace(MEADOW, places={**PLACES, "play": play})
    points = garmin_messages(fit_file(walk_round(area=area)))["course_point_mesgs"]
    names = {point["name"] for point in points}
    assert "Playground" in names
    assert not any(name.startswith("Pittville") for name in names)


def test_the_place_people_meet_at_is_told_of_once_as_the_start() -> None:
    house = Place("house", "boathouse", "West gate", (-2.0795, 51.9001))
    area = replace(MEADOW, places={**PLACES, "house": house})
    points = garmin_messages(fit_file(walk_round(area=area)))["course_point_mesgs"]
    names = [point["name"] for point in points]
    assert names[0] == "Start"
    assert "West gate" not in names
