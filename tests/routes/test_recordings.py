import math
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.routes import recorded
from walktalk.parks import LonLat
from walktalk.parks.geodesy import length_m
from walktalk.routes.recordings import (
    MAX_BYTES,
    RecordingError,
    SeveralTracks,
    collect,
    packed,
    read_recording,
)

LINE: list[LonLat] = [(-2.08, 51.9), (-2.078, 51.8999), (-2.076, 51.9), (-2.076, 51.903)]
SQUARE: tuple[LonLat, ...] = (*LINE, (-2.08, 51.903), (-2.08, 51.9))

KINDS: dict[str, Callable[[Sequence[LonLat]], bytes]] = {
    "walk.gpx": recorded.as_gpx,
    "walk.fit": recorded.as_fit,
    "walk.tcx": recorded.as_tcx,
    "walk.kml": recorded.as_kml,
    "track.kml": recorded.as_kml_track,
    "walk.kmz": recorded.as_kmz,
    "walk.geojson": recorded.as_geojson,
}


def _gpx(points: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><trkseg>{points}</trkseg></trk></gpx>"
    ).encode()


def _points(line: Sequence[tuple[object, object]]) -> str:
    return "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lon, lat in line)


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_gives_the_same_line(name: str) -> None:
    recording = read_recording(KINDS[name](LINE), name)
    assert recording.warnings == ()
    for found, meant in zip(recording.line, LINE, strict=True):
        assert found == pytest.approx(meant, abs=1e-7)


@pytest.mark.parametrize("name", ["walk.gpx", "walk.fit", "walk.tcx", "track.kml"])
def test_the_day_is_kept_and_the_time_of_day_is_not(name: str) -> None:
    recording = read_recording(KINDS[name](LINE), name)
    assert recording.recorded_on == date(2026, 5, 4)
    assert type(recording.recorded_on) is date
    assert "9:30" not in repr(recording)


@pytest.mark.parametrize("name", KINDS)
def test_nothing_personal_is_kept(name: str) -> None:
    kept = repr(read_recording(KINDS[name](LINE), name))
    for personal in ("Zebrafish", "Anna", "987654321", "91", "garmin"):
        assert personal not in kept.replace("51.9", "").replace("1.9", "")


@pytest.mark.parametrize("name", ["walk.fit", "walk.tcx", "walk.kml", "walk.geojson"])
def test_heights_are_taken_where_recorded(name: str) -> None:
    assert read_recording(KINDS[name](LINE), name).heights_m == (61.0,) * len(LINE)


def test_heights_nobody_recorded_stay_unknown() -> None:
    assert read_recording(recorded.as_gpx(LINE), "walk.gpx").heights_m == (None,) * len(LINE)


def test_gpx_1_0_is_read() -> None:
    recording = read_recording(recorded.as_gpx(LINE, version="1.0"), "walk.gpx")
    assert len(recording.line) == len(LINE)


def test_a_recordings_length_is_not_the_paths_length() -> None:
    length = length_m(SQUARE)
    noisy = recorded.walked(SQUARE, length, jitter_m=2.5, stop_s=120)
    recording = read_recording(recorded.as_gpx(noisy), "walk.gpx")
    assert recording.recorded_m > 1.5 * length
    assert recording.length_m == pytest.approx(length, rel=0.03)
    assert "Standing still was taken out at 1 place." in recording.warnings


def test_a_drawn_line_is_left_as_it_is() -> None:
    recording = read_recording(recorded.as_geojson(LINE), "walk.geojson")
    assert recording.path == recording.line


def test_several_tracks_are_asked_about() -> None:
    far = [(lon + 0.02, lat) for lon, lat in LINE]
    data = recorded.as_gpx(LINE, far)
    with pytest.raises(SeveralTracks, match="2 tracks; say which one, 1 to 2") as asked:
        read_recording(data, "walk.gpx")
    assert [choice.points for choice in asked.value.choices] == [4, 4]
    assert read_recording(data, "walk.gpx", track=2).line[0] == pytest.approx(far[0])
    with pytest.raises(RecordingError, match="no track 3"):
        read_recording(data, "walk.gpx", track=3)


BILLION_LAUGHS = '<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


REFUSED: list[tuple[bytes, str, str]] = [
    (b"", "walk.gpx", "empty"),
    (b"  \n", "walk.gpx", "empty"),
    (b"GIF89a", "walk.gpx", "none of the kinds"),
    (b"<html><body/></html>", "walk.gpx", "XML of another kind"),
    (recorded.as_gpx(LINE)[:300], "walk.gpx", "cut short or damaged"),
    (recorded.as_fit(LINE)[:60], "walk.fit", "cut short or damaged"),
    (recorded.as_kmz(LINE)[:80], "walk.kmz", "cut short, damaged"),
    (recorded.as_geojson(LINE)[:60], "walk.geojson", "cut short or damaged"),
    (b"x" * (MAX_BYTES + 1), "walk.gpx", "at most 64 MB"),
    (_gpx(_points(LINE[:1])), "walk.gpx", "fewer than two"),
    (_gpx(""), "walk.gpx", "no track"),
    (_gpx(_points([("x", "y"), (None, "NaN")])), "walk.gpx", "fewer than two"),
    (_gpx(_points([(51.9, -200), (51.9, -202)])), "walk.gpx", "swapped"),
    (_gpx(_points([(-2, 51), (140, -30)])), "walk.gpx", "spread over"),
    (_gpx(_points(LINE), BILLION_LAUGHS), "walk.gpx", "document type"),
    (_gpx(_points(LINE), OUTSIDE), "walk.gpx", "document type"),
    (b'{"type": "FeatureCollection"}', "walk.geojson", "no track"),
    (b"{" * 100_000, "walk.geojson", "cut short or damaged"),
    (b"[" * 100_000, "walk.geojson", "none of the kinds"),
]


