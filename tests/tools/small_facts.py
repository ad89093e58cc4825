"""A small folder of facts: one park of 300 by 300 m, a street below it, a school beside it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tools.build_parks.facts import WAYS_2026
from walktalk.parks import LonLat
from walktalk.parks.plane import Plane

ORIGIN = (-2.09, 51.9)
_PLANE = Plane(ORIGIN)
Xy = tuple[float, float]

ALIKE = "paths/pittville-park.geojson"
"""The file of 2026 that has one of the lines of 2023."""

DECISIONS = """
closed = ["Small School"]
also_public = []
closed_places = {}
names = {}
listed = {}

[[area]]
id = "small-park"
name = "Small Park"
about = "A park."
grounds = ["Small Park"]

[[area.meeting]]
id = "gate"
name = "The gate"
at = AT

[[area.walk]]
id = "round"
name = "Round the park"
about = "Once round, {length}."
start = "gate"
through = [ONE, TWO]
"""


def at(x: float, y: float) -> LonLat:
    """Return where a point lies, in metres east and north of the park's south-west corner."""
    ((lon, lat),) = _PLANE.to_degrees(np.array([(x, y)])).tolist()
    return round(float(lon), 7), round(float(lat), 7)


def line(*points: Xy, **properties: object) -> dict[str, Any]:
    """Return a feature along points in metres."""
    return _feature("LineString", [at(*point) for point in points], properties)


def ground(west: float, south: float, east: float, north: float, **properties: object) -> Any:
    """Return a rectangle in metres as a feature."""
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return _feature("Polygon", [[at(*corner) for corner in corners]], properties)


def point(x: float, y: float, **properties: object) -> dict[str, Any]:
    """Return a point in metres as a feature."""
    return _feature("Point", at(x, y), properties)


def _feature(kind: str, positions: object, properties: Mapping[str, object]) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": positions}
    return {"type": "Feature", "properties": dict(properties), "geometry": geometry}


def footway(*points: Xy, **properties: object) -> dict[str, Any]:
    """Return a footway of 2023 along points in metres."""
    return line(*points, **{"highway": "footway"} | properties)


PATHS: Mapping[str, dict[str, Any]] = {
    "link to the street": footway((0, -48), (0, 0)),
    "west side": footway((0, 0), (0, 150)),
    "north side": footway((0, 150), (150, 150)),
    "east side": footway((150, 150), (150, 0)),
    "south side": footway((150, 0), (0, 0)),
    "1.2 m short": footway((151.2, 150), (290, 150)),
    "1.8 m short": footway((0, 151.8), (0, 290)),
    "into the school": footway((290, 150), (390, 150)),
    "named, in the school": footway((310, 20), (390, 20), name="School Walk"),
    "steps": footway((150, 0), (290, 0), highway="steps"),
    "north gate": footway((150, 150), (150, 300)),
    "nobody's, too long": footway((150, 300), (150, 400)),
    "nobody's": footway((150, 400), (230, 400)),
}
"""The paths of 2023, in metres."""


def files() -> dict[str, list[dict[str, Any]]]:
    """Return the features of every file of the folder but the register and the heights."""
    return {
        "osm-2023/paths.geojson": list(PATHS.values()),
        "osm-2023/parks.geojson": [
            ground(-2, -1, 300, 300, name="Small Park", leisure="park"),
            ground(302, -1, 400, 300, name="Small School", amenity="school"),
        ],
        "osm-2023/green.geojson": [ground(20, 20, 60, 60, kind="green", landuse="grass")],
        "osm-2023/water.geojson": [ground(80, 80, 120, 120, kind="water", name="Small Pond")],
        "osm-2023/roads.geojson": [
            line((-200, -48), (500, -48), name="South Street", road_class="residential")
        ],
        "osm-2023/buildings.geojson": [],
        "osm-2023/benches.geojson": [point(3, 100, kind="bench", osm="node/1")],
        "osm-2023/places.geojson": [],
        "bus-stops.geojson": [
            point(20, -45, kind="bus_stop", name="The Green", atco="1600GL1", bearing="E")
        ],
        "toilets.geojson": [
            point(
                10,
                10,
                kind="toilets",
                name="The Green",
                toiletmap_id="a1",
                accessible=True,
                updated="2016-02-03",
            )
        ],
        **{name: [] for name in WAYS_2026},
        ALIKE: [
            line((0, 0), (0, 150), highway="cycleway", surface="asphalt", lit="yes"),
        ],
    }


def write_facts(folder: Path, features: Mapping[str, Sequence[object]]) -> Path:
    """Write a folder of facts and return it."""
    for name, found in features.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"type": "FeatureCollection", "features": found}))
    (folder / "places.json").write_text("[]")
    rows = "\n".join(" ".join(["60"] * 40) for _ in range(40))
    head = "ncols 40\nnrows 40\nxllcorner 393000\nyllcorner 221500\ncellsize 50\n"
    heights = folder / "heights" / "os-terrain-50-cheltenham.asc"
    heights.parent.mkdir(exist_ok=True)
    heights.write_text(f"{head}{rows}\n")
    return folder


def write_decisions(file: Path, changes: Mapping[str, str] | None = None) -> Path:
    """Write a file of decisions, some of its words changed, and return it."""
    text = DECISIONS
    for old, new in {"AT": _shown(0, 0), "ONE": _shown(0, 75), "TWO": _shown(150, 75)}.items():
        text = text.replace(old, new)
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)
    return file


def _shown(x: float, y: float) -> str:
    return str(list(at(x, y)))
