"""A way home at any time, and a shortcut near half way, that show nobody what was asked for."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from tests.routes.ground import area, at, path
from tests.routes.towns import town
from walktalk.parks import Area
from walktalk.routes import Proposal, Walk, WalkRequest, plan_walks
from walktalk.routes.as_json import proposal_from_json, proposal_to_json
from walktalk.routes.no_worse import with_shortcut_that_suits
from walktalk.routes.surroundings import surroundings
from walktalk.routes.turning_back import told_ways_home, turning_back
from walktalk.routes.words import minutes_in_words
from walktalk.sessions.opened import public_walk

KNOWN: dict[str, Any] = {"surface": "asphalt", "step_count": 0, "width_m": 2.5}
REQUEST = WalkRequest(start=at(0, 0), minutes=35, shape="loop")


def ring(**across: Any) -> Area:
    """Return a square of 400 m and a path across it, with what is known of that."""
    return area(
        [
            path("south", (0, 0), (400, 0), **KNOWN),
            path("east", (400, 0), (400, 400), **KNOWN),
            path("north", (400, 400), (0, 400), **KNOWN),
            path("west", (0, 400), (0, 0), **KNOWN),
            path("across", (400, 400), (0, 0), **KNOWN | across),
        ]
    )


def round_of(ground: Area, request: WalkRequest = REQUEST) -> Proposal:
    """Return the walk round the square, whichever way."""
    walks = plan_walks(ground, request, limit=9)
    return next(each for each in walks if "across" not in {leg.path_id for leg in each.route.legs})


def test_a_shortcut_is_told_with_where_it_leaves_and_what_it_saves() -> None:
    walk = round_of(ring())
    assert walk.shortcut is not None
    assert walk.shortcut.coordinates[0] == pytest.approx(at(400, 400))
    assert walk.shortcut.coordinates[-1] == pytest.approx(at(0, 0))
    assert [leg.path_id for leg in walk.shortcut.legs] == ["across"]
    side = "left" if walk.route.legs[0].path_id == "south" else "right"
    leaves, takes, saves, farthest = turning_back(walk)
    assert leaves == (
        f"A shorter way back leaves the walk after 800 m, at a junction of paths, to the {side}."
    )
    assert takes == "From there it is about 9 minutes to the start."
    assert saves == "Walking on takes about 13 minutes."
    assert farthest == next(each.message for each in walk.findings if each.check == "way-back")


def test_turning_round_is_no_shortcut_and_neither_is_passing_the_start() -> None:
    only = area([path("only", (0, 0), (1200, 0))])
    for minutes in (30, 60):
        for walk in plan_walks(only, replace(REQUEST, minutes=minutes, shape=None)):
            assert walk.shortcut is None
            assert len(turning_back(walk)) == 1


@pytest.mark.parametrize("fact", [{"step_count": 12}, {"surface": "mud"}, {"width_m": 0.6}])
def test_a_shortcut_worse_than_the_walk_is_none_though_nobody_asked(fact: dict[str, Any]) -> None:
    walk = round_of(ring(**fact))
    assert walk.shortcut is None
    assert [way for way in walk.ways_home if way.minutes > 9.5]  # at the far corner


def test_a_shortcut_goes_when_it_is_found_to_be_worse_or_closed() -> None:
    walk = Walk(ring(), REQUEST, round_of(ring()))
    assert with_shortcut_that_suits(walk) is walk
    for fact in ({"step_count": 12}, {"access": "no"}):
        now = with_shortcut_that_suits(replace(walk, area=ring(**fact)))
        assert now.proposal == replace(walk.proposal, shortcut=None)


def test_a_shortcut_is_kept_with_the_walk_and_with_the_paths_that_it_takes() -> None:
    walk = Walk(ring(), REQUEST, round_of(ring()))
    again = proposal_from_json(proposal_to_json(walk.proposal))
    assert (again.shortcut, again.ways_home) == (walk.proposal.shortcut, walk.proposal.ways_home)
    assert walk.proposal.shortcut
    assert {leg.path_id for leg in walk.proposal.shortcut.legs} <= surroundings(walk).paths.keys()
    kept = proposal_to_json(walk.proposal)  # as it was kept when needs still told in it
    del kept["home_for_all"], kept["shortcut"]["legs"], kept["shortcut"]["side"]
    before = public_walk(replace(walk, proposal=proposal_from_json(kept)))
    assert (before.proposal.shortcut, before.proposal.ways_home) == (None, ())
    now = public_walk(walk).proposal
    assert (now.shortcut, now.ways_home) == (walk.proposal.shortcut, walk.proposal.ways_home)


TOWN = town(400, seed=1)


@pytest.mark.parametrize("node", [3, 57, 111])
@pytest.mark.slow
def test_ways_home_and_shortcut_are_the_same_whatever_was_needed(node: int) -> None:
    plain = WalkRequest(start=TOWN.network.nodes[node], minutes=50)
    needs = [{"step-free"}, {"firm-surface", "no-bikes"}, {"lit"}, {"wide-path", "step-free"}]
    everybody = {
        walk.route.coordinates: walk for walk in plan_walks(TOWN, replace(plain), limit=30)
    }
    compared = 0
    for need in needs:
        for walk in plan_walks(TOWN, replace(plain, needs=frozenset(need)), limit=30):
            same = everybody.get(walk.route.coordinates)
            if same is not None:
                compared += 1
                assert turning_back(walk) == turning_back(same)
                assert [
                    (round(way.distance_m, 3), round(way.minutes, 6)) for way in walk.ways_home
                ] == [(round(way.distance_m, 3), round(way.minutes, 6)) for way in same.ways_home]
                told = [minutes_in_words(way.minutes) for way in told_ways_home(walk)]
                assert all(one != other for one, other in pairwise(told))
    assert compared
