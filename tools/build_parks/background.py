"""What a map draws behind an area's walks, from the facts: simplified, never measured."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from tools.build_parks.facts import Facts, Feature
from tools.build_parks.ways import TOWN
from walktalk.parks import BackgroundShape, LonLat, Source
from walktalk.parks.model import BackgroundKind

AROUND_M = 250.0
"""Drawn around an area's paths: what a wide screen shows beside a walk."""

BUILDINGS_AROUND_M = 120.0
"""Buildings are landmarks beside the walk; the facts hold those within 60 m of a green."""

SIMPLIFIED_TO_M = 0.8
SMALLEST_M2: Mapping[BackgroundKind, float] = {
    "building": 40.0,
    "green": 60.0,
    "water": 10.0,
    "boundary": 0.0,
    "road": 0.0,
}
DECIMALS = 6  # 0.1 m
WATERWAY_WIDTH_M: Mapping[str, float] = {"river": 6.0, "canal": 6.0, "stream": 2.0}
"""Drawn widths of waters recorded as a line: for the eye only. No width is recorded."""

RIVER = "River Chelt"
"""Recorded as a stream; people call it a river, and so does its name."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One shape of the town in metres, to be cut to each area."""

    kind: BackgroundKind
    geometry: BaseGeometry
    name: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Backdrop:
    """Every shape of the town that an area may draw."""

    shapes: list[Drawn]
    tree: shapely.STRtree

    @classmethod
    def of(cls, facts: Facts) -> "Backdrop":
        """Collect the shapes: greens, waters, buildings, roads."""
        shapes = [*_greens(facts), *_waters(facts), *_buildings(facts), *_roads(facts)]
        return cls(shapes, shapely.STRtree([shape.geometry for shape in shapes]))

    def around(
        self,
        lines: Iterable[LineString],
        boundary: BaseGeometry | None,
        name: str,
        source: Source,
    ) -> tuple[BackgroundShape, ...]:
        """Return the shapes around an area's paths, its own boundary first."""
        paths = shapely.union_all(list(lines))
        far, near = paths.buffer(AROUND_M, quad_segs=4), paths.buffer(BUILDINGS_AROUND_M)
        shapely.prepare(far)
        own = [] if boundary is None else [Drawn("boundary", boundary, name)]
        chosen = [self.shapes[n] for n in np.sort(self.tree.query(far, predicate="intersects"))]
        order = ("boundary", "green", "water", "building", "road")
        found: list[BackgroundShape] = []
        for kind in order:
            for shape in (*own, *chosen):
                if shape.kind == kind:
                    within = near if kind == "building" else far
                    found += _cut(shape, within, source)
        return tuple(found)


def _cut(shape: Drawn, within: BaseGeometry, source: Source) -> Iterator[BackgroundShape]:
    if shape.kind == "building":
        parts = [shape.geometry] if within.intersects(shape.geometry) else []
    elif shape.kind == "boundary":
        parts = [shape.geometry]
    else:
        parts = [shape.geometry.intersection(within)]
    for part in parts:
        simple = shapely.simplify(part, SIMPLIFIED_TO_M)
        for each in _drawable(simple):
            if not isinstance(each, Polygon) or each.area >= SMALLEST_M2[shape.kind]:
                yield BackgroundShape(shape.kind, _rings(each), shape.name, shape.detail, source)


def _drawable(geometry: BaseGeometry) -> list[Polygon | LineString]:
    valid = geometry if geometry.is_valid else shapely.make_valid(geometry)
    return [
        part
        for part in shapely.get_parts(shapely.get_parts(valid)).tolist()
        if isinstance(part, Polygon | LineString) and not part.is_empty
    ]


def _rings(part: Polygon | LineString) -> tuple[tuple[LonLat, ...], ...]:
    rings = [part] if isinstance(part, LineString) else [part.exterior, *part.interiors]
    return tuple(
        tuple(
            (round(x, DECIMALS), round(y, DECIMALS))
            for x, y in TOWN.to_degrees(np.asarray(ring.coords)).tolist()
        )
        for ring in rings
    )


def _drawn(
    features: Iterable[Feature], kind: BackgroundKind, detail: Mapping[str, str]
) -> list[Drawn]:
    """Return features as shapes of one kind, their detail by OpenStreetMap element or ``""``."""
    chosen = list(features)
    flat = TOWN.flat(feature.geometry for feature in chosen)
    return [
        Drawn(kind, shape, feature.text("name"), detail[feature.where])
        for feature, shape in zip(chosen, flat, strict=True)
    ]


def _greens(facts: Facts) -> list[Drawn]:
    found: list[tuple[Feature, str]] = []
    for feature in (*facts.parks, *facts.green):
        values = [feature.text(key) for key in ("leisure", "natural", "landuse")]
        found.append((feature, next((value for value in values if value), "park")))
    return _drawn(
        (feature for feature, _ in found),
        "green",
        {feature.where: detail for feature, detail in found},
    )


def _waters(facts: Facts) -> list[Drawn]:
    areas = [f for f in facts.water if f.text("kind") == "water"]
    lines = [f for f in facts.water if f.text("kind") == "waterway" and not f.text("tunnel")]
    lines = [f for f in lines if f.text("waterway") in WATERWAY_WIDTH_M]
    details = {f.where: f.text("water") or "water" for f in areas} | {
        f.where: "river" if f.text("name") == RIVER else f.text("waterway") for f in lines
    }
    return _drawn(areas, "water", details) + [
        Drawn(
            "water",
            shape.geometry.buffer(
                WATERWAY_WIDTH_M[shape.detail] / 2, quad_segs=1, cap_style="flat"
            ),
            shape.name,
            shape.detail,
        )
        for shape in _drawn(lines, "water", details)
    ]


def _buildings(facts: Facts) -> list[Drawn]:
    whole = [feature for feature in facts.buildings if not feature.text("building:part")]
    return _drawn(whole, "building", {feature.where: "" for feature in whole})


def _roads(facts: Facts) -> list[Drawn]:
    details = {feature.where: feature.text("road_class") for feature in facts.roads}
    return _drawn(facts.roads, "road", details)
