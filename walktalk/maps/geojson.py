"""GeoJSON files of walks (RFC 7946), for developers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from walktalk.maps.course_points import course_points
from walktalk.maps.notice import licence_notice
from walktalk.maps.summary import title
from walktalk.maps.thinned import full_line, rounded
from walktalk.parks import Line
from walktalk.parks.line_heights import is_known
from walktalk.routes import Walk


def geojson_file(walk: Walk) -> bytes:
    """Return a walk as GeoJSON: its line, and every point worth a word with its distance.

    Where heights are known, ``heights_m`` holds one for each position of the line in metres above
    mean sea level, null where unknown, and a point has its ``height_m``. They are no third
    coordinate: RFC 7946, section 4, makes that metres above the ellipsoid, which lies about 50 m
    from the sea's level in England.
    """
    written = full_line(walk)
    line = Line.of(written.coordinates)
    features = [
        _feature(
            "LineString",
            line.positions,
            name=title(),
            length_m=round(line.length_m, 2),
            shape=walk.route.shape,
            **({"heights_m": written.heights_m} if is_known(written.heights_m) else {}),
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
                **({} if point.height_m is None else {"height_m": point.height_m}),
            )
        )
    collection = {
        "type": "FeatureCollection",
        "name": title(),
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
