from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.routes.ground import area, at, path, place, route, straight
from walktalk.parks import Source
from walktalk.routes import NEEDS, WalkRequest, plan_walks
from walktalk.routes.checks import (
    WALK_NEEDS,
    path_verdicts,
    verdict,
    walk_verdict,
)
from walktalk.routes.checks.playground import NEAR_PLAYGROUND_M


def verdict_on(need: str, **facts: Any) -> str:
    ground, walk = straight(100, **facts)
    assert walk_verdict(ground, walk, need) == verdict(ground, ground.paths["way"], need)
    return verdict(ground, ground.paths["way"], need)


@pytest.mark.parametrize("need", sorted(NEEDS))
def test_nothing_recorded_is_unknown_for_every_need(need: str) -> None:
    ground, walk = straight()
    assert walk_verdict(ground, walk, need) == "unknown"


@pytest.mark.parametrize(
    ("need", "facts", "expected"),
    [
        ("step-free", {"highway": "steps"}, "broken"),
        ("step-free", {"steps": "yes"}, "broken"),
        ("step-free", {"step_count": 3}, "broken"),
        ("step-free", {"kerb": "raised", "wheelchair": "yes"}, "broken"),
        ("step-free", {"wheelchair": "no"}, "broken"),
        ("step-free", {"steps": "no", "step_count": 3}, "broken"),
        ("step-free", {"steps": "no"}, "met"),
        ("step-free", {"wheelchair": "yes"}, "met"),
        ("step-free", {"wheelchair": "limited"}, "unknown"),
        ("step-free", {"highway": "footway", "surface": "asphalt"}, "unknown"),
        ("firm-surface", {"surface": "asphalt"}, "met"),
        ("firm-surface", {"surface": "paving_stones"}, "met"),
        ("firm-surface", {"surface": "asphalt", "smoothness": "very_bad"}, "broken"),
        ("firm-surface", {"surface": "gravel"}, "broken"),
        ("firm-surface", {"surface": "fine_gravel"}, "broken"),
        ("firm-surface", {"surface": "grass"}, "broken"),
        ("firm-surface", {"surface": "compacted"}, "unknown"),
        ("firm-surface", {"surface": "a new word"}, "unknown"),
        ("gentle-slope", {"gradient_pct": 5.0}, "met"),
        ("gentle-slope", {"gradient_pct": 5.1}, "broken"),
        ("gentle-slope", {"gradient_pct": 4.0, "gradient_error_pct": 2.0}, "unknown"),
        ("gentle-slope", {"gradient_pct": 6.0, "gradient_error_pct": 2.0}, "unknown"),
        ("gentle-slope", {"highway": "steps"}, "broken"),
        ("gentle-slope", {"climb_m": 6.0, "descent_m": 0.0}, "broken"),
        ("gentle-slope", {"climb_m": 4.0, "descent_m": 0.0}, "unknown"),
        ("wide-path", {"width_m": 2.0}, "met"),
        ("wide-path", {"width_m": 1.9}, "broken"),
        ("two-abreast", {"width_m": 1.5}, "met"),
        ("two-abreast", {"width_m": 1.4}, "broken"),
        ("lit", {"lit": "yes"}, "met"),
        ("lit", {"lit": "24/7"}, "met"),
        ("lit", {"lit": "no"}, "broken"),
        ("lit", {"lit": "limited"}, "unknown"),
        ("away-from-roads", {"beside_road": "Evesham Road"}, "broken"),
        ("away-from-roads", {"crosses_road": "yes"}, "broken"),
        ("away-from-roads", {"highway": "residential"}, "broken"),
        ("away-from-roads", {"road_m": 19.0}, "broken"),
        ("away-from-roads", {"road_m": 20.0}, "met"),
        ("away-from-water", {"beside_water": "River Chelt"}, "broken"),
        ("away-from-water", {"water_m": 3.0}, "broken"),
        ("away-from-water", {"water_m": 40.0}, "met"),
        ("no-bikes", {"highway": "cycleway"}, "broken"),
        ("no-bikes", {"highway": "cycleway", "bicycle": "dismount"}, "met"),
        ("no-bikes", {"highway": "footway", "bicycle": "designated"}, "broken"),
        ("no-bikes", {"highway": "footway", "bicycle": "no"}, "met"),
        ("no-bikes", {"highway": "footway"}, "unknown"),
        ("no-bikes", {"highway": "residential"}, "broken"),
        ("away-from-playgrounds", {"playground_m": 10.0}, "broken"),
        ("away-from-playgrounds", {"playground_m": 300.0}, "met"),
    ],
)
def test_a_recorded_fact_decides(need: str, facts: dict[str, Any], expected: str) -> None:
    assert verdict_on(need, **facts) == expected


