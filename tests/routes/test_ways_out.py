from walktalk.parks import Area, Path, Place
from walktalk.routes.model import Leg, Route
from walktalk.routes.ways_out import help_points

NORTH_M = 1 / 111_250
"""Degrees of latitude in a metre, at 52 degrees north."""


def straight(metres: float, **facts: str) -> tuple[Area, Route]:
    line = ((-2.07, 51.9), (-2.07, 51.9 + metres * NORTH_M))
    path = Path("p", line, facts)
    gate = Place("g", "entrance", "Gate", (-2.07, 51.9 - 40 * NORTH_M), facts={"street": "Park St"})
    area = Area("a", "A", {"p": path}, {"g": gate})
    there_and_back = (*line, line[0])
    legs = (Leg("p", 0, path.length_m), Leg("p", path.length_m, 0))
    return area, Route(there_and_back, 2 * path.length_m, "out-and-back", legs)


def test_help_is_worked_out_every_100_m_and_each_stretch_of_ground_once() -> None:
    points = help_points(*straight(450))
    assert [round(point.distance_m) for point in points] == [0, 100, 200, 300, 400]


def test_the_nearest_road_is_named_with_distance_and_direction() -> None:
    start = help_points(*straight(300))[0]
    assert start.road is not None
    assert (start.road.name, start.road.direction) == ("Park St", "south")
    assert 39 < start.road.distance_m < 41


def test_a_path_beside_a_named_road_leads_to_that_road() -> None:
    start = help_points(*straight(300, beside_road="Evesham Road"))[0]
    assert start.road is not None
    assert start.road.name == "Evesham Road"


def test_a_road_without_a_name_says_nothing() -> None:
    start = help_points(*straight(300, crosses_road="yes"))[0]
    assert start.road is not None
    assert start.road.name == "Park St"


def test_where_no_road_and_no_defibrillator_is_recorded_there_is_none() -> None:
    area, route = straight(300)
    bare = Area("a", "A", area.paths)
    point = help_points(bare, route)[0]
    assert point.road is None
    assert point.defibrillator is None
