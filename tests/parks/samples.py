"""Areas small enough to reason about, for the tests of the land."""

import copy
from typing import Any

CROSS = (-2.07, 51.9)
NORTH = (-2.07, 51.901)
EAST = (-2.068, 51.9)

DOCUMENT: dict[str, Any] = {
    "type": "FeatureCollection",
    "walktalk": 1,
    "id": "small-park",
    "name": "Small Park",
    "sources": {"survey": {"title": "A survey", "as_of": "2026-11-01"}},
    "features": [
        {
            "type": "Feature",
            "id": "path-01",
            "properties": {
                "kind": "path",
                "source": "survey",
                "facts": {"highway": "footway", "width_m": 2.0},
            },
            "geometry": {"type": "LineString", "coordinates": [CROSS, NORTH]},
        },
        {
            "type": "Feature",
            "id": "path-02",
            "properties": {"kind": "path", "source": "survey"},
            "geometry": {"type": "LineString", "coordinates": [EAST, CROSS]},
        },
        {
            "type": "Feature",
            "id": "north-end",
            "properties": {
                "kind": "place",
                "type": "meeting_point",
                "name": "North end",
                "how_to_find": "The end of the path.",
                "source": "survey",
            },
            "geometry": {"type": "Point", "coordinates": NORTH},
        },
        {
            "type": "Feature",
            "id": "whole-way",
            "properties": {
                "kind": "route",
                "name": "The whole way",
                "start": "north-end",
                "paths": ["path-01", "path-02"],
                "closed": False,
            },
            "geometry": {"type": "LineString", "coordinates": [NORTH, CROSS, EAST]},
        },
    ],
}


def document() -> dict[str, Any]:
    """Return a fresh copy of a small, valid area document, in JSON's own types."""
    fresh = copy.deepcopy(DOCUMENT)
    for feature in fresh["features"]:
        feature["geometry"]["coordinates"] = _lists(feature["geometry"]["coordinates"])
    return fresh


def _lists(value: Any) -> Any:
    return [_lists(item) for item in value] if isinstance(value, list | tuple) else value
