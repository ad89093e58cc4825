"""Ways of a few centimetres, starts in odd places: every walk is found, told, checked and timed."""

from itertools import pairwise

import pytest

from tests.routes.towns import area_of, at
from walktalk.parks import Area
from walktalk.parks.geodesy import distance_m
from walktalk.parks.model import FactValue
from walktalk.routes import NoWalkFits, Proposal, WalkRequest, plan_walks
from walktalk.routes.cues import node_at_end
from walktalk.routes.directions import directions
from walktalk.routes.model import Leg
from walktalk.routes.timing import flat_metres
from walktalk.routes.ways_out import help_points

LENGTHS_M = (0.004, 0.02, 0.07, 0.15, 0.3, 0.45, 0.9)


def crossing(short_m: float, facts: dict[str, FactValue] | None = None) -> Area:
    """A block of streets with a way of so many metres between two of its corners."""
    lines: dict[str, list[tuple[float, float]]] = {
        "short": [(0, 0), (short_m, 0)],
        "south": [(0, 0), (-300, -200), (0, -500)],
        "base": [(0, -500), (short_m, -500.0)],
        "east": [(short_m, -500), (400, -200), (short_m, 0)],
        "north": [(short_m, 0), (300, 300), (0, 600)],
        "west": [(0, 600), (-300, 300), (0, 0)],
    }
    return area_of(lines, {"short": facts or {}})


def told(area: Area, request: WalkRequest) -> list[Proposal]:
    """Plan, and make everything that is made of a walk's legs."""
    proposals = plan_walks(area, request)
    for proposal in proposals:
        line = proposal.route.coordinates
        steps = directions(area, proposal.route, request.pace)
        assert steps[-1].kind == "finish"
        assert help_points(area, proposal.route)
        assert all(distance_m(one, other) > 0.001 for one, other in pairwise(line))
        assert distance_m(line[0], line[-1]) < 0.1
    return proposals


@pytest.mark.parametrize("short_m", LENGTHS_M)
@pytest.mark.parametrize("start", [(0, 0), (0.06, 0), (300, 300), (-150, -100)])
@pytest.mark.slow
def test_a_way_of_a_few_centimetres_is_walked_and_told_like_any_other(
    short_m: float, start: tuple[float, float]
) -> None:
    for minutes in (30, 48):
        assert told(crossing(short_m), WalkRequest(start=at(*start), minutes=minutes))


@pytest.mark.parametrize("length_m", LENGTHS_M)
def test_a_leg_ends_at_the_node_it_leads_to_however_short_its_way_is(length_m: float) -> None:
    area = crossing(length_m)
    tail, head = area.network.ends_of("short")
    whole = area.paths["short"].length_m
    assert node_at_end(area, Leg("short", 0.0, whole)) == head
    assert node_at_end(area, Leg("short", whole, 0.0)) == tail
    assert node_at_end(area, Leg("short", whole / 2, whole)) == head
    assert node_at_end(area, Leg("short", whole / 2, 0.0)) == tail


@pytest.mark.parametrize("climb_m", [1.0, 40.0, 3000.0])
def test_a_slope_of_a_metre_takes_a_time_whatever_its_recorded_climb(climb_m: float) -> None:
    area = crossing(0.9, {"climb_m": climb_m, "descent_m": 0.0})
    seconds = flat_metres(area.paths["short"])  # at 1 m/s
    assert all(0 < each < 120 for each in seconds)
    assert told(area, WalkRequest(start=at(300, 300), minutes=40))


def test_a_start_on_a_bend_gives_no_point_twice() -> None:
    area = area_of({"only": [(0, 0), (400, 100), (900, 0), (2500, 0)]})
    for east, north in ((400, 100), (900, 0)):
        for _ in told(area, WalkRequest(start=at(east, north), minutes=30)):
            pass


ODD_STARTS = {
    "on a bridge": ((0, 5), {"bridge": {"bridge": "yes"}}),
    "in a square": ((30, 130), {}),
    "at the end of a path for customers": ((200, 0), {"gated": {"access": "customers"}}),
    "on a stub of 30 cm": ((-0.15, 0), {}),
}


@pytest.mark.parametrize("where", ODD_STARTS)
def test_a_walk_starts_in_an_odd_place(where: str) -> None:
    start, facts = ODD_STARTS[where]
    lines: dict[str, list[tuple[float, float]]] = {
        "bridge": [(0, 0), (0, 100)],
        "square": [(0, 100), (60, 100), (60, 160), (0, 160), (0, 100)],
        "gated": [(0, 0), (200, 0)],
        "stub": [(0, 0), (-0.3, 0)],
        "long": [(0, 160), (0, 1500)],
        "back": [(0, 1500), (500, 700), (60, 160)],
    }
    assert told(area_of(lines, facts), WalkRequest(start=at(*start), minutes=35))


def test_no_walk_starts_behind_a_closed_gate() -> None:
    lines: dict[str, list[tuple[float, float]]] = {
        "gated": [(0, 0), (200, 0)],
        "long": [(0, 0), (0, 1500)],
    }
    area = area_of(lines, {"gated": {"access": "private"}})
    with pytest.raises(NoWalkFits):
        plan_walks(area, WalkRequest(start=at(200, 0), minutes=35))


def test_a_start_on_a_path_of_no_length_is_refused_and_not_a_crash() -> None:
    area = area_of(
        {"point": [(0, 0), (0, 0)], "road": [(0, 0), (0, 1500)]}, {"road": {"highway": "primary"}}
    )
    with pytest.raises(NoWalkFits):
        plan_walks(area, WalkRequest(start=at(0, 0), minutes=30, needs=frozenset(["no-bikes"])))


def test_a_ring_without_any_junction_gives_a_walk() -> None:
    area = area_of({"ring": [(0, 0), (300, 0), (300, 300), (0, 300), (0, 0)]})
    for start in ((0, 0), (150, 0), (300, 300)):
        assert told(area, WalkRequest(start=at(*start), minutes=28))


def test_two_hours_in_two_hundred_metres_of_path_name_a_request_that_works() -> None:
    area = area_of({"a": [(0, 0), (100, 0)], "b": [(100, 0), (100, 136)]})
    with pytest.raises(NoWalkFits) as caught:
        plan_walks(area, WalkRequest(start=at(0, 0), minutes=120))
    assert caught.value.nearest is not None
    assert told(area, caught.value.nearest)


def test_a_checked_ring_that_only_an_unchecked_way_leads_to_crashes_nothing() -> None:
    lines: dict[str, list[tuple[float, float]]] = {
        "only": [(0, 0), (0, 900)],
        "unchecked": [(0, 0), (60, 0)],
        "half": [(60, 0), (160, 50), (260, 0)],
        "other": [(260, 0), (160, -50), (60, 0)],
    }
    facts: dict[str, dict[str, FactValue]] = {
        path_id: {"steps": "no"} for path_id in ("only", "half", "other")
    }
    request = WalkRequest(start=at(0, 0), minutes=35, needs=frozenset(["step-free"]))
    first, *_ = told(area_of(lines, facts), request)
    assert {leg.path_id for leg in first.route.legs} == {"only"}
