import re

import pytest

from walktalk.maps.furniture import furniture
from walktalk.maps.paper import Paper
from walktalk.parks.geodesy import distance_m
from walktalk.wording import MILES, measured

BOXES = [(-2.08, 51.9, -2.08 + size, 51.9 + size / 2) for size in (0.001, 0.004, 0.02, 0.06)]


@pytest.mark.parametrize("box", BOXES)
def test_a_scale_is_as_long_as_it_says(box: tuple[float, float, float, float]) -> None:
    paper = Paper.around(box)
    drawn = furniture(paper)
    found = re.search(r"M0 -6V0H([\d.]+)V-6", drawn)
    words = re.search(r">([\d.]+) (m|km)<", drawn)
    assert found and words
    said_m = float(words[1]) * (1000 if words[2] == "km" else 1)
    middle = paper.height / 2
    long_m = distance_m(paper.position(0, middle), paper.position(float(found[1]), middle))
    assert long_m == pytest.approx(said_m, rel=0.02)


def test_a_scale_is_in_yards_where_miles_are_wanted() -> None:
    with measured(MILES):
        assert " yards<" in furniture(Paper.around(BOXES[1]))