@pytest.mark.parametrize(
    ("data", "name", "why"), REFUSED, ids=[f"{name}: {why}" for _, name, why in REFUSED]
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(
    data: bytes, name: str, why: str
) -> None:
    with pytest.raises(RecordingError, match=why):
        read_recording(data, name)


def test_a_fit_file_with_a_broken_checksum_is_refused() -> None:
    data = bytearray(recorded.as_fit(LINE))
    data[-1] ^= 0xFF
    with pytest.raises(RecordingError, match="checksum is wrong"):
        read_recording(bytes(data), "walk.fit")


ODD: list[tuple[bytes, str]] = [
    (_gpx(_points([*LINE[:2], ("", ""), *LINE[2:]])), "1 point without a position"),
    (_gpx(_points([*LINE[:2], ("NaN", 51), *LINE[2:]])), "1 point without a position"),
    (_gpx(_points([*LINE[:2], (-2, 451), *LINE[2:]])), "1 point off the Earth"),
    (_gpx(_points([*LINE[:2], (0, 0), *LINE[2:]])), "1 point at latitude and longitude zero"),
    (_gpx(_points([*LINE[:2], (-2, 51), *LINE[2:]])), "1 point in a jump far away and back"),
]


@pytest.mark.parametrize(("data", "warning"), ODD, ids=[warning for _, warning in ODD])
def test_a_point_that_cannot_be_right_is_left_out_and_counted(data: bytes, warning: str) -> None:
    recording = read_recording(data, "walk.gpx")
    assert len(recording.line) == len(LINE)
    assert any(warning in each for each in recording.warnings)


def test_a_misleading_file_name_is_said() -> None:
    recording = read_recording(recorded.as_fit(LINE), "walk.gpx")
    assert recording.warnings == ("The file is called .gpx but holds FIT.",)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_no_hindrance(mark: str) -> None:
    text = recorded.as_gpx(LINE).decode().replace('encoding="UTF-8"', "")
    assert len(read_recording(text.encode(mark), "walk.gpx").line) == len(LINE)


def test_a_wrong_encoding_is_said_and_changes_no_position() -> None:
    data = recorded.as_gpx(LINE).replace(
        b"Zebrafish with Anna", "Chemin d\u00e9sert".encode("latin-1")
    )
    recording = read_recording(data, "walk.gpx")
    assert len(recording.line) == len(LINE)
    assert any("character encoding" in each for each in recording.warnings)


def test_unknown_namespaces_and_extensions_are_passed_over() -> None:
    points = "".join(
        f'<trkpt lat="{lat}" lon="{lon}"><extensions><v:hr xmlns:v="urn:x">91</v:hr></extensions>'
        "</trkpt>"
        for lon, lat in LINE
    )
    data = _gpx(points).replace(b"http://www.topografix.com/GPX/1/1", b"urn:something:else")
    assert len(read_recording(data, "walk.gpx").line) == len(LINE)


def test_times_that_run_backwards_are_counted() -> None:
    data = recorded.as_gpx(LINE).replace(b"2026-05-04T09:30:01Z", b"2026-05-04T08:00:00Z")
    warnings = read_recording(data, "walk.gpx").warnings
    assert any("Times run backwards at 1 point." in each for each in warnings)


def test_a_walk_over_the_date_line_keeps_its_length() -> None:
    line = [(179.999, -17.0), (-179.999, -17.0), (-179.997, -17.0)]
    recording = read_recording(recorded.as_geojson(line), "walk.geojson")
    assert recording.recorded_m == pytest.approx(4 * 106.5, rel=0.01)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(sorted(KINDS)))
def test_no_bytes_whatever_break_the_reader(data: bytes, name: str) -> None:
    whole = KINDS[name](LINE)
    for attempt in (data, whole[: len(data)], whole[:40] + data, data + whole):
        try:
            recording = read_recording(attempt, name)
        except RecordingError:
            continue
        assert all(math.isfinite(number) for position in recording.line for number in position)


def test_more_points_than_a_walk_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "MAX_POINTS", 3)
    with pytest.raises(RecordingError, match="more than 3 points"):
        read_recording(recorded.as_gpx(LINE), "walk.gpx")


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = recorded.as_kmz([*LINE] * 200)
    monkeypatch.setattr(packed, "MAX_BYTES", len(data))
    with pytest.raises(RecordingError, match="unpacks to more than"):
        read_recording(data, "walk.kmz")
