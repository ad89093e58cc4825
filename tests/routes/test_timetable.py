from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.maps.real_walks import planned_walks
from tests.routes.ground import area, path, route, straight
from walktalk.routes import Route, WalkRequest
from walktalk.routes.timetable import Clock, timetable
from walktalk.routes.timing import route_minutes

GROUND = area(
    [
        path("a", (0, 0), (0, 700), surface="asphalt"),
        path("b", (0, 700), (300, 700), climb_m=15.0),
        path("c", (300, 700), (0, 0), surface="gravel"),
    ]
)
LOOP = route(GROUND, "a", "b", "c")
THREE_LAPS = route(GROUND, *"abcabcabc", shape="laps", laps=3)

pauses = st.lists(
    st.tuples(st.floats(0, 10), st.sampled_from([0.0, 0.25, 0.5, 1.0]) | st.floats(0, 1)),
    max_size=4,
).map(tuple)
requests = st.builds(
    WalkRequest,
    pace=st.floats(0.5, 1.5),
    arrive_minutes=st.floats(0, 10),
    close_minutes=st.floats(0, 10),
    pauses=pauses,
)


@given(requests, st.sampled_from([LOOP, THREE_LAPS]))
def test_minutes_and_metres_never_go_back(request: WalkRequest, walk: Route) -> None:
    entries = timetable(GROUND, request, walk)
    for before, after in pairwise(entries):
        assert after.minute >= before.minute - 1e-9
        assert after.distance_m >= before.distance_m


@given(requests)
def test_the_finish_is_arrival_walking_and_pauses_together(request: WalkRequest) -> None:
    finish = timetable(GROUND, request, LOOP)[-1]
    paused = sum(minutes for minutes, _ in request.pauses)
    walking = route_minutes(GROUND, LOOP, request.pace)
    assert finish.event == "finish"
    assert finish.minute == pytest.approx(request.arrive_minutes + walking + paused)
    assert finish.distance_m == pytest.approx(LOOP.length_m)


def test_the_moments_of_a_plain_walk_come_in_order() -> None:
    events = [entry.event for entry in timetable(GROUND, WalkRequest(), LOOP)]
    assert events == ["arrive", "set-off", "half-way", "last-stretch", "finish"]


def test_half_way_is_half_the_distance_whatever_the_slopes() -> None:
    [half] = [e for e in timetable(GROUND, WalkRequest(), LOOP) if e.event == "half-way"]
    assert half.distance_m == pytest.approx(LOOP.length_m / 2)


def test_a_pause_at_half_way_begins_when_half_way_is_reached_and_delays_the_rest() -> None:
    quick = timetable(GROUND, WalkRequest(), LOOP)
    slow = timetable(GROUND, WalkRequest(pauses=((4, 0.5),)), LOOP)
    minute = {entry.event: entry.minute for entry in slow}
    assert minute["pause"] == minute["half-way"]
    assert minute["finish"] == pytest.approx(quick[-1].minute + 4)
    assert [e.event for e in slow][2:4] == ["half-way", "pause"]


def test_two_pauses_at_one_place_follow_one_another() -> None:
    entries = timetable(GROUND, WalkRequest(pauses=((4, 0.5), (3, 0.5))), LOOP)
    first, second = (entry.minute for entry in entries if entry.event == "pause")
    assert second == pytest.approx(first + 4)


def test_every_lap_after_the_first_is_named_where_it_begins() -> None:
    laps = [e for e in timetable(GROUND, WalkRequest(), THREE_LAPS) if e.event == "lap"]
    assert [lap.distance_m for lap in laps] == pytest.approx([LOOP.length_m, 2 * LOOP.length_m])


@pytest.mark.parametrize("laps", [2, 3, 4])
@given(st.floats(0.5, 10))
def test_a_lap_begins_after_the_pause_that_is_made_where_it_begins(
    laps: int, minutes: float
) -> None:
    walk = route(GROUND, *"abc" * laps, shape="laps", laps=laps)
    made = tuple((minutes, lap / laps) for lap in range(1, laps))
    entries = timetable(GROUND, WalkRequest(pauses=made), walk)
    told = [entry for entry in entries if entry.event in ("pause", "lap")]
    assert [entry.event for entry in told] == ["pause", "lap"] * (laps - 1)
    for pause, lap in zip(told[::2], told[1::2], strict=True):
        assert lap.distance_m == pause.distance_m
        assert lap.minute == pytest.approx(pause.minute + minutes)


def test_every_lap_of_a_planned_walk_begins_where_the_walk_was_before() -> None:
    """Also where a way to the laps makes them a part of the walk."""
    for walk in planned_walks():
        line, times = walk.route.line, walk.proposal.timetable
        starts = [entry.distance_m for entry in times if entry.event == "lap"]
        assert len(starts) == (walk.route.laps - 1 if walk.route.shape == "laps" else 0)
        if not starts:
            continue
        places = walk.area.network.metres(line.points_at(starts))
        assert np.linalg.norm(places - places[0], axis=1).max() < 0.5
        assert np.diff(starts, n=2) == pytest.approx(0, abs=0.01)
        before = np.arange(0.0, starts[0] - 10.0, 0.25)
        been = walk.area.network.metres(line.points_at(before))
        assert np.linalg.norm(been - places[0], axis=1).min() < 0.5
        if starts[-1] + starts[0] < 0.99 * walk.route.length_m:
            assert "out and back" in walk.proposal.reason


def test_the_last_stretch_is_the_last_five_minutes_or_the_last_quarter_of_a_short_walk() -> None:
    for metres, expected in [(1800, 5.0), (600, 2.5)]:
        ground, walk = straight(metres, surface="asphalt")
        minute = {e.event: e.minute for e in timetable(ground, WalkRequest(), walk)}
        assert minute["finish"] - minute["last-stretch"] == pytest.approx(expected, rel=1e-3)


def test_the_clock_stands_still_during_a_pause() -> None:
    clock = Clock.of(GROUND, WalkRequest(pauses=((4, 0.5),)), LOOP)
    half = clock.length_m / 2
    assert clock.minute_on_from(half) - clock.minute_at(half) == pytest.approx(4)
    assert clock.minute_at(half + 1) > clock.minute_on_from(half)
