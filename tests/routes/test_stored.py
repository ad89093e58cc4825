"""A stored route fills the request's time on its own paths."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from walktalk.parks import Area, StoredRoute, load_areas
from walktalk.routes import NoWalkFits, RequestError, WalkRequest
from walktalk.routes.stored import fit_route

AREAS = load_areas(Path(__file__).parents[2] / "data" / "parks")
STORED = [(area, route) for area in AREAS.values() for route in area.routes.values()]
NAMES = [f"{area.id}: {route.id}" for area, route in STORED]


@pytest.mark.parametrize(("area", "stored"), STORED, ids=NAMES)
@pytest.mark.parametrize("minutes", [20, 33, 50, 75, 120])
@pytest.mark.slow
def test_a_stored_route_ends_on_time_on_its_own_paths(
    area: Area, stored: StoredRoute, minutes: int
) -> None:
    try:
        proposal = fit_route(area, stored, WalkRequest(minutes=minutes))
    except NoWalkFits as refusal:
        assert refusal.nearest is not None
        assert fit_route(area, stored, refusal.nearest).total_minutes < minutes
        return
    assert minutes - 1 <= proposal.total_minutes <= minutes
    assert {leg.path_id for leg in proposal.route.legs} <= set(stored.path_ids)
    assert proposal.name == stored.name
    assert proposal.route.laps <= 4
    assert math.dist(proposal.route.coordinates[0], proposal.route.coordinates[-1]) < 1e-9


def test_a_loop_walked_once_repeats_nothing() -> None:
    area = AREAS["pittville-park"]
    proposal = fit_route(area, area.routes["lower-lake-loop"], WalkRequest(minutes=30))
    assert proposal.route.shape == "loop"
    assert proposal.repeated_m == pytest.approx(0, abs=0.01)


def test_an_open_route_that_is_too_short_is_said_to_turn_before_its_end() -> None:
    area = AREAS["pittville-park"]
    loop = area.routes["lower-lake-loop"]
    one_way = replace(loop, path_ids=loop.path_ids[:-1], closed=False)
    once = fit_route(area, one_way, WalkRequest(minutes=30))
    assert "walked out and back, turning before its end." in once.reason
    twice = fit_route(area, one_way, WalkRequest(minutes=90))
    assert twice.route.laps > 1
    assert {leg.path_id for leg in twice.route.legs} <= set(one_way.path_ids)
    ends = [area.paths[one_way.path_ids[-1]].coordinates[end] for end in (0, -1)]
    assert set(ends) <= set(twice.route.coordinates) or "before its end" in twice.reason
    times = "twice" if twice.route.laps == 2 else f"{twice.route.laps} times"
    assert f"walked out and back {times}" in twice.reason


@pytest.mark.parametrize(
    ("minutes", "how"),
    [
        (30, "walked once round."),
        (50, "walked twice. 2 minutes to arrive in place of 3."),
        (55, "walked twice. A pause of 4 minutes at a seat."),
        (73, "walked 3 times."),
    ],
)
def test_a_round_is_walked_whole_and_minutes_left_over_are_said(minutes: int, how: str) -> None:
    area = AREAS["pittville-park"]
    proposal = fit_route(area, area.routes["lower-lake-loop"], WalkRequest(minutes=minutes))
    assert proposal.reason == f"Lower lake loop, {how}"


def test_another_start_is_refused() -> None:
    area = AREAS["pittville-park"]
    with pytest.raises(RequestError):
        fit_route(area, area.routes["lower-lake-loop"], WalkRequest(start="lake-east-end"))


def test_a_need_that_nobody_checked_is_named_when_unknown_is_refused() -> None:
    area = AREAS["pittville-park"]
    request = WalkRequest(needs=frozenset(["step-free"]), unknown="refuse")
    with pytest.raises(NoWalkFits, match="No steps") as caught:
        fit_route(area, area.routes["lower-lake-loop"], request)
    assert caught.value.nearest is not None
    assert fit_route(area, area.routes["lower-lake-loop"], caught.value.nearest)
