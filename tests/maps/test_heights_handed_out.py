"""Heights in the files handed out: where they are known, and nowhere else."""

import json
import subprocess
from dataclasses import replace
from io import BytesIO
from math import sin
from pathlib import Path

import fitdecode
import gpxpy
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.maps.hills import KNOWN, PARTLY, hill_walk, walk_over
from tests.maps.meadow import walk_round
from tests.maps.readers import garmin_messages
from tests.maps.real_walks import stored_walks
from tests.maps.xml_rules import GPX, GPX_NAMESPACE, TCX, TCX_NAMESPACE, breaches
from walktalk.maps import FORMATS
from walktalk.parks import Height
from walktalk.routes import Walk
from walktalk.routes.recordings import read_recording

ROUND: list[Height] = [61.2, 63.8, 66.0, 71.0, 68.3, 64.4, 61.2]
"""The heights round the hill as they are written: to 0.1 m."""

IN_PART: list[Height] = [61.2, 63.8, None, None, 68.3, 64.4, None]
FIT_WITHIN_M = 0.1 + 1e-9
"""FIT keeps whole fifths of a metre: what is read back is half of one away at most."""

_G = {"g": GPX_NAMESPACE}
_T = {"t": TCX_NAMESPACE}


def _same(read: list[Height], known: list[Height], within_m: float) -> None:
    assert [each is None for each in read] == [each is None for each in known]
    pairs = zip(read, known, strict=True)
    assert all(abs(a - b) <= within_m for a, b in pairs if a is not None and b is not None)


@pytest.fixture(params=["all", "partly"])
def known(request: pytest.FixtureRequest) -> tuple[dict[str, tuple[Height, ...]], list[Height]]:
    return (KNOWN, ROUND) if request.param == "all" else (PARTLY, IN_PART)


Known = tuple[dict[str, tuple[Height, ...]], list[Height]]


def test_gpxpy_reads_the_heights_that_are_known(known: Known) -> None:
    (track,) = gpxpy.parse(FORMATS["gpx"].write(hill_walk(known[0])).decode()).tracks
    assert [point.elevation for point in track.segments[0].points] == known[1]


def test_gdal_reads_the_heights_that_are_known(known: Known, tmp_path: Path) -> None:
    file = tmp_path / "walk.gpx"
    file.write_bytes(FORMATS["gpx"].write(hill_walk(known[0])))
    _, _, _, columns = pyogrio.raw.read(file, layer="track_points", columns=["ele"])
    read = [None if each != each else float(each) for each in columns[0]]  # noqa: PLR0124 - NaN
    assert read == known[1]


@pytest.mark.parametrize(
    ("key", "kind", "within_m"),
    [("gpx", "gpx", 1e-3), ("fit", "garmin_fit", FIT_WITHIN_M), ("tcx", "gtrnctr", 1e-3)],
)
def test_gpsbabel_reads_the_heights_that_are_known(
    key: str, kind: str, within_m: float, known: Known, tmp_path: Path
) -> None:
    file = tmp_path / "walk"
    file.write_bytes(FORMATS[key].write(hill_walk(known[0])))
    read = subprocess.run(
        ["gpsbabel", "-t", "-i", kind, "-f", str(file), "-o", "gpx", "-F", "-"],
        capture_output=True,
        check=True,
    )
    points = gpxpy.parse(read.stdout.decode()).tracks[0].segments[0].points
    walk = hill_walk(known[0])
    vertices = {(round(lon, 5), round(lat, 5)) for lon, lat in walk.route.coordinates}
    found: list[Height] = [
        point.elevation
        for point in points
        if (round(point.longitude, 5), round(point.latitude, 5)) in vertices
    ]
    assert len(found) >= len(known[1])
    if key != "tcx":  # its track holds the course points as well
        _same(found, known[1], within_m)


