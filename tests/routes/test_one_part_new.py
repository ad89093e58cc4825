"""The same walk with one part new keeps its start, its finish, its time and half of its way."""

from contextlib import suppress
from itertools import pairwise

import pytest

from tests.routes.test_planner_laws import check, ground
from tests.routes.towns import area_of, at, town
from walktalk.parks import load_area
from walktalk.resources import shipped_parks
from walktalk.routes import NoWalkFits, Proposal, Walk, WalkRequest, plan_walks
from walktalk.routes.one_part_new import plan_one_part_new

TOWN = town(400, seed=1)


PITTVILLE = load_area(shipped_parks() / "pittville-park.geojson")


def assert_goes_on(walk: Proposal) -> None:
    """Assert that a walk nowhere turns round to go straight back."""
    for one, other in pairwise(walk.route.legs):
        assert (one.path_id, one.from_m, one.to_m) != (other.path_id, other.to_m, other.from_m)


@pytest.mark.slow
def test_no_way_round_turns_on_the_spot_also_with_one_part_new() -> None:
    for start in PITTVILLE.meeting_points:
        request = WalkRequest(start=start.id, minutes=50)
        for known in plan_walks(PITTVILLE, request, limit=6):
            if known.route.shape not in ("loop", "lollipop"):
                continue
            assert_goes_on(known)
            with suppress(NoWalkFits):
                for walk in plan_one_part_new(PITTVILLE, request, Walk(PITTVILLE, request, known)):
                    assert_goes_on(walk)


@pytest.mark.parametrize("node", [3, 57, 111])
def test_one_part_is_new_and_the_rest_stays_as_it_was(node: int) -> None:
    request = WalkRequest(start=TOWN.network.nodes[node], minutes=50)
    known = plan_walks(TOWN, request)[0]
    before = ground(known)
    walks = plan_one_part_new(TOWN, request, Walk(TOWN, request, known))
    assert walks
    for walk in walks:
        check(TOWN, request, walk)
        after = ground(walk)
        kept = sum(len(before[each] & after[each]) for each in before.keys() & after.keys())
        assert kept >= 0.5 * sum(map(len, before.values())) - len(before)
        assert sum(map(len, after.values())) - kept >= 0.1 * kept
        assert walk.route.coordinates[0] == pytest.approx(known.route.coordinates[0])
        assert walk.route.coordinates[-1] == pytest.approx(known.route.coordinates[-1])
        assert walk.reason.startswith("The same walk, one part new: ")
        assert_goes_on(walk)
    assert len({walk.route.coordinates for walk in walks}) == len(walks)
    assert known.route.coordinates not in {walk.route.coordinates for walk in walks}


def test_the_new_part_keeps_every_need() -> None:
    needs = frozenset(["step-free", "no-bikes"])
    request = WalkRequest(start=TOWN.network.nodes[57], minutes=50, needs=needs)
    known = plan_walks(TOWN, request)[0]
    for walk in plan_one_part_new(TOWN, request, Walk(TOWN, request, known)):
        check(TOWN, request, walk)


def test_of_a_walk_in_laps_each_lap_has_the_same_part_new() -> None:
    lines = {
        "a": [(0, 0), (300, 0)],
        "b": [(300, 0), (300, 300)],
        "c": [(300, 300), (0, 300)],
        "d": [(0, 300), (0, 0)],
        "other": [(300, 0), (340, 150), (300, 300)],
    }
    square = area_of(lines, {key: {"surface": "asphalt"} for key in lines})
    request = WalkRequest(start=at(0, 0), minutes=49)
    laps = next(w for w in plan_walks(square, request, limit=9) if w.route.shape == "laps")
    (walk, *_) = plan_one_part_new(square, request, Walk(square, request, laps))
    assert (walk.route.shape, walk.route.laps) == ("laps", laps.route.laps)
    both = {leg.path_id for leg in laps.route.legs} ^ {leg.path_id for leg in walk.route.legs}
    assert both == {"b", "other"}


def test_a_walk_without_another_way_says_so_and_so_does_one_whose_paths_are_gone() -> None:
    ring = area_of({"ring": [(0, 0), (640, 0), (640, 640), (0, 640), (0, 0)]})
    request = WalkRequest(start=at(0, 0), minutes=52)
    known = plan_walks(ring, request)[0]
    with pytest.raises(NoWalkFits, match="No part of this walk has another way"):
        plan_one_part_new(ring, request, Walk(ring, request, known))
    other = area_of({"elsewhere": [(0, 0), (640, 0), (640, 640), (0, 640), (0, 0)]})
    with pytest.raises(NoWalkFits, match="not as they were"):
        plan_one_part_new(other, request, Walk(ring, request, known))
