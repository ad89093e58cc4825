"""What people's programs and watches really write: read where it is plain, else the true cause."""

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from garmin_fit_sdk.crc_calculator import CrcCalculator

from tests.routes import recorded
from walktalk.parks import Line, LonLat
from walktalk.routes.recordings import RecordingError, SeveralTracks, read_recording

NOON = datetime(2026, 9, 12, 12, 0, tzinfo=UTC)
ROUND: list[LonLat] = [(-2.0704, 51.9101), (-2.0704, 51.9119), (-2.0733, 51.9119)]
WALK = recorded.walked(ROUND, 400, pace=4.0)
HALF = len(WALK) // 2


def trkpts(points: Sequence[LonLat], *, start: datetime = NOON, every_s: int = 4) -> str:
    times = (start + timedelta(seconds=every_s * number) for number in range(len(points)))
    return "".join(
        f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><time>{time:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
        for (lon, lat), time in zip(points, times, strict=True)
    )


def gpx(*tracks: str, inside: str = "", head: str = "") -> bytes:
    body = "".join(f"<trk>{segments}</trk>" for segments in tracks)
    return f'{head}<gpx xmlns="http://www.topografix.com/GPX/1/1">{inside}{body}</gpx>'.encode()


def segment(points: Sequence[LonLat], start: datetime = NOON, every_s: int = 4) -> str:
    return f"<trkseg>{trkpts(points, start=start, every_s=every_s)}</trkseg>"


def metres(points: Sequence[LonLat]) -> float:
    return Line.of(points).length_m


PLAIN = gpx(segment(WALK))


def test_one_track_is_one_walk_and_its_gap_is_told() -> None:
    before, after = WALK[: HALF - 10], WALK[HALF + 10 :]
    for data, name in (
        (gpx(segment(before) + segment(after, start=NOON + timedelta(minutes=5))), "a.gpx"),
        (geojson("MultiLineString", [before, after]), "a.geojson"),
    ):
        found = read_recording(data, name)
        assert found.recorded_m == pytest.approx(metres([*before, *after]), rel=0.001)
        assert found.warnings == ("There is a gap of 59 m; a straight line stands in for it.",)


def geojson(kind: str, coordinates: object, **more: object) -> bytes:
    geometry = {"type": kind, "coordinates": coordinates}
    return json.dumps({"type": "Feature", "geometry": geometry, **more}).encode()


def test_a_segment_for_every_fix_is_one_walk() -> None:
    data = gpx("".join(segment(pair) for pair in pairwise(WALK)))
    assert read_recording(data, "a.gpx").recorded_m == pytest.approx(metres(WALK), rel=0.001)


def test_what_the_file_says_are_two_walks_are_two_and_asked_for() -> None:
    later = NOON + timedelta(days=9)
    data = gpx(segment(WALK), segment(WALK[:HALF], start=later))
    with pytest.raises(SeveralTracks) as asked:
        read_recording(data, "a.gpx")
    assert [choice.points for choice in asked.value.choices] == [len(WALK), HALF]
    assert read_recording(data, "a.gpx", track=2).recorded_on == later.date()


def test_a_planned_route_beside_the_track_of_the_same_walk_is_not_counted() -> None:
    planned = "".join(f'<rtept lat="{lat}" lon="{lon}"/>' for lon, lat in ROUND)
    data = gpx(segment(recorded.walked(ROUND, 400, pace=4.0)), inside=f"<rte>{planned}</rte>")
    found = read_recording(data, "a.gpx")
    assert found.recorded_m == pytest.approx(400, rel=0.01)
    assert "The file holds this walk more than once. It was counted once." in found.warnings
    elsewhere = "".join(f'<rtept lat="{lat + 0.02}" lon="{lon}"/>' for lon, lat in ROUND)
    with pytest.raises(SeveralTracks):
        read_recording(gpx(segment(WALK), inside=f"<rte>{elsewhere}</rte>"), "a.gpx")


def test_the_points_that_give_a_route_its_shape_are_part_of_it() -> None:
    (start, *shape, end) = ROUND
    shaping = "".join(f'<gpxx:rpt lat="{lat}" lon="{lon}"/>' for lon, lat in shape)
    route = (
        '<rte xmlns:gpxx="http://www.garmin.com/xmlschemas/GpxExtensions/v3">'
        f'<rtept lat="{start[1]}" lon="{start[0]}"><extensions><gpxx:RoutePointExtension>{shaping}'
        "</gpxx:RoutePointExtension></extensions></rtept>"
        f'<rtept lat="{end[1]}" lon="{end[0]}"/></rte>'
    )
    assert read_recording(gpx(inside=route), "a.gpx").line == tuple(ROUND)


def test_rides_and_wrong_fixes_at_either_end_are_cut_and_told() -> None:
    lon, lat = WALK[-1]
    ride = [(lon + 0.0017 * n, lat) for n in range(1, 40)]
    drive_home = gpx(
        segment(WALK)
        + segment(ride, start=NOON + timedelta(seconds=4 * len(WALK) + 10), every_s=10)
    )
    found = read_recording(drive_home, "a.gpx")
    assert found.recorded_m == pytest.approx(metres(WALK), abs=1)
    assert found.warnings == ("4.6 km at the end were cut off: nobody walks as fast as that.",)
    far = read_recording(gpx(segment([(-2.03, 51.93), *WALK])), "a.gpx")
    assert far.recorded_m == pytest.approx(metres(WALK), abs=5)
    assert "at the start were cut off" in far.warnings[0]
    undated = geojson("LineString", [(-2.03, 51.93), *WALK])
    assert read_recording(undated, "a.geojson").recorded_m == pytest.approx(metres(WALK), abs=5)


def test_a_runner_is_not_cut() -> None:
    run = recorded.walked(ROUND, 400, pace=5.0)
    found = read_recording(gpx(segment(run, every_s=1)), "a.gpx")
    assert found.recorded_m == pytest.approx(400, rel=0.01)
    assert not found.warnings


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.replace(b'lat="51.', b'lat="51,').replace(b'lon="-2.', b'lon="-2,'),
        gpx(segment([(lon + 360, lat) for lon, lat in WALK])),
        PLAIN.replace(b"</time>", b"</time><gpxdata:cadence>5</gpxdata:cadence>"),
        b" \r\n" + b'<?xml version="1.0" encoding="UTF-8"?>' + PLAIN,
        PLAIN + b"\0" * 500,
        gzip.compress(PLAIN),
    ],
    ids=["commas", "0 to 360", "prefix", "space before", "zeros after", "gzip"],
)
def test_what_is_plain_is_read(data: bytes) -> None:
    found = read_recording(data, "a.gpx")
    assert found.recorded_m == pytest.approx(metres(WALK), rel=0.001)


