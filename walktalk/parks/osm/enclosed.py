"""What holds for a path because of the ground it lies in: a park's hours, a military area."""

from collections.abc import Mapping
from dataclasses import replace

import shapely
from shapely import LineString

from walktalk.parks.model import FactValue, Path
from walktalk.parks.osm.data import OsmData, Tags
from walktalk.parks.osm.polygons import Area
from walktalk.parks.osm.rules import access_facts
from walktalk.parks.osm.values import text

MOST_OF_IT = 0.5
"""A path lies in an area when at least half of it does."""

_GROUND = ("leisure", "landuse", "boundary", "natural", "military")
_OF_PATHS_ONLY = frozenset({"building", "highway", "amenity"})


def with_the_ground_around(
    paths: Mapping[str, Path], data: OsmData, areas: Mapping[tuple[str, int], Area]
) -> dict[str, Path]:
    """Return the paths with what is recorded of the ground that each lies in.

    Adds ``ground_hours``, ``ground_access`` and ``military``, where the path has none of its own.
    """
    said = [
        (area, facts)
        for (element, element_id), area in areas.items()
        if (facts := _facts((data.ways if element == "way" else data.relations)[element_id].tags))
    ]
    if not said:
        return dict(paths)
    lines = [LineString(path.coordinates) for path in paths.values()]
    tree = shapely.STRtree([area for area, _ in said])
    added: dict[int, dict[str, FactValue]] = {}
    for number, of_area in tree.query(lines, predicate="intersects").T.tolist():
        area, facts = said[of_area]
        line = lines[number]
        if line.intersection(area).length >= MOST_OF_IT * line.length:
            added.setdefault(number, {}).update(facts)
    return {
        path.id: _with(path, added.get(number, {})) for number, path in enumerate(paths.values())
    }


def _with(path: Path, facts: Mapping[str, FactValue]) -> Path:
    new = {name: value for name, value in facts.items() if name not in path.facts}
    if not new:
        return path
    return replace(
        path,
        facts={**path.facts, **new},
        sources={**path.sources, **dict.fromkeys(new, path.sources["geometry"])},
    )


def _facts(tags: Tags) -> dict[str, FactValue]:
    if not any(key in tags for key in _GROUND) or any(key in tags for key in _OF_PATHS_ONLY):
        return {}
    own = access_facts(tags)
    facts: dict[str, FactValue] = {}
    if hours := text(own.get("opening_hours", "")):
        facts["ground_hours"] = hours
    who = text(own.get("foot") or own.get("access") or "")
    if who and who not in ("yes", "permissive", "designated", "public"):
        facts["ground_access"] = who
    if "military" in tags or tags.get("landuse") == "military":
        facts["military"] = text(tags.get("military", "yes")) or "yes"
    return facts
