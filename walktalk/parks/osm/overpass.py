"""Reads Overpass JSON (https://wiki.openstreetmap.org/wiki/OverpassJSON)."""

import json
from pathlib import Path as FilePath
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from walktalk.parks.errors import ParkDataError
from walktalk.parks.geodesy import LonLat
from walktalk.parks.osm.data import OsmData, OsmNode, OsmRelation, OsmWay
from walktalk.parks.osm.selection import AREA_TYPES, Bounds, Wanted, is_inside, is_wanted

Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]

MAX_ANSWER_BYTES = 500_000_000


class _Loose(BaseModel):
    """Overpass answers carry more than we read."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Point(_Loose):
    lon: Degrees
    lat: Latitude


class _Member(_Loose):
    type: str
    ref: int
    role: str = ""


class _Element(_Loose):
    type: str
    id: int
    tags: dict[str, str] = Field(default_factory=dict)
    lon: Degrees | None = None
    lat: Latitude | None = None
    nodes: list[int] = Field(default_factory=list)
    geometry: list[_Point | None] | None = None
    members: list[_Member] = Field(default_factory=list)


class _Answer(_Loose):
    elements: list[_Element]
    osm3s: dict[str, Any] = Field(default_factory=dict)
    remark: str = ""


def read_overpass(
    path: FilePath, bounds: Bounds | None = None, wanted: Wanted = is_wanted
) -> OsmData:
    """Read a file that holds an Overpass server's JSON answer.

    Ways need their nodes, either as elements of the answer or through ``out geom``.

    Raises:
        ParkDataError: the file cannot be read or is no such answer, or the server broke off.
    """
    try:
        if path.stat().st_size > MAX_ANSWER_BYTES:
            raise ParkDataError(f"{path}: larger than {MAX_ANSWER_BYTES // 10**6} MB")
        return parse_overpass(path.read_bytes(), str(path), bounds, wanted)
    except FileNotFoundError as error:
        raise ParkDataError(f"{path}: there is no such file") from error
    except OSError as error:
        raise ParkDataError(f"{path}: cannot be read: {error.strerror}") from error


def parse_overpass(
    answer: bytes, name: str, bounds: Bounds | None = None, wanted: Wanted = is_wanted
) -> OsmData:
    """Turn an Overpass server's JSON answer into what an import needs; see ``read_overpass``."""
    try:
        parsed = _Answer.model_validate(json.loads(answer))
    except (ValidationError, ValueError, RecursionError) as error:
        raise ParkDataError(f"{name}: not an answer of an Overpass server in JSON") from error
    if "error" in parsed.remark.lower():
        raise ParkDataError(f"{name}: the Overpass server broke off: {parsed.remark[:200]}")
    data = OsmData(as_of=str(parsed.osm3s.get("timestamp_osm_base", ""))[:10])
    positions = {
        element.id: (element.lon, element.lat)
        for element in parsed.elements
        if element.type == "node" and element.lon is not None and element.lat is not None
    }
    _take_relations(parsed, data, wanted)
    members = {ref for relation in data.relations.values() for ref, _ in relation.members}
    for element in parsed.elements:
        if element.type == "way" and (element.id in members or wanted(element.tags)):
            way = _way(element, positions)
            if way.refs and (bounds is None or any(is_inside(p, bounds) for p in way.line)):
                data.ways[way.id] = way
        elif element.type == "node" and element.tags:
            position = positions.get(element.id)
            if position is not None and is_inside(position, bounds):
                data.nodes[element.id] = OsmNode(element.id, element.tags, position)
    if not data.ways and any(element.type == "way" for element in parsed.elements):
        raise ParkDataError(
            f"{name}: its ways come without their nodes, so nobody knows where they run: ask the "
            "server with (._;>;);out body; or with out geom;"
        )
    kinds = {element.type for element in parsed.elements}
    if kinds and kinds.isdisjoint(("node", "way", "relation")):
        raise ParkDataError(f"{name}: the answer holds no map data: no node, way or relation")
    return data


def _take_relations(answer: _Answer, data: OsmData, wanted: Wanted) -> None:
    for element in answer.elements:
        if (
            element.type == "relation"
            and element.tags.get("type") in AREA_TYPES
            and wanted(element.tags)
        ):
            members = tuple((m.ref, m.role) for m in element.members if m.type == "way")
            data.relations[element.id] = OsmRelation(element.id, element.tags, members)


def _way(element: _Element, positions: dict[int, LonLat]) -> OsmWay:
    drawn: list[LonLat | None] = [
        None if point is None else (point.lon, point.lat) for point in element.geometry or ()
    ]
    if len(drawn) != len(element.nodes):
        drawn = [positions.get(ref) for ref in element.nodes]
    return OsmWay(element.id, element.tags, tuple(element.nodes), tuple(drawn))
