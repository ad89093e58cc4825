"""Puts the areas together: from the facts and the decisions to what the files hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from tools.build_parks.background import Backdrop
from tools.build_parks.both_years import with_2026
from tools.build_parks.catalogue import catalogue
from tools.build_parks.climbs import with_climbs
from tools.build_parks.crossings import with_crossings
from tools.build_parks.decisions import AreaDecision, Decisions
from tools.build_parks.errors import BuildError
from tools.build_parks.facts import Facts
from tools.build_parks.given import GivenIds
from tools.build_parks.grounds import Grounds, kept_ways
from tools.build_parks.joins import with_joins
from tools.build_parks.meeting import Ground, meeting_points
from tools.build_parks.meeting_words import with_ways_in
from tools.build_parks.places import Places, slug
from tools.build_parks.selection import Selected, Town, select
from tools.build_parks.sources import SOURCES, with_toilets
from tools.build_parks.street_graph import Roads
from tools.build_parks.surroundings import Streets, point_of
from tools.build_parks.walks import stored_walks
from tools.build_parks.ways import (
    RoadCrossed,
    Way,
    cut_at,
    flat,
    flat_lines,
    position_of,
    way_id,
    ways_of_2023,
)
from tools.build_parks.ways_in import WaysIn
from walktalk.parks import Area, LonLat, Note, Path, Place, Source
from walktalk.parks.height_files import open_heights
from walktalk.parks.heights import HeightSource
from walktalk.parks.model import Crossing

SEARCHED: Mapping[str, str] = {
    "bench": "osm-2023",
    "bus_stop": "naptan",
    "cafe": "osm-2023",
    "car_park": "osm-places",
    "playground": "osm-places",
    "shelter": "osm-2023",
    "toilets": "council-register",
    "underpass": "osm-2023-lines",
    "road": "osm-2023",
    "water": "osm-2023",
}
"""Which source was searched over the whole town for a kind of place or shape."""


START_AT_AN_END_M = 3.0
"""A walk that would begin this near to a path's end begins at that end."""


@dataclass(frozen=True)
class Built:
    """An area as it is written, and what was left out of it."""

    area: Area
    left_out_m: float


def build(facts: Facts, decisions: Decisions) -> tuple[list[Built], str]:
    """Return every area, in the order of the decisions, and the catalogue's text.

    Raises:
        BuildError: a decision names what the facts do not have, or an area has nowhere to meet.
    """
    sources = with_toilets(feature.text("updated") for feature in facts.toilets)
    grounds = Grounds.of(facts.parks)
    shapes = {
        area.id: _ground_of(grounds.named(area.grounds, f"area {area.id!r}"))
        for area in decisions.areas
    }
    town = _town(facts, decisions, grounds, list(shapes.values()))
    chosen = {area.id: _selected(area, decisions, town, shapes) for area in decisions.areas}
    ids = _ids(town, chosen)
    places = Places.of(facts, decisions.names, sources)
    backdrop = Backdrop.of(facts)
    streets = Streets.of(facts.roads)
    roads = Roads.of(facts.roads)
    heights = open_heights(facts.heights)
    heights.source = sources["heights-os-terrain-50"]
    paths = _paths(town, ids, sources, heights)
    builder = _Builder(sources, town, shapes, paths, places, backdrop, streets, roads)
    built = [builder.built(area, chosen[area.id]) for area in decisions.areas]
    listed = [_listed(name, said, grounds, sources) for name, said in decisions.listed.items()]
    return built, catalogue(places, listed, list(shapes.values()), sources)


def _listed(ground: str, name: str, grounds: Grounds, sources: Mapping[str, Source]) -> Place:
    (polygon,) = grounds.named([ground], "listed")
    return Place(
        id=slug(name),
        kind="park",
        name=name,
        position=position_of(polygon.representative_point()),
        sources={"geometry": sources["osm-2023"]},
    )


