"""Walks that people would choose: whole laps, real turning points, true names, one ordered list."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from tests.routes.ground import area, path, place, route
from tests.routes.ground import at as metres_at
from tests.routes.towns import area_of, at, town
from walktalk.parks import Area, load_area
from walktalk.resources import shipped_parks
from walktalk.routes import NoWalkFits, Proposal, WalkRequest, plan_walks
from walktalk.routes.directions import directions
from walktalk.routes.landmarks import seat_near_middle

TOWN = town(400, seed=1)


def every_page(ground: Area, request: WalkRequest) -> list[Proposal]:
    """Return the walks of all variants in order."""
    found: list[Proposal] = []
    for variant in range(20):
        try:
            found += plan_walks(ground, replace(request, variant=variant))
        except NoWalkFits as error:
            assert "no others" in error.reason
            assert error.nearest is not None
            assert plan_walks(ground, error.nearest)
            break
    return found


@pytest.mark.parametrize("node", [3, 57, 111])
@pytest.mark.slow
def test_all_variants_are_one_ordered_list_that_repeats_nothing(node: int) -> None:
    request = WalkRequest(start=TOWN.network.nodes[node], minutes=50)
    walks = every_page(TOWN, request)
    assert len(walks) > 3
    assert len({walk.route.coordinates for walk in walks}) == len(walks)
    assert all(one.cost <= other.cost for one, other in pairwise(walks))
    routes = [walk.route for walk in plan_walks(TOWN, request, limit=5)]
    assert routes == [walk.route for walk in walks[:5]]


def test_a_ring_is_walked_whole_and_needs_a_minute_or_two_less_for_arriving() -> None:
    ring = area_of({"ring": [(0, 0), (640, 0), (640, 640), (0, 640), (0, 0)]})
    two = plan_walks(ring, WalkRequest(start=at(0, 0), minutes=97))[0]
    assert (two.route.shape, two.route.laps) == ("laps", 2)
    agreed = two.agreed(WalkRequest(minutes=97))
    assert agreed.close_minutes == 5
    assert agreed.arrive_minutes in (1, 2)
    assert "to arrive in place of 3" in two.reason


def test_there_and_back_is_never_called_laps() -> None:
    only = area_of({"only": [(0, 0), (300, 0)]})
    for minutes in range(20, 60):
        try:
            walks = plan_walks(only, WalkRequest(start=at(0, 0), minutes=minutes))
        except NoWalkFits:
            continue
        assert {walk.route.shape for walk in walks} == {"out-and-back"}
    with pytest.raises(NoWalkFits):
        plan_walks(only, WalkRequest(start=at(0, 0), minutes=30, shape="laps"))


SEATS = area(
    [
        path("way", (0, 0), (0, 1200), surface="asphalt"),
        path("on", (0, 1200), (0, 2500), surface="asphalt"),
        path("side", (0, 1200), (200, 1200), name="Elm Walk"),
    ],
    [place("oak-seat", "bench", 3, 1240)],
)


def test_a_walk_turns_at_a_thing_or_a_junction_and_names_it_in_steps_and_timetable() -> None:
    request = WalkRequest(start=metres_at(0, 0), minutes=50, shape="out-and-back")
    (walk, *_) = plan_walks(SEATS, request)
    assert walk.route.laps == 1
    (half,) = [entry for entry in walk.timetable if entry.event == "half-way"]
    assert half.place == "the turning point, Oak seat"
    told = [step.text for step in directions(SEATS, walk.route, 1.0)]
    assert any("to Oak seat" in text for text in told)
    bare = area(SEATS.paths.values())
    (walk, *_) = plan_walks(bare, request)
    assert "the turning point, the junction with Elm Walk" in {e.place for e in walk.timetable}


def test_minutes_left_over_become_a_pause_at_a_seat_or_a_longer_closing() -> None:
    ring = [(0, 0), (0, 550), (550, 550), (550, 0), (0, 0)]
    with_seat = area([path("ring", *ring)], [place("elm-seat", "bench", 552, 500)])
    request = WalkRequest(start=metres_at(0, 0), minutes=50, pace=1.0)
    (walk, *_) = plan_walks(with_seat, request)
    paused = [entry for entry in walk.timetable if entry.event == "pause"]
    assert [entry.place for entry in paused] == ["Elm seat"]
    assert "minutes at Elm seat." in walk.reason
    (walk, *_) = plan_walks(area([path("ring", *ring)]), request)
    assert "to close in place of 5" in walk.reason
    assert 49 <= walk.total_minutes <= 50


def test_a_longer_rest_or_a_minute_less_to_arrive_comes_before_turning_where_nothing_is() -> None:
    lane = area([path("lane", (0, 0), (0, 800)), path("on", (0, 800), (0, 2400))])
    crossed = area([*lane.paths.values(), path("side", (0, 800), (900, 800))])
    request = WalkRequest(start=metres_at(0, 0), minutes=50)
    (walk, *_) = plan_walks(crossed, request)
    assert walk.route.length_m == pytest.approx(1600, rel=0.01)
    assert 49 <= walk.total_minutes <= 50
    assert walk.close_minutes is not None and walk.close_minutes > 15
    through = area([path("through", (0, 0), (0, 388))])
    (walk, *_) = plan_walks(through, replace(request, minutes=20))
    assert walk.route.length_m == pytest.approx(776, rel=0.01)
    assert walk.arrive_minutes in (1, 2)
    assert walk.close_minutes == 5
    (walk, *_) = plan_walks(lane, replace(request, minutes=20))
    assert 0.8 * 720 < walk.route.length_m <= 720  # nothing is near: it turns when the time is up


def test_few_loops_still_give_walks_of_different_shapes() -> None:
    lake = area_of(
        {
            "north": [(0, 0), (0, 300), (300, 500), (600, 300), (600, 0)],
            "south": [(600, 0), (600, -200), (0, -200), (0, 0)],
            "spur": [(600, 0), (1050, 0)],
        }
    )
    walks = plan_walks(lake, WalkRequest(start=at(0, 0), minutes=50, arrive_minutes=3))
    assert len(walks) == len({(walk.route.shape, walk.route.coordinates) for walk in walks}) >= 2
    assert "out-and-back" in {walk.route.shape for walk in walks}


def test_a_mostly_seated_session_goes_to_a_seat_rests_there_and_comes_back() -> None:
    near = area(SEATS.paths.values(), [place("elm-seat", "bench", 2, 300)])
    request = WalkRequest(start=metres_at(0, 0), minutes=50, seated=True)
    (walk, *_) = plan_walks(near, request)
    assert walk.walking_minutes == pytest.approx(10, abs=0.2)
    assert [entry.place for entry in walk.timetable if entry.event == "pause"] == ["Elm seat"]
    assert 49 <= walk.total_minutes <= 50
    bare = area(SEATS.paths.values())
    with pytest.raises(NoWalkFits, match="No seat is recorded") as caught:
        plan_walks(bare, request)
    assert caught.value.nearest == replace(request, seated=False)


def test_seats_can_be_needed_at_a_distance_and_one_farther_never_counts_as_met() -> None:
    benches = [place(f"bench-{north}", "bench", 2, north) for north in range(150, 1350, 150)]
    there = area(SEATS.paths.values(), benches)
    request = WalkRequest(start=metres_at(0, 0), minutes=50, unknown="refuse", seats_within_m=200)
    (walk, *_) = plan_walks(there, request)
    assert {leg.path_id for leg in walk.route.legs} <= {"way", "on"}
    with pytest.raises(NoWalkFits, match="seats as near") as caught:
        plan_walks(there, replace(request, seats_within_m=100))
    assert caught.value.nearest is not None
    assert plan_walks(there, caught.value.nearest)


def test_the_way_home_is_known_at_every_junction_and_a_shortcut_near_half_way() -> None:
    ladder = area_of(
        {
            "east-1": [(0, 0), (400, 0)],
            "east-2": [(400, 0), (800, 0)],
            "up": [(800, 0), (800, 300)],
            "west-1": [(800, 300), (400, 300)],
            "west-2": [(400, 300), (0, 300)],
            "down": [(0, 300), (0, 0)],
            "across": [(400, 0), (400, 300)],
            "spur": [(800, 300), (900, 400)],
        }
    )
    request = WalkRequest(start=at(0, 0), minutes=48, shape="loop")
    (walk, *_) = plan_walks(ladder, request)
    homes = {round(way.distance_m, -1): way.minutes for way in walk.ways_home}
    assert len(homes) >= 3
    assert all(0 < minutes <= walk.walking_minutes / 2 + 0.1 for minutes in homes.values())
    for way in walk.ways_home:
        assert way.home_m <= walk.route.length_m - way.distance_m + 0.1
    assert walk.shortcut is None or walk.shortcut.coordinates[-1] == pytest.approx(at(0, 0))
    assert walk.other_way_minutes == pytest.approx(walk.walking_minutes)


def test_a_few_paces_are_walked_twice_rather_than_a_main_road_once() -> None:
    side = [(0, 20), (615, 20), (615, 635), (0, 635), (0, 20)]
    ground = area(
        [
            path("paces", (0, 0), (0, 20), surface="asphalt"),
            path("road", (0, 0), (200, 0), (200, 15), (0, 20), highway="primary"),
            path("round", *side, surface="asphalt"),
        ]
    )
    walk = plan_walks(ground, WalkRequest(start=metres_at(0, 0), minutes=50))[0]
    assert {leg.path_id for leg in walk.route.legs} == {"paces", "round"}
    assert walk.reason.startswith("A loop, with the same 20 m out and home")


def test_fifty_minutes_at_the_boat_house_go_round_both_lakes() -> None:
    # with a minute and a half left over for closing; on time to the second are only odd ways
    land = load_area(shipped_parks() / "pittville-park.geojson")
    walk, *others = plan_walks(land, WalkRequest(start="boat-house", minutes=50))
    assert walk.reason.startswith("Once round Pittville Lake and Pittville Pond")
    assert all(walk.cost < other.cost for other in others)


@pytest.mark.parametrize(
    "park", ["pittville-park", "montpellier-gardens", "sandford-park", "hatherley-park"]
)
@pytest.mark.slow
def test_every_meeting_point_of_a_park_gives_three_step_free_walks(park: str) -> None:
    land = load_area(shipped_parks() / f"{park}.geojson")
    for start in land.meeting_points:
        request = WalkRequest(start=start.id, minutes=50, needs=frozenset(["step-free"]))
        walks = [walk.route for walk in plan_walks(land, request)]
        assert len(walks) == 3
        for one, other in combinations(walks, 2):
            kinds = {each.shape.replace("lollipop", "loop") for each in (one, other)}
            assert len(kinds) == 2 or {leg.path_id for leg in one.legs} != {
                leg.path_id for leg in other.legs
            }


def test_nobody_is_led_nearly_round_to_the_start_and_all_the_way_back() -> None:
    bend = [(0, 0), (0, 300), (400, 300), (400, 0), (60, 0)]
    ring = area(
        [path("bend", *bend), path("gap", (60, 0), (0, 0)), path("spur", (60, 0), (60, -200))]
    )
    for minutes in range(30, 121, 5):
        walks = plan_walks(ring, WalkRequest(start=metres_at(0, 0), minutes=minutes))
        there_and_back = [walk.route for walk in walks if walk.route.shape == "out-and-back"]
        assert not any({"bend", "spur"} <= {leg.path_id for leg in r.legs} for r in there_and_back)
        half_ways = {r.coordinates[len(r.coordinates) // 2] for r in there_and_back}
        assert metres_at(60, 0) not in half_ways
    (four, *_) = plan_walks(ring, WalkRequest(start=metres_at(0, 0), minutes=120))
    assert (four.route.shape, four.route.laps) == ("laps", 4)


def test_a_seat_that_is_passed_more_than_once_is_rested_at_nearest_to_half_way() -> None:
    ground = area([path("way", (0, 0), (0, 400))], [place("seat", "bench", 3, 50)])
    rest = seat_near_middle(ground, route(ground, "way", "-way", "way", "-way"))
    assert rest is not None
    assert rest[1] == pytest.approx(750 / 1600, abs=0.005)
