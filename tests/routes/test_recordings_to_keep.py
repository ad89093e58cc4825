"""What the library keeps of a recording."""

import json

import pytest

from tests.maps.real_walks import stored_walks
from tests.routes import recorded
from walktalk.parks.geodesy import distance_m, length_m
from walktalk.routes.recordings import Recording, read_to_keep
from walktalk.routes.recordings.heights import heights_beside

WALKS = {name: walk for name, walk in stored_walks().items() if walk.route.length_m > 400}


@pytest.mark.parametrize("name", WALKS)
def test_a_walk_over_stored_paths_is_kept_as_those_paths(name: str) -> None:
    walk = WALKS[name]
    line = recorded.walked(walk.route.coordinates, walk.route.length_m, jitter_m=3.0, stop_s=120)
    kept = read_to_keep(walk.area, recorded.as_gpx(line, height_m=61.0), "walk.gpx")
    assert kept.path_ids
    assert kept.length_m == pytest.approx(walk.route.length_m, rel=0.02)
    assert kept.share > 0.97
    assert kept.median_m < kept.p95_m < 10
    assert (kept.lowest_m, kept.highest_m) == (61.0, 61.0)
    assert kept.recorded_on == recorded.MORNING.date()


@pytest.mark.parametrize("part", [0.15, 0.4])
def test_a_round_begun_half_way_along_a_path_is_the_same_round(part: float) -> None:
    walk = WALKS["pittville-park/lower-lake-loop"]
    begin = int(part * len(walk.route.coordinates))
    turned = (*walk.route.coordinates[begin:-1], *walk.route.coordinates[: begin + 1])
    line = recorded.walked(turned, walk.route.length_m, jitter_m=2.0)
    kept = read_to_keep(walk.area, recorded.as_gpx(line), "walk.gpx")
    assert set(kept.path_ids) == {leg.path_id for leg in walk.route.legs}
    assert kept.line[0] == kept.line[-1]


@pytest.mark.parametrize("name", [name for name in WALKS if "loop" in name])
@pytest.mark.parametrize("seed", range(4))
def test_a_round_is_kept_from_where_it_was_begun(name: str, seed: int) -> None:
    walk = WALKS[name]
    route = walk.route
    line = recorded.walked(route.coordinates, route.length_m, jitter_m=3.0, seed=seed)
    kept = read_to_keep(walk.area, recorded.as_gpx(line), "walk.gpx")
    assert distance_m(kept.line[0], route.coordinates[0]) < 1


def test_there_and_back_is_kept_as_the_way_out() -> None:
    walk = WALKS["sandford-park/riverside"]
    there = walk.route.coordinates
    line = (*there, *there[-2::-1])
    noisy = recorded.walked(line, length_m(line), jitter_m=2.0)
    kept = read_to_keep(walk.area, recorded.as_gpx(noisy), "walk.gpx")
    assert kept.path_ids == tuple(leg.path_id for leg in walk.route.legs)


def test_a_walk_across_the_grass_keeps_its_own_line() -> None:
    walk = WALKS["pittville-park/lower-lake-loop"]
    (lon, lat) = walk.route.coordinates[0]
    line = [(lon + 0.0001 * step, lat - 0.0004 * step) for step in range(12)]
    kept = read_to_keep(walk.area, recorded.as_geojson(line), "walk.geojson")
    assert kept.path_ids == ()
    assert kept.share < 0.9
    assert kept.length_m == pytest.approx(length_m(line), rel=0.05)


def test_a_long_line_is_kept_with_few_points() -> None:
    walk = WALKS["west-cheltenham/golden-valley-fields"]
    (lon, lat) = walk.route.coordinates[0]
    line = [(lon + 0.0003 * (step % 2), lat + 0.00002 * step) for step in range(3000)]
    kept = read_to_keep(walk.area, recorded.as_geojson(line), "walk.geojson")
    assert len(kept.line) <= 2000


@pytest.mark.parametrize(
    ("kind", "write"),
    [
        ("GPX", recorded.as_gpx),
        ("FIT", recorded.as_fit),
        ("TCX", recorded.as_tcx),
        ("KML", recorded.as_kml),
        ("KMZ", recorded.as_kmz),
        ("GeoJSON", recorded.as_geojson),
    ],
)
def test_the_kind_of_file_is_told_from_what_is_in_it(kind: str, write: object) -> None:
    walk = WALKS["sandford-park/riverside"]
    line = recorded.walked(walk.route.coordinates, walk.route.length_m)
    assert callable(write)
    assert read_to_keep(walk.area, write(line), "walk").kind == kind


def test_a_walk_on_the_paths_keeps_the_heights_recorded_beside_each_point() -> None:
    walk = WALKS["pittville-park/lower-lake-loop"]
    line = recorded.walked(walk.route.coordinates, walk.route.length_m, jitter_m=2.0)
    kept = read_to_keep(walk.area, recorded.as_gpx(line, height_m=61.0), "walk.gpx")
    assert kept.heights_m == (61.0,) * len(kept.line)
    assert read_to_keep(walk.area, recorded.as_gpx(line), "walk.gpx").heights_m is None


def test_a_walk_across_the_grass_keeps_a_rise_on_a_straight_stretch() -> None:
    walk = WALKS["pittville-park/lower-lake-loop"]
    (lon, lat) = walk.route.coordinates[0]
    line = [(lon + 0.0001 * step, lat - 0.0004 * step) for step in range(13)]
    up = [60.0 + min(step, 12 - step) for step in range(13)]
    kept = read_to_keep(walk.area, _geojson(line, up), "walk.geojson")
    assert kept.path_ids == ()
    assert kept.heights_m is not None
    assert max(height for height in kept.heights_m if height is not None) == pytest.approx(
        66, abs=0.4
    )
    assert (kept.heights_m[0], kept.heights_m[-1]) == pytest.approx((60.0, 60.0), abs=0.5)


def test_a_point_beside_one_without_a_height_is_unknown() -> None:
    line = ((-2.08, 51.9), (-2.079, 51.9), (-2.078, 51.9))
    half = ((-2.0795, 51.9), (-2.0785, 51.9))
    recording = Recording(line, (60.0, 62.0, None), None, line, 0.0, 0.0, ())
    assert heights_beside(recording, line) == (60.0, 62.0, None)
    assert heights_beside(recording, half) == (61.0, None)


def test_ground_that_the_recording_did_not_cross_has_no_heights() -> None:
    line = ((-2.08, 51.9), (-2.079, 51.9))
    recording = Recording(line, (60.0, 62.0), None, line, 0.0, 0.0, ())
    beside = ((-2.0795, 51.90005), (-2.0795, 51.9002))  # about 6 m and 22 m away
    assert heights_beside(recording, beside) == (61.0, None)


def test_a_long_line_with_heights_is_kept_with_few_points() -> None:
    walk = WALKS["west-cheltenham/golden-valley-fields"]
    (lon, lat) = walk.route.coordinates[0]
    line = [(lon + 0.0003 * (step % 2), lat + 0.00002 * step) for step in range(3000)]
    kept = read_to_keep(walk.area, _geojson(line, [60.0] * 3000), "walk.geojson")
    assert len(kept.line) <= 2000
    assert len(kept.heights_m or ()) == len(kept.line)


def _geojson(line: list[tuple[float, float]], heights: list[float]) -> bytes:
    positions = [[lon, lat, up] for (lon, lat), up in zip(line, heights, strict=True)]
    return json.dumps({"type": "LineString", "coordinates": positions}).encode()
