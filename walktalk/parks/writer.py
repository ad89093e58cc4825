"""Writes area files: one feature a line, whole or not at all."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

from walktalk.files import write_whole
from walktalk.parks.errors import ParkDataError
from walktalk.parks.joined import walked_line
from walktalk.parks.line_heights import is_known, rounded_height
from walktalk.parks.model import (
    Area,
    BackgroundShape,
    Barrier,
    Crossing,
    FactValue,
    LostRoute,
    Path,
    Place,
    Source,
    StoredRoute,
    WayIn,
)
from walktalk.parks.schema import SCHEMA_VERSION

Json = dict[str, Any]


def area_to_geojson(area: Area) -> Json:
    """Return the area as a GeoJSON document in our schema; ``read_area`` turns it back.

    Raises:
        ParkDataError: a path or place names no source, or a stored route's paths do not meet.
    """
    return {
        "type": "FeatureCollection",
        "walktalk": SCHEMA_VERSION,
        "id": area.id,
        "name": area.name,
        "about": area.about,
        "sources": {source.id: source_to_json(source) for source in area.sources.values()},
        "searched": {kind: source.id for kind, source in area.searched.items()},
        "notes": [
            {"text": note.text, "checks": list(note.checks), "source": note.source.id}
            for note in area.notes
        ],
        **({"ways_in": list(map(_way_in, area.ways_in))} if area.ways_in else {}),
        "features": list(_features(area)),
    }


def write_area(area: Area, path: FilePath | str) -> None:
    """Write one area file, whole or not at all; what was there before is replaced.

    Raises:
        ParkDataError: the area cannot be written as a file, or the disk refuses it.
    """
    write_text(FilePath(path), area_text(area))


def area_text(area: Area) -> str:
    """Return an area file as text: one feature a line.

    Raises:
        ParkDataError: the area cannot be written as a file.
    """
    document = area_to_geojson(area)
    features = document.pop("features")
    head = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        for feature in features
    )
    return f'{head[:-2]},\n "features": [\n{lines}\n]}}\n'


def write_text(path: FilePath, text: str) -> None:
    """Write a text file whole or not at all.

    Raises:
        ParkDataError: the disk is full or the folder cannot be written to; nothing has changed.
    """
    try:
        write_whole(path, text.encode())
    except OSError as error:
        reason = error.strerror or str(error)
        raise ParkDataError(f"{path}: cannot be written ({reason}); nothing was changed") from error


def _features(area: Area) -> Iterator[Json]:
    for path in area.paths.values():
        properties = {"kind": "path", **_sourced(path), **_heights(path), **_on_it(path)}
        yield _feature(path.id, properties, "LineString", path.coordinates)
    for place in area.places.values():
        yield _place(place)
    for route in area.routes.values():
        yield _route(area, route)
    for lost in area.lost_routes.values():
        yield _lost_route(lost)
    count: Counter[str] = Counter()
    for shape in area.background:
        count[shape.kind] += 1
        yield _shape(shape, f"{shape.kind}-{count[shape.kind]:03d}", area)


def _feature(feature_id: str, properties: Json, geometry: str, coordinates: Any) -> Json:
    return {
        "type": "Feature",
        "id": feature_id,
        "properties": properties,
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def _place(place: Place) -> Json:
    properties: Json = {"kind": "place", "type": place.kind, "name": place.name}
    if place.how_to_find:
        properties["how_to_find"] = place.how_to_find
    return _feature(place.id, properties | _sourced(place), "Point", place.position)


def _route(area: Area, route: StoredRoute) -> Json:
    start = area.places.get(route.start)
    try:
        line, _ = walked_line(area.paths, route.path_ids, start.position if start else None)
    except ValueError as error:
        raise ParkDataError(f"area {area.id!r}: stored route {route.id!r}: {error}") from error
    return _feature(route.id, _route_properties(route), "LineString", line)


def _lost_route(lost: LostRoute) -> Json:
    properties = _route_properties(lost.route) | {"gone": list(lost.gone)}
    return _feature(lost.route.id, properties, "LineString", lost.line)


def _route_properties(route: StoredRoute) -> Json:
    return {
        "kind": "route",
        "name": route.name,
        "about": route.about,
        "start": route.start,
        "paths": list(route.path_ids),
        "closed": route.closed,
    }


def _shape(shape: BackgroundShape, feature_id: str, area: Area) -> Json:
    if shape.source is None:
        raise ParkDataError(f"area {area.id!r}: {feature_id}: a background shape needs a source")
    properties: Json = {"kind": shape.kind, "source": shape.source.id}
    properties |= {k: v for k, v in (("name", shape.name), ("detail", shape.detail)) if v}
    if all(len(ring) > 3 and ring[0] == ring[-1] for ring in shape.rings):  # noqa: PLR2004
        return _feature(feature_id, properties, "Polygon", shape.rings)
    if len(shape.rings) == 1:
        return _feature(feature_id, properties, "LineString", shape.rings[0])
    return _feature(feature_id, properties, "MultiLineString", shape.rings)


def _sourced(item: Path | Place) -> Json:
    """Return ``source`` and ``facts``, a fact with its own source where it differs."""
    if "geometry" not in item.sources:
        raise ParkDataError(f"{item.id}: its position has no source")
    default = item.sources["geometry"]
    facts: Mapping[str, FactValue] = item.facts
    entries: Json = {}
    for name, value in facts.items():
        source = item.sources.get(name, default)
        entries[name] = value if source == default else {"value": value, "source": source.id}
    return {"source": default.id} | ({"facts": entries} if entries else {})


def _heights(path: Path) -> Json:
    """Return ``heights_m`` to 0.1 m, with its own source where it differs, if any is known."""
    if path.heights_m is None or not is_known(path.heights_m):
        return {}
    values = [rounded_height(height) for height in path.heights_m]
    default = path.sources["geometry"]
    source = path.sources.get("heights_m", default)
    return {"heights_m": values if source == default else {"value": values, "source": source.id}}


def _on_it(path: Path) -> Json:
    """Return ``barriers`` and ``crossings`` where the path has any."""
    lists: Mapping[str, tuple[Barrier | Crossing, ...]] = {
        "barriers": path.barriers,
        "crossings": path.crossings,
    }
    return {name: [_entry(e, path) for e in entries] for name, entries in lists.items() if entries}


def _entry(item: Barrier | Crossing, path: Path) -> Json:
    entry: Json = {"kind": item.kind}
    if item.position is not None:
        entry["position"] = item.position
    if item.source != path.sources["geometry"]:
        entry["source"] = item.source.id
    return entry | ({"facts": dict(item.facts)} if item.facts else {})


def _way_in(way: WayIn) -> Json:
    entry: Json = {"place": way.place, "to": way.to, "length_m": way.length_m}
    parts = {
        "path_ids": list(way.path_ids),
        "streets": list(way.streets),
        "streets_m": way.streets_m,
        "crosses": list(way.crosses),
    }
    return entry | {name: part for name, part in parts.items() if part} | {"source": way.source.id}


def source_to_json(source: Source) -> Json:
    """Return a source's entry in the head of a file."""
    entry: Json = {"title": source.title, "as_of": source.as_of}
    if source.licence is not None:
        entry["licence"] = source.licence
    if source.url is not None:
        entry["url"] = source.url
    if source.reported:
        entry["reported"] = True
    return entry
