"""A route drawn tap by tap follows the network, over whole paths, and says where it cannot."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routes.ground import area, at, path
from tests.routes.towns import town
from walktalk.parks.geodesy import distance_m
from walktalk.parks.joined import walked_line
from walktalk.routes import RequestError
from walktalk.routes.drawn_route import drawn_route

SQUARE = area(
    [
        path("south", (0, 0), (200, 0)),
        path("east", (200, 0), (200, 200)),
        path("north", (200, 200), (0, 200)),
        path("west", (0, 200), (0, 0)),
        path("way-round", (200, 0), (300, 100), (200, 200)),
        path("island", (900, 0), (900, 100)),
    ]
)


def drawn(*taps: tuple[float, float]) -> tuple[str, ...]:
    route = drawn_route(SQUARE, [at(*tap) for tap in taps])
    assert route is not None
    return route.path_ids


def test_taps_near_junctions_are_joined_by_the_shortest_way() -> None:
    assert drawn((3, 4), (198, 195)) in {("south", "east"), ("west", "north")}
    assert drawn((3, 4), (202, -3), (198, 195), (4, 204), (0, 0)) == (
        "south",
        "east",
        "north",
        "west",
    )


def test_a_tap_on_the_middle_of_a_path_means_to_walk_that_path() -> None:
    assert drawn((0, 0), (298, 103)) == ("south", "way-round")
    assert drawn((200, 0), (103, 203)) == ("east", "north")


def test_one_tap_is_a_start_and_no_route_and_none_is_nothing() -> None:
    assert drawn_route(SQUARE, []) is None
    assert drawn_route(SQUARE, [at(0, 0)]) is None
    assert drawn_route(SQUARE, [at(0, 0), at(2, 1)]) is None


@pytest.mark.parametrize(
    ("tap", "said"),
    [((500, 500), "point 2 nearer to a path"), ((900, 50), "point 2 on paths that a way leads to")],
)
def test_a_tap_that_no_path_or_no_way_leads_to_is_named(tap: tuple[int, int], said: str) -> None:
    with pytest.raises(RequestError) as caught:
        drawn_route(SQUARE, [at(0, 0), at(*tap)])
    assert (caught.value.argument, caught.value.accepted) == ("points", said)


TOWN = town(200, seed=3)


@given(st.lists(st.integers(0, len(TOWN.network.nodes) - 1), min_size=2, max_size=5))
def test_every_drawn_route_hangs_together_passes_its_junctions_and_is_never_shorter_than_the_crow(
    nodes: list[int],
) -> None:
    taps = [TOWN.network.nodes[node] for node in nodes]
    try:
        route = drawn_route(TOWN, taps)
    except RequestError:
        return
    if route is None:
        return
    line, _ = walked_line(TOWN.paths, route.path_ids, taps[0])
    assert line == route.line
    assert route.length_m >= sum(distance_m(a, b) for a, b in pairwise(taps)) - 0.1
    for tap in taps:
        assert min(distance_m(tap, point) for point in route.line) < 0.05
