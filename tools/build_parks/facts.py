"""Reads the folder of facts: every file checked, every refusal one line with file and feature."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from tools.build_parks.errors import BuildError
from walktalk.parks import LonLat

WEST, SOUTH, EAST, NORTH = -2.4, 51.7, -1.8, 52.1
"""Cheltenham and the hills around it, in degrees: a position outside is a mistake."""

_LINE = frozenset({"LineString"})
_POINT = frozenset({"Point"})
_POLYGON = frozenset({"Polygon", "MultiPolygon"})


@dataclass(frozen=True, slots=True)
class Feature:
    """One recorded thing: its properties as they stand, its geometry in degrees."""

    where: str
    properties: Mapping[str, Any]
    geometry: BaseGeometry

    def text(self, name: str) -> str:
        """Return a property as text, ``""`` where it is absent."""
        return str(self.properties.get(name) or "")

    @property
    def line(self) -> tuple[LonLat, ...]:
        """The line's positions as (longitude, latitude)."""
        return tuple((x, y) for x, y, *_ in self.geometry.coords)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the folder holds, by what it is of.

    ``ways_2026`` holds the files of 2026 by their path in the folder; ``register`` the points of
    ``places.json``; ``heights`` the height model's file, read where it is asked.
    """

    paths: list[Feature]
    ways_2026: Mapping[str, list[Feature]]
    parks: list[Feature]
    green: list[Feature]
    water: list[Feature]
    roads: list[Feature]
    buildings: list[Feature]
    benches: list[Feature]
    places: list[Feature]
    stops: list[Feature]
    toilets: list[Feature]
    register: list[Feature]
    heights: Path


WAYS_2026 = {
    "paths/pittville-park.geojson": "osm-cycleways",
    "paths/honeybourne-line.geojson": "osm-cycleways",
    "paths/sandford-park.geojson": "osm-cycleways",
    "paths/coxs-meadow.geojson": "osm-cycleways",
    "paths/montpellier-gardens.geojson": "osm-cycleways",
    "paths/west-cheltenham.geojson": "osm-west",
}
"""The files of ways of 2026, with the source of each."""


def read_facts(folder: Path) -> Facts:
    """Read the folder of facts.

    Raises:
        BuildError: a file is missing or a feature broken.
    """
    heights = folder / "heights" / "os-terrain-50-cheltenham.asc"
    if not heights.is_file():
        raise BuildError(f"{heights}: there is no such file")

    def read(name: str, kinds: frozenset[str], *needed: str) -> list[Feature]:
        return _features(folder / name, kinds, needed)

    return Facts(
        paths=read("osm-2023/paths.geojson", _LINE, "highway"),
        ways_2026={name: read(name, _LINE, "highway") for name in WAYS_2026},
        parks=read("osm-2023/parks.geojson", _POLYGON),
        green=read("osm-2023/green.geojson", _POLYGON),
        water=read("osm-2023/water.geojson", _POLYGON | _LINE),
        roads=read("osm-2023/roads.geojson", _LINE, "road_class"),
        buildings=read("osm-2023/buildings.geojson", _POLYGON),
        benches=read("osm-2023/benches.geojson", _POINT),
        places=read("osm-2023/places.geojson", _POINT),
        stops=read("bus-stops.geojson", _POINT, "name", "atco"),
        toilets=read("toilets.geojson", _POINT, "name", "toiletmap_id", "updated"),
        register=_register(folder / "places.json"),
        heights=heights,
    )


def _features(file: Path, kinds: frozenset[str], needed: tuple[str, ...]) -> list[Feature]:
    document = _json(file)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise BuildError(f"{file}: not a GeoJSON FeatureCollection")
    return [_feature(raw, f"{file}: feature {n}", kinds, needed) for n, raw in enumerate(features)]


def _feature(raw: object, where: str, kinds: frozenset[str], needed: tuple[str, ...]) -> Feature:
    if not isinstance(raw, dict) or not isinstance(raw.get("properties"), dict):
        raise BuildError(f"{where}: not a GeoJSON feature with properties")
    for name in needed:
        if not raw["properties"].get(name):
            raise BuildError(f"{where}: it has no {name!r}")
    geometry = raw.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in kinds:
        raise BuildError(f"{where}: its geometry is {kind!r}; accepted are {sorted(kinds)}")
    try:
        found = shape(geometry)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise BuildError(f"{where}: its geometry is broken") from error
    if found.is_empty or not _is_here(found.bounds):
        raise BuildError(f"{where}: its geometry is empty or lies outside {_HERE}")
    return Feature(where, raw["properties"], found)


_HERE = f"{WEST} to {EAST} east, {SOUTH} to {NORTH} north"


def _is_here(bounds: tuple[float, ...]) -> bool:
    west, south, east, north = bounds
    return (
        all(math.isfinite(each) for each in bounds)
        and west >= WEST
        and east <= EAST
        and south >= SOUTH
        and north <= NORTH
    )


def _register(file: Path) -> list[Feature]:
    document = _json(file)
    if not isinstance(document, list):
        raise BuildError(f"{file}: not a JSON list of places")
    found: list[Feature] = []
    for n, raw in enumerate(document):
        where = f"{file}: place {n}"
        if not isinstance(raw, dict) or not {"kind", "name", "source"} <= set(raw):
            raise BuildError(f"{where}: a place needs kind, name, lat, lon and source")
        lon, lat = raw.get("lon"), raw.get("lat")
        if not isinstance(lon, float | int) or not isinstance(lat, float | int):
            raise BuildError(f"{where}: lat and lon must be numbers")
        if not _is_here((lon, lat, lon, lat)):
            raise BuildError(f"{where}: it lies outside {_HERE}")
        found.append(Feature(where, raw, Point(lon, lat)))
    return found


def _json(file: Path) -> object:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BuildError(f"{file}: there is no such file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BuildError(f"{file}: cannot be read: {error}") from error
    except ValueError as error:
        raise BuildError(f"{file}: not valid JSON: {error}") from error
