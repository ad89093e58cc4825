"""A walk's reason speaks as people do, and of nothing that nobody has recorded."""

from dataclasses import replace
from typing import Any

import pytest

from tests.routes.ground import area, at, path, place
from walktalk.parks import Area
from walktalk.parks.model import BackgroundShape
from walktalk.routes import WalkRequest, plan_walks

SIDE_M = 330.0
ROUND = [(0.0, 0.0), (0.0, SIDE_M), (SIDE_M, SIDE_M), (SIDE_M, 0.0), (0.0, 0.0)]
FLAT: dict[str, Any] = {"surface": "asphalt", "bicycle": "yes", "gradient_pct": 0.4}


def water(low_m: float, high_m: float, name: str) -> BackgroundShape:
    ring = [(low_m, low_m), (high_m, low_m), (high_m, high_m), (low_m, high_m), (low_m, low_m)]
    return BackgroundShape("water", (tuple(at(*corner) for corner in ring),), name)


def with_water(land: Area, *shapes: BackgroundShape) -> Area:
    return replace(land, background=shapes)


def first_reason(land: Area, request: WalkRequest) -> str:
    return plan_walks(land, request)[0].reason


ROUND_A_LAKE = with_water(area([path("round", *ROUND, **FLAT)]), water(60, 270, "Long Lake"))


def test_two_rounds_of_a_lake_are_told_as_somebody_would_who_knows_it() -> None:
    request = WalkRequest(start=at(0, 0), minutes=52)
    said = first_reason(ROUND_A_LAKE, request)
    assert said.startswith(
        "Twice round Long Lake. Flat tarmac, shared with bikes. You pass the start half way."
    )
    assert "%" not in said


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (water(60, 270, ""), "Twice round the water."),
        (water(200, 600, "Long Lake"), "Twice round the same 1.3 km."),
        (water(100, 112, "Duck Pond"), "Twice round the same 1.3 km."),
    ],
)
def test_a_walk_goes_round_only_water_that_lies_within_it(
    shape: BackgroundShape, said: str
) -> None:
    land = with_water(area([path("round", *ROUND, **FLAT)]), shape)
    assert first_reason(land, WalkRequest(start=at(0, 0), minutes=52)).startswith(said)


def test_nothing_is_said_of_a_surface_a_slope_or_bikes_that_nobody_has_recorded() -> None:
    bare = area([path("round", *ROUND)])
    said = first_reason(bare, WalkRequest(start=at(0, 0), minutes=52))
    assert not any(word in said.lower() for word in ("flat", "tarmac", "bikes", "road", "water"))


def test_a_way_there_and_back_names_where_it_turns_and_a_loop_what_is_walked_twice() -> None:
    out = area(
        [path("out", (0, 0), (0, 1250), surface="asphalt")],
        [place("oak", "bench", 2, 1245)],
    )
    assert first_reason(out, WalkRequest(start=at(0, 0), minutes=50)).startswith(
        "There and back, turning at Oak. Tarmac."
    )
    side = [(0.0, 0.0), (0.0, 500.0), (500.0, 500.0), (500.0, 0.0), (0.0, 0.0)]
    stem = area([path("stem", (-200, 0), (0, 0), **FLAT), path("round", *side, **FLAT)])
    request = WalkRequest(start=at(-200, 0), minutes=48)
    assert first_reason(stem, request).startswith("A loop, with the same 200 m out and home.")
    request = WalkRequest(start=at(0, 0), minutes=42)
    assert first_reason(stem, request).startswith("A loop, nothing walked twice.")


def test_a_way_there_and_back_turns_at_another_path_by_name_and_never_at_its_own() -> None:
    for side, turns_at in (("Elm Walk", "the junction with Elm Walk"), ("Long Walk", "a junction")):
        ground = area(
            [
                path("way", (0, 0), (0, 1200), name="Long Walk; Old Road"),
                path("side", (0, 1200), (300, 1200), name=f"{side}; Old Road"),
                path("on", (0, 1200), (0, 2000), name="Long Walk; Old Road"),
            ]
        )
        request = WalkRequest(start=at(0, 0), minutes=51, shape="out-and-back")
        assert f"turning at {turns_at}" in first_reason(ground, request)


def test_the_second_walk_is_told_beside_the_first() -> None:
    sides = [
        path("quiet", (0, 0), (-1200, 0), surface="asphalt"),
        path("street", (0, 0), (1200, 0), surface="asphalt", highway="residential"),
    ]
    first, second, *_ = plan_walks(area(sides), WalkRequest(start=at(0, 0), minutes=49))
    assert "The calmest of the walks found." in first.reason
    assert "More road than the calmest." in second.reason