def test_garmins_sdk_and_fitdecode_read_the_heights_that_are_known(known: Known) -> None:
    data = FORMATS["fit"].write(hill_walk(known[0]))
    records = garmin_messages(data)["record_mesgs"]
    _same([record.get("enhanced_altitude") for record in records], known[1], FIT_WITHIN_M)
    with fitdecode.FitReader(BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        read = [
            frame.get_value("enhanced_altitude", fallback=None)
            for frame in reader
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record"
        ]
    _same(read, known[1], FIT_WITHIN_M)


def test_a_tcx_file_has_heights_on_track_and_course_points_where_they_are_known() -> None:
    document = etree.fromstring(FORMATS["tcx"].write(hill_walk(PARTLY)))
    track = [
        (
            float(point.findtext("t:Position/t:LongitudeDegrees", "", _T)),
            point.findtext("t:AltitudeMeters", None, _T),
        )
        for point in document.findall(".//t:Trackpoint", _T)
    ]
    assert track[0][1] == "61.2"
    assert None in [height for _, height in track]
    course = {
        point.findtext("t:Notes", "", _T): point.findtext("t:AltitudeMeters", None, _T)
        for point in document.findall(".//t:CoursePoint", _T)
    }
    assert course["Start"] == "61.2"
    assert course["Half way"] is None


def test_waypoints_on_the_line_have_heights_and_places_beside_it_none() -> None:
    document = gpxpy.parse(FORMATS["gpx"].write(hill_walk()).decode())
    heights = {point.name: point.elevation for point in document.waypoints}
    assert heights["Start"] == 61.2
    assert heights["1 Turn left"] == 66.0
    assert heights["Half way"] is not None
    assert heights["Toilets"] is None


def test_kml_has_heights_on_the_whole_line_or_not_at_all(tmp_path: Path) -> None:
    for heights, expected in ((KNOWN, ROUND), (PARTLY, None)):
        file = tmp_path / "walk.kml"
        file.write_bytes(FORMATS["kml"].write(hill_walk(heights)))
        _, _, geometry, _ = pyogrio.raw.read(file)
        shapes = shapely.from_wkb(geometry)
        (line,) = shapes[shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING]
        assert line.has_z == (expected is not None)
        if expected is not None:
            up = shapely.get_coordinates(line, include_z=True)[:, 2]
            assert up.tolist() == pytest.approx(expected)
        assert b"altitudeMode" not in file.read_bytes()


def test_geojson_has_heights_beside_the_line_and_no_third_coordinate() -> None:
    document = json.loads(FORMATS["geojson"].write(hill_walk(PARTLY)))
    line, start, *_ = document["features"]
    assert line["properties"]["heights_m"] == IN_PART
    assert {len(position) for position in line["geometry"]["coordinates"]} == {2}
    assert start["properties"]["height_m"] == 61.2


def test_files_with_heights_keep_the_rules_of_their_formats(known: Known) -> None:
    walk = hill_walk(known[0])
    for key in ("gpx", "gpx-simple"):
        assert breaches(FORMATS[key].write(walk), GPX_NAMESPACE, GPX) == []
    assert breaches(FORMATS["tcx"].write(walk), TCX_NAMESPACE, TCX) == []


def test_a_height_after_the_name_of_a_point_would_be_noticed() -> None:
    data = FORMATS["gpx"].write(hill_walk())
    right = b"<ele>61.2</ele>\n<name>Start</name>"
    assert right in data
    wrong = data.replace(right, b"<name>Start</name>\n<ele>61.2</ele>", 1)
    assert breaches(wrong, GPX_NAMESPACE, GPX)


def test_a_simple_file_keeps_the_heights_of_the_points_it_keeps() -> None:
    line = tuple((-2.08 + n * 1e-5, 51.9 + 2e-4 * sin(n / 9)) for n in range(600))
    walk = walk_over(line, tuple(50.0 + n / 10 for n in range(600)))
    (track,) = gpxpy.parse(FORMATS["gpx-simple"].write(walk).decode()).tracks
    points = track.segments[0].points
    assert len(points) <= 250
    for point in points:
        number = round((point.longitude + 2.08) / 1e-5)
        assert point.elevation == round(50.0 + number / 10, 1)


def without_heights(walk: Walk) -> Walk:
    paths = {path.id: replace(path, heights_m=None) for path in walk.area.paths.values()}
    return replace(walk, area=replace(walk.area, paths=paths))


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.slow
def test_a_walk_without_heights_has_none_in_any_file(key: str) -> None:
    marks = (b"<ele>", b"AltitudeMeters", b"height_m", b"heights_m")
    for walk in [walk_round(), *(without_heights(each) for each in stored_walks().values())]:
        data = FORMATS[key].write(walk)
        assert not [mark for mark in marks if mark in data]
        if FORMATS[key].extension == "fit":
            records = garmin_messages(data)["record_mesgs"]
            assert not [each for each in records if {"altitude", "enhanced_altitude"} & set(each)]


_points = st.tuples(
    st.floats(-2.09, -2.07, allow_nan=False),
    st.floats(51.895, 51.905, allow_nan=False),
    st.none() | st.floats(-500, 9000).filter(lambda height: round(height, 1) != 0),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_points, min_size=2, max_size=40, unique_by=lambda each: (each[0], each[1])).filter(
        lambda points: len({(round(lon, 7), round(lat, 7)) for lon, lat, _ in points}) > 1
    )
)
def test_any_line_with_heights_comes_back_as_the_same_gpx_file(
    points: list[tuple[float, float, Height]],
) -> None:
    walk = walk_over(
        tuple((lon, lat) for lon, lat, _ in points), tuple(height for _, _, height in points)
    )
    written = FORMATS["gpx"].write(walk).split(b"<trk>")[1]
    read = read_recording(FORMATS["gpx"].write(walk), "walk.gpx")
    again = walk_over(read.line, read.heights_m)
    assert FORMATS["gpx"].write(again).split(b"<trk>")[1] == written


def test_a_course_with_heights_says_the_same_of_everything_else() -> None:
    plain, high = (
        garmin_messages(FORMATS["fit"].write(each)) for each in (walk_round(), hill_walk())
    )
    assert high["course_point_mesgs"] == plain["course_point_mesgs"]
    assert high["lap_mesgs"] == plain["lap_mesgs"]
    without = [
        {name: value for name, value in record.items() if "altitude" not in str(name)}
        for record in high["record_mesgs"]
    ]
    assert [dict(each) for each in without] == [
        {name: value for name, value in record.items() if "altitude" not in str(name)}
        for record in plain["record_mesgs"]
    ]


def test_another_laps_heights_are_those_of_the_first() -> None:
    walk = hill_walk()
    line, legs = walk.route.coordinates, walk.route.legs
    twice = replace(walk.route, coordinates=(*line, *line[1:]), legs=legs + legs, laps=2)
    again = replace(walk, proposal=replace(walk.proposal, route=twice))
    (track,) = gpxpy.parse(FORMATS["gpx"].write(again).decode()).tracks
    assert [point.elevation for point in track.segments[0].points] == [*ROUND, *ROUND[1:]]