def test_what_is_only_reported_never_meets_a_need_and_may_break_it() -> None:
    hearsay = Source(id="talk", title="A walker's notes", as_of="2026-11", reported=True)
    for steps, expected in [("no", "unknown"), ("yes", "broken")]:
        way = replace(path("way", (0, 0), (0, 100), steps=steps), sources={"steps": hearsay})
        assert verdict(area([way]), way, "step-free") == expected


def test_a_path_is_away_from_playgrounds_only_where_playgrounds_were_looked_for() -> None:
    ways = [path("way", (0, 0), (0, 100))]
    far = place("swings", "playground", 0, 100 + NEAR_PLAYGROUND_M + 1)
    near = place("swings", "playground", 0, 100 + NEAR_PLAYGROUND_M - 1)
    need = "away-from-playgrounds"
    for places, searched, expected in [
        ([far], [], "unknown"),
        ([far], ["playground"], "met"),
        ([], ["playground"], "met"),
        ([near], ["playground"], "broken"),
        ([near], [], "broken"),
    ]:
        ground = area(ways, places, searched)
        assert verdict(ground, ground.paths["way"], need) == expected


def test_one_broken_path_breaks_the_walk_and_one_unknown_path_leaves_it_unknown() -> None:
    ground = area(
        [
            path("flat", (0, 0), (0, 50), steps="no"),
            path("unseen", (0, 50), (0, 100)),
            path("stairs", (0, 100), (0, 110), highway="steps"),
        ]
    )
    assert walk_verdict(ground, route(ground, "flat"), "step-free") == "met"
    assert walk_verdict(ground, route(ground, "flat", "unseen"), "step-free") == "unknown"
    assert walk_verdict(ground, route(ground, "flat", "unseen", "stairs"), "step-free") == "broken"


def test_verdicts_of_all_paths_come_in_edge_order() -> None:
    ground = area(
        [
            path("good", (0, 0), (0, 50), steps="no", lit="yes"),
            path("dark", (0, 50), (0, 100), steps="no", lit="no"),
            path("unseen", (0, 100), (0, 150), lit="yes"),
        ]
    )
    allowed, unknown = path_verdicts(ground, {"step-free", "lit", "seats"})
    np.testing.assert_array_equal(allowed, [True, False, True])
    np.testing.assert_array_equal(unknown, [0, 0, 1])


def test_seats_and_toilets_exclude_no_path() -> None:
    ground, _ = straight()
    allowed, unknown = path_verdicts(ground, WALK_NEEDS)
    assert allowed.all()
    assert not unknown.any()


def test_seats_are_met_only_when_recorded_never_more_than_50_m_apart() -> None:
    ways = [path("way", (0, 0), (0, 120))]
    benches = [place(f"bench-{n}", "bench", 5, n) for n in (40, 80)]
    far_off = place("far-bench", "bench", 60, 60)
    for places, expected in [(benches, "met"), (benches[:1], "unknown"), ([far_off], "unknown")]:
        ground = area(ways, places)
        assert walk_verdict(ground, route(ground, "way"), "seats") == expected


def test_what_is_private_or_only_reported_is_neither_seat_nor_toilet() -> None:
    ways = [path("way", (0, 0), (0, 40))]
    hearsay = Source(id="talk", title="A walker's notes", as_of="2026-11", reported=True)
    for need, kind in [("seats", "bench"), ("toilets", "toilets")]:
        open_to_all = place("place", kind, 5, 20)
        private = place("place", kind, 5, 20, access="private")
        reported = replace(open_to_all, sources={"geometry": hearsay})
        for one, expected in [(open_to_all, "met"), (private, "unknown"), (reported, "unknown")]:
            ground = area(ways, [one])
            assert walk_verdict(ground, route(ground, "way"), need) == expected


def test_toilets_are_met_only_when_recorded_within_reach() -> None:
    ways = [path("way", (0, 0), (0, 100))]
    for east_m, expected in [(290, "met"), (310, "unknown")]:
        ground = area(ways, [place("toilets", "toilets", east_m, 50)])
        assert walk_verdict(ground, route(ground, "way"), "toilets") == expected


def test_what_nobody_recorded_anywhere_hides_nothing_of_what_is_known_of_other_needs() -> None:
    # the eastern way is much the calmer, but only of the western one is it known that it is lit
    ground = area(
        [
            path("west", (0, 0), (-1000, 0), lit="yes", highway="residential"),
            path("east", (0, 0), (1000, 0), beside_water=True),
        ]
    )
    known, unseen = plan_walks(
        ground, WalkRequest(start=at(0, 0), minutes=38, needs=frozenset(["lit", "step-free"]))
    )
    assert {leg.path_id for leg in known.route.legs} == {"west"}
    assert {leg.path_id for leg in unseen.route.legs} == {"east"}
    assert unseen.cost < known.cost
