"""GeoJSON files of walks (RFC 7946), for developers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from walktalk.maps.along import MeasuredLine
from walktalk.maps.course import course_points
from walktalk.maps.lines import full_line, rounded
from walktalk.maps.notice import licence_notice
from walktalk.maps.words import TITLE
from walktalk.routes import Walk


def geojson_file(walk: Walk) -> bytes:
    """Return a walk as GeoJSON: its line, and every point worth a word with its distance."""
    line = MeasuredLine.of(full_line(walk))
    features = [
        _feature(
            "LineString",
            line.coordinates,
            name=TITLE,
            length_m=round(line.length_m, 2),
            shape=walk.route.shape,
        )
    ]
    for point in course_points(walk, line):
        features.append(
            _feature(
                "Point",
                rounded(point.position),
                name=point.name,
                kind=point.kind,
                distance_m=round(point.distance_m, 2),
            )
        )
    collection = {
        "type": "FeatureCollection",
        "name": TITLE,
        "licence": licence_notice(walk.area),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(geometry: str, coordinates: Sequence[Any], **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": geometry, "coordinates": coordinates},
        "properties": properties,
    }
