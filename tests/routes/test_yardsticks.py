"""The yardsticks of the checks, each as published or as chosen, tried just on either side.

The figures stand here a second time, as literals, so that a slip of the finger in a check fails.
"""

from dataclasses import replace
from typing import Any

import pytest

from tests.routes.checked import found, on_a_straight, on_two_paths
from tests.routes.ground import SURVEY, area, at, path, place, route
from walktalk.parks.model import Barrier
from walktalk.routes import WalkRequest
from walktalk.routes.checks import (
    approach,
    gradient,
    length,
    playground,
    road,
    seats,
    toilets,
    two_abreast,
    water,
    way_back,
    ways_out,
    width,
)

INCLUSIVE_MOBILITY = {  # Department for Transport, Inclusive Mobility, 2021
    "4.2, clear width": (width.WIDE_M, 2.0),
    "4.2, acceptable width": (width.ACCEPTABLE_M, 1.5),
    "4.2, absolute minimum past an obstacle": (width.PAST_AN_OBSTACLE_M, 1.0),
    "4.3, one in twenty before it is a ramp": (gradient.GENTLE_PCT, 100 / 20),
    "ramps, one in twelve at most": (gradient.RAMP_PCT, 100 / 12),
    "seats no more than 50 metres apart": (seats.SEAT_GAP_M, 50.0),
}
OTHERS = {
    "Sensory Trust, a wheelchair with a walker alongside": (two_abreast.TWO_ABREAST_M, 1.5),
    "Fields in Trust, 30 m and half of 40 m": (playground.NEAR_PLAYGROUND_M, 30.0 + 20.0),
}
OURS = {
    "a few steps from water": (water.NEAR_WATER_M, 10.0),
    "traffic a few steps off": (road.NEAR_ROAD_M, 20.0),
    "a seat in sight": (seats.SEAT_REACH_M, 20.0),
    "toilets five minutes off at 1 m/s": (toilets.TOILET_REACH_M, 5 * 60 * 1.0),
    "a third of 50 minutes back, to the five minutes": (way_back.WAY_BACK_MINUTES, 15.0),
    "eight minutes without a way off, at 1 m/s": (ways_out.WAYS_OUT_GAP_M, 500.0),
    "a gate on the walk": (ways_out.GATE_REACH_M, 20.0),
    "at the meeting place": (approach.AT_THE_START_M, 30.0),
    "the promise of the session's length": (length.TOLERANCE_MINUTES, 1.0),
}


@pytest.mark.parametrize(("figure", "published"), (INCLUSIVE_MOBILITY | OTHERS | OURS).values())
def test_a_yardstick_is_as_it_was_published_or_chosen(figure: float, published: float) -> None:
    assert figure == pytest.approx(published)


@pytest.mark.parametrize(
    ("check", "fact", "inside", "outside"),
    [
        ("width", "width_m", (2.0, "pass"), (1.99, "caution")),
        ("width", "width_m", (1.5, "caution"), (1.49, "fail")),
        ("two-abreast", "width_m", (1.5, "pass"), (1.49, "fail")),
        ("gradient", "gradient_pct", (5.0, "pass"), (5.01, "caution")),
        ("gradient", "gradient_pct", (100 / 12, "caution"), (100 / 12 + 0.01, "fail")),
        ("road", "road_m", (20.0, "pass"), (19.9, "caution")),
        ("water", "water_m", (10.0, "pass"), (9.9, "caution")),
        ("playground", "playground_m", (50.0, "pass"), (49.9, "caution")),
    ],
)
def test_a_fact_is_judged_by_its_yardstick_to_the_last_step(
    check: str, fact: str, inside: tuple[float, str], outside: tuple[float, str]
) -> None:
    for value, level in (inside, outside):
        assert on_a_straight(check, **{fact: value}).level == level


@pytest.mark.parametrize(("gap_m", "level"), [(1.0, "pass"), (0.99, "fail")])
def test_a_wide_path_with_an_obstacle_is_passed_at_one_metre(gap_m: float, level: str) -> None:
    bollards = Barrier("bollard", at(0, 20), SURVEY, {"width_m": gap_m})
    ground = area([replace(path("a", (0, 0), (0, 40), width_m=2.5), barriers=(bollards,))])
    for check in ("width", "two-abreast"):
        assert found(ground, route(ground, "a"))[check].level == level