def _ground_of(polygons: Sequence[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all(list(polygons))


def _town(
    facts: Facts, decisions: Decisions, grounds: Grounds, shapes: Sequence[BaseGeometry]
) -> Town:
    """Return the ways that may be walked, with everything that the facts say of them."""
    public = [*shapes, *grounds.named(decisions.also_public, "also_public")]
    closed = grounds.named(decisions.closed, "closed")
    for position, metres in decisions.closed_places.values():
        closed.append(point_of(position).buffer(metres))
    ways = with_joins(with_2026(ways_of_2023(facts.paths), facts.ways_2026), public)
    streets = [road for road in facts.roads if road.text("name")]
    kept = kept_ways(ways, public, closed, flat_lines(streets))
    kept = with_crossings(_cut_where_walks_begin(kept, decisions), facts.roads)
    return Town.of(kept, flat(kept))


def _cut_where_walks_begin(ways: list[Way], decisions: Decisions) -> list[Way]:
    """Return the ways, cut beside the meeting points that stored walks begin at."""
    starts: list[LonLat] = []
    for area in decisions.areas:
        begins = {walk.start for walk in area.walk}
        starts += [each.at for each in area.meeting if each.id in begins and each.at is not None]
    lines = flat(ways)
    tree = shapely.STRtree(lines)
    cuts: dict[int, list[LonLat]] = {}
    for start in starts:
        point = point_of(start)
        n = int(tree.query_nearest(point, all_matches=False)[0])
        along = lines[n].project(point)
        if min(along, lines[n].length - along) > START_AT_AN_END_M:
            cuts.setdefault(n, []).append(position_of(lines[n].interpolate(along)))
    return cut_at(ways, cuts)


def _selected(
    area: AreaDecision,
    decisions: Decisions,
    town: Town,
    shapes: Mapping[str, BaseGeometry],
) -> Selected:
    for other in area.neighbours:
        if other not in shapes:
            raise BuildError(f"area {area.id!r}: there is no neighbour {other!r}")
    for note in area.note:
        if note.source not in SOURCES:
            raise BuildError(f"area {area.id!r}: a note's source is {note.source!r}, which is none")
    ground = _ground_of([shapes[area.id], *(shapes[other] for other in area.neighbours)])
    beside = [other for other in decisions.areas if other.id in area.neighbours]
    files = [*area.files, *(file for other in beside for file in other.files)]
    found = select(town, ground, area.reach_m, area.ways, files)
    if not found.ways:
        raise BuildError(f"area {area.id!r}: no path of the facts lies in it")
    return found


def _ids(town: Town, chosen: Mapping[str, Selected]) -> dict[int, str]:
    """Return one id for every way of any area: the given one where it had one."""
    given = GivenIds.read()
    ids = {n: way_id(town.ways[n]) for found in chosen.values() for n in found.ways}
    own: dict[str, set[int]] = {}
    for area_id, found in chosen.items():
        of_area = given.of_paths(area_id, [town.ways[n] for n in found.ways])
        own[area_id] = {found.ways[at] for at in of_area}
        ids.update({found.ways[at]: path_id for at, path_id in of_area.items()})
    for area_id, found in chosen.items():
        seen: dict[str, int] = {}
        for n in sorted(found.ways, key=lambda each: each not in own[area_id]):
            if seen.setdefault(ids[n], n) != n:
                ids[n] = way_id(town.ways[n])  # another area's id that means another path here
    return ids


def _paths(
    town: Town, ids: Mapping[int, str], sources: Mapping[str, Source], heights: HeightSource
) -> dict[int, Path]:
    """Return every way of any area as a path, measured once: the same in all that hold it."""

    def crossing(met: RoadCrossed) -> Crossing:
        facts = {"name": met.name} if met.name else {}
        if met.arms_deg:
            facts["arms_deg"] = " ".join(map(str, met.arms_deg))
        return Crossing(met.road_class, position_of(met.point), sources["osm-2023-lines"], facts)

    whole = {
        str(n): Path(
            id=str(n),
            coordinates=way.line,
            facts=dict(way.facts),
            sources={name: sources[source] for name, source in way.sources.items()},
            crossings=tuple(map(crossing, way.crossed)),
        )
        for n, way in ((n, town.ways[n]) for n in sorted(ids))
    }
    measured = with_climbs(Area(id="town", name="Cheltenham", paths=whole), heights)
    return {n: replace(measured.paths[str(n)], id=path_id) for n, path_id in ids.items()}


@dataclass(frozen=True)
class _Builder:
    sources: Mapping[str, Source]
    town: Town
    shapes: Mapping[str, BaseGeometry]
    paths: Mapping[int, Path]
    places: Places
    backdrop: Backdrop
    streets: Streets
    roads: Roads

    def built(self, area: AreaDecision, chosen: Selected) -> Built:
        ways = [self.town.ways[n] for n in chosen.ways]
        lines = [self.town.lines[n] for n in chosen.ways]
        near = self.places.near(lines)
        shape = self.shapes[area.id]
        main = [n in chosen.main for n in chosen.ways]
        ground = Ground(ways, lines, main, shape, near, self.streets)
        meeting = meeting_points(area, ground, self.sources["osm-2023"])
        paths = {self.paths[n].id: self.paths[n] for n in chosen.ways}
        named = {self.paths[n].id: self.town.ways[n] for n in chosen.ways}
        on_foot = WaysIn.of(named, (*meeting, *near), self.roads, self.sources["osm-2023-lines"])
        ways_in = {place.id: on_foot.to(place, near) for place in meeting}
        by_id = {place.id: place for place in near}
        told = [with_ways_in(place, ways_in[place.id], by_id) for place in meeting]
        places = {place.id: place for place in (*told, *near)}
        found = Area(
            id=area.id,
            name=area.name,
            about=area.about,
            paths=dict(sorted(paths.items())),
            places=places,
            routes=stored_walks(area, paths, places),
            ways_in=tuple(way for ways in ways_in.values() for way in ways),
            notes=tuple(
                Note(note.text, tuple(note.checks), self.sources[note.source]) for note in area.note
            ),
            background=self.backdrop.around(lines, shape, area.name, self.sources["osm-2023"]),
            searched={kind: self.sources[source] for kind, source in SEARCHED.items()},
        )
        return Built(replace(found, sources=_used(found)), chosen.left_out_m)


def _used(area: Area) -> dict[str, Source]:
    """Return the sources that anything of an area names, by id."""
    items: list[Path | Place] = [*area.paths.values(), *area.places.values()]
    used = {source.id: source for item in items for source in item.sources.values()}
    used |= {each.source.id: each.source for path in area.paths.values() for each in path.crossings}
    used |= {way.source.id: way.source for way in area.ways_in}
    used |= {note.source.id: note.source for note in area.notes}
    used |= {source.id: source for source in area.searched.values()}
    used |= {shape.source.id: shape.source for shape in area.background if shape.source}
    return dict(sorted(used.items()))
