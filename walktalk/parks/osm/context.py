"""How calm a path is by what lies around it: distances to roads, water, woods, playgrounds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from walktalk.parks.model import FactValue, Path
from walktalk.parks.osm.cutting import way_of
from walktalk.parks.osm.data import OsmData, Tags
from walktalk.parks.osm.polygons import Area
from walktalk.parks.osm.rules import CARRIAGEWAYS, is_underground
from walktalk.parks.osm.waters import is_water, water_lines
from walktalk.parks.plane import Plane

CONTEXT_REACH_M = 1000.0
"""Distances are looked for, and recorded, up to here: what is farther is neither seen nor heard."""

SAMPLE_EVERY_M = 15.0
"""Points at which the distance along a path is measured."""

ROAD_SHARE = 0.25
"""A path is as far from roads as its nearest quarter: one that runs beside a road for a quarter of
its length is beside it, one that only ends at a road is not."""

WOOD_SHARE = 0.5
"""A path is in a wood when half of it is."""

CROSSED_WITHIN_M = 1.0
"""A crossing lies on the road it crosses: they share a node."""

ROAD_GROUPS: Mapping[str, frozenset[str]] = {
    "main_road_m": frozenset(
        kind + link
        for kind in ("motorway", "trunk", "primary", "secondary")
        for link in ("", "_link")
    ),
    "through_road_m": frozenset({"tertiary", "tertiary_link", "unclassified"}),
    "street_m": frozenset({"residential", "living_street"}),
}

Areas = Mapping[tuple[str, int], Area]


def is_wood(tags: Tags) -> bool:
    """Return whether an area is wood."""
    return tags.get("natural") == "wood" or tags.get("landuse") == "forest"


def with_context(paths: Mapping[str, Path], data: OsmData, areas: Areas) -> dict[str, Path]:
    """Return the paths with what lies around each, from the data they were cut from.

    Adds the distances that ``PathFacts`` describes, capped at ``CONTEXT_REACH_M`` (that value
    means "that far or farther"), ``beside_road`` to ways mapped as a road's pavement and the
    road's name to ``crosses_road``.
    """
    plane = Plane.around(p for path in paths.values() for p in path.coordinates)
    lines = plane.flat(LineString(path.coordinates) for path in paths.values())
    samples = _Samples.along(lines)
    roads = _Roads.of(data, plane)
    road_m, road_beside = samples.nearest(
        roads.lines, ROAD_SHARE, list(zip(roads.classes, roads.names, strict=True))
    )
    found: dict[str, NDArray[np.float64]] = {
        "water_m": _nearest_m(lines, _water(data, areas, plane)),
        "playground_m": _nearest_m(lines, _playgrounds(data, areas, plane)),
        "wood_m": samples.nearest(
            plane.flat(a for key, a in areas.items() if is_wood(_tags(data, key))), WOOD_SHARE
        )[0],
        "road_m": road_m,
    }
    for name, classes in ROAD_GROUPS.items():
        chosen = [i for i, kind in enumerate(roads.classes) if kind in classes]
        found[name] = samples.nearest([roads.lines[i] for i in chosen], ROAD_SHARE)[0]
    road_touched = _touched(lines, roads.lines)
    return {
        path.id: _with_facts(
            path,
            {name: round(float(values[i]), 1) for name, values in found.items()}
            | roads.facts(path, data, road_beside[i], road_touched[i]),
        )
        for i, path in enumerate(paths.values())
    }


def _with_facts(path: Path, facts: Mapping[str, FactValue]) -> Path:
    source = path.sources["geometry"]
    return replace(
        path,
        facts={**path.facts, **facts},
        sources={**path.sources, **dict.fromkeys(facts, source)},
    )


@dataclass(frozen=True)
class _Roads:
    """The carriageways around, segment by segment: lines in metres, classes and names.

    Short segments have small boxes, which is what makes the index quick.
    """

    lines: list[LineString]
    classes: list[str]
    names: list[str]

    @classmethod
    def of(cls, data: OsmData, plane: Plane) -> "_Roads":
        roads = cls([], [], [])
        for way in data.ways.values():
            kind = way.tags.get("highway", "")
            if kind not in CARRIAGEWAYS or is_underground(way.tags):
                continue
            segments = [LineString(pair) for pair in pairwise(way.line)]
            name = (way.tags.get("name") or way.tags.get("ref") or "")[:255]
            roads.lines.extend(segments)
            roads.classes.extend([kind] * len(segments))
            roads.names.extend([name] * len(segments))
        return cls(plane.flat(roads.lines), roads.classes, roads.names)

    def facts(
        self, path: Path, data: OsmData, beside: int | None, touched: int | None
    ) -> dict[str, FactValue]:
        """Return the class of the road beside a path, and the names of what it is tied to."""
        facts: dict[str, FactValue] = {}
        if beside is None:
            return facts
        facts["road_class"] = self.classes[beside]
        if _is_pavement(_way_tags(path, data)):
            facts["beside_road"] = self.names[beside] or "a road"
        if path.facts.get("crosses_road") == "yes" and touched is not None and self.names[touched]:
            facts["crosses_road"] = self.names[touched]
        return facts


@dataclass(frozen=True)
class _Samples:
    """Points every few metres along each path."""

    points: NDArray[np.object_]
    path_of: NDArray[np.int64]
    paths: int

    @classmethod
    def along(cls, lines: Sequence[LineString]) -> "_Samples":
        counts = [max(1, round(line.length / SAMPLE_EVERY_M)) for line in lines]
        points = [
            shapely.line_interpolate_point(line, (np.arange(n) + 0.5) / n, normalized=True)
            for line, n in zip(lines, counts, strict=True)
        ]
        return cls(np.concatenate(points), np.repeat(np.arange(len(lines)), counts), len(lines))

    def nearest(
        self, shapes: Sequence[BaseGeometry], share: float, groups: Sequence[object] = ()
    ) -> tuple[NDArray[np.float64], list[int | None]]:
        """Return how near each path's nearest ``share`` of points is, and what is nearest to most.

        The first is the distance that this share of the points is within; the second a shape of
        the group that is nearest to most points.
        """
        away, nearest = _query(self.points, shapes)
        first: dict[object, int] = {}
        of_group = np.array([first.setdefault(group, i) for i, group in enumerate(groups)] + [-1])
        nearest = of_group[nearest] if len(groups) else nearest
        in_order = np.lexsort((away, self.path_of))
        counts = np.bincount(self.path_of, minlength=self.paths)
        within = np.cumsum(counts) - counts + np.ceil(counts * share).astype(int) - 1
        starts = np.flatnonzero(np.diff(self.path_of)) + 1
        commonest = [
            Counter(seen).most_common(1)[0][0] if (seen := part[part >= 0].tolist()) else None
            for part in np.split(nearest, starts)
        ]
        return away[in_order][within], commonest


def _query(
    geometries: Iterable[BaseGeometry], shapes: Sequence[BaseGeometry]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return distance to, and index of, the nearest shape of each geometry; -1 beyond reach."""
    wanted = np.array(list(geometries), dtype=object)
    away = np.full(len(wanted), CONTEXT_REACH_M)
    nearest = np.full(len(wanted), -1, dtype=np.int64)
    if shapes:
        pairs, distances = shapely.STRtree(list(shapes)).query_nearest(
            wanted, max_distance=CONTEXT_REACH_M, return_distance=True, all_matches=False
        )
        away[pairs[0]] = distances
        nearest[pairs[0]] = pairs[1]
    return away, nearest


