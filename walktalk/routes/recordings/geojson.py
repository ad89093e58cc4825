"""Reads lines from GeoJSON (RFC 7946), in little memory however many points they have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from walktalk.routes.recordings.collect import TrackCollector
from walktalk.routes.recordings.model import RecordingError, Track

_DEEPEST = 20
_CHUNK_BYTES = 1 << 20

_POSITION = rb"\[[-+0-9.eE,\s]*+\]"
_POSITIONS = re.compile(rb"%b(?:\s*+,\s*+%b)++" % (_POSITION, _POSITION))
"""Two and more positions after one another: nearly all of a large file. Nothing in the expression
is tried twice, so that it needs no memory of its own."""

_TEXTS = re.compile(rb'\[\s*+(?:"[^"\\]*+"\s*+,\s*+)++"[^"\\]*+"\s*+\]')
"""Lists of text, such as a time for each position: nothing here reads them."""

MAX_BESIDE_BYTES = 16_000_000
"""Most that a file may hold beside its lines: read whole it takes about eight times as much."""

_STAND_IN = b"[1e999,%d]"
_PLACE = float("inf")
"""Stands where positions were taken out: no number in JSON is as large."""

_NO_JSON = "the file is cut short or damaged: it is no JSON"


def read_geojson(data: bytes) -> tuple[list[Track], list[str]]:
    """Return the lines of a GeoJSON file as tracks: those of one feature are one track.

    Raises:
        RecordingError: it is no JSON, or its positions are in a grid that is not known.
    """
    if b"1e999" in data:
        raise RecordingError(_NO_JSON)
    runs: list[slice] = []
    frame = _POSITIONS.sub(lambda found: _put_aside(found, runs), data)
    frame = _TEXTS.sub(b"[]", frame)
    if len(frame) > MAX_BESIDE_BYTES:
        raise RecordingError(
            f"the file holds {len(frame) / 1e6:.0f} MB beside its lines; export the line alone"
        )
    try:
        document = json.loads(frame.decode("utf-8-sig"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise RecordingError(_NO_JSON) from error
    collector = TrackCollector()
    grid = _Grid.of(document)
    for feature in _features(document, 0):
        for line in _lines(feature, 0):
            for position in _positions(line, data, runs):
                collector.point(*grid.degrees(position), None)
            collector.end_of_piece()
        collector.end_of_track()
    return collector.tracks(), []


def _put_aside(found: re.Match[bytes], runs: list[slice]) -> bytes:
    runs.append(slice(*found.span()))
    return _STAND_IN % (len(runs) - 1)


def _positions(line: list[Any], data: bytes, runs: list[slice]) -> Iterator[Any]:
    for item in line:
        is_stand_in = isinstance(item, list) and len(item) == 2 and item[0] == _PLACE  # noqa: PLR2004
        if is_stand_in:
            yield from _parsed(data, runs[item[1]])
        else:
            yield item


def _parsed(data: bytes, run: slice) -> Iterator[Any]:
    """Parse positions about a megabyte at a time."""
    start = run.start
    while start < run.stop:
        end = data.find(b"]", min(start + _CHUNK_BYTES, run.stop - 1), run.stop) + 1
        try:
            yield from json.loads(b"[" + data[start:end] + b"]")
        except ValueError as error:
            raise RecordingError(_NO_JSON) from error
        start = data.find(b"[", end, run.stop)
        start = run.stop if start < 0 else start


def _features(node: Any, depth: int) -> Iterator[Any]:
    """Yield each feature, or what stands for one where a file has a geometry alone."""
    features = node.get("features") if isinstance(node, dict) else None
    if not isinstance(features, list) or depth > _DEEPEST:
        yield node
        return
    for feature in features:
        yield from _features(feature, depth + 1)


def _lines(node: Any, depth: int) -> Iterator[list[Any]]:
    """Yield the positions of every line in a feature or geometry, however it is nested."""
    if not isinstance(node, dict) or depth > _DEEPEST:
        return
    coordinates = node.get("coordinates")
    if node.get("type") == "LineString" and isinstance(coordinates, list):
        yield coordinates
    elif node.get("type") == "MultiLineString" and isinstance(coordinates, list):
        yield from (line for line in coordinates if isinstance(line, list))
    else:
        inner = node.get("geometries")
        for child in inner if isinstance(inner, list) else []:
            yield from _lines(child, depth + 1)
        yield from _lines(node.get("geometry"), depth + 1)


class _Grid:
    """Turns positions into degrees: of another grid where a file of before RFC 7946 names one."""

    def __init__(self, to_degrees: Transformer | None) -> None:
        self._to_degrees = to_degrees

    @classmethod
    def of(cls, document: Any) -> _Grid:
        """Return the grid that a file's ``crs`` names, that of RFC 7946 where it names none.

        Raises:
            RecordingError: nobody knows the grid that it names.
        """
        crs = document.get("crs") if isinstance(document, dict) else None
        properties = crs.get("properties") if isinstance(crs, dict) else None
        name = properties.get("name") if isinstance(properties, dict) else None
        if not isinstance(name, str) or "CRS84" in name:
            return cls(None)
        try:
            system = CRS.from_user_input(name)
        except CRSError as error:
            raise RecordingError(
                f"the positions are in a grid that is not known ({name[:60]}); export it in WGS 84"
            ) from error
        plain = system.is_geographic  # degrees of GPS, in whatever order the name would have them
        return cls(None if plain else Transformer.from_crs(system, 4326, always_xy=True))

    def degrees(self, position: Any) -> tuple[Any, Any, Any]:
        """Return longitude, latitude and height; what is no position has none of them."""
        if not isinstance(position, list):
            return None, None, None
        lon, lat, height = (*position[:3], None, None, None)[:3]
        if self._to_degrees is None or not _are_numbers(lon, lat):
            return lon, lat, height
        lon, lat = self._to_degrees.transform(lon, lat)
        return lon, lat, height


def _are_numbers(*values: object) -> bool:
    return all(isinstance(value, int | float) for value in values)