@pytest.mark.parametrize(
    ("check", "kind", "near_m", "far_m"),
    [("seats", "bench", 19.0, 21.0), ("toilets", "toilets", 299.0, 301.0)],
)
def test_a_place_is_in_reach_up_to_its_yardstick(
    check: str, kind: str, near_m: float, far_m: float
) -> None:
    ways = [path("a", (0, 0), (0, 40))]
    for off_m, reached in ((near_m, True), (far_m, False)):
        ground = area(ways, [place("it", kind, off_m, 20, opening_hours="24/7")])
        assert (found(ground, route(ground, "a"))[check].level == "pass") == reached


@pytest.mark.parametrize(("gap_m", "level"), [(47.0, "pass"), (53.0, "caution")])
def test_seats_are_often_enough_up_to_fifty_metres_apart(gap_m: float, level: str) -> None:
    seats_on_it = [place("first", "bench", 0, 30), place("second", "bench", 0, 30 + gap_m)]
    ground = area([path("a", (0, 0), (0, 60 + gap_m))], seats_on_it)
    assert found(ground, route(ground, "a"))["seats"].level == level


@pytest.mark.parametrize(("one_way_m", "level"), [(890, "pass"), (910, "caution")])
def test_the_way_back_asks_for_care_above_fifteen_minutes(one_way_m: float, level: str) -> None:
    ground = area([path("a", (0, 0), (0, one_way_m), surface="asphalt")])
    walk = route(ground, "a", "-a", shape="out-and-back")
    assert found(ground, walk)["way-back"].level == level


@pytest.mark.parametrize(("second_m", "level"), [(499, "pass"), (501, "caution")])
def test_ways_off_are_near_enough_up_to_five_hundred_metres_apart(
    second_m: float, level: str
) -> None:
    ground = area(
        [
            path("a", (0, 0), (0, 100)),
            path("b", (0, 100), (0, 100 + second_m)),
            path("off", (0, 100), (50, 100)),
        ]
    )
    assert found(ground, route(ground, "a", "b"))["ways-out"].level == level


@pytest.mark.parametrize(("off_m", "level"), [(19, "pass"), (21, "unknown")])
def test_a_gate_is_on_the_walk_up_to_twenty_metres(off_m: float, level: str) -> None:
    ground = area([path("a", (0, 0), (0, 200))], [place("gate", "gate", off_m, 100)])
    assert found(ground, route(ground, "a"))["ways-out"].level == level


@pytest.mark.parametrize(("off_m", "level"), [(29, "pass"), (31, "unknown")])
def test_a_car_park_is_at_the_start_up_to_thirty_metres(off_m: float, level: str) -> None:
    ground = area([path("a", (0, 0), (0, 100))], [place("car-park", "car_park", -off_m, 0)])
    walk = route(ground, "a", "-a", shape="out-and-back")
    assert found(ground, walk, WalkRequest(approach="car-park"))["approach"].level == level


@pytest.mark.parametrize(("minutes", "level"), [(29, "pass"), (30, "caution"), (27, "fail")])
def test_everything_together_is_the_session_within_one_minute(minutes: int, level: str) -> None:
    # 1,206 m at 1 m/s are 20.1 minutes, and 8 for arriving and closing
    ground = area([path("a", (0, 0), (0, 1206), surface="asphalt")])
    walk = route(ground, "a", shape="out-and-back")
    assert found(ground, walk, WalkRequest(minutes=minutes))["length"].level == level


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"surface": "compacted"}, "unknown"),
        ({"surface": "asphalt", "smoothness": "intermediate"}, "pass"),
        ({"surface": "asphalt", "smoothness": "bad"}, "fail"),
        ({"surface": "fine_gravel"}, "fail"),
    ],
)
def test_firm_is_what_wheels_for_wellbeing_calls_firm(facts: dict[str, Any], level: str) -> None:
    assert on_a_straight("surface", **facts).level == level


def test_a_surface_on_less_than_half_a_metre_is_not_named() -> None:
    for short_m, message in ((0.4, "Asphalt all the way."), (0.6, "Asphalt on 100 m of 101 m")):
        ground = area(
            [
                path("a", (0, 0), (0, 100), surface="asphalt"),
                path("b", (0, 100), (0, 100 + short_m), surface="gravel"),
            ]
        )
        assert found(ground, route(ground, "a", "b"))["surface"].message.startswith(message)


def test_the_third_surface_is_not_named_and_a_slope_below_one_in_a_hundred_is_level() -> None:
    assert on_a_straight("gradient", gradient_pct=0.9).message == ("The walk is level all the way.")
    assert "1 in 99" in on_a_straight("gradient", gradient_pct=1.01).message
    two = on_two_paths("surface", {"surface": "asphalt"}, {"surface": "wood"})
    assert two.message == "Asphalt on 300 m of 400 m and wood on 100 m."
