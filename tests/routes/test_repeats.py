"""Rounds in the middle of a walk are told once, and every metre is still accounted for."""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import cos, radians, sin

from hypothesis import given
from hypothesis import strategies as st

from tests.routes.ground import area, path, route
from tests.routes.test_cues import BLOCK_M, GRID, SIDE, Corner, corners_walked, grid_walk
from tests.routes.told import cover
from walktalk.routes.directions import Step, directions

BLOCK: list[Corner] = [(1, 1), (2, 1), (2, 2), (1, 2)]
"""The corners of one block in the middle of the grid, in walking order."""


def told(corners: Sequence[Corner]) -> list[str]:
    return [step.text for step in directions(GRID, grid_walk(corners), 1.0)]


def again(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if "Walk the same" in text]


def test_rounds_after_a_way_to_them_are_told_together_and_name_the_step_they_begin_with() -> None:
    walk = [(0, 0), (0, 1), *BLOCK * 3, (1, 1), (1, 0)]
    steps = directions(GRID, grid_walk(walk), 1.0)
    assert [step.text for step in steps] == [
        "Set off to the north. Follow the path for about 1 minute, to the next junction.",
        "Turn right. Follow the path for about 1 minute, to the start of a round.",
        "Go straight on. Follow the path for about 1 minute, to the next junction.",
        "Turn left. Follow the path for about 1 minute, to the next junction.",
        "Turn left. Follow the path for about 1 minute, to the next junction.",
        "Turn left. Follow the path for about 1 minute, to the place where the round began.",
        "You are where step 3 began. Walk the same round 2 more times. This takes about 8 minutes.",
        "Go straight on. Follow the path for about 1 minute, to the end of the walk.",
        "This is the end of the walk.",
    ]
    assert [round(step.distance_m / BLOCK_M) for step in steps] == [0, 1, 2, 3, 4, 5, 6, 14, 15]


def test_a_round_that_begins_with_a_turn_is_named_by_the_step_of_that_turn() -> None:
    [text] = again(told([(0, 2), (1, 2), *[(1, 1), (2, 1), (2, 2), (1, 2)] * 2, (1, 3)]))
    assert text.startswith("You are where step 2 began. Walk the same round once more.")


def test_a_part_of_a_round_that_follows_is_told_as_a_way_of_its_own() -> None:
    texts = told([(0, 1), *BLOCK * 2, (1, 1), (2, 1), (2, 0)])
    assert "once more" in texts[-4]
    assert texts[-3].startswith("Turn left. Follow the path for about 1 minute, to the next")
    assert texts[-2].startswith("Turn right. Follow the path for about 1 minute, to the end")


def test_a_round_begins_where_the_way_first_meets_it() -> None:
    from_the_north = [(2, 2), (1, 2), (1, 1), (2, 1)]
    texts = told([(2, 3), *from_the_north * 2, *from_the_north[:3], (1, 0)])
    [text] = again(texts)
    assert text.startswith("You are where step 2 began. Walk the same round once more.")
    assert texts[-2].endswith("to the end of the walk. Go straight on at 1 junction.")


def test_two_different_rounds_are_each_told_once() -> None:
    other = [(2, 2), (3, 2), (3, 3), (2, 3)]
    walk = [(1, 0), *BLOCK[:1], *[*BLOCK[1:], (1, 1)] * 2, (2, 1), *other * 3, (2, 2), (1, 2)]
    assert len(again(told(walk))) == 2


def test_a_way_there_and_back_on_the_way_is_told_once_as_well() -> None:
    texts = told([(0, 1), (1, 1), *[(1, 2), (1, 1)] * 3, (1, 0)])
    [text] = again(texts)
    assert "step 2 began. Walk the same round 2 more times." in text


def test_rounds_on_a_way_that_is_walked_back_are_told_once_before_turning_round() -> None:
    there = [(0, 0), (1, 0), *BLOCK * 2, (1, 1)]
    texts = told([*there, *reversed(there[:-1])])
    assert len(again(texts)) == 1
    assert texts[-2].startswith("Turn round. Go back the same way")


def test_a_round_that_is_no_longer_to_tell_than_the_words_for_it_is_told_as_it_comes() -> None:
    turns = [radians(angle) for angle in range(-90, 271, 20)]
    circle = [(60 * cos(turn), 120 + 60 * sin(turn)) for turn in turns]
    ground = area([path("to", (0, 0), (0, 60)), path("round", *circle[:-1], circle[0])])
    walk = route(ground, "to", "round", "round")
    assert again([step.text for step in directions(ground, walk, 1.0)]) == []


@st.composite
def walks_with_rounds(draw: st.DrawFn) -> list[Corner]:
    """A wander, then one loop or way there and back several times, then another wander."""
    before = draw(corners_walked())
    x, y = before[-1]
    dx, dy = (1 if x < SIDE - 1 else -1), (1 if y < SIDE - 1 else -1)
    loop = [(x + dx, y), (x + dx, y + dy), (x, y + dy), (x, y)]
    round_ = draw(st.sampled_from([loop, [*reversed(loop[:-1]), (x, y)], [(x + dx, y), (x, y)]]))
    times = draw(st.integers(2, 5))
    rest = round_[: draw(st.integers(0, len(round_)))]
    return [*before, *round_ * times, *rest]


def begun(step: Step, steps: Sequence[Step]) -> Step:
    """Return the step that a step names."""
    named = re.search(r"where step (\d+) began", step.text)
    assert named is not None
    return steps[int(named[1]) - 1]


@given(walks_with_rounds(), st.sampled_from([0.8, 1.2]))
def test_the_steps_still_cover_the_whole_walk_and_all_its_time(
    corners: list[Corner], pace: float
) -> None:
    walk = grid_walk(corners)
    steps = directions(GRID, walk, pace)
    assert cover(steps, GRID, walk, pace)
    for step in steps:
        for sentence in re.split(r"(?<=\.) ", step.text):
            assert len(sentence.split()) <= 20


@given(walks_with_rounds())
def test_what_is_walked_again_is_what_was_walked_since_the_step_that_is_named(
    corners: list[Corner],
) -> None:
    steps = directions(GRID, grid_walk(corners), 1.0)
    for step in steps:
        if "Walk the same round" not in step.text:
            continue
        first = round(begun(step, steps).distance_m / BLOCK_M)
        here = round(step.distance_m / BLOCK_M)
        end = round((step.distance_m + step.length_m) / BLOCK_M)
        said = re.search(r"(\d+) more times", step.text)
        assert here - first > 0
        assert (end - here) == (here - first) * (int(said[1]) if said else 1)
        for corner in range(here, end + 1):
            assert corners[corner] == corners[corner - (here - first)]


@given(corners_walked())
def test_a_walk_that_repeats_no_street_the_same_way_speaks_of_no_round(
    corners: list[Corner],
) -> None:
    streets = list(pairwise(corners))
    if len(set(streets)) == len(streets):
        assert not any("round once" in text or "round began" in text for text in told(corners))
        assert again(told(corners)) == []
