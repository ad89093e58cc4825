"""A made-up town as OpenStreetMap has it, for reading walks on an import by other means.

Streets in a grid, one of them two carriageways with a tramway between, pavements that cross them at
nodes, a railway, a park with a lake, a coast, a canal in a culvert, a bridge over a path.
"""

import math
import random
from xml.etree import ElementTree

Tags = dict[str, str]
XY = tuple[float, float]

ORIGIN = (-2.08, 51.9)
BLOCK_M = 130.0
PAVEMENT_M = 9.0
STREETS = 5
MAIN = 2
"""The street from south to north that has two carriageways."""


class Town:
    """Nodes and ways in metres east and north of the origin, written as OpenStreetMap XML."""

    def __init__(self) -> None:
        self.nodes: dict[XY, int] = {}
        self.tags: dict[int, Tags] = {}
        self.ways: list[tuple[list[int], Tags]] = []

    def node(self, at: XY, **tags: str) -> int:
        place = (round(at[0], 2), round(at[1], 2))
        number = self.nodes.setdefault(place, len(self.nodes) + 1)
        self.tags.setdefault(number, {}).update(tags)
        return number

    def way(self, *points: XY, **tags: str) -> None:
        self.ways.append(([self.node(point) for point in points], tags))

    def xml(self) -> bytes:
        root = ElementTree.Element("osm", version="0.6")
        east_m = 111_320 * math.cos(math.radians(ORIGIN[1]))
        for (x, y), number in self.nodes.items():
            lon, lat = ORIGIN[0] + x / east_m, ORIGIN[1] + y / 111_250
            node = ElementTree.SubElement(
                root, "node", id=str(number), lon=f"{lon:.7f}", lat=f"{lat:.7f}"
            )
            _tagged(node, self.tags[number])
        for number, (refs, tags) in enumerate(self.ways, 1):
            way = ElementTree.SubElement(root, "way", id=str(number))
            for ref in refs:
                ElementTree.SubElement(way, "nd", ref=str(ref))
            _tagged(way, tags)
        return ElementTree.tostring(root)


def _tagged(element: ElementTree.Element, tags: Tags) -> None:
    for key, value in tags.items():
        ElementTree.SubElement(element, "tag", k=key, v=value)


def osm_town(seed: int) -> bytes:
    """Return a town as OpenStreetMap XML, another for each seed."""
    chance, town = random.Random(seed), Town()
    stops = [number * BLOCK_M for number in range(STREETS)]
    sides = [x for x in stops if x != MAIN * BLOCK_M]
    lanes = [MAIN * BLOCK_M - 5, MAIN * BLOCK_M + 5]
    rails = [MAIN * BLOCK_M - 1.5, MAIN * BLOCK_M + 1.5]
    ends = [-40.0, stops[-1] + 40]
    pavements = [y + PAVEMENT_M for y in stops]
    for number, y in enumerate(stops):
        kind = "secondary" if number == 1 else chance.choice(["residential", "tertiary"])
        along = sorted([*sides, *lanes, *ends])
        cut = chance.randrange(1, len(along) - 1)
        for part in (along[: cut + 1], along[cut:]):
            town.way(*((x, y) for x in part), highway=kind, name=f"{number} Street")
        _pavement(town, chance, y + PAVEMENT_M, ends)
        town.way((ends[0], y), (ends[0], y + PAVEMENT_M), highway="footway")
        town.way((ends[1], y), (ends[1], y + PAVEMENT_M), highway="footway")
    for x in sides:
        kind, sidewalk = chance.choice(["residential", "secondary"]), chance.choice(["both", "no"])
        line = sorted([*stops, *pavements, *ends])
        town.way(*((x, y) for y in line), highway=kind, name=f"{x:.0f} Road", sidewalk=sidewalk)
    for x in lanes:
        line = sorted([*stops, *pavements, *ends])
        town.way(*((x, y) for y in line), highway="primary", name="Broad Road", foot="use_sidepath")
        for y in pavements:
            signals = chance.choice(["traffic_signals", "uncontrolled"])
            town.node((x, y), highway="crossing", crossing=signals)
    for x in rails:
        town.way(*((x, y) for y in sorted([*pavements, *ends])), railway="tram")
    _park(town, chance)
    _coast(town, chance)
    town.way((-60.0, 2.5 * BLOCK_M), (stops[-1] + 60, 2.5 * BLOCK_M), railway="rail")
    return town.xml()


def _pavement(town: Town, chance: random.Random, y: float, ends: list[float]) -> None:
    """Add a pavement with its crossings, some of them ways of their own, some tagged as such."""
    at = ends[0]
    for number in range(STREETS):
        middle = number * BLOCK_M
        across = [-5.0, -1.5, 1.5, 5.0] if number == MAIN else [0.0]
        points = [(middle + off, y) for off in (across[0] - 6, *across, across[-1] + 6)]
        tags = {"footway": "crossing"} if chance.random() < 0.6 else {}
        town.way((at, y), points[0], highway="footway", footway="sidewalk")
        town.way(*points, highway="footway", **tags)
        at = points[-1][0]
    town.way((at, y), (ends[1], y), highway="footway", footway="sidewalk")


def _park(town: Town, chance: random.Random) -> None:
    """Add a round path in a block, with water or a playground in it, and a bridge overhead."""
    middle = 0.5 * BLOCK_M
    ring = [
        (middle + 45 * math.cos(turn / 6 * math.pi), middle + 40 * math.sin(turn / 6 * math.pi))
        for turn in range(12)
    ]
    town.way(*ring, ring[0], highway="path", surface="gravel", lit=chance.choice(["yes", "no"]))
    town.way(ring[6], (0.0, PAVEMENT_M), highway="path")
    town.way(ring[0], (BLOCK_M, PAVEMENT_M), highway="path", tunnel="yes", layer="-1")
    town.way(ring[3], (middle, BLOCK_M - 20), (0.0, BLOCK_M + PAVEMENT_M), highway="path")
    corners = [(middle - 40, middle - 8), (middle + 20, middle - 8), (middle, middle + 12)]
    kind = {"natural": "water"} if chance.random() < 0.5 else {"leisure": "playground"}
    town.way(*corners, corners[0], **kind)
    town.way((-30.0, middle), (middle, middle + 30), highway="trunk", bridge="yes", foot="no")


def _coast(town: Town, chance: random.Random) -> None:
    """Add a promenade, a coast beside a part of it, a stream with a ford and one in a culvert."""
    x = (STREETS - 1) * BLOCK_M + 40
    line = [(x + 12 + chance.uniform(0, 6), 60.0 * step) for step in range(9)]
    town.way((x, 0.0), *line, (x, 4 * BLOCK_M + PAVEMENT_M), highway="footway", name="Promenade")
    shore = [(east + chance.choice([5.0, 30.0]), north) for east, north in line[2:]]
    town.way(*shore, natural="coastline")
    ford = town.node(line[1], ford="yes")
    town.ways.append(([town.node((x + 60, 30.0)), ford], {"waterway": "stream"}))
    town.way((x + 18, 0.0), (x + 18, 90.0), waterway="canal", tunnel="culvert")