def _nearest_m(lines: Sequence[LineString], shapes: Sequence[BaseGeometry]) -> NDArray[np.float64]:
    return _query(lines, shapes)[0]


def _touched(lines: Sequence[LineString], roads: Sequence[LineString]) -> list[int | None]:
    away, nearest = _query(lines, roads)
    return [
        int(road) if metres <= CROSSED_WITHIN_M and road >= 0 else None
        for metres, road in zip(away, nearest, strict=True)
    ]


def _water(data: OsmData, areas: Areas, plane: Plane) -> list[BaseGeometry]:
    shapes: list[BaseGeometry] = [a for key, a in areas.items() if is_water(_tags(data, key))]
    shapes += [water.line for water in water_lines(data)]
    return plane.flat(shapes)


def _playgrounds(data: OsmData, areas: Areas, plane: Plane) -> list[BaseGeometry]:
    shapes: list[BaseGeometry] = [
        area for key, area in areas.items() if _tags(data, key).get("leisure") == "playground"
    ]
    shapes += [
        Point(node.position)
        for node in data.nodes.values()
        if node.tags.get("leisure") == "playground"
    ]
    return plane.flat(shapes)


def _tags(data: OsmData, key: tuple[str, int]) -> Tags:
    element, element_id = key
    return (data.ways if element == "way" else data.relations)[element_id].tags


def _way_tags(path: Path, data: OsmData) -> Tags:
    return data.ways[way_of(path.id)].tags


def _is_pavement(tags: Tags) -> bool:
    return tags.get("is_sidepath") == "yes" or any(
        tags.get(key) == "sidewalk" for key in ("footway", "path", "cycleway")
    )
