"""What holds for every planned walk, on random networks, on odd ones and in the real parks."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.routes.towns import area_of, at, town
from walktalk.parks import Area, load_areas
from walktalk.parks.geodesy import distance_m, length_m
from walktalk.routes import (
    Leg,
    NoWalkFits,
    Proposal,
    RequestError,
    Route,
    WalkRequest,
    plan_walks,
)
from walktalk.routes.calm import TURN_DEG, WalkMeasures, calm_weights, walk_cost
from walktalk.routes.checks import path_verdicts
from walktalk.routes.checks.crossed import crossings_walked
from walktalk.routes.checks.facts import is_carriageway
from walktalk.routes.checks.walked import Walked
from walktalk.routes.crossing_costs import CROSSING_M
from walktalk.routes.cues import heading_out
from walktalk.routes.legs import leg_line
from walktalk.routes.search.beside import beside_each_other
from walktalk.routes.timing import legs_seconds, route_minutes

AREAS = load_areas(Path(__file__).parents[2] / "data" / "parks")
TOWNS = [town(edges, seed) for edges, seed in ((30, 1), (60, 2), (250, 3), (900, 4))]

requests = st.builds(
    WalkRequest,
    minutes=st.integers(20, 120),
    pace=st.sampled_from([0.8, 1.0, 1.2]),
    needs=st.frozensets(st.sampled_from(["step-free", "firm-surface", "no-bikes"]), max_size=2),
    preferences=st.frozensets(st.sampled_from(["quiet", "shade", "loop", "few-turns"]), max_size=2),
    unknown=st.sampled_from(["allow", "refuse"]),
    shape=st.sampled_from([None, None, "loop", "lollipop", "out-and-back", "laps"]),
    max_minutes_from_start=st.sampled_from([None, None, 10.0]),
    pauses=st.sampled_from([(), ((4.0, 0.5),)]),
    variant=st.integers(0, 2),
)
few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def repeated_m(proposal: Proposal) -> float:
    """Return the metres of every second pass, counted from the legs."""
    total = 0.0
    for path_id in {leg.path_id for leg in proposal.route.legs}:
        spans = [
            sorted((leg.from_m, leg.to_m)) for leg in proposal.route.legs if leg.path_id == path_id
        ]
        marks = sorted({mark for span in spans for mark in span})
        for low, high in pairwise(marks):
            passes = sum(a <= low and high <= b for a, b in spans)
            total += (high - low) * max(0, passes - 1)
    return total


def ground(proposal: Proposal) -> dict[str, set[int]]:
    """Return the whole metres of each path that a walk covers."""
    covered: dict[str, set[int]] = {}
    for leg in proposal.route.legs:
        low, high = sorted((leg.from_m, leg.to_m))
        covered.setdefault(leg.path_id, set()).update(range(round(low), round(high)))
    return covered


def ground_shared(one: Proposal, other: Proposal) -> float:
    """Return the share of the shorter walk's ground that the other covers too."""
    mine, theirs = ground(one), ground(other)
    shared = sum(len(mine[path_id] & theirs[path_id]) for path_id in mine.keys() & theirs.keys())
    return shared / min(sum(map(len, each.values())) for each in (mine, theirs))


def check(area: Area, request: WalkRequest, proposal: Proposal) -> None:
    """Assert what the planner promises for every proposal."""
    route = proposal.route
    walking = route_minutes(area, route, request.pace)
    agreed = proposal.agreed(request)
    spent = agreed.arrive_minutes + agreed.close_minutes + sum(m for m, _ in agreed.pauses)
    assert agreed.close_minutes >= request.close_minutes
    assert request.arrive_minutes - 2 <= agreed.arrive_minutes <= request.arrive_minutes
    assert agreed.pauses == request.pauses or not request.pauses
    assert proposal.walking_minutes == pytest.approx(walking, abs=1e-6)
    assert proposal.total_minutes == pytest.approx(walking + spent, abs=1e-6)
    assert request.minutes - 1 <= proposal.total_minutes <= request.minutes
    assert distance_m(route.coordinates[0], route.coordinates[-1]) < 0.02
    assert route.length_m == pytest.approx(length_m(route.coordinates), rel=1e-9)
    for one, other in pairwise(route.legs):
        ends = [
            area.paths[leg.path_id].line.point_at(where)
            for leg, where in ((one, one.to_m), (other, other.from_m))
        ]
        assert distance_m(*ends) < 0.02
    allowed, unknown = path_verdicts(area, request.needs)
    edges = [area.network.path_ids.index(leg.path_id) for leg in route.legs]
    assert allowed[edges].all()
    assert request.unknown == "allow" or not unknown[edges].any()
    assert proposal.repeated_m == pytest.approx(repeated_m(proposal), abs=0.01)
    assert 0 <= proposal.forced_repeated_m <= proposal.repeated_m + 1e-9
    assert request.shape in (None, route.shape)
    assert route.laps <= 4
    assert (route.shape != "loop") or proposal.repeated_m <= 0.03 * route.length_m
    assert (route.shape == "laps") or route.laps == 1 or route.shape == "out-and-back"
    assert proposal.farthest is not None
    if request.max_minutes_from_start is not None:
        assert proposal.farthest.back_minutes <= request.max_minutes_from_start + 1e-6
    assert proposal.reason.endswith(".")


