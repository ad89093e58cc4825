"""What the first screen shows of a drawing: the start, and no word cut off."""

import pytest
import shapely

from tests.maps.real_walks import stored_walks
from walktalk.maps.near_start import HIGH, WIDE, near_start
from walktalk.maps.paper import Box, Paper
from walktalk.maps.sketch import sketch_and_start

PAPER = Paper.around((-2.08, 51.90, -2.075, 51.9045))
START = (PAPER.width / 2, PAPER.height / 2)
HELD = (START[0] - 15, START[1] - 40, START[0] + 15, START[1] + 15)


def shown(*words: Box) -> shapely.Polygon:
    left, top, wide, high = near_start(PAPER, START, HELD, words).box
    return shapely.box(left, top, left + wide, top + high)


def test_where_nothing_is_cut_off_the_start_is_in_the_middle_of_a_small_part() -> None:
    part = shown()
    assert part.centroid.distance(shapely.Point(START)) < 1
    assert part.bounds[2] - part.bounds[0] == pytest.approx(WIDE * PAPER.width, abs=0.2)


@pytest.mark.parametrize("side", [-1, 1])
def test_a_word_at_the_edge_is_shown_whole_or_not_at_all(side: int) -> None:
    middle = START[0] + side * WIDE * PAPER.width / 2
    word = (middle - 25, START[1], middle + 25, START[1] + 14)
    part = shown(word)
    assert part.contains(shapely.box(*HELD))
    assert part.contains(shapely.box(*word)) or not part.intersects(shapely.box(*word))


def test_a_larger_part_is_shown_where_words_on_both_sides_would_be_cut() -> None:
    words = [
        (START[0] - 120, START[1], START[0] - 20, START[1] + 14),
        (START[0] + 20, START[1], START[0] + 120, START[1] + 14),
    ]
    part = shown(*words)
    assert part.bounds[2] - part.bounds[0] > WIDE * PAPER.width + 10
    assert all(part.contains(shapely.box(*word)) for word in words)


def test_names_are_left_out_where_one_could_not_be_read_whole() -> None:
    long = shapely.box(-900, START[1] + 20, 900, START[1] + 30)
    assert not near_start(PAPER, START, HELD, [], [long]).names
    assert near_start(PAPER, START, HELD, [], [shapely.box(*HELD).buffer(-5)]).names


@pytest.mark.parametrize("name", stored_walks())
@pytest.mark.slow
def test_the_part_shown_of_a_stored_walk_lies_on_its_drawing(name: str) -> None:
    _, (wide, high), part = sketch_and_start(stored_walks()[name])
    left, top, part_wide, part_high = part.box
    assert left >= 0
    assert top >= 0
    assert left + part_wide <= wide + 0.1
    assert top + part_high <= high + 0.1
    assert part_high / part_wide == pytest.approx(HIGH / WIDE, rel=0.01)
