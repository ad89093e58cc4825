"""From an OpenStreetMap extract to an area."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path as FilePath

from walktalk.parks.errors import ParkDataError
from walktalk.parks.model import Area, Crossing, Path, Source
from walktalk.parks.osm.background import background
from walktalk.parks.osm.barriers import barriers_on
from walktalk.parks.osm.context import CONTEXT_REACH_M, with_context
from walktalk.parks.osm.crossings import crossings_on
from walktalk.parks.osm.cutting import Piece, cut_ways, nodes_on
from walktalk.parks.osm.data import OsmData
from walktalk.parks.osm.enclosed import with_the_ground_around
from walktalk.parks.osm.extract import read_extract
from walktalk.parks.osm.facts import IMPORTED_KINDS, add_node_facts, path_facts
from walktalk.parks.osm.ground import boundary_of, grown_by, inside_of
from walktalk.parks.osm.named import (
    PARK_KEYS,
    NamedPark,
    entrances,
    is_named_park,
    middle_of,
    named_parks,
    pick_park,
    why_not,
)
from walktalk.parks.osm.overhead import bridges_over
from walktalk.parks.osm.places import find_places, meeting_points
from walktalk.parks.osm.polygons import Area as AreaShape
from walktalk.parks.osm.polygons import area_polygons
from walktalk.parks.osm.rules import CARRIAGEWAYS, RAILWAYS
from walktalk.parks.osm.selection import Bounds, Inside, check_bounds, grown, in_box, swapped
from walktalk.parks.osm.windows import Windows

COPYRIGHT = "https://www.openstreetmap.org/copyright"
AROUND_M = 50.0
"""Ways this far outside a park's boundary still count as the park's: those along its edge."""

Step = Callable[[str], object]
"""Called with what is being done, for a progress bar."""

_MAX_ID = 60
_SEARCHED = ("road", "underpass", "water", "wood")


def ignore(_step: str) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Imported:
    """An area made from OpenStreetMap.

    Attributes:
        area: what was made.
        warnings: how often each oddity was met on the way.
        inside: whether a position lies on the ground that was looked at; ``None`` for anywhere.
    """

    area: Area
    warnings: Counter[str]
    inside: Inside | None = None


def import_extract(extract: FilePath, bbox: Bounds | None, name: str | None) -> Imported:
    """Do what ``walktalk.parks.import_osm`` does, and tell the oddities too."""
    if bbox is not None:
        check_bounds(bbox)
    data = read_extract(extract, None if bbox is None else grown(bbox, CONTEXT_REACH_M))
    name = name or extract.name.split(".")[0]
    try:
        return area_from(data, name, None if bbox is None else in_box(bbox))
    except ParkDataError as error:
        if bbox is not None and _holds_ways(extract, swapped(bbox)):
            raise ParkDataError(
                f"{error}; with latitude and longitude changed round there would be: the order "
                "is west,south,east,north"
            ) from error
        raise


def import_parks(
    extract: FilePath, name: str | None, around_m: float, step: Step = ignore
) -> list[Imported]:
    """Turn the parks of an extract into areas.

    Args:
        extract: as for ``import_osm``.
        name: one park's name, or ``None`` for every named park with something to walk on.
        around_m: how far outside its boundary ways still count as the park's.
        step: called with what is being done, for a progress bar.

    Raises:
        ParkDataError: the extract cannot be read, or holds no such park; the nearest names are
            offered.
    """
    step("Looking for parks")
    parks = named_parks(read_extract(extract, wanted=is_named_park, keys=PARK_KEYS))
    if name is not None:
        park = _park_of(parks, name, extract)
        step(f"Reading what is around {park.name}")
        data = read_extract(extract, grown(park.bounds, around_m + CONTEXT_REACH_M))
        return [park_from(data, park, around_m)]
    if not parks:
        raise ParkDataError(f"{extract}: there is no named park in it")
    step("Reading the extract")
    return parks_from(read_extract(extract), parks, around_m, step)


def parks_from(
    data: OsmData, parks: Mapping[str, NamedPark], around_m: float, step: Step = ignore
) -> list[Imported]:
    """Turn several parks of what was read into areas, without those where nothing is walked."""
    windows = Windows(data)
    found: list[Imported] = []
    for number, park in enumerate(parks.values(), 1):
        step(f"{park.name} ({number} of {len(parks)})")
        window = windows.around(grown(park.bounds, around_m + CONTEXT_REACH_M))
        with suppress(ParkDataError):  # a park without ways in it is no place to walk
            found.append(park_from(window, park, around_m))
    return found


def _park_of(parks: Mapping[str, NamedPark], name: str, extract: FilePath) -> NamedPark:
    """Return the park of a name; where there is none, say the true cause."""
    try:
        return pick_park(parks, name, str(extract))
    except ParkDataError as error:
        named = read_extract(
            extract, wanted=lambda tags: "name" in tags, keys=("name",), all_relations=True
        )
        why = why_not(named, name)
        raise (error if why is None else ParkDataError(f"{extract}: {why}")) from error


def park_from(data: OsmData, park: NamedPark, around_m: float) -> Imported:
    """Turn one park of what was read into an area, with its boundary and entrances."""
    if park.namesakes:
        data.warnings["parks of the same name elsewhere, left out"] += park.namesakes
    inside = inside_of(grown_by(park.outline, around_m))
    return area_from(data, park.name, inside, park.outline)


def ground_from(data: OsmData, area: Area, ground: AreaShape) -> Imported:
    """Make an area anew on the ground that it covers, under its own id and name."""
    fresh = area_from(data, area.name, inside_of(ground), boundary_of(area))
    return replace(fresh, area=replace(fresh.area, id=area.id))


def area_from(
    data: OsmData, name: str, inside: Inside | None = None, boundary: AreaShape | None = None
) -> Imported:
    """Turn what was read from OpenStreetMap into an area.

    Args:
        data: the extract.
        name: what the area is called.
        inside: only paths with a node for which this holds.
        boundary: the park's outline in degrees: it is drawn, and its entrances become places.

    Raises:
        ParkDataError: nothing in it can be walked.
    """
    source = Source("osm", "OpenStreetMap contributors", data.as_of, "ODbL-1.0", COPYRIGHT)
    paths = _paths(data, cut_ways(data, inside), source)
    if not paths:
        raise ParkDataError(f"{name}: there is nothing to walk on there")
    areas = area_polygons(data)
    paths = with_the_ground_around(with_context(paths, data, areas), data, areas)
    places = [
        place
        for place in find_places(data, areas, source)
        if inside is None or inside(place.position)
    ]
    if boundary is not None:
        places += entrances(paths, boundary, data, source)
    starts = meeting_points(paths, places, None if boundary is None else middle_of(boundary))
    area = Area(
        id=slug(name),
        name=name,
        paths=paths,
        places={place.id: place for place in (*starts, *places)},
        background=background(data, areas, paths, source, boundary),
        sources={source.id: source},
        searched=dict.fromkeys(sorted({*IMPORTED_KINDS, *_SEARCHED}), source),
    )
    return Imported(area, data.warnings, inside)


def _holds_ways(extract: FilePath, bounds: Bounds | None) -> bool:
    return bounds is not None and bool(read_extract(extract, bounds).ways)


def slug(name: str) -> str:
    """Return a name as an id: lower case, ASCII, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", ""))[:_MAX_ID].strip("-") or "area"