@few
@given(area=st.sampled_from(TOWNS), node=st.integers(0, 10_000), request=requests)
@pytest.mark.slow
def test_every_walk_in_a_town_keeps_what_is_promised(
    area: Area, node: int, request: WalkRequest
) -> None:
    start = area.network.nodes[node % len(area.network.nodes)]
    request = replace(request, start=start)
    try:
        proposals = plan_walks(area, request)
    except NoWalkFits as refusal:
        assert refusal.reason
        if refusal.nearest is not None:
            assert plan_walks(area, refusal.nearest, limit=1)
        return
    for proposal in proposals:
        check(area, request, proposal)
        assert distance_m(start, proposal.route.coordinates[0]) < 50
    for one, other in combinations(proposals, 2):
        if {one.route.shape, other.route.shape} <= {"loop", "lollipop"}:
            assert ground_shared(one, other) <= 0.72
    assert plan_walks(area, request) == proposals


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
@pytest.mark.slow
def test_every_meeting_point_gives_walks_that_keep_what_is_promised(area: Area) -> None:
    for place in area.meeting_points:
        for minutes in (20, 50, 120):
            request = WalkRequest(start=place.id, minutes=minutes)
            try:
                proposals = plan_walks(area, request)
            except NoWalkFits as refusal:
                assert refusal.nearest is not None
                assert refusal.nearest.minutes < minutes
                assert plan_walks(area, refusal.nearest, limit=1)
                continue
            for proposal in proposals:
                check(area, request, proposal)


def test_the_farthest_point_is_the_one_with_the_longest_way_back() -> None:
    area = area_of({"out": [(0, 0), (1000, 0)], "north": [(0, 0), (0, 1000)]})
    (proposal, *_) = plan_walks(area, WalkRequest(start=at(0, 0), minutes=28, needs=frozenset()))
    assert proposal.farthest is not None
    assert proposal.farthest.back_minutes == pytest.approx(10, abs=0.05)
    assert proposal.farthest.distance_m == pytest.approx(proposal.route.length_m / 2, rel=1e-6)


def test_a_ring_at_one_node_is_a_loop() -> None:
    ring = [(0, 0), (400, 0), (400, 400), (0, 400), (0, 0)]
    area = area_of({"ring": ring}, {"ring": {"surface": "asphalt"}})
    request = WalkRequest(start=at(0, 0), minutes=35)
    (proposal, *_) = plan_walks(area, request)
    check(area, request, proposal)
    assert proposal.route.shape == "loop"
    assert [leg.path_id for leg in proposal.route.legs] == ["ring"]


def test_a_stem_and_a_ring_make_a_lollipop_whose_stem_is_forced() -> None:
    facts = {key: {"surface": "asphalt"} for key in ("stem", "ring")}
    ring = [(290, 0), (590, 0), (590, 290), (290, 290), (290, 0)]
    area = area_of({"stem": [(0, 0), (290, 0)], "ring": ring}, facts)
    request = WalkRequest(start=at(0, 0), minutes=38)
    (proposal, *_) = plan_walks(area, request)
    check(area, request, proposal)
    assert proposal.route.shape == "lollipop"
    assert proposal.forced_repeated_m == pytest.approx(290, abs=1)


