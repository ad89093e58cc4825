"""A walk in plain sentences: nothing invented, one idea a sentence, every metre accounted for."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routes.ground import area, at, path, route, straight
from tests.routes.test_cues import BLOCK_M, GRID, SIDE, Corner, corners_walked, grid_walk
from tests.routes.told import cover
from walktalk.routes import Leg, Route, WalkRequest, plan_walks
from walktalk.routes.directions import Step, directions


def texts(steps: Sequence[Step]) -> list[str]:
    return [step.text for step in steps]


def told(*, length_m: float = 360, **facts: Any) -> str:
    """What is said of a straight path with the given facts."""
    ground, walk = straight(length_m, **facts)
    return directions(ground, walk, 1.0)[0].text


@given(corners_walked(), st.sampled_from([0.8, 1.0, 1.2]))
def test_the_steps_cover_the_whole_walk_and_all_its_time(
    corners: list[Corner], pace: float
) -> None:
    walk = grid_walk(corners)
    assert cover(directions(GRID, walk, pace), GRID, walk, pace)


@given(corners_walked())
def test_every_sentence_is_short_and_calm(corners: list[Corner]) -> None:
    for text in texts(directions(GRID, grid_walk(corners), 1.0)):
        for sentence in re.split(r"(?<=\.) ", text):
            assert len(sentence.split()) <= 20
            assert sentence.endswith(".")
        assert "!" not in text


def test_a_path_is_followed_by_its_ground_for_about_so_long() -> None:
    assert told(surface="asphalt") == (
        "Set off to the north. Follow the asphalt path for about 6 minutes, to the end of the walk."
    )


def test_a_path_without_facts_is_only_a_path() -> None:
    assert told(length_m=342) == (
        "Set off to the north. Follow the path for about 6 minutes, to the end of the walk."
    )


def test_a_recorded_name_is_used() -> None:
    assert "Follow Honeybourne Line for" in told(name="Honeybourne Line", surface="asphalt")


def test_a_way_of_several_names_is_called_by_all_of_them() -> None:
    assert "There is a raised kerb." in told(kerb="raised")
    assert "There are steps here." in told(kerb="raised", steps="yes")
    assert "Follow High Street and Church Lane for" in told(name="High Street; Church Lane")


def test_a_few_steps_are_said_in_metres() -> None:
    assert "for about 20 m, to the end" in told(length_m=18, surface="asphalt")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"highway": "steps"}, "There are steps here."),
        ({"crosses_road": "Evesham Road"}, "You cross Evesham Road."),
        ({"bridge": "yes"}, "You go over a bridge."),
        ({"tunnel": "yes"}, "You go through an underpass."),
        ({"under_bridge": "Gloucester Road"}, "You go under a bridge."),
        ({"beside_road": "yes"}, "The path runs beside a road."),
        ({"beside_water": "the river Chelt"}, "The path runs beside the river Chelt."),
        ({"highway": "residential"}, "Follow the asphalt road for about 6 minutes,"),
        ({"surface": "paving_stones"}, "Follow the paved path for about 6 minutes,"),
    ],
)
def test_what_is_recorded_is_said(facts: dict[str, Any], sentence: str) -> None:
    assert sentence in told(length_m=342, **{"surface": "asphalt", **facts})


@pytest.mark.parametrize("fact", ["bridge", "tunnel", "crosses_road", "beside_water", "steps"])
def test_what_is_recorded_as_absent_is_not_said(fact: str) -> None:
    ground, walk = straight(360, **{fact: "no"})
    assert directions(ground, walk, 1.0)[0].text == told()


def test_a_turn_begins_the_next_step() -> None:
    ground = area(
        [
            path("a", (0, 0), (0, 120), surface="asphalt"),
            path("b", (0, 120), (120, 120), surface="gravel"),
            path("c", (0, 120), (0, 240)),
        ]
    )
    steps = directions(ground, route(ground, "a", "b"), 1.0)
    assert texts(steps) == [
        "Set off to the north. Follow the asphalt path for about 2 minutes, to the next junction.",
        "Turn right. Follow the gravel path for about 2 minutes, to the end of the walk.",
        "This is the end of the walk.",
    ]
    assert [step.kind for step in steps] == ["start", "right", "finish"]


def test_a_wiggle_of_a_few_paces_is_no_step_but_a_sharp_bend_on_its_own_is() -> None:
    wiggle = path("a", (0, 0), (0, 120), (12, 120), (12, 240))
    ground = area([wiggle])
    assert texts(directions(ground, route(ground, "a"), 1.0)) == [
        "Set off to the north. Follow the path for about 4 minutes, to the end of the walk.",
        "This is the end of the walk.",
    ]
    bend = path("a", (0, 0), (0, 120), (120, 120))
    ground = area([bend])
    assert texts(directions(ground, route(ground, "a"), 1.0))[:2] == [
        "Set off to the north. Follow the path for about 2 minutes, to a sharp bend.",
        "Turn right. Follow the path for about 2 minutes, to the end of the walk.",
    ]


def test_two_bends_to_the_same_side_within_a_few_paces_are_told_once() -> None:
    ground = area([path("a", (0, 0), (0, 120), (12, 120), (12, 0))])
    steps = directions(ground, route(ground, "a"), 1.0)
    assert [step.kind for step in steps] == ["start", "right", "finish"]


def test_the_way_back_is_one_step() -> None:
    steps = directions(GRID, grid_walk([(0, 0), (1, 0), (1, 1), (1, 0), (0, 0)]), 1.0)
    assert texts(steps)[-2:] == [
        "Turn round. Go back the same way for about 2 minutes, to the start.",
        "You are back at the start.",
    ]
    assert [step.kind for step in steps] == ["start", "left", "u-turn", "finish"]


def test_laps_that_begin_within_a_path_are_told_once_too() -> None:
    ring = [(0.0, 0.0), (200.0, 0.0), (200.0, 200.0), (0.0, 200.0), (0.0, 0.0)]
    ground = area(
        [path(f"side-{i}", *both) for i, both in enumerate(pairwise(ring))]
        + [path(f"way-{i}", corner, (corner[0] * 2, -90)) for i, corner in enumerate(ring[:2])]
    )
    request = WalkRequest(start=at(100, 200), minutes=50, shape="laps")
    (walk, *_) = plan_walks(ground, request)
    assert walk.route.laps == 3
    assert walk.route.length_m == pytest.approx(2400, abs=1)
    told = texts(directions(ground, walk.route, 1.0))
    again = [number for number, text in enumerate(told) if text.startswith("Laps 2 and 3:")]
    assert again == [len(told) - 2]
    assert told[again[0] - 1].endswith("to the place where you began.")


def test_further_laps_are_one_step() -> None:
    block = [(0, 0), (1, 0), (1, 1), (0, 1)]
    once = grid_walk([*block, (0, 0)])
    thrice = grid_walk([*block * 3, (0, 0)])
    laps = route(GRID, *_steps_of(thrice), shape="laps", laps=3)
    steps = directions(GRID, laps, 1.0)
    assert (
        texts(steps)[-2]
        == "Laps 2 and 3: walk the same way 2 more times. This takes about 8 minutes."
    )
    assert steps[-2].distance_m == pytest.approx(once.length_m)
    assert "to the place where you began" in texts(steps)[-3]


def _steps_of(walk: Route) -> list[str]:
    return [leg.path_id if leg.to_m > leg.from_m else f"-{leg.path_id}" for leg in walk.legs]


def test_there_and_back_twice_tells_the_way_once() -> None:
    there_and_back = [(0, 0), (1, 0), (0, 0), (1, 0), (0, 0)]
    twice = route(GRID, *_steps_of(grid_walk(there_and_back)), shape="laps", laps=2)
    assert [step.kind for step in directions(GRID, twice, 1.0)] == [
        "start",
        "u-turn",
        "straight",
        "finish",
    ]


@pytest.mark.parametrize(
    ("first", "second", "confidence"),
    [
        ({"surface": "asphalt"}, {"surface": "asphalt"}, "recorded"),
        ({"surface": "asphalt"}, {}, "partly"),
        ({}, {}, "line only"),
    ],
)
def test_a_step_says_how_much_of_its_ground_is_recorded(
    first: dict[str, Any], second: dict[str, Any], confidence: str
) -> None:
    ground = area([path("a", (0, 0), (0, 90), **first), path("b", (0, 90), (0, 150), **second)])
    assert directions(ground, route(ground, "a", "b"), 1.0)[0].confidence == confidence


JUNCTION_WORDS = {"next": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}


def junctions_walked_over(corners: list[Corner], step: Step) -> int:
    """How many corners where three or more streets meet lie after a step's start, to its end."""
    blocks = range(
        round(step.distance_m / BLOCK_M) + 1, round((step.distance_m + step.length_m) / BLOCK_M) + 1
    )
    edges = (0, SIDE - 1)
    return sum(not (corners[i][0] in edges and corners[i][1] in edges) for i in blocks)


