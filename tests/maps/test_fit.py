from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import fitdecode
import pytest
from garmin_fit_sdk import Encoder, Profile
from hypothesis import given
from hypothesis import strategies as st

from tests.maps.meadow import MEADOW, PLACES, walk_round
from tests.maps.readers import garmin_messages
from walktalk.maps import fit, fit_file
from walktalk.maps.fit import NAME_BYTES, short_name
from walktalk.parks import Place


def _order(data: bytes) -> list[str]:
    with fitdecode.FitReader(data) as reader:
        return [frame.name for frame in reader if frame.frame_type == fitdecode.FIT_FRAME_DATA]


def test_messages_come_in_the_order_devices_read_them() -> None:
    order = _order(fit_file(walk_round()))
    kinds = list(dict.fromkeys(order))
    assert kinds == ["file_id", "course", "lap", "record", "course_point"]
    assert order == sorted(order, key=kinds.index)


def test_a_watch_is_told_the_turns_in_walking_order() -> None:
    points = garmin_messages(fit_file(walk_round()))["course_point_mesgs"]
    told = [(point["type"], point["name"]) for point in points]
    assert told[0] == ("generic", "Start")
    assert told[-1] == ("generic", "Finish")
    assert [kind for kind, _ in told if kind != "generic"] == ["left", "left", "left"]


@pytest.mark.parametrize("height_m", [None, 61.0])
def test_the_sdk_writes_the_same_file_when_it_works_out_every_definition_itself(
    height_m: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The course encoder overrides a method that the SDK does not document."""
    messages = [
        {"mesg_num": Profile["mesg_num"]["FILE_ID"], "type": "course"},
        *(
            {
                "mesg_num": Profile["mesg_num"]["RECORD"],
                "position_lat": step,
                "position_long": step,
                "distance": float(step),
                **({} if height_m is None or step % 3 == 0 else {"altitude": height_m}),
            }
            for step in range(9)
        ),
    ]
    asked: list[int] = []
    sdk: Any = Encoder
    worked_out = sdk._create_mesg_definition

    def counted(self: Encoder, mesg_num: int, mesg: dict[str, Any]) -> Any:
        asked.append(mesg_num)
        return worked_out(self, mesg_num, mesg)

    monkeypatch.setattr(Encoder, "_create_mesg_definition", counted)
    written = {}
    for kind in (Encoder, fit._CourseEncoder):
        encoder = kind()
        asked.clear()
        for message in messages:
            encoder.write_mesg(message)
        written[kind] = (bytes(encoder.close()), len(asked))
    plain, ours = written[Encoder], written[fit._CourseEncoder]
    assert ours[0] == plain[0]
    assert plain[1] == len(messages)
    assert ours[1] <= 3, "the SDK no longer asks the method that the course encoder overrides"


def test_a_silent_file_has_nothing_to_give_notice_of() -> None:
    messages = garmin_messages(fit_file(walk_round(), silent=True))
    assert "course_point_mesgs" not in messages
    assert len(messages["record_mesgs"]) == len(walk_round().route.coordinates)


def test_nobody_is_raced() -> None:
    messages = garmin_messages(fit_file(walk_round()))
    for kind in ("lap_mesgs", "record_mesgs", "course_point_mesgs"):
        for message in messages[kind]:
            assert not {"timestamp", "start_time", "total_timer_time", "speed"} & message.keys()


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
