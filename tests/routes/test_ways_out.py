from dataclasses import replace
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from tests.routes import ground
from tests.routes.ground import path
from walktalk.parks import Area, Path, Place
from walktalk.parks.model import BackgroundShape
from walktalk.routes.model import Leg, Route
from walktalk.routes.ways_out import HelpPoint, help_points

ROAD = {"beside_road": "Park St"}

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


def test_a_street_that_the_map_draws_is_named_where_it_is_nearer_than_a_recorded_road() -> None:
    area, route = straight(300)
    lons = (-2.07 + 20 * NORTH_M, -2.07 + 900 * NORTH_M)
    drawn = [((lon, 51.89), (lon, 51.91)) for lon in lons]
    streets = [
        BackgroundShape("road", (line,), name) for line, name in zip(drawn, "EF", strict=True)
    ]
    start = help_points(replace(area, background=tuple(streets)), route)[0]
    assert start.road is not None
    assert (start.road.name, start.road.direction) == ("E", "east")
    assert 12 < start.road.distance_m < 13


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


def test_a_point_that_is_passed_again_says_when() -> None:
    points = help_points(*straight(440))
    again = [tuple(round(metre) for metre in point.again_m) for point in points]
    assert again == [(), (800,), (700,), (600,), (500,)]


@given(metres=st.integers(20, 1500))
def test_no_hundred_metres_is_missing_and_none_is_told_twice(metres: int) -> None:
    area, route = straight(metres)
    told = [
        round(metre)
        for point in help_points(area, route)
        for metre in (point.distance_m, *point.again_m)
    ]
    assert sorted(told) == list(range(0, ceil(max(route.length_m, 100)), 100))


def test_each_point_tells_the_next_way_off() -> None:
    points = help_points(*straight(300))
    assert {point.way_off.way.kind for point in points if point.way_off} == {"start"}


def across_a_lake(*shapes: BackgroundShape, **facts: str) -> HelpPoint:
    """The start of a walk whose only road lies 200 m to the east."""
    ways = [path("way", (0, 0), (0, 80), **facts), path("road", (200, 0), (200, 80), **ROAD)]
    land = ground.area(ways, background=shapes)
    return help_points(land, ground.route(land, "way"))[0]


def test_no_direction_is_given_to_a_road_across_recorded_water() -> None:
    corners = ((50, -40), (150, -40), (150, 120), (50, 120), (50, -40))
    lake = BackgroundShape("water", (tuple(ground.at(*corner) for corner in corners),))
    elsewhere = BackgroundShape("water", (tuple(ground.at(e, n + 900) for e, n in corners),))
    road = across_a_lake(lake).road
    assert road is not None
    assert (road.name, road.direction, road.water) == ("Park St", "", "yes")
    road = across_a_lake(elsewhere).road
    assert road is not None
    assert (road.direction, road.water) == ("east", "none")


def test_beside_water_of_no_recorded_shape_the_straight_line_may_cross_it() -> None:
    road = across_a_lake(beside_water="the lake").road
    assert road is not None
    assert (road.direction, road.water) == ("", "perhaps")
    road = across_a_lake().road
    assert road is not None
    assert (road.direction, road.water) == ("east", "none")
