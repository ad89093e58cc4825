"""Paths and streets around an area as one graph, to find how people come to it on foot."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import shapely
from shapely import LineString, Point

from tools.build_parks.facts import Feature
from tools.build_parks.surroundings import point_of
from tools.build_parks.ways import Way, cut_at, degrees_of_ends, flat, position_of, rounded
from walktalk.parks import LonLat, Place

TIED_M = 6.0
"""A path that ends this near to a street's middle line comes out on it: half a wide street."""

PLACE_TIED_M: Mapping[str, float] = {"bus_stop": 15.0, "car_park": 60.0}
"""How far a stop, or the middle of a car park, lies from the street or path one takes from it."""

MOST_M = 600.0
"""Ten minutes at the gentle pace: what is farther is no way in."""

_MEETING_TIED_M = 100.0
_STREET = 1.2
"""A metre along a street counts more than one on a path: a path that goes the same way is taken."""

_AROUND_M = 700.0


@dataclass(frozen=True)
class Edge:
    """A stretch to another junction: of one of the area's paths by its number, else of a street."""

    there: LonLat
    metres: float
    path: int | None = None
    street: str = ""


Step = tuple[float, LonLat | None, Edge | None]
"""What the way costs from the start on, and one step back towards it."""


@dataclass
class Graph:
    """Paths and streets by where they meet; ``tied`` is where each place lies on them, and how far
    off, by its id."""

    edges: dict[LonLat, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    tied: dict[str, tuple[LonLat, float]] = field(default_factory=dict)

    def join(self, piece: Way, path: int | None, street: str) -> None:
        """Add a piece of path or street."""
        (line,) = flat([piece])
        a, b = piece.ends
        self.edges[a].append(Edge(b, line.length, path, street))
        self.edges[b].append(Edge(a, line.length, path, street))

    def ways_to(self, start: LonLat) -> dict[LonLat, Step]:
        """Return the cheapest way from every position near a start, as a step back towards it."""
        best: dict[LonLat, Step] = {start: (0.0, None, None)}
        queue: list[tuple[float, LonLat]] = [(0.0, start)]
        while queue:
            away, here = heapq.heappop(queue)
            if away > best[here][0] or away > MOST_M * _STREET:
                continue
            for edge in self.edges[here]:
                on = away + edge.metres * (1.0 if edge.path is not None else _STREET)
                if on < best.get(edge.there, (float("inf"),))[0]:
                    best[edge.there] = (on, here, edge)
                    heapq.heappush(queue, (on, edge.there))
        return best


@dataclass(frozen=True)
class Roads:
    """The streets of the town, cut where they meet, with their names."""

    ways: Sequence[Way]
    tree: shapely.STRtree

    @classmethod
    def of(cls, roads: Iterable[Feature]) -> "Roads":
        """Cut the roads at every position that two of them share."""
        walkable = [road for road in roads if road.text("road_class") not in ("motorway", "other")]
        ways = [
            Way(rounded(road.line), {"name": road.text("name") or road.text("ref")})
            for road in walkable
        ]
        uses: dict[LonLat, int] = defaultdict(int)
        for way in ways:
            for position in set(way.line):
                uses[position] += 1
        cuts = {
            n: [each for each in way.line[1:-1] if uses[each] > 1] for n, way in enumerate(ways)
        }
        cut = cut_at(ways, {n: positions for n, positions in cuts.items() if positions})
        return cls(cut, shapely.STRtree(flat(cut)))

    def near(self, ground: shapely.Geometry) -> list[Way]:
        """Return the streets within reach of some ground."""
        found = self.tree.query(ground, predicate="dwithin", distance=_AROUND_M)
        return [self.ways[n] for n in sorted(found.tolist())]


class _Cuts:
    """Lines of one kind, and where they are cut to tie something to them."""

    def __init__(self, ways: Sequence[Way]) -> None:
        self.ways = ways
        self.lines: list[LineString] = flat(ways)
        self.at: dict[int, list[LonLat]] = defaultdict(list)
        self._tree = shapely.STRtree(self.lines)

    def nearest(self, point: Point, within_m: float) -> tuple[int, float] | None:
        found = self._tree.query_nearest(point, max_distance=within_m, all_matches=False)
        if not len(found):
            return None
        return int(found[0]), float(self.lines[int(found[0])].distance(point))

    def tie(self, number: int, point: Point) -> LonLat:
        line = self.lines[number]
        position = position_of(line.interpolate(line.project(point)))
        self.at[number].append(position)
        return position

    def pieces(self) -> Iterable[tuple[int, Way]]:
        for number, way in enumerate(self.ways):
            cuts = {0: self.at[number]} if number in self.at else {}
            for piece in cut_at([way], cuts):
                yield number, piece


def graph_of(ways: Sequence[Way], streets: Sequence[Way], places: Iterable[Place]) -> Graph:
    """Return paths and streets as one graph, with where some places lie on it."""
    graph = Graph()
    paths, roads = _Cuts(ways), _Cuts(streets)
    ties: list[Way] = []
    for end in sorted(degrees_of_ends(ways)):
        point = point_of(end)
        if (near := roads.nearest(point, TIED_M)) is not None:
            on_road = roads.tie(near[0], point)
            ties += [Way((end, on_road))] if on_road != end else []
    for place in places:
        _tie(place, graph, paths, roads)
    for number, piece in paths.pieces():
        graph.join(piece, number, "")
    for _, piece in roads.pieces():
        graph.join(piece, None, str(piece.facts["name"]))
    for tie in ties:
        graph.join(tie, None, "")
    return graph


def _tie(place: Place, graph: Graph, paths: _Cuts, roads: _Cuts) -> None:
    point, within_m = point_of(place.position), PLACE_TIED_M.get(place.kind, _MEETING_TIED_M)
    path = paths.nearest(point, within_m)
    road = None if place.is_meeting_point else roads.nearest(point, within_m)
    if path is not None and (road is None or path[1] <= road[1]):
        graph.tied[place.id] = (paths.tie(path[0], point), path[1])
    elif road is not None:
        graph.tied[place.id] = (roads.tie(road[0], point), road[1])
