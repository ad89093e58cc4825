"""Other people's programs that read our files, each giving the walk's line back."""

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import fitdecode
import gpxpy
import numpy as np
import pyogrio
import shapely
from garmin_fit_sdk import Decoder, Stream
from pyproj import Transformer

from walktalk.parks import LonLat

Line = list[LonLat]
_DEGREES_PER_SEMICIRCLE = 180 / 2**31


def by_gpsbabel(data: bytes, folder: Path, kind: str) -> Line:
    file = folder / "walk"
    file.write_bytes(data)
    read = subprocess.run(
        ["gpsbabel", "-t", "-i", kind, "-f", str(file), "-o", "gpx", "-F", "-"],
        capture_output=True,
        check=True,
    )
    return by_gpxpy(read.stdout)


def by_gpxpy(data: bytes) -> Line:
    (track,) = gpxpy.parse(data.decode()).tracks
    (segment,) = track.segments
    return [(point.longitude, point.latitude) for point in segment.points]


def by_garmins_sdk(data: bytes) -> Line:
    return [
        (m["position_long"] * _DEGREES_PER_SEMICIRCLE, m["position_lat"] * _DEGREES_PER_SEMICIRCLE)
        for m in garmin_messages(data)["record_mesgs"]
    ]


def garmin_messages(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """Every message by kind; fails on anything Garmin's own decoder objects to."""
    whole = Decoder(Stream.from_byte_array(bytearray(data)))
    assert whole.is_fit()
    assert whole.check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    return cast(dict[str, list[dict[str, Any]]], messages)


def by_fitdecode(data: bytes) -> Line:
    with fitdecode.FitReader(
        BytesIO(data),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    ) as reader:
        return [
            (
                frame.get_value("position_long") * _DEGREES_PER_SEMICIRCLE,
                frame.get_value("position_lat") * _DEGREES_PER_SEMICIRCLE,
            )
            for frame in reader
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record"
        ]


def by_gdal(data: bytes, folder: Path, extension: str, layer: str | int = 0) -> Line:
    file = folder / f"walk.{extension}"
    file.write_bytes(data)
    _, _, geometry, _ = pyogrio.raw.read(file, layer=layer)
    lines = [shapely.from_wkb(each) for each in geometry]
    (line,) = [line for line in lines if "LineString" in line.geom_type]
    return [(lon, lat) for lon, lat, *_ in shapely.get_coordinates(line)]


def deviation_m(line: Line, other: Line) -> float:
    """The largest distance from a point of either line to the other line, in metres."""
    lon, lat = line[0]
    local = f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84"
    flat = Transformer.from_crs("EPSG:4326", local, always_xy=True)
    first, second = (np.column_stack(flat.transform(*np.array(each).T)) for each in (line, other))
    return max(
        float(np.max(shapely.distance(shapely.points(one), shapely.LineString(two))))
        for one, two in ((first, second), (second, first))
    )