def archive(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name, content in members.items():
            out.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()


LEGEND = b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>'
KML = recorded.as_kml(WALK)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (archive(styles__legend_kml=LEGEND, doc_kml=KML), "a.kmz"),
        (archive(DOC_KML=KML), "a.kmz"),
        (archive(activity_gpx=PLAIN), "a.zip"),
        (archive(activity_fit=recorded.as_fit(WALK), note_txt=b"hello"), "a.zip"),
    ],
)
def test_the_member_of_an_archive_that_holds_a_line_is_read(data: bytes, name: str) -> None:
    assert read_recording(data, name).recorded_m == pytest.approx(metres(WALK), rel=0.001)


def test_an_archive_of_two_walks_asks_and_one_without_any_says_so() -> None:
    other = gpx(segment(WALK[:HALF], start=NOON + timedelta(days=1)))
    with pytest.raises(SeveralTracks):
        read_recording(archive(one_gpx=PLAIN, two_gpx=other), "a.zip")
    with pytest.raises(RecordingError, match="the archive holds no recording"):
        read_recording(archive(note_txt=b"hello"), "a.zip")


def test_a_damaged_archive_is_refused_with_a_sentence() -> None:
    whole = archive(doc_kml=KML)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("doc.kml", KML)
    damaged = bytearray(packed.getvalue())
    damaged[60:200] = bytes(140)
    for data in (bytes(damaged), whole[:100], gzip.compress(PLAIN)[:-20]):
        with pytest.raises(RecordingError, match="cut short"):
            read_recording(data, "a.kmz")


def test_spaces_after_the_commas_of_a_kml_file_are_passed_over() -> None:
    spaced = KML.replace(b",", b", ")
    assert read_recording(spaced, "a.kml").recorded_m == pytest.approx(metres(WALK), rel=0.001)


def test_positions_of_another_grid_are_read_where_it_is_named_else_refused() -> None:
    grid = [[394_000.0 + step, 223_000.0] for step in range(0, 300, 10)]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    found = read_recording(geojson("LineString", grid, crs=crs), "a.geojson")
    assert found.line[0] == pytest.approx((-2.0887, 51.9055), abs=0.001)
    assert found.recorded_m == pytest.approx(290, rel=0.01)
    with pytest.raises(RecordingError, match="metres of another grid, not degrees"):
        read_recording(geojson("LineString", grid), "a.geojson")
    with pytest.raises(RecordingError, match="a grid that is not known"):
        crs["properties"]["name"] = "my own grid"  # type: ignore[index]
        read_recording(geojson("LineString", grid, crs=crs), "a.geojson")


def with_heights(heights: Sequence[float]) -> bytes:
    line = [(*position, height) for position, height in zip(WALK, heights, strict=True)]
    return geojson("LineString", line)


