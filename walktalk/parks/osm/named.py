"""The named parks of an extract: finding one, offering the nearest names, its entrances."""

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely import LineString

from walktalk.parks.errors import ParkDataError
from walktalk.parks.geodesy import LonLat
from walktalk.parks.model import Path, Place, Source
from walktalk.parks.osm.data import OsmData, Tags
from walktalk.parks.osm.polygons import Area, area_polygons, joined
from walktalk.parks.osm.rules import CARRIAGEWAYS
from walktalk.parks.osm.selection import AREA_TYPES, Bounds
from walktalk.parks.plane import Plane

SAME_PARK_WITHIN_M = 500.0
"""Pieces of one name this close are one park; farther ones are namesakes."""

STREET_WITHIN_M = 40.0
"""An entrance opens to a street whose middle is this close: a pavement and half a street."""

ENTRANCES_APART_M = 10.0
"""Ways that cross a boundary closer together than this use one entrance."""

OFFERED_NAMES = 5
_PARKS: Mapping[str, frozenset[str]] = {
    "leisure": frozenset({"park", "garden", "recreation_ground", "nature_reserve", "common"}),
    "landuse": frozenset({"recreation_ground", "village_green"}),
}

PARK_KEYS = tuple(_PARKS)


@dataclass(frozen=True)
class NamedPark:
    """A park with its outline in degrees; ``namesakes`` counts parks left out for their place."""

    name: str
    outline: Area
    namesakes: int = 0

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north."""
        west, south, east, north = self.outline.bounds
        return west, south, east, north


def is_named_park(tags: Tags) -> bool:
    """Return whether tags describe a park that has a name."""
    return "name" in tags and any(tags.get(key) in kinds for key, kinds in _PARKS.items())


def named_parks(data: OsmData) -> dict[str, NamedPark]:
    """Return every named park by its name folded to plain lower case.

    A park may be one outline, several pieces, or a multipolygon with holes. Of namesakes far
    apart the one with the most ground is taken, and how many were left out is told.
    """
    pieces: dict[str, list[tuple[str, Area]]] = {}
    for (element, element_id), area in area_polygons(data).items():
        tags = (data.ways if element == "way" else data.relations)[element_id].tags
        if is_named_park(tags):
            pieces.setdefault(_folded(tags["name"]), []).append((tags["name"], area))
    return {folded: _joined(found) for folded, found in pieces.items()}


def pick_park(parks: Mapping[str, NamedPark], name: str, where: str) -> NamedPark:
    """Return the park of a name, whatever its capitals and accents.

    Raises:
        ParkDataError: there is none; the message offers the nearest names.
    """
    if (park := parks.get(_folded(name))) is not None:
        return park
    wanted = _folded(name)
    near = [folded for folded in parks if wanted in folded or folded in wanted]
    near += difflib.get_close_matches(wanted, parks, n=OFFERED_NAMES, cutoff=0.5)
    offered = [parks[folded].name for folded in dict.fromkeys(near)][:OFFERED_NAMES]
    hint = (
        f"the nearest names are {', '.join(offered)}"
        if offered
        else "no park there has a name like it"
    )
    raise ParkDataError(f"{where}: there is no park called {name!r}; {hint}")


def why_not(data: OsmData, name: str) -> str | None:
    """Return why what has a name is no park that can be imported, ``None`` where nothing has it.

    Args:
        data: all that has a name, of the whole extract.
        name: the park's.
    """
    folded = _folded(name)
    for element, element_id, tags in data.elements():
        if folded not in (_folded(tags[key]) for key in tags if key.startswith("name")):
            continue
        is_outline = element == "way" or tags.get("type") in AREA_TYPES
        if is_named_park(tags) and is_outline and _folded(tags["name"]) != folded:
            return f"the park {name!r} is called {tags['name']!r} there: give that name"
        if is_named_park(tags) and is_outline:
            return (
                f"the outline of {name!r} is cut by the extract's edge: take a larger extract, or "
                "import what is there by its box (--bbox west,south,east,north)"
            )
        kinds = [f"{key}={tags[key]}" for key in _KINDS if key in tags]
        what = f" ({', '.join(kinds)})" if kinds else ""
        box = _box(data, element, element_id)
        inside = f" {box}" if box else " west,south,east,north"
        return (
            f"{name!r} is {_AS[element]}{what} and not drawn as a park with that name; import what "
            f"is there by its box: --bbox{inside}"
        )
    return None


_KINDS = ("leisure", "landuse", "natural", "amenity", "tourism", "boundary", "place", "type")
_AS = {"node": "a point", "way": "an area or a way", "relation": "a relation"}


def _box(data: OsmData, element: str, element_id: int) -> str:
    """Return west,south,east,north of something in degrees, nothing where it has no extent."""
    line: list[LonLat] = []
    if element == "way":
        line = list(data.ways[element_id].line)
    elif element == "relation":
        refs = [ref for ref, _ in data.relations[element_id].members]
        line = [position for ref in refs if ref in data.ways for position in data.ways[ref].line]
    if not line:
        return ""
    lons, lats = zip(*line, strict=True)
    return f"{min(lons):.4f},{min(lats):.4f},{max(lons):.4f},{max(lats):.4f}"


def entrances(
    paths: Mapping[str, Path], outline: Area, data: OsmData, source: Source
) -> list[Place]:
    """Return where paths cross a park's boundary, each with the street it opens to."""
    plane = Plane.around(p for path in paths.values() for p in path.coordinates)
    (flat_outline,) = plane.flat([outline])
    border = flat_outline.boundary
    lines = plane.flat(LineString(path.coordinates) for path in paths.values())
    streets = _Streets(data, plane)
    found: list[Place] = []
    taken: list[shapely.Point] = []
    for path, line in zip(paths.values(), lines, strict=True):
        if path.facts.get("highway") in CARRIAGEWAYS:
            continue
        for number, point in enumerate(_points(line.intersection(border)), 1):
            if any(point.distance(other) < ENTRANCES_APART_M for other in taken):
                continue
            taken.append(point)
            (round_point,) = plane.round([point])
            position = (round(round_point.x, 7), round(round_point.y, 7))
            street = streets.near(point)
            facts = {"street": street} if street else {}
            found.append(
                Place(
                    id=f"entrance-{path.id}-{number}",
                    kind="entrance",
                    name="",
                    position=position,
                    facts=facts,
                    sources=dict.fromkeys(("geometry", *facts), source),
                )
            )
    return found


