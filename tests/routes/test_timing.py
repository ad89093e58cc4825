import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routes.ground import area, path, route, straight
from walktalk.routes import Leg
from walktalk.routes.timing import (
    STEPS_FACTOR,
    SURFACES,
    UNKNOWN_SURFACE,
    edge_flat_metres,
    flat_metres,
    legs_seconds,
    route_minutes,
    slope_factor,
)

lengths = st.floats(1, 3000)
heights = st.floats(0, 60)


def test_flat_asphalt_takes_its_length_divided_by_the_pace() -> None:
    ground, _ = straight(600, surface="asphalt")
    both_ways = [Leg("way", 0, 600), Leg("way", 600, 0)]
    assert legs_seconds(ground, both_ways, 1.2) == pytest.approx([500, 500], rel=1e-3)


def test_the_slope_factor_is_toblers_function_over_its_value_on_the_flat() -> None:
    assert slope_factor(0) == pytest.approx(1)
    assert slope_factor(0.1) == pytest.approx(math.exp(-3.5 * 0.15) / math.exp(-3.5 * 0.05))


def test_nobody_is_hurried_downhill() -> None:
    assert slope_factor(-0.05) == 1
    assert slope_factor(-0.3) < 1


@given(st.floats(0, 1.5), st.floats(0, 1.5))
def test_a_steeper_climb_is_never_faster(one: float, other: float) -> None:
    assert slope_factor(max(one, other)) <= slope_factor(min(one, other)) <= 1


@given(lengths, heights, heights)
def test_uphill_is_never_faster_than_flat(length: float, climb: float, descent: float) -> None:
    flat = path("way", (0, 0), (0, length), surface="asphalt")
    hill = path("way", (0, 0), (0, length), surface="asphalt", climb_m=climb, descent_m=descent)
    for on_hill, on_flat in zip(flat_metres(hill), flat_metres(flat), strict=True):
        assert on_hill >= on_flat - 1e-6


@given(lengths, st.floats(0.1, 60))
def test_down_is_never_slower_than_up(length: float, climb: float) -> None:
    up, down = flat_metres(path("way", (0, 0), (0, length), climb_m=climb, descent_m=0))
    assert up >= down - 1e-9


def test_a_path_without_a_recorded_surface_takes_longer_than_asphalt() -> None:
    way = path("way", (0, 0), (0, 100))
    assert flat_metres(way)[0] == pytest.approx(100 / UNKNOWN_SURFACE.factor)


def test_every_surface_factor_slows_or_keeps_the_pace_and_says_why() -> None:
    for surface in [*SURFACES.values(), UNKNOWN_SURFACE]:
        assert 0 < surface.factor <= 1
        assert surface.reason


def test_steps_are_slower_than_a_slope() -> None:
    way = path("way", (0, 0), (0, 10), surface="asphalt", highway="steps")
    assert flat_metres(way)[0] == pytest.approx(10 / STEPS_FACTOR)


@given(lengths, st.floats(0, 1), st.floats(0, 1), st.sampled_from([0.8, 1.0, 1.2]))
def test_a_longer_walk_never_takes_less_time(
    length: float, one: float, other: float, pace: float
) -> None:
    ground, _ = straight(length, surface="gravel", climb_m=3.0, descent_m=1.0)
    near, far = sorted((one * length, other * length))
    shorter, longer = legs_seconds(ground, [Leg("way", 0, near), Leg("way", 0, far)], pace)
    assert shorter <= longer


def test_a_leg_walked_against_the_line_takes_the_time_of_that_direction() -> None:
    ground, _ = straight(200, climb_m=20.0, descent_m=0.0)
    up, down = flat_metres(ground.paths["way"])  # at 1 m/s
    half = [Leg("way", 50, 150), Leg("way", 150, 50)]
    assert legs_seconds(ground, half, 1.0) == pytest.approx([up / 2, down / 2], rel=1e-4)


def test_a_route_takes_the_time_of_its_legs() -> None:
    ground = area([path("a", (0, 0), (0, 90)), path("b", (0, 90), (50, 90), surface="asphalt")])
    there_and_back = route(ground, "a", "b", "-b", "-a")
    seconds = sum(legs_seconds(ground, there_and_back.legs, 1.0))
    assert route_minutes(ground, there_and_back, 1.0) == pytest.approx(seconds / 60)


def test_a_path_without_length_takes_no_time() -> None:
    ground = area([path("dot", (0, 0), (0, 0))])
    assert legs_seconds(ground, [Leg("dot", 0, 0)], 1.0) == [0]


def test_all_paths_at_once_are_measured_as_one_by_one() -> None:
    ground = area([path("a", (0, 0), (0, 90), climb_m=5.0), path("b", (0, 90), (50, 90))])
    forward, backward = edge_flat_metres(ground)
    one_by_one = [flat_metres(way) for way in ground.paths.values()]
    assert list(zip(forward, backward, strict=True)) == one_by_one
    assert edge_flat_metres(ground)[0] is forward
