"""How long an import takes and how much memory: prints figures, asserts nothing.

Usage: python bench/importing.py [EXTRACT...]

Without extracts it makes two by itself, and says so: a town of about 1.5 MB packed and a county of
about 25 MB, streets in a grid with bends, paths through parks, buildings. Real extracts may be
named instead; each is imported whole.
"""

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import osmium
from osmium.osm import mutable

from walktalk.parks.osm.importer import AROUND_M, import_extract, import_parks

BLOCKS = 14  # streets each way in one tile
BENDS = 4  # nodes between two crossings
STEP = 0.0002  # degrees between two nodes, about 20 m
TILE = BLOCKS * BENDS * STEP
WEST, SOUTH = -3.0, 51.0
TOWN_TILES, COUNTY_TILES = 4, 29  # each way: about 1.5 MB as .osm.gz, 25 MB as .osm.pbf
PARK = "Tile Park 11 11"
MEGABYTE = 1024  # getrusage counts in kilobytes


class Tile:
    """One square of a made-up town; ids do not overlap those of other tiles."""

    def __init__(self, column: int, row: int, number: int) -> None:
        self.base = 1 + number * 100_000
        self.name = f"Tile Park {column} {row}"
        self.lon, self.lat = WEST + column * TILE, SOUTH + row * TILE
        self.random = random.Random(number)

    def nodes(self) -> Iterator[mutable.Node]:
        """Street corners and bends, then the corners of buildings."""
        size = BLOCKS * BENDS + 1
        for i in range(size * size):
            shift = self.random.uniform(-0.2, 0.2) * STEP
            at = (self.lon + i % size * STEP + shift, self.lat + i // size * STEP + shift)
            yield mutable.Node(id=self.base + i, location=at)
        for i in range(4 * BLOCKS * BLOCKS * 8):
            at = (self.lon + self.random.random() * TILE, self.lat + self.random.random() * TILE)
            if i % 4 == 0:
                corner = at
            side = ((0, 0), (1e-4, 0), (1e-4, 6e-5), (0, 6e-5))[i % 4]
            at = (corner[0] + side[0], corner[1] + side[1])
            yield mutable.Node(id=self.base + 50_000 + i, location=at)

    def ways(self) -> Iterator[mutable.Way]:
        """Streets, paths, a park and buildings."""
        size = BLOCKS * BENDS + 1
        for line in range(0, size, BENDS):
            for along, across in ((1, size), (size, 1)):
                refs = [self.base + line * across + i * along for i in range(size)]
                kind = "footway" if line % (2 * BENDS) else "residential"
                tags = {"highway": kind, "name": f"Street {line} {along}", "surface": "asphalt"}
                yield mutable.Way(id=self.base + line * 2 + (along > 1), nodes=refs, tags=tags)
        inner = [1, 3 * BENDS, 3 * BENDS * size + 3 * BENDS, 3 * BENDS * size + 1, 1]
        tags = {"leisure": "park", "name": self.name}
        yield mutable.Way(id=self.base + 5000, nodes=[self.base + i for i in inner], tags=tags)
        for i in range(BLOCKS * BLOCKS * 8):
            first = self.base + 50_000 + 4 * i
            refs = [first, first + 1, first + 2, first + 3, first]
            yield mutable.Way(id=self.base + 10_000 + i, nodes=refs, tags={"building": "yes"})


def make(path: Path, tiles: int) -> Path:
    def each() -> Iterator[Tile]:
        for number in range(tiles * tiles):
            yield Tile(number % tiles, number // tiles, number)

    with osmium.SimpleWriter(str(path)) as writer:
        made = list(each())
        for tile in made:
            for node in tile.nodes():
                writer.add_node(node)
        for tile in made:
            for way in tile.ways():
                writer.add_way(way)
    return path


def measure(path: Path, park: str | None) -> tuple[float, float, int]:
    start = time.perf_counter()
    if park is None:
        paths = len(import_extract(path, None, None).area.paths)
    else:
        paths = len(import_parks(path, park, AROUND_M)[0].area.paths)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return time.perf_counter() - start, peak, paths


def report(path: Path, park: str | None = None) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, peak, paths = pool.apply(measure, (path, park))
    size = path.stat().st_size / 1e6
    what = f"park {park!r}" if park else "whole"
    print(f"{path.name} ({size:.1f} MB), {what}: {seconds:.1f} s, {peak:.0f} MB, {paths} paths")


def main() -> None:
    if len(sys.argv) > 1:
        for name in sys.argv[1:]:
            report(Path(name))
        return
    print("No extract given: these two are made up.")
    with tempfile.TemporaryDirectory() as folder:
        report(make(Path(folder) / "town.osm.gz", TOWN_TILES))
        report(make(Path(folder) / "county.osm.pbf", COUNTY_TILES), PARK)


if __name__ == "__main__":
    main()