@pytest.mark.parametrize("void", [-32768.0, -9999.0, 0.0, 3.4e38])
def test_a_height_that_cannot_be_right_is_unknown_and_counted(void: float) -> None:
    some = [void, void, *([60.0] * (len(WALK) - 2))]
    found = read_recording(with_heights(some), "a.geojson")
    assert found.heights_m[:3] == (None, None, 60.0)
    assert "2 heights that cannot be right were left out." in found.warnings
    none = read_recording(with_heights([void] * len(WALK)), "a.geojson")
    assert set(none.heights_m) == {None}


def test_a_walk_at_the_sea_keeps_its_heights_of_zero() -> None:
    found = read_recording(with_heights([0.0, 1.0] * HALF + [0.0] * (len(WALK) % 2)), "a.geojson")
    assert None not in found.heights_m


@pytest.mark.parametrize("rolled_over", [NOON - timedelta(weeks=1024), NOON.replace(year=2060)])
def test_a_date_that_cannot_be_right_is_not_believed(rolled_over: datetime) -> None:
    found = read_recording(gpx(segment(WALK, start=rolled_over)), "a.gpx")
    assert found.recorded_on is None
    assert found.warnings == ("The dates in the file cannot be right and were left out.",)


def fit(*, compressed: bool = False, twice: bool = False, header_checksum: bool = True) -> bytes:
    """A FIT activity written by hand, as watches write them and encoders do not."""
    fields = [(0, 4, 0x85), (1, 4, 0x85)]
    fields = [(number, 8, base) for number, _, base in fields] if twice else fields
    fields = fields if compressed else [(253, 4, 0x86), *fields]
    definition = bytes((0x40, 0, 0)) + struct.pack("<HB", 20, len(fields))
    data = definition + b"".join(bytes(each) for each in fields)
    began = int(NOON.timestamp()) - 631_065_600
    if compressed:  # a message with a whole timestamp comes first: file creator, then offsets
        data += bytes((0x41, 0, 0)) + struct.pack("<HB", 49, 1) + bytes((253, 4, 0x86))
        data += b"\x01" + struct.pack("<I", began)
    for number, (lon, lat) in enumerate(WALK):
        second = began + 4 * number
        data += bytes((0x80 | second & 0x1F,)) if compressed else b"\0" + struct.pack("<I", second)
        places = [round(degrees * 2**31 / 180) for degrees in (lat, lon)]
        data += b"".join(struct.pack("<i", place) * (2 if twice else 1) for place in places)
    head = struct.pack("<BBHI4s", 14, 0x10, 2140, len(data), b".FIT")
    own = CrcCalculator.calculate_crc(head, 0, 12) if header_checksum else 0
    whole = head + struct.pack("<H", own) + data
    return whole + struct.pack("<H", CrcCalculator.calculate_crc(whole, 0, len(whole)))


@pytest.mark.parametrize(
    "data",
    [fit(), fit(compressed=True), fit(header_checksum=False), fit() + bytes(64)],
    ids=["plain", "compressed timestamps", "no checksum in the header", "zeros at the end"],
)
def test_fit_files_as_the_protocol_allows_them_are_read(data: bytes) -> None:
    found = read_recording(data, "a.fit")
    assert found.recorded_m == pytest.approx(metres(WALK), rel=0.001)
    assert found.recorded_on == NOON.date()
    assert not found.warnings


def test_several_values_in_a_position_are_refused_with_a_sentence() -> None:
    with pytest.raises(RecordingError, match="holds no track"):
        read_recording(fit(twice=True), "a.fit")


def test_a_walk_of_many_points_in_geojson_is_the_same_read_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from walktalk.routes.recordings import geojson as reader

    data = geojson("MultiLineString", [WALK, [WALK[-1], [None, None], WALK[0]]])
    whole = read_recording(data, "a.geojson")
    monkeypatch.setattr(reader, "_CHUNK_BYTES", 50)
    assert read_recording(data, "a.geojson") == whole


def test_what_stands_beside_the_line_is_passed_over_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from walktalk.routes.recordings import geojson as reader

    times = [f"2026-09-12T12:00:{number % 60:02}Z" for number in range(len(WALK))]
    data = geojson("LineString", WALK, properties={"coordTimes": times, "name": "a [b, c] walk"})
    monkeypatch.setattr(reader, "MAX_BESIDE_BYTES", 300)
    assert len(read_recording(data, "a.geojson").line) == len(WALK)
    points = [{"type": "Feature", "geometry": {"type": "Point", "coordinates": p}} for p in WALK]
    many = json.dumps({"type": "FeatureCollection", "features": points}).encode()
    with pytest.raises(RecordingError, match="beside its lines; export the line alone"):
        read_recording(many, "a.geojson")