def test_parallel_paths_make_a_loop() -> None:
    lines = {"straight": [(0, 0), (600, 0)], "bent": [(0, 0), (300, 300), (600, 0)]}
    area = area_of(lines, {key: {"surface": "asphalt"} for key in lines})
    request = WalkRequest(start=at(0, 0), minutes=33)
    (proposal, *_) = plan_walks(area, request)
    check(area, request, proposal)
    assert proposal.route.shape == "loop"


def test_a_path_of_no_length_does_no_harm() -> None:
    lines = {
        "point": [(0, 0), (0, 0)],
        "out": [(0, 0), (900, 0)],
        "back": [(0, 0), (450, 450), (900, 0)],
    }
    request = WalkRequest(start=at(0, 0), minutes=40)
    for proposal in plan_walks(area_of(lines), request):
        check(area_of(lines), request, proposal)


def test_a_walk_stays_on_the_piece_it_starts_on() -> None:
    area = area_of({"here": [(0, 0), (1500, 0)], "there": [(0, 500), (1500, 500)]})
    for proposal in plan_walks(area, WalkRequest(start=at(0, 0), minutes=40)):
        assert {leg.path_id for leg in proposal.route.legs} == {"here"}


def test_a_start_off_the_path_is_moved_to_it_and_says_how_far() -> None:
    area = area_of({"only": [(0, 0), (2000, 0)]})
    (proposal, *_) = plan_walks(area, WalkRequest(start=at(500, 30), minutes=30))
    assert "30 m away" in proposal.reason
    assert distance_m(at(500, 0), proposal.route.coordinates[0]) < 1
    with pytest.raises(RequestError, match="50 m"):
        plan_walks(area, WalkRequest(start=at(500, 60), minutes=30))


def test_no_walk_comes_near_a_place_to_keep_away_from() -> None:
    area = TOWNS[2]
    start, avoided = area.network.nodes[20], area.network.nodes[40]
    request = WalkRequest(start=start, minutes=45, keep_away_from=(avoided,))
    metres = area.network.distances_m([avoided])
    for proposal in plan_walks(area, request):
        for leg in proposal.route.legs:
            assert metres[area.network.path_ids.index(leg.path_id)] >= 50


def test_a_walk_where_a_need_is_met_comes_before_one_where_it_is_unknown() -> None:
    lines = {"checked": [(0, 0), (1500, 0)], "unchecked": [(0, 0), (0, 1500)]}
    area = area_of(lines, {"checked": {"steps": "no"}})
    request = WalkRequest(start=at(0, 0), minutes=40, needs=frozenset(["step-free"]))
    first, second, *_ = plan_walks(area, request)
    assert {leg.path_id for leg in first.route.legs} == {"checked"}
    assert "unchecked" in {leg.path_id for leg in second.route.legs}
    known = plan_walks(area, replace(request, unknown="refuse"))
    assert all(leg.path_id == "checked" for proposal in known for leg in proposal.route.legs)


def test_a_refusal_names_the_need_that_rules_everything_out() -> None:
    area = area_of({"stairs": [(0, 0), (1500, 0)]}, {"stairs": {"highway": "steps"}})
    request = WalkRequest(start=at(0, 0), minutes=40, needs=frozenset(["step-free"]))
    with pytest.raises(NoWalkFits, match="No steps") as caught:
        plan_walks(area, request)
    assert caught.value.nearest == replace(request, needs=frozenset())


def test_slopes_are_timed_in_the_direction_they_are_walked() -> None:
    area = area_of(
        {"hill": [(0, 0), (600, 0)], "round": [(0, 0), (300, 400), (600, 0)]},
        {"hill": {"climb_m": 60.0, "descent_m": 0.0}},
    )
    for minutes in range(30, 50):
        request = WalkRequest(start=at(0, 0), minutes=minutes)
        for proposal in plan_walks(area, request):
            check(area, request, proposal)


SMALL = [town(20, seed) for seed in range(12)]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(area=st.sampled_from(SMALL), minutes=st.integers(22, 50), left_out=st.integers(0, 1000))
def test_a_path_added_to_a_small_network_never_makes_the_best_loop_worse(
    area: Area, minutes: int, left_out: int
) -> None:
    on_foot = [key for key, path in area.paths.items() if not is_carriageway(path)]
    missing = on_foot[left_out % len(on_foot)]  # a road added may be one to cross
    fewer = Area("less", "Less", {key: p for key, p in area.paths.items() if key != missing})
    start = fewer.network.nodes[0]
    request = WalkRequest(start=start, minutes=minutes, shape="loop")
    try:
        before = plan_walks(fewer, request, limit=1)[0]
    except NoWalkFits:
        return
    ends = [leg_line(fewer.paths[leg.path_id], leg)[-1] for leg in before.route.legs]
    if len(set(ends)) == len(ends):  # it comes to no place twice, as it may where it has to
        assert plan_walks(area, request, limit=1)[0].cost <= before.cost + 1e-9