def _road_crossed(piece: Piece, crossings: tuple[Crossing, ...]) -> str:
    """Return the name of the road that a stretch crosses between its ends, "yes" without one."""
    ends = piece.line[0], piece.line[-1]
    crossed = [c for c in crossings if c.position not in ends and c.kind not in RAILWAYS]
    if not crossed or piece.way.tags.get("highway") in CARRIAGEWAYS:
        return ""
    return next((str(c.facts["name"]) for c in crossed if "name" in c.facts), "yes")


def _paths(data: OsmData, pieces: list[Piece], source: Source) -> dict[str, Path]:
    tags_of = {node.id: node.tags for node in data.nodes.values()}
    facts_of = {}
    seen: Counter[str] = Counter()
    barriers = barriers_on(pieces, data, source)
    crossings = crossings_on(pieces, data, source)
    overhead = bridges_over(pieces, data)
    paths: dict[str, Path] = {}
    for number, piece in enumerate(pieces):
        if piece.way.id not in facts_of:
            facts_of[piece.way.id] = path_facts(piece.way.tags, data.warnings)
        facts = dict(facts_of[piece.way.id])
        for tags in nodes_on(piece, tags_of):
            add_node_facts(facts, tags, data.warnings)
        if "crosses_road" not in facts and (road := _road_crossed(piece, crossings[number])):
            facts["crosses_road"] = road
        if overhead[number]:
            facts["under_bridge"] = overhead[number]
        seen[piece.path_id] += 1
        twin = f"-{seen[piece.path_id]}" if seen[piece.path_id] > 1 else ""
        path = Path(
            id=f"{piece.path_id}{twin}",
            coordinates=tuple(position for position, _ in groupby(piece.line)),
            facts=facts,
            sources=dict.fromkeys(("geometry", *facts), source),
            barriers=barriers[number],
            crossings=crossings[number],
        )
        if path.length_m > 0:
            paths[path.id] = path
        else:
            data.warnings["stretches of no length, left out"] += 1
    return paths
