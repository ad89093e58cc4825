"""How people come to the start of a walk, and where they are on it, in words."""

import re
from dataclasses import replace

import pytest

from tests.maps.real_walks import planned_walks, stored_walks
from walktalk.parks import Place
from walktalk.parks.model import BackgroundShape
from walktalk.routes.getting_there import MOST_M, ways_there
from walktalk.routes.passed import things_passed, whereabouts

WALK = stored_walks()["pittville-park/lower-lake-loop"]


def with_places(*places: Place) -> tuple[str, ...]:
    area = replace(WALK.area, places={place.id: place for place in places}, ways_in=())
    return ways_there(area, WALK.route)


def place(kind: str, name: str, north_m: float = 200) -> Place:
    lon, lat = WALK.route.coordinates[0]
    known = next(iter(WALK.area.places.values()))
    position = (lon, lat + north_m / 111_000)
    return replace(known, id=f"{kind}-{north_m:.0f}", kind=kind, name=name, position=position)


def test_the_nearest_stop_and_car_park_are_told_by_name_with_the_way_there() -> None:
    said = with_places(
        place("bus_stop", "Albert Road", 400),
        place("bus_stop", "Pump Room", 200),
        place("car_park", "North Place", 300),
        place("car_park", "", 10),
    )
    told = [each for each in said if each.startswith("Nearest")]
    assert re.fullmatch(r"Nearest bus stop we know: Pump Room, 20\d m to the north\.", told[0])
    assert re.fullmatch(r"Nearest car park we know: North Place, 30\d m to the north\.", told[1])


def test_where_the_way_on_foot_is_recorded_its_length_is_said() -> None:
    start = replace(place("meeting_point", "Gate", 0), id="start")
    stop, far = place("bus_stop", "Pump Room", 200), place("bus_stop", "Nearer", 100)
    way = replace(WALK.area.ways_in[0], place=stop.id, to="start", length_m=260.0)
    places = {each.id: each for each in (start, stop, far)}
    said = ways_there(replace(WALK.area, places=places, ways_in=(way,)), WALK.route)
    assert "Nearest bus stop we know: Pump Room, 260 m on foot." in said


def test_the_side_of_a_building_with_a_name_is_told_where_people_meet_beside_it() -> None:
    lon, lat = WALK.route.coordinates[0]
    south, north = lat + 0.0001, lat + 0.0003  # 11 m to the north, and 33 m
    ring = ((lon - 0.0002, south), (lon + 0.0002, south), (lon, north), (lon - 0.0002, south))
    hall = BackgroundShape("building", (ring,), "The Hall")
    said = ways_there(replace(WALK.area, background=(hall,)), WALK.route)
    assert "The meeting place is on the south side of The Hall." in said
    nameless = replace(hall, name="")
    said = ways_there(replace(WALK.area, background=(nameless,)), WALK.route)
    assert not [each for each in said if " side of " in each]


def test_what_is_too_far_or_has_no_name_is_not_told() -> None:
    said = with_places(place("bus_stop", "", 50), place("car_park", "Far", MOST_M + 50))
    assert not [each for each in said if each.startswith("Nearest")]


@pytest.mark.slow
def test_no_sentence_about_the_way_there_speaks_of_a_path_without_a_name() -> None:
    for walk in planned_walks():
        for sentence in ways_there(walk.area, walk.route):
            assert " path" not in sentence


def test_where_somebody_is_is_told_by_what_was_passed_last() -> None:
    passed = ((100.0, "the boathouse"), (400.0, "the bandstand"))
    assert whereabouts(passed, 50) == "You are about 50 m along the walk."
    assert whereabouts(passed, 110) == "You are at the boathouse."
    assert whereabouts(passed, 300) == "You are about 200 m past the boathouse."
    assert whereabouts(passed, 500) == "You are about 100 m past the bandstand."
    assert whereabouts(passed, 2000) == "You are about 2.0 km along the walk."


def test_things_passed_come_in_the_order_of_walking_and_each_has_a_name() -> None:
    for walk in planned_walks():
        passed = things_passed(walk.area, walk.route)
        assert list(passed) == sorted(passed)
        assert all(name for _, name in passed)
