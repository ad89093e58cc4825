"""Recordings made up for the tests, as files of every kind."""

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import gpxpy.gpx
import numpy as np
from garmin_fit_sdk import Encoder, Profile

from walktalk.parks import Line, LonLat

MORNING = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
_METRE = 1 / 111_320  # degrees of latitude


def walked(
    line: Sequence[LonLat],
    length_m: float,
    *,
    pace: float = 1.2,
    jitter_m: float = 0.0,
    stop_s: int = 0,
    seed: int = 1,
) -> list[LonLat]:
    """What a receiver writes down once a second along a line, with a stop half way."""
    at = np.arange(0.0, length_m, pace)
    half = len(at) // 2
    at = np.concatenate((at[:half], np.full(stop_s, at[half]), at[half:], [length_m]))
    noise = np.random.default_rng(seed).normal(0, jitter_m * _METRE, (len(at), 2))
    noise[:, 0] /= np.cos(np.radians(line[0][1]))
    return [
        (lon + float(east), lat + float(north))
        for (lon, lat), (east, north) in zip(Line.of(line).points_at(at), noise, strict=True)
    ]


def as_gpx(*lines: Sequence[LonLat], height_m: float | None = None, version: str = "1.1") -> bytes:
    document = gpxpy.gpx.GPX()
    document.creator = "Zebrafish watch 7"
    document.author_name = "Zebrafish Smith"
    for line in lines:
        track = gpxpy.gpx.GPXTrack(name="Zebrafish with Anna")
        segment = gpxpy.gpx.GPXTrackSegment()
        for second, (lon, lat) in enumerate(line):
            point = gpxpy.gpx.GPXTrackPoint(lat, lon, height_m, MORNING + timedelta(seconds=second))
            segment.points.append(point)
        track.segments.append(segment)
        document.tracks.append(track)
    return document.to_xml(version=version).encode()


def as_fit(line: Sequence[LonLat]) -> bytes:
    encoder = Encoder()
    number = Profile["mesg_num"]
    encoder.write_mesg(
        {
            "mesg_num": number["FILE_ID"],
            "type": "activity",
            "manufacturer": "garmin",
            "serial_number": 987654321,
            "time_created": MORNING,
        }
    )
    for second, (lon, lat) in enumerate(line):
        encoder.write_mesg(
            {
                "mesg_num": number["RECORD"],
                "timestamp": MORNING + timedelta(seconds=second),
                "position_lat": round(lat * 2**31 / 180),
                "position_long": round(lon * 2**31 / 180),
                "altitude": 61.0,
                "heart_rate": 91,
            }
        )
    return bytes(encoder.close())


def as_tcx(line: Sequence[LonLat]) -> bytes:
    points = "".join(
        f"<Trackpoint><Time>{(MORNING + timedelta(seconds=i)).isoformat()}</Time>"
        f"<Position><LatitudeDegrees>{lat}</LatitudeDegrees>"
        f"<LongitudeDegrees>{lon}</LongitudeDegrees></Position>"
        "<AltitudeMeters>61</AltitudeMeters>"
        "<HeartRateBpm><Value>91</Value></HeartRateBpm></Trackpoint>"
        for i, (lon, lat) in enumerate(line)
    )
    space = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
    return (
        f'<?xml version="1.0"?><TrainingCenterDatabase xmlns="{space}"><Activities>'
        f'<Activity Sport="Other"><Lap><Track>{points}</Track></Lap></Activity>'
        "</Activities></TrainingCenterDatabase>"
    ).encode()


def as_kml(line: Sequence[LonLat]) -> bytes:
    text = " ".join(f"{lon},{lat},61" for lon, lat in line)
    return (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Zebrafish</name>'
        f"<LineString><coordinates>{text}</coordinates></LineString>"
        "</Placemark></Document></kml>"
    ).encode()


def as_kml_track(line: Sequence[LonLat]) -> bytes:
    whens = "".join(
        f"<when>{(MORNING + timedelta(seconds=i)).isoformat()}</when>" for i in range(len(line))
    )
    coords = "".join(f"<gx:coord>{lon} {lat} 61</gx:coord>" for lon, lat in line)
    return (
        '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">'
        f"<Placemark><gx:Track>{whens}{coords}</gx:Track></Placemark></kml>"
    ).encode()


def as_kmz(line: Sequence[LonLat]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", as_kml(line))
    return file.getvalue()


def as_geojson(line: Sequence[LonLat]) -> bytes:
    geometry = {"type": "LineString", "coordinates": [[lon, lat, 61] for lon, lat in line]}
    feature = {"type": "Feature", "geometry": geometry, "properties": {"name": "Zebrafish"}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
