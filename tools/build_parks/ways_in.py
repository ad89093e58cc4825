"""How one comes on foot to each meeting point from the bus stops and car parks around it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely import Point

from tools.build_parks.street_graph import (
    MOST_M,
    PLACE_TIED_M,
    TIED_M,
    Edge,
    Graph,
    Roads,
    Step,
    graph_of,
)
from tools.build_parks.ways import Way, flat, points_of, position_of
from walktalk.parks import LonLat, Place, Source, WayIn

STOPS_TOLD = 2
_OF_A_SCHOOL = re.compile(r"\bschool stop\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Walked:
    """A stretch of a way in: from a position to the next, over an edge."""

    here: LonLat
    there: LonLat
    edge: Edge


@dataclass(frozen=True)
class WaysIn:
    """Finds the ways in to an area's meeting points."""

    ways: Sequence[Way]
    ids: Sequence[str]
    graph: Graph
    source: Source

    @classmethod
    def of(
        cls, named: Mapping[str, Way], places: Sequence[Place], roads: Roads, source: Source
    ) -> "WaysIn":
        """Join an area's paths, by their ids, to the streets around them."""
        ways = list(named.values())
        streets = roads.near(shapely.union_all(flat(ways)))
        ends = [each for each in places if each.is_meeting_point or _one_comes_from(each)]
        return cls(ways, list(named), graph_of(ways, streets, ends), source)

    def to(self, meeting: Place, places: Sequence[Place]) -> list[WayIn]:
        """Return the ways to a meeting point from the nearest stops and the nearest car park."""
        if meeting.id not in self.graph.tied:
            return []
        best = self.graph.ways_to(self.graph.tied[meeting.id][0])
        reached = sorted(
            (best[self.graph.tied[place.id][0]][0], place.id, place)
            for place in places
            if place.id in self.graph.tied
            and _one_comes_from(place)
            and self.graph.tied[place.id][0] in best
        )
        stops = [place for _, _, place in reached if place.kind == "bus_stop"][:STOPS_TOLD]
        car_parks = [place for _, _, place in reached if place.kind == "car_park"][:1]
        found = [self._told(place, meeting, best) for place in (*stops, *car_parks)]
        return [way for way in found if way.length_m <= MOST_M]

    def _told(self, place: Place, meeting: Place, best: Mapping[LonLat, Step]) -> WayIn:
        walked: list[_Walked] = []
        here, off_m = self.graph.tied[place.id]
        while True:
            _, back, edge = best[here]
            if back is None or edge is None:
                break
            walked.append(_Walked(here, back, edge))
            here = back
        paths = [each.edge.path for each in walked if each.edge.path is not None]
        along = [each.edge for each in walked if each.edge.path is None]
        length_m = sum(each.edge.metres for each in walked) + off_m
        return WayIn(
            place=place.id,
            to=meeting.id,
            length_m=round(length_m + self.graph.tied[meeting.id][1]),
            path_ids=tuple(dict.fromkeys(self.ids[n] for n in paths)),
            streets=tuple(dict.fromkeys(e.street for e in along if e.metres > TIED_M)),
            streets_m=round(sum(edge.metres for edge in along)),
            crosses=self._crossed(walked, place),
            source=self.source,
        )

    def _crossed(self, walked: Sequence[_Walked], place: Place) -> tuple[str, ...]:
        """Return the roads crossed: those on the paths, and the stop's own if it lies across."""
        found: list[str] = []
        for each in walked:
            if each.edge.path is None:
                continue
            way = self.ways[each.edge.path]
            whole = {each.here, each.there} >= set(way.ends)
            between = [met.name for met in way.crossed if position_of(met.point) not in way.ends]
            found += between if whole else []
        for each, after in pairwise(walked):
            found += self._crossed_at(each.edge.path, after.edge.path, each.there)
        if place.kind == "bus_stop" and (street := self._across(walked, place)) is not None:
            found.insert(0, street)
        return tuple(found)

    def _crossed_at(self, one: int | None, other: int | None, node: LonLat) -> list[str]:
        """Return the road that two paths meet at a node, one on each side of it."""
        if one is None or other is None or one == other:
            return []
        met = [
            {position_of(each.point): each.name for each in self.ways[n].crossed}
            for n in (one, other)
        ]
        return [met[0][node]] if node in met[0] and node in met[1] else []

    def _across(self, walked: Sequence[_Walked], place: Place) -> str | None:
        """Return the street whose other side the stop lies on than the first path, or ``None``."""
        first = next((n for n, each in enumerate(walked) if each.edge.path is not None), None)
        along = [each for each in walked[:first] if each.edge.path is None and each.edge.street]
        if first is None or not along or len({each.edge.street for each in along}) > 1:
            return None
        step = walked[first]
        line = self.ways[step.edge.path or 0].line
        inner = line[1] if line[0] == step.here else line[-2]
        a, b, stop, path = points_of([along[-1].here, along[-1].there, place.position, inner])
        return along[-1].edge.street if _side(a, b, stop) * _side(a, b, path) < 0 else None


def _one_comes_from(place: Place) -> bool:
    """Whether people come from a place: a school's own stop is served by its buses only."""
    return place.kind in PLACE_TIED_M and bool(place.name) and not _OF_A_SCHOOL.search(place.name)


def _side(a: Point, b: Point, point: Point) -> float:
    return float((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x))
