import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.maps.real_walks import PARKS, stored_walks
from tests.routes import recorded
from walktalk.parks import LonLat
from walktalk.parks.geodesy import length_m
from walktalk.routes import Walk
from walktalk.routes.recordings import (
    NetworkMatch,
    Recording,
    RecordingError,
    match_to_network,
    read_recording,
)

WALKS = stored_walks()
CLEAN_M, SHAKY_M = 13.0, 20.0
"""Metres that a matched walk may be longer or shorter: a corner cut between two paths side by side,
twice as much where the receiver errs by 3 m."""


def _recorded(walk: Walk, jitter_m: float = 0.0, seed: int = 1) -> Recording:
    line = walk.route.coordinates
    noisy = recorded.walked(line, walk.route.length_m, jitter_m=jitter_m, seed=seed)
    return read_recording(recorded.as_gpx(noisy), "walk.gpx")


def _follows(match: NetworkMatch, walk: Walk, within_m: float) -> None:
    assert match.share > 0.97
    assert match.length_m == pytest.approx(walk.route.length_m, abs=within_m)


@pytest.mark.parametrize("name", WALKS)
def test_a_clean_recording_of_a_stored_route_lies_on_its_paths(name: str) -> None:
    walk = WALKS[name]
    match = match_to_network(walk.area, _recorded(walk))
    _follows(match, walk, CLEAN_M)
    assert match.p95_m < 2
    long = {leg.path_id for leg in walk.route.legs if leg.length_m > 20}
    assert long <= set(match.path_ids)


@settings(max_examples=8)
@given(st.sampled_from(sorted(WALKS)), st.integers(0, 1000))
def test_a_shaky_recording_still_lies_on_its_paths(name: str, seed: int) -> None:
    walk = WALKS[name]
    match = match_to_network(walk.area, _recorded(walk, jitter_m=3.0, seed=seed))
    _follows(match, walk, SHAKY_M)
    assert match.median_m < 3


@pytest.mark.parametrize("seed", [26, 36])
def test_a_recording_whose_ends_are_shaky_keeps_its_first_and_last_path(seed: int) -> None:
    walk = stored_walks()["montpellier-gardens/across-the-gardens"]
    match = match_to_network(walk.area, _recorded(walk, jitter_m=3.0, seed=seed))
    assert match.length_m == pytest.approx(walk.route.length_m, abs=6)


def test_legs_join_up_and_make_the_line() -> None:
    walk = WALKS["pittville-park/lower-lake-loop"]
    match = match_to_network(walk.area, _recorded(walk))
    assert match.legs
    assert sum(leg.length_m for leg in match.legs) == pytest.approx(match.length_m, rel=0.001)


def test_walking_out_and_back_on_one_path_keeps_both_ways() -> None:
    walk = WALKS["sandford-park/riverside"]
    there = walk.route.coordinates
    line = (*there, *there[-2::-1])
    noisy = recorded.walked(line, length_m(line), jitter_m=2.0)
    match = match_to_network(walk.area, read_recording(recorded.as_gpx(noisy), "walk.gpx"))
    assert match.length_m == pytest.approx(2 * walk.route.length_m, rel=0.03)


def test_ground_nobody_recorded_keeps_its_own_line() -> None:
    walk = WALKS["pittville-park/lower-lake-loop"]
    start = walk.route.coordinates[0]
    aside: list[LonLat] = [
        (start[0] + 0.0001 * step, start[1] - 0.0004 * step) for step in range(5)
    ]
    line = (*aside[::-1], *walk.route.coordinates[1:])
    match = match_to_network(walk.area, read_recording(recorded.as_geojson(line), "w.geojson"))
    assert 0.3 < match.share < 0.95
    assert match.legs == ()
    assert match.line[0] == pytest.approx(aside[-1], abs=1e-6)
    assert match.length_m == pytest.approx(length_m(line), rel=0.03)


def test_a_recording_from_elsewhere_is_refused() -> None:
    line = [(2.35, 48.85), (2.351, 48.851)]
    recording = read_recording(recorded.as_geojson(line), "w.geojson")
    with pytest.raises(RecordingError, match="km from Pittville Park"):
        match_to_network(PARKS["pittville-park"], recording)


def test_swapped_coordinates_are_recognised() -> None:
    line = [(lat, lon) for lon, lat in WALKS["pittville-park/lower-lake-loop"].route.coordinates]
    recording = read_recording(recorded.as_geojson(line), "w.geojson")
    with pytest.raises(RecordingError, match="latitude and longitude are swapped"):
        match_to_network(PARKS["pittville-park"], recording)