@given(corners_walked())
def test_the_junction_that_a_step_leads_to_is_counted_from_where_the_step_begins(
    corners: list[Corner],
) -> None:
    for step in directions(GRID, grid_walk(corners), 1.0):
        told_here = re.search(r"to the (\w+) junction", step.text)
        if told_here:
            assert JUNCTION_WORDS[told_here[1]] == junctions_walked_over(corners, step)
        passed = re.search(r"straight on at (\d+) junction", step.text)
        if passed:
            assert 0 <= junctions_walked_over(corners, step) - int(passed[1]) <= 1


def test_a_junction_passed_on_the_way_is_counted() -> None:
    ground = area(
        [
            path("a", (0, 0), (0, 120)),
            path("b", (0, 120), (0, 240)),
            path("c", (0, 240), (120, 240)),
            path("side", (0, 120), (-90, 120)),
            path("on", (0, 240), (-90, 240)),
        ]
    )
    steps = directions(ground, route(ground, "a", "b", "c"), 1.0)
    assert "for about 4 minutes, to the second junction." in steps[0].text
    steps = directions(ground, route(ground, "a", "b"), 1.0)
    assert steps[0].text.endswith("to the end of the walk. Go straight on at 1 junction.")


def test_coming_by_the_start_again_is_said() -> None:
    ground = area(
        [
            path("north", (0, 0), (0, 60)),
            path("round", (0, 60), (60, 60), (60, 0), (0, 0)),
            path("west", (0, 0), (-60, 0)),
        ]
    )
    walk = route(ground, "north", "round", "west", "-west")
    texts_told = texts(directions(ground, walk, 1.0))
    assert any("You pass the start on the way." in text for text in texts_told)
    back_at_start = route(ground, "-west", "north", "round", "west")
    assert not any("pass the start" in text for text in texts(directions(ground, back_at_start, 1)))


