"""Places from OpenStreetMap, and the meeting points an imported area gets."""

from collections.abc import Iterable, Mapping

import numpy as np
from shapely.geometry.base import BaseGeometry

from walktalk.parks.geodesy import LonLat, distance_m
from walktalk.parks.meeting import (
    nearest_named,
    path_in_words,
    place_in_words,
    spoken_distance,
    whereabouts,
)
from walktalk.parks.model import Path, Place, Source
from walktalk.parks.network import Network
from walktalk.parks.osm.data import OsmData, Tags
from walktalk.parks.osm.facts import place_facts, place_kind
from walktalk.parks.osm.values import text

BESIDE_PATH_M = 20.0
"""A place counts as on or beside a path up to here: across a street's width."""

LONGEST_NAME = 255
"""Characters: what the schema takes."""

MAX_MEETING_POINTS = 12
"""Enough for a choice, few enough to read."""

_MEETING_KINDS = ("entrance", "station", "car_park", "bus_stop", "cafe", "bandstand", "toilets")


def find_places(
    data: OsmData, areas: Mapping[tuple[str, int], BaseGeometry], source: Source
) -> list[Place]:
    """Return every place an extract holds, in its order: nodes, then ways, then relations."""
    return [
        _place(f"{element}/{element_id}", kind, position, source, (tags, data))
        for element, element_id, tags in data.elements()
        if (kind := place_kind(tags)) is not None
        and (position := _position(data, areas, element, element_id)) is not None
    ]


def _position(
    data: OsmData,
    areas: Mapping[tuple[str, int], BaseGeometry],
    element: str,
    element_id: int,
) -> LonLat | None:
    if element == "node":
        return data.nodes[element_id].position
    if (polygon := areas.get((element, element_id))) is not None:
        inside = polygon.representative_point()
        return (round(inside.x, 7), round(inside.y, 7))
    line = data.ways[element_id].line if element == "way" else ()
    return line[len(line) // 2] if line else None


def _place(
    element: str, kind: str, position: LonLat, source: Source, said: tuple[Tags, OsmData]
) -> Place:
    tags, data = said
    facts = place_facts(tags, data.warnings)
    facts["osm"] = f"https://www.openstreetmap.org/{element}"
    return Place(
        id=f"{element[0]}{element.split('/')[1]}",
        kind=kind,
        name=text(tags.get("name", "")) or "",
        position=position,
        facts=facts,
        sources=dict.fromkeys(("geometry", *facts), source),
    )


def meeting_points(
    paths: Mapping[str, Path], places: Iterable[Place], middle: LonLat | None = None
) -> list[Place]:
    """Return where walks can start, by the design's rule, the most useful first.

    Recorded named places (entrances, stations, car parks, bus stops, cafes, ...) on or beside a
    path of the largest connected piece, the one nearest the middle first; where there is none, a
    path's end nearest the middle, named by bearing and distance from the nearest named place.
    The middle is the park's, or else that of the paths.
    """
    places = list(places)
    network = Network.of(paths)
    main = _largest_piece(network)
    middle = middle or _middle(network, main)
    found: dict[str, Place] = {}
    candidates = [place for place in places if place.kind in _MEETING_KINDS and _label(place)]
    for place in sorted(candidates, key=lambda place: distance_m(place.position, middle)):
        snap = network.snap(place.position)
        label = _label(place)
        if snap.distance_m > BESIDE_PATH_M or snap.path_id not in main or label in found:
            continue
        found[label] = _at_place(place, label, snap.distance_m, paths[snap.path_id])
        if len(found) == MAX_MEETING_POINTS:
            break
    return list(found.values()) or [_at_end(paths, main, middle, places)]


def _label(place: Place) -> str:
    """Return how a meeting place is called: its name, or the street an entrance opens to."""
    if place.name or place.kind != "entrance":
        return place.name
    street = place.facts.get("street")
    return f"Entrance from {street}" if street else ""


def _at_place(place: Place, label: str, away_m: float, path: Path) -> Place:
    named = place_in_words(place) if place.name else f"the {label[0].lower()}{label[1:]}"
    near = f", {spoken_distance(away_m)} from {path_in_words(path.facts)}" if away_m >= 1 else ""
    return Place(
        id=f"meet-{place.id}",
        kind="meeting_point",
        name=label[:LONGEST_NAME],
        position=place.position,
        how_to_find=f"At {named}{near}.",
        sources={"geometry": place.sources["geometry"]},
    )


def _at_end(
    paths: Mapping[str, Path], main: frozenset[str], middle: LonLat, places: Iterable[Place]
) -> Place:
    ends = [
        (path.coordinates[i], path, end)
        for path in paths.values()
        if path.id in main
        for i, end in ((0, "first"), (-1, "last"))
    ]
    position, path, end = min(ends, key=lambda end: distance_m(end[0], middle))
    landmark = nearest_named(position, places)
    where = (
        whereabouts(position, landmark)
        if landmark is not None
        else f"at latitude {position[1]:.5f}, longitude {position[0]:.5f}"
    )
    return Place(
        id=f"meet-{path.id}-{end}",
        kind="meeting_point",
        name=f"Path's end {where}"[:LONGEST_NAME],
        position=position,
        how_to_find=f"Where {path_in_words(path.facts)} ends, {where}.",
        sources={"geometry": path.sources["geometry"]},
    )


def _largest_piece(network: Network) -> frozenset[str]:
    """Return the paths of the connected piece with the most metres."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = len(network.nodes)
    edges = coo_array((np.ones(len(network.tail)), (network.tail, network.head)), (size, size))
    _, label = connected_components(edges, directed=False)
    piece = label[network.tail]
    longest = int(np.argmax(np.bincount(piece, weights=network.lengths_m)))
    return frozenset(np.array(network.path_ids)[piece == longest].tolist())


def _middle(network: Network, main: frozenset[str]) -> LonLat:
    lines = [
        line
        for path_id, line in zip(network.path_ids, network.lines, strict=True)
        if path_id in main
    ]
    lon, lat = np.concatenate([np.array(line.positions) for line in lines]).mean(axis=0)
    return float(lon), float(lat)
