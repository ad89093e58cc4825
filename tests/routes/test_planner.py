"""Planned walks start and end where they should, on time, over paths that keep every need."""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pytest

from tests.routes.towns import area_of, at, town
from walktalk.parks import Area
from walktalk.parks.geodesy import distance_m
from walktalk.routes import NoWalkFits, Proposal, RequestError, WalkRequest, plan_walks
from walktalk.routes.model import Shape
from walktalk.routes.timing import route_minutes

TOWN = town(400, seed=1)
START = TOWN.network.nodes[57]


def check(area: Area, request: WalkRequest, proposal: Proposal) -> None:
    """Assert what holds for every proposal."""
    legs = proposal.route.legs
    assert request.minutes - 1 <= proposal.total_minutes <= request.minutes
    assert proposal.walking_minutes == pytest.approx(
        route_minutes(area, proposal.route, request.pace)
    )
    assert proposal.route.coordinates[0] == pytest.approx(proposal.route.coordinates[-1])
    for one, other in pairwise(legs):
        ends = [
            area.paths[leg.path_id].line.point_at(where)
            for leg, where in ((one, one.to_m), (other, other.from_m))
        ]
        assert distance_m(*ends) < 0.1
    assert 0 <= proposal.forced_repeated_m <= proposal.repeated_m + 1e-6


def test_a_town_gives_three_walks_on_time() -> None:
    request = WalkRequest(start=START, minutes=50)
    proposals = plan_walks(TOWN, request)
    assert len(proposals) == 3
    for proposal in proposals:
        check(TOWN, request, proposal)
        assert distance_m(START, proposal.route.coordinates[0]) < 0.1


def test_the_same_request_gives_the_same_walks() -> None:
    request = WalkRequest(start=START, minutes=45)
    assert plan_walks(TOWN, request) == plan_walks(TOWN, request)


def test_another_variant_gives_other_walks() -> None:
    request = WalkRequest(start=START, minutes=45)
    first = {p.route.legs for p in plan_walks(TOWN, request)}
    second = {p.route.legs for p in plan_walks(TOWN, replace(request, variant=1))}
    assert not first & second


def test_steps_are_never_used_by_somebody_who_needs_none() -> None:
    request = WalkRequest(start=START, minutes=60, needs=frozenset(["step-free"]))
    for proposal in plan_walks(TOWN, request):
        for leg in proposal.route.legs:
            assert TOWN.paths[leg.path_id].facts["highway"] != "steps"


def test_a_single_path_is_walked_there_and_back() -> None:
    area = area_of({"only": [(0, 0), (2000, 0)]})
    request = WalkRequest(start=at(0, 0), minutes=30)
    (proposal,) = plan_walks(area, request)
    check(area, request, proposal)
    assert proposal.route.shape == "out-and-back"
    assert proposal.repeated_m == pytest.approx(proposal.route.length_m / 2, rel=1e-6)
    assert proposal.forced_repeated_m == pytest.approx(proposal.repeated_m)


def test_a_path_too_short_for_four_laps_names_a_shorter_session() -> None:
    area = area_of({"only": [(0, 0), (200, 0)]})
    with pytest.raises(NoWalkFits) as caught:
        plan_walks(area, WalkRequest(start=at(0, 0), minutes=60))
    assert caught.value.nearest is not None
    assert plan_walks(area, caught.value.nearest)


@pytest.mark.parametrize(
    ("argument", "wrong"),
    [
        ("minutes", 19),
        ("minutes", 121),
        ("minutes", float("nan")),
        ("minutes", 50.5),
        ("minutes", "50"),
        ("pace", 0.1),
        ("pace", 3),
        ("needs", frozenset(["wings"])),
        ("needs", 5),
        ("needs", "lit"),
        ("needs", [["lit"]]),
        ("preferences", frozenset(["hills"])),
        ("preferences", None),
        ("start", "nowhere"),
        ("start", (0.0, 0.0)),
        ("start", (200.0, 0.0)),
        ("start", {}),
        ("start", 5),
        ("at", "2026-12-01T10:00"),
        ("at", date(2026, 12, 1)),
        ("at", datetime(2026, 12, 1, 10)),  # noqa: DTZ001 - without its zone on purpose
        ("arrive_minutes", -1),
        ("pauses", ((-5, 0.5),)),
        ("pauses", ((5, 1.5),)),
        ("pauses", None),
        ("pauses", (5,)),
        ("keep_away_from", ("nowhere",)),
        ("keep_away_from", None),
        ("approach", "nowhere"),
        ("approach", ["nowhere"]),
        ("variant", -1),
        ("shape", "star"),
        ("unknown", "maybe"),
        ("max_minutes_from_start", 0),
    ],
)
def test_a_request_that_makes_no_sense_is_named(argument: str, wrong: object) -> None:
    request = replace(WalkRequest(start=START), **{argument: wrong})  # type: ignore[arg-type]
    with pytest.raises(RequestError) as caught:
        plan_walks(TOWN, request)
    assert caught.value.argument == argument
    assert caught.value.accepted


def test_needs_may_come_as_any_collection_of_words() -> None:
    request = WalkRequest(start=START, minutes=45, needs=frozenset(["lit"]))
    as_list = replace(request, needs=["lit"])  # type: ignore[arg-type]
    assert plan_walks(TOWN, as_list) == plan_walks(TOWN, request)


@pytest.mark.parametrize("cap", [4, 6, 9])
@pytest.mark.parametrize("shape", [None, "laps"])
def test_a_walk_never_goes_farther_from_the_start_than_it_may(
    cap: float, shape: Shape | None
) -> None:
    request = WalkRequest(start=START, minutes=60, shape=shape, max_minutes_from_start=cap)
    for proposal in plan_walks(TOWN, request):
        assert proposal.farthest is not None
        assert proposal.farthest.back_minutes <= cap + 1e-6


def test_every_way_back_over_a_bridge_is_forced_and_another_lap_is_not() -> None:
    area = area_of({"only": [(0, 0), (500, 0)]}, {"only": {"surface": "asphalt"}})
    request = WalkRequest(start=at(0, 0), minutes=42)
    (proposal, *_) = plan_walks(area, request)
    assert proposal.route.laps == 2
    assert proposal.repeated_m == pytest.approx(3 * 501.6, abs=1)
    assert proposal.forced_repeated_m == pytest.approx(2 * 501.6, abs=1)


def test_a_reason_says_nothing_of_roads_that_nobody_has_recorded() -> None:
    area = area_of({"only": [(0, 0), (2000, 0)]})
    for proposal in plan_walks(area, WalkRequest(start=at(0, 0), minutes=30)):
        assert "road" not in proposal.reason