def test_a_turning_point_a_few_paces_on_is_told_with_the_turn_before_it() -> None:
    ground = area(
        [
            path("a", (0, 0), (0, 120)),
            path("b", (0, 120), (60, 120), name="St. Mark's Way", crosses_road="High St. North"),
            path("c", (0, 120), (0, 240)),
        ]
    )
    home, far = ground.paths["a"].coordinates
    turn = ground.paths["b"].line.point_at(8.0)
    a_m = ground.paths["a"].length_m
    legs = (Leg("a", 0, a_m), Leg("b", 0, 8), Leg("b", 8, 0), Leg("a", a_m, 0))
    walk = Route((home, far, turn, far, home), 2 * (a_m + 8), "out-and-back", legs)
    steps = directions(ground, walk, 1.0)
    assert texts(steps)[1:] == [
        "Turn right. You cross High St. North. Turn round after about 10 m, at the turning point. "
        "Go back the same way for about 2 minutes, to the start.",
        "You are back at the start.",
    ]
    assert sum(step.length_m for step in steps) == pytest.approx(walk.length_m)


def test_what_the_path_runs_beside_is_said_where_it_begins_and_where_it_changes() -> None:
    ground = area(
        [
            path("a", (0, 0), (0, 120), beside_water="the lake"),
            path("b", (0, 120), (120, 120), beside_water="the lake"),
            path("c", (120, 120), (120, 240), beside_water="the river"),
        ]
    )
    steps = directions(ground, route(ground, "a", "b", "c"), 1.0)
    assert len(steps) == 4
    assert "beside the lake." in steps[0].text
    assert "beside" not in steps[1].text
    assert "beside the river." in steps[2].text
