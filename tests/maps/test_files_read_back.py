"""Files of every stored route and of planned walks, as other programs read them.

GDAL reads every GPX file. The other programs and formats take every stored route and a share of
the planned walks, each another share.
"""

from pathlib import Path

import pytest

from tests.maps import readers
from tests.maps.real_walks import planned_walks, stored_walks
from walktalk.maps import FORMATS
from walktalk.maps.thinned import SIMPLE_POINTS, SIMPLE_WITHIN_M
from walktalk.parks.geodesy import distance_m, length_m
from walktalk.routes import Walk

FULL_WITHIN_M = 0.5
SAME_LENGTH_SHARE = 0.005
COURSE_POINT_WITHIN_M = 2.0
SHARE = 8


def stored_and(first: int, every: int = SHARE) -> list[Walk]:
    """Every stored route, and a share of the planned walks."""
    return [*stored_walks().values(), *planned_walks()[first::every]]


def _same(read: readers.Line, walk: Walk, within_m: float = FULL_WITHIN_M) -> None:
    assert readers.deviation_m(list(walk.route.coordinates), read) <= within_m
    assert length_m(read) == pytest.approx(walk.route.length_m, rel=SAME_LENGTH_SHARE)


@pytest.mark.slow
def test_gpxpy_reads_the_same_line() -> None:
    for walk in stored_and(1):
        _same(readers.by_gpxpy(FORMATS["gpx"].write(walk)), walk)


def test_a_simple_file_has_at_most_250_points_within_5_metres(tmp_path: Path) -> None:
    for walk in stored_and(0, 3):
        data = FORMATS["gpx-simple"].write(walk)
        read = readers.by_gdal(data, tmp_path, "gpx", "tracks")
        assert len(read) <= SIMPLE_POINTS
        _same(read, walk, SIMPLE_WITHIN_M)


def test_garmins_sdk_reads_the_same_line_without_a_warning() -> None:
    for walk in stored_and(2):
        _same(readers.by_garmins_sdk(FORMATS["fit"].write(walk)), walk)


def test_fitdecode_reads_the_same_line() -> None:
    for walk in stored_and(3):
        _same(readers.by_fitdecode(FORMATS["fit"].write(walk)), walk)


@pytest.mark.parametrize(("key", "layer"), [("gpx", "tracks"), ("kml", 0), ("geojson", 0)])
@pytest.mark.slow
def test_gdal_reads_the_same_line(key: str, layer: str | int, tmp_path: Path) -> None:
    for walk in stored_and(0, 1) if key == "gpx" else stored_and(5):
        data = FORMATS[key].write(walk)
        _same(readers.by_gdal(data, tmp_path, FORMATS[key].extension, layer), walk)


@pytest.mark.parametrize(
    ("key", "kind"), [("gpx", "gpx"), ("fit", "garmin_fit"), ("tcx", "gtrnctr"), ("kml", "kml")]
)
@pytest.mark.slow
def test_gpsbabel_reads_the_same_line(key: str, kind: str, tmp_path: Path) -> None:
    for walk in stored_and(0):
        _same(readers.by_gpsbabel(FORMATS[key].write(walk), tmp_path, kind), walk)


def test_course_points_lie_on_the_line_at_their_distance_in_order() -> None:
    for walk in stored_and(4):
        line = walk.route.line
        messages = readers.garmin_messages(FORMATS["fit"].write(walk))
        points = messages["course_point_mesgs"]
        distances = [point["distance"] for point in points]
        assert distances == sorted(distances)
        assert [point["message_index"] for point in points] == list(range(len(points)))
        for point, distance in zip(points, distances, strict=True):
            degrees = 180 / 2**31
            lon = point["position_long"] * degrees
            lat = point["position_lat"] * degrees
            assert distance_m((lon, lat), line.point_at(distance)) <= COURSE_POINT_WITHIN_M