def published_cost(
    area: Area, request: WalkRequest, legs: tuple[Leg, ...], repeated_m: float = 0.0
) -> float:
    """Return the score of a walk over whole paths, worked out from the published table alone.

    What runs beside what is taken from the search: its own test measures it.
    """
    weights = calm_weights(area, request.preferences)
    edges = [area.network.path_ids.index(leg.path_id) for leg in legs]
    lines = [area.paths[leg.path_id].line.cut(leg.from_m, leg.to_m) for leg in legs]
    metres = [leg.length_m for leg in legs]
    xy = area.network.metres([point for line in lines for point in line])
    turns = 0
    for one, other in pairwise(legs):
        came = heading_out(area, one.path_id, one.to_m > one.from_m) + 180
        goes = heading_out(area, other.path_id, other.to_m < other.from_m)
        turns += math.cos(math.radians(goes - came)) < math.cos(math.radians(TURN_DEG))
    east, north = xy.T
    enclosed = float(np.sum(east * np.roll(north, -1) - np.roll(east, -1) * north)) / 2
    beside = beside_each_other(area)[edges][:, list(dict.fromkeys(edges))].toarray()
    walked = Walked(area, request, Route((), sum(metres), "loop", legs), ())
    walking = sum(legs_seconds(area, legs, request.pace))
    budget = (request.minutes - request.arrive_minutes - request.close_minutes) * 60
    return walk_cost(
        weights,
        WalkMeasures(
            weighted_m=float(np.dot(weights.path[edges], metres) + weights.crossing_m[edges].sum()),
            crossed_m=CROSSING_M * sum(len(each.at_end) for each in crossings_walked(walked)),
            turns=turns,
            repeated_m=repeated_m,
            back_m=repeated_m,
            beside_m=float(np.minimum(beside.sum(axis=1), metres).sum()),
            enclosed_m2=enclosed,
            length_m=sum(metres),
            unused=(budget - walking) / budget,
        ),
    )


def every_simple_loop(area: Area, start: int) -> Iterator[tuple[Leg, ...]]:
    """Yield every loop from a node that comes to no other node twice, depth first."""
    network = area.network
    ends = list(zip(network.tail.tolist(), network.head.tolist(), strict=True))
    waiting: list[tuple[int, tuple[int, ...], tuple[Leg, ...]]] = [(start, (), ())]
    while waiting:
        node, seen, legs = waiting.pop()
        for edge, (tail, head) in enumerate(ends):
            path_id, length = network.path_ids[edge], float(network.lengths_m[edge])
            if node not in (tail, head) or any(leg.path_id == path_id for leg in legs):
                continue
            forward = node == tail
            leg = Leg(path_id, 0.0, length) if forward else Leg(path_id, length, 0.0)
            after = head if forward else tail
            if after == start:
                yield (*legs, leg)
            elif after not in seen:
                waiting.append((after, (*seen, after), (*legs, leg)))


@settings(max_examples=20, deadline=None, derandomize=True)
@given(area=st.sampled_from(SMALL), minutes=st.integers(22, 50), node=st.integers(0, 1000))
@pytest.mark.slow
def test_the_best_loop_of_a_small_network_is_as_calm_as_the_best_there_is(
    area: Area, minutes: int, node: int
) -> None:
    start = node % len(area.network.nodes)
    request = WalkRequest(start=area.network.nodes[start], minutes=minutes, shape="loop")
    budget = minutes - request.arrive_minutes - request.close_minutes
    on_time = [
        legs
        for legs in every_simple_loop(area, start)
        if budget - 1 <= sum(legs_seconds(area, legs, 1.0)) / 60 <= budget - 0.001
    ]
    try:
        best = plan_walks(area, request, limit=1)[0]
    except NoWalkFits:
        assert not on_time
        return
    cost = published_cost(area, request, best.route.legs, best.repeated_m)
    assert best.cost == pytest.approx(cost, rel=1e-4)
    for legs in on_time:
        assert best.cost <= published_cost(area, request, legs) * 1.0001
