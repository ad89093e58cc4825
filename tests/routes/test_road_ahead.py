"""The next road along a walk, in minutes, where the walk comes to one."""

import pytest

from tests.routes.ground import area, path, route
from walktalk.routes.road_ahead import road_ahead, roads_met

GROUND = area(
    [
        path("a", (0, 0), (0, 300)),
        path("b", (0, 300), (0, 360), crosses_road="Elm Street"),
        path("c", (0, 360), (0, 1500)),
    ]
)
WALK = route(GROUND, "a", "b", "c")
PACE = 60.0


@pytest.mark.parametrize(
    ("metre", "said"),
    [
        (60, "Elm Street is about 4 minutes ahead."),
        (310, "You are at Elm Street."),
        (480, "Elm Street is about 2 minutes back the way you came."),
        (1400, ""),
    ],
)
def test_a_road_is_told_by_the_minutes_along_the_walk(metre: float, said: str) -> None:
    assert road_ahead(roads_met(GROUND, WALK), WALK, metre, PACE, once=True) == said


def test_where_the_walk_comes_by_again_the_way_there_is_told_by_the_compass() -> None:
    told = road_ahead(roads_met(GROUND, WALK), WALK, 60, PACE, once=False)
    assert told == "Elm Street is about 4 minutes along the walk, to the north at first."


def test_a_walk_that_comes_to_no_road_says_nothing_of_one() -> None:
    bare = area([path("a", (0, 0), (0, 300))])
    assert road_ahead(roads_met(bare, route(bare, "a")), WALK, 60, PACE, once=True) == ""
