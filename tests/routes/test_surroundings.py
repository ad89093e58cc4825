"""What is told of a walk is the same on its surroundings as on the whole area."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
import shapely

from tests.maps.real_walks import PARKS, planned_walks
from tests.routes.ground import area, at, path, place, route
from walktalk.maps import walk_map
from walktalk.maps.ground import ground_on
from walktalk.maps.walk_map import beyond, map_paper
from walktalk.parks import Area, BackgroundShape
from walktalk.routes import NEEDS, Route, Walk, WalkRequest
from walktalk.routes.checks import check_walk
from walktalk.routes.directions import directions
from walktalk.routes.surroundings import surroundings
from walktalk.routes.timetable import timetable
from walktalk.routes.ways_out import HelpPoint, help_points


def cut(walk: Walk) -> Walk:
    return replace(walk, area=surroundings(walk))


def checked(walk: Walk, later: timedelta) -> object:
    moved = replace(walk.request, at=walk.request.at and walk.request.at + later)
    moved = replace(moved, needs=frozenset(NEEDS))
    times = timetable(walk.area, moved, walk.route)
    found = check_walk(walk.area, moved, walk.route, times)
    return [(each.check, each.level, each.message, each.evidence, each.source) for each in found]


def told(points: tuple[HelpPoint, ...]) -> list[object]:
    return [
        (
            round(point.distance_m),
            point.again_m,
            point.way_off and point.way_off.in_words(passed_again=False),
            *(
                near and (near.name, round(near.distance_m), near.direction, near.water)
                for near in (point.road, point.defibrillator)
            ),
        )
        for point in points
    ]


def drawn(walk: Walk) -> tuple[dict[str, float], list[tuple[str, str]]]:
    """What a map draws around a walk, as its length by layer, and the names and marks on it."""
    script = walk_map(walk).script
    told = json.loads(re.findall(r"walkMap\(map_walk, (.*)\);", script)[0])
    paper = map_paper(walk)
    ground = ground_on(walk.area, paper, beyond(paper))
    lengths = {layer: float(shapely.length(found).sum()) for layer, found in ground.layers.items()}
    return lengths, told["names"] + told["marks"]


@pytest.mark.slow
def test_way_checks_help_and_map_are_the_same_on_a_walks_surroundings() -> None:
    for walk in planned_walks()[::8]:
        small = cut(walk)
        assert directions(small.area, small.route, 1.0) == directions(walk.area, walk.route, 1.0)
        assert told(help_points(small.area, small.route)) == told(
            help_points(walk.area, walk.route)
        )
        for later in (timedelta(), timedelta(hours=7)):
            assert checked(small, later) == checked(walk, later)
        (mine, my_words), (whole, words) = drawn(small), drawn(walk)
        # shapes that are cut elsewhere are simplified elsewhere
        assert mine == pytest.approx(whole, rel=0.01)
        assert my_words == words


def a_street_in_a_town(blocks: int) -> tuple[Area, Route]:
    """A walk along the lowest street of a grid town, far from what helps there."""
    paths = []
    for i in range(blocks):
        for j in range(blocks):
            east, north = 100 * i, 100 * j
            paths += [
                path(f"e-{i}-{j}", (east, north), (east + 100, north), surface="asphalt"),
                path(f"n-{i}-{j}", (east, north), (east, north + 100)),
            ]
    far = (100 * blocks + 2000, 0)
    ground = area(
        [*paths, path("road", (100 * blocks, 0), far, crosses_road="Far Road")],
        [
            place("start", "meeting_point", 0, 0),
            place("heart", "defibrillator", *far),
            place("loo", "toilets", 100 * blocks, 100 * blocks),
            place("stop", "bus_stop", -1500, 0),
        ],
        background=(
            BackgroundShape("water", ((at(900, -50), at(950, -50), at(950, 50), at(900, -50)),)),
            BackgroundShape("water", ((at(0, 3e4), at(9, 3e4), at(9, 3.1e4), at(0, 3e4)),)),
        ),
    )
    return ground, route(ground, "e-0-0", "e-1-0", "e-2-0", shape="out-and-back")


def test_the_surroundings_of_a_walk_are_as_many_in_a_town_as_in_a_village() -> None:
    sizes = []
    for blocks in (12, 40):
        ground, way = a_street_in_a_town(blocks)
        request = WalkRequest(start="start", minutes=20, approach="stop")
        proposal = replace(planned_walks()[0].proposal, route=way)
        walk = Walk(ground, request, proposal)
        small = cut(walk)
        assert told(help_points(small.area, way)) == told(help_points(ground, way))
        assert {"start", "heart", "loo", "stop"} <= set(small.area.places)
        sizes.append(len(small.area.paths))
    assert sizes[0] == sizes[1] < 60


def test_help_is_told_as_before_where_the_only_water_drawn_lies_far_from_the_walk() -> None:
    far = (at(5000, 0), at(5050, 0), at(5050, 50), at(5000, 0))
    ground = area(
        [
            path("a", (0, 0), (300, 0), beside_water="Pond"),
            path("b", (300, 0), (600, 0), crosses_road="High Street"),
        ],
        [place("start", "meeting_point", 0, 0)],
        background=(BackgroundShape("water", (far,)),),
    )
    way = route(ground, "a", shape="out-and-back")
    walk = Walk(ground, WalkRequest(start="start"), replace(planned_walks()[0].proposal, route=way))
    assert help_points(ground, way)[0].road is not None
    assert told(help_points(surroundings(walk), way)) == told(help_points(ground, way))


def test_a_shipped_walk_keeps_less_than_its_area_and_all_that_the_area_says_of_itself() -> None:
    walk = planned_walks()[0]
    small = surroundings(walk)
    for said in ("name", "about", "notes", "sources", "searched"):
        assert getattr(small, said) == getattr(walk.area, said)
    assert set(small.paths) <= set(PARKS[walk.area.id].paths)
