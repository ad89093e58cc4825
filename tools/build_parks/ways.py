"""The ways of the town: each recorded line once, with the facts of every file that has it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from shapely import LineString, Point

from tools.build_parks.facts import Feature
from walktalk.parks import LonLat
from walktalk.parks.model import FactValue
from walktalk.parks.plane import Plane

DECIMALS = 7  # about 1 cm: what OpenStreetMap stores
TOWN = Plane((-2.09, 51.89))
"""The flat map of the whole town, in metres: true to 1 in 100,000 there."""

_RENAMED = {"Honeybourne": "Honeybourne Line"}
"""Names of the tiles that the files of 2026 have in full."""

_YES = frozenset({"True", "true", "yes"})


@dataclass(frozen=True)
class RoadCrossed:
    """A road that a way crosses, or meets at its end.

    Attributes:
        road_class: its class.
        name: as recorded, or ``""``.
        point: where, in metres.
        arms_deg: at a way's end, the bearings by which roads leave it.
    """

    road_class: str
    name: str
    point: Point
    arms_deg: tuple[int, ...] = ()


@dataclass(frozen=True)
class Way:
    """A recorded line between two junctions.

    Attributes:
        line: (longitude, latitude), to a centimetre.
        facts: what is recorded, by name.
        sources: the source of each fact and of ``"geometry"``, by its id.
        file: the file of 2026 that has the line too, or alone; ``""`` where none has.
        crossed: the roads it crosses or meets, in the order of its line.
    """

    line: tuple[LonLat, ...]
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    crossed: tuple[RoadCrossed, ...] = ()

    @property
    def ends(self) -> tuple[LonLat, LonLat]:
        """The first and the last position."""
        return self.line[0], self.line[-1]

    def with_facts(self, facts: Mapping[str, FactValue], source: str) -> "Way":
        """Return the way with more facts, all of one source."""
        sources = {**self.sources, **dict.fromkeys(facts, source)}
        return replace(self, facts={**self.facts, **facts}, sources=sources)


def rounded(line: Iterable[Sequence[float]]) -> tuple[LonLat, ...]:
    """Return positions to a centimetre, none twice in a row."""
    found: list[LonLat] = []
    for x, y in line:
        here = (round(float(x), DECIMALS), round(float(y), DECIMALS))
        if not found or found[-1] != here:
            found.append(here)
    return tuple(found)


def flat(ways: Iterable[Way]) -> list[LineString]:
    """Return the ways' lines in metres on the town's flat map."""
    return TOWN.flat(LineString(way.line) for way in ways)


def flat_lines(features: Iterable[Feature]) -> list[LineString]:
    """Return recorded lines in metres on the town's flat map."""
    return TOWN.flat(LineString(feature.line) for feature in features)


def points_of(positions: Sequence[LonLat]) -> list[Point]:
    """Return positions as points in metres on the town's flat map."""
    return [Point(xy) for xy in TOWN.to_metres(np.array(positions).reshape(-1, 2))]


def position_of(point: Point) -> LonLat:
    """Return a point in metres as a position, to a centimetre."""
    (position,) = rounded(TOWN.to_degrees(np.array(point.coords)))
    return position


def on_the_ground(line: LineString) -> tuple[LonLat, ...]:
    """Return a line in metres as positions in degrees."""
    return rounded(TOWN.to_degrees(np.asarray(line.coords)))


def way_id(way: Way) -> str:
    """Return the id of a way: the same whichever area holds it, and whichever way it is drawn.

    It is made from the line itself, as the files give no numbers of ways.
    """
    line = min(way.line, way.line[::-1])
    text = ";".join(f"{x:.7f},{y:.7f}" for x, y in line)
    return f"p-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def ways_of_2023(features: Iterable[Feature]) -> list[Way]:
    """Return the ways of 2023, those that stand twice in the file once."""
    seen: dict[tuple[LonLat, ...], Way] = {}
    for feature in features:
        line = rounded(feature.line)
        if len(line) > 1:
            key = min(line, line[::-1])
            seen.setdefault(key, Way(line, *_facts(feature), file=feature.text("also_in")))
    return list(seen.values())


def _facts(feature: Feature) -> tuple[dict[str, FactValue], dict[str, str]]:
    facts: dict[str, FactValue] = {"highway": feature.text("highway")}
    for name in ("bridge", "tunnel", "layer"):
        if value := feature.text(name):
            facts[name] = value
    if name := feature.text("name"):
        facts["name"] = _RENAMED.get(name, name)
    sources = dict.fromkeys((*facts, "geometry"), "osm-2023")
    if road := feature.text("beside_road"):
        facts["beside_road"] = "a road" if road in _YES else road
        sources["beside_road"] = "osm-2023-lines"
    return facts, sources


def facts_of_2026(feature: Feature) -> dict[str, FactValue]:
    """Return what a file of 2026 says of a line."""
    names = ("highway", "name", "surface", "lit", "beside_road")
    facts: dict[str, FactValue] = {name: feature.text(name) for name in names}
    if facts["beside_road"] in _YES:
        facts["beside_road"] = "a road"
    return {name: value for name, value in facts.items() if value}


def cut_at(ways: Sequence[Way], cuts: Mapping[int, Sequence[LonLat]]) -> list[Way]:
    """Return the ways, some of them cut at positions on their lines; facts go to each piece."""
    found: list[Way] = []
    for number, way in enumerate(ways):
        found += _pieces(way, cuts[number]) if number in cuts else [way]
    return found


def _pieces(way: Way, positions: Sequence[LonLat]) -> list[Way]:
    (line,) = flat([way])
    steps = np.diff(np.asarray(line.coords), axis=0)
    at = np.concatenate(([0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))))
    new = [
        (float(line.project(point)), position)
        for point, position in zip(points_of(positions), positions, strict=True)
        if position not in way.ends
    ]
    vertices = [*zip(at.tolist(), way.line, strict=True)]
    marks = {position for _, position in new}
    joined = sorted({*vertices, *new}, key=lambda each: each[0])
    pieces: list[Way] = []
    current: list[LonLat] = []
    for _, position in joined:
        current.append(position)
        if position in marks and len(current) > 1:
            pieces.append(replace(way, line=rounded(current)))
            current = [position]
    pieces.append(replace(way, line=rounded(current)))
    return [piece for piece in pieces if len(piece.line) > 1]


def degrees_of_ends(ways: Iterable[Way]) -> Counter[LonLat]:
    """Return how many ends of ways meet at each position."""
    return Counter(end for way in ways for end in way.ends)
