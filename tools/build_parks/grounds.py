"""Which ground is open to everybody, and which paths on and beside it may be walked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from tools.build_parks.errors import BuildError
from tools.build_parks.facts import Feature
from tools.build_parks.ways import TOWN, Way, flat, points_of
from walktalk.parks import LonLat

INSIDE_SHARE = 0.5
"""A way is a park's when half of it lies there: it ends at the gate or at the pavement outside."""

ON_THE_EDGE_M = 3.0
"""A path drawn this far outside a boundary runs along it: the tiles round positions."""

CLOSED_M = 3.0
"""Metres of a way on closed ground before it is closed: to touch the fence is not to be inside."""

LINK_M = 60.0
"""A way that is neither named nor in a park may lead this far, from a kept way to a street."""

AT_THE_STREET_M = 4.0
"""A path that ends this near to a street's middle line ends at the street: it is half its width."""

PUBLIC = "public"
NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Grounds:
    """Polygons in metres on the town's flat map, by what parks.geojson calls them."""

    by_name: Mapping[str, list[BaseGeometry]]

    @classmethod
    def of(cls, parks: Iterable[Feature]) -> "Grounds":
        """Read the grounds: each by its name and by its OpenStreetMap element."""
        by_name: dict[str, list[BaseGeometry]] = defaultdict(list)
        features = list(parks)
        shapes = TOWN.flat(feature.geometry for feature in features)
        for feature, shape in zip(features, shapes, strict=True):
            whole = shape if shape.is_valid else shapely.make_valid(shape)
            for name in {feature.text("name"), feature.text("osm")} - {""}:
                by_name[name].append(whole)
        return cls(by_name)

    def named(self, names: Iterable[str], where: str) -> list[BaseGeometry]:
        """Return the grounds of some names.

        Raises:
            BuildError: a name that the facts do not have.
        """
        found: list[BaseGeometry] = []
        for name in names:
            if name not in self.by_name:
                raise BuildError(f"{where}: parks.geojson has no ground called {name!r}")
            found += self.by_name[name]
        return found


def kept_ways(
    ways: Sequence[Way],
    public: Sequence[BaseGeometry],
    closed: Sequence[BaseGeometry],
    streets: Sequence[shapely.LineString],
) -> list[Way]:
    """Return the ways that people may walk, links marked as not recorded to be open to everybody.

    Kept are ways in a public park, named ways, ways beside a road, and the ways of the files of
    2026; then links of at most ``LINK_M`` between one of these and a street. Whatever lies on
    closed ground (a school, a stadium, a hospital) is never kept, whoever names it.

    Args:
        ways: of the whole town.
        public, closed: grounds in metres on the town's flat map.
        streets: roads with a name, in metres.
    """
    lines = flat(ways)
    shut = _metres_inside(lines, closed)
    open_m = _metres_inside(lines, [ground.buffer(ON_THE_EDGE_M) for ground in public])
    kept: dict[int, Way] = {}
    left: list[int] = []
    for n, (way, line) in enumerate(zip(ways, lines, strict=True)):
        in_a_park = open_m[n] >= INSIDE_SHARE * line.length
        if shut[n] > CLOSED_M:
            continue
        if in_a_park or {"name", "beside_road"} & set(way.facts):
            kept[n] = way
        elif way.file:
            footway = way.facts["highway"] != "cycleway"
            kept[n] = _not_recorded(way) if footway else way
        elif line.length <= LINK_M:
            left.append(n)
    for n in _links(ways, lines, kept, left, streets):
        kept[n] = _not_recorded(ways[n])
    return [kept[n] for n in sorted(kept)]


def _not_recorded(way: Way) -> Way:
    return way.with_facts({PUBLIC: NOT_RECORDED}, way.sources["geometry"])


def _metres_inside(
    lines: Sequence[shapely.LineString], grounds: Sequence[BaseGeometry]
) -> list[float]:
    if not grounds:
        return [0.0] * len(lines)
    ground = shapely.union_all(list(grounds))
    shapely.prepare(ground)
    return [line.intersection(ground).length if ground.intersects(line) else 0.0 for line in lines]


def _links(
    ways: Sequence[Way],
    lines: Sequence[shapely.LineString],
    kept: Mapping[int, Way],
    left: Sequence[int],
    streets: Sequence[shapely.LineString],
) -> set[int]:
    """Return the ways that lead, alone or together, from a kept way to a street in ``LINK_M``."""
    meeting: dict[LonLat, list[int]] = defaultdict(list)
    for n in left:
        for end in set(ways[n].ends):
            meeting[end].append(n)
    ends = {end for way in kept.values() for end in way.ends}
    at_street = _at_a_street({end for n in left for end in ways[n].ends}, streets)
    links: set[int] = set()
    for start in sorted(ends & set(meeting)):
        stack: list[tuple[LonLat, float, tuple[int, ...]]] = [(start, 0.0, ())]
        while stack:
            here, metres, led = stack.pop()
            if led and here in at_street:
                links.update(led)
                continue
            for n in meeting[here]:
                on = metres + lines[n].length
                if n not in led and on <= LINK_M:
                    first, last = ways[n].ends
                    stack.append((last if here == first else first, on, (*led, n)))
    return links


def _at_a_street(ends: set[LonLat], streets: Sequence[shapely.LineString]) -> set[LonLat]:
    if not ends or not streets:
        return set()
    positions = sorted(ends)
    found = shapely.STRtree(list(streets)).query(
        points_of(positions), predicate="dwithin", distance=AT_THE_STREET_M
    )
    return {positions[n] for n in set(found[0].tolist())}
