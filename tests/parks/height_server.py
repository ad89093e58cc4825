"""A stand-in of the Web Coverage Service of heights, over a made-up terrain."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import numpy as np
import rasterio
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.transform import from_origin

from tests.parks.osm.stand_in import Answer
from walktalk.parks.geodesy import LonLat

EAST, NORTH = 394_000, 223_000
"""South-west corner of the first square, in Cheltenham."""

SIDE = 1000
NODATA = -3.4028234663852886e38
COVERAGE = "13787b9a__Lidar_Composite_Elevation_DTM_1m"
CAPABILITIES = (
    "<wcs:Capabilities><wcs:CoverageId>other__DSM_1m</wcs:CoverageId>"
    f"<wcs:CoverageId>{COVERAGE}</wcs:CoverageId></wcs:Capabilities>"
).encode()

Metres = NDArray[np.float64]
Terrain = Callable[[Metres, Metres], Metres]
"""Heights from metres east and north of the first square's corner."""

_TO_DEGREES = Transformer.from_crs(27700, 4326, always_xy=True)


def at(east_m: float, north_m: float) -> LonLat:
    """Return the position so many metres east and north of the first square's corner."""
    lon, lat = _TO_DEGREES.transform(EAST + east_m, NORTH + north_m)
    return lon, lat


def square(terrain: Terrain, east: int, north: int) -> bytes:
    """Return a square as the service sends it: one big-endian band of floats, in tiles."""
    rows, columns = np.mgrid[0:SIDE, 0:SIDE]
    heights = terrain(east - EAST + columns + 0.5, north - NORTH + SIDE - rows - 0.5)
    options = {"ENDIANNESS": "BIG", "TILED": "YES", "BLOCKXSIZE": 256, "BLOCKYSIZE": 256}
    with rasterio.MemoryFile() as memory:
        with memory.open(
            driver="GTiff",
            width=SIDE,
            height=SIDE,
            count=1,
            dtype="float32",
            crs="EPSG:27700",
            transform=from_origin(east, north + SIDE, 1, 1),
            nodata=NODATA,
            **options,
        ) as dataset:
            dataset.write(heights.astype(np.float32), 1)
        return bytes(memory.read())


def answers_of(terrain: Terrain) -> Callable[[str], Answer]:
    """Return what answers a question as the service does, the bad box with 500 and JSON."""

    def answer(question: str) -> Answer:
        asked = parse_qs(urlsplit(question).query)
        if asked["request"] == ["GetCapabilities"]:
            return 200, CAPABILITIES, "application/xml"
        axes = dict(part.rstrip(")").split("(") for part in asked["subset"])
        if set(axes) != {"E", "N"} or asked["coverageId"] != [COVERAGE]:
            return 500, b'{"error": {"message": "no such axis"}}', "application/json"
        east, north = (int(axes[axis].split(",")[0]) for axis in ("E", "N"))
        return 200, square(terrain, east, north), "image/tiff"

    return answer
