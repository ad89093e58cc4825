"""Reads lines from GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from walktalk.routes.recordings.collect import TrackCollector
from walktalk.routes.recordings.model import RecordingError, Track

_DEEPEST = 20


def read_geojson(data: bytes) -> tuple[list[Track], list[str]]:
    """Return the lines of a GeoJSON file as tracks.

    Raises:
        RecordingError: it is no JSON, or holds no line.
    """
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise RecordingError("the file is cut short or damaged: it is no JSON") from error
    collector = TrackCollector()
    for line in _lines(document, 0):
        for position in line:
            if isinstance(position, list):
                lon, lat, height = (*position[:3], None, None, None)[:3]
                collector.point(lon, lat, height, None)
            else:
                collector.point(None, None, None, None)
        collector.end_of_track()
    return collector.tracks(), []


def _lines(node: Any, depth: int) -> Iterator[list[Any]]:
    """Yield the positions of every line in a GeoJSON object, however it is nested."""
    if not isinstance(node, dict) or depth > _DEEPEST:
        return
    coordinates = node.get("coordinates")
    if node.get("type") == "LineString" and isinstance(coordinates, list):
        yield coordinates
    elif node.get("type") == "MultiLineString" and isinstance(coordinates, list):
        yield from (line for line in coordinates if isinstance(line, list))
    else:
        for name in ("features", "geometries"):
            inner = node.get(name)
            for child in inner if isinstance(inner, list) else []:
                yield from _lines(child, depth + 1)
        yield from _lines(node.get("geometry"), depth + 1)