class _Streets:
    """The named streets around, to say which one an entrance opens to."""

    def __init__(self, data: OsmData, plane: Plane) -> None:
        ways = [
            way
            for way in data.ways.values()
            if way.tags.get("highway") in CARRIAGEWAYS
            and way.tags.get("name")
            and len(way.line) > 1
        ]
        self._names = [way.tags["name"][:255] for way in ways]
        self._tree = shapely.STRtree(plane.flat(LineString(way.line) for way in ways))

    def near(self, point: shapely.Point) -> str:
        """Return the name of the nearest street within reach, or ``""``."""
        found = self._tree.query_nearest(point, max_distance=STREET_WITHIN_M, all_matches=False)
        return self._names[int(found[0])] if len(found) else ""


def _points(geometry: shapely.Geometry) -> list[shapely.Point]:
    return [part for part in shapely.get_parts(geometry) if isinstance(part, shapely.Point)]


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return " ".join(plain.casefold().replace("'", "").split())


def _joined(pieces: list[tuple[str, Area]]) -> NamedPark:
    """Join the pieces of one name that lie together round the largest."""
    plane = Plane.around(middle_of(area) for _, area in pieces)
    flat = plane.flat(area for _, area in pieces)
    largest = max(range(len(flat)), key=lambda i: flat[i].area)
    together = [
        area
        for (_, area), shape in zip(pieces, flat, strict=True)
        if shape.distance(flat[largest]) <= SAME_PARK_WITHIN_M
    ]
    return NamedPark(
        name=pieces[largest][0],
        outline=joined(together),
        namesakes=len(pieces) - len(together),
    )


def middle_of(area: Area) -> LonLat:
    """Return a position well inside an outline."""
    inside = area.representative_point()
    return inside.x, inside.y
